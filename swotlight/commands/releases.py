"""`swotlight releases`: list them, look at one, go back, clear old ones."""

from __future__ import annotations

import click

from swotlight.groups import ListingGroup
from swotlight.output import json_option, print_json, print_table, say
from swotlight.workspace import settings_of


@click.group("releases", short_help="List, show, roll back, prune.", cls=ListingGroup, invoke_without_command=True)
@json_option
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """List releases, show one, roll back, prune."""
    if context.invoked_subcommand is None:
        context.invoke(list_command, as_json=as_json)


@command.command("list")
@json_option
@click.pass_context
def list_command(context: click.Context, as_json: bool) -> None:
    """Every release, newest first."""
    from warehouse.releases import list_releases

    rows = [info.to_dict() for info in list_releases(settings_of(context))]
    if as_json:
        print_json(rows)
    elif rows:
        print_table(rows)
    else:
        say("There is no release yet; `swotlight refresh` makes one.")


@command.command("show")
@click.argument("name", required=False)
@json_option
@click.pass_context
def show_command(context: click.Context, name: str | None, as_json: bool) -> None:
    """One release (the current one unless named): what it holds, table by table."""
    from warehouse.releases import show

    info = show(settings_of(context), name)
    tables = [{"table": table, **sums} for table, sums in info.tables.items()]
    if as_json:
        print_json(
            {**info.to_dict(), "run": info.run, "path": str(info.path), "withdrawn": info.withdrawn, "tables": tables}
        )
        return
    for key, value in {**info.to_dict(), "run": info.run, "path": info.path}.items():
        click.echo(f"{key:14} {value}")
    click.echo("")
    print_table(tables)


@command.command("rollback")
@click.argument("name", required=False)
@json_option
@click.pass_context
def rollback_command(context: click.Context, name: str | None, as_json: bool) -> None:
    """Make an older release the current one (the one before, unless named)."""
    from warehouse.releases import rollback

    info = rollback(settings_of(context), name)
    if as_json:
        print_json(info.to_dict())
    say(f"{info.name} is the current release.")


@command.command("prune")
@click.option("--keep", type=click.IntRange(min=1), default=5, show_default=True, help="How many of the newest stay.")
@json_option
@click.pass_context
def prune_command(context: click.Context, keep: int, as_json: bool) -> None:
    """Delete old releases; the current one always stays."""
    from warehouse.releases import prune

    gone = prune(settings_of(context), keep)
    if as_json:
        print_json({"removed": gone})
    say(f"{len(gone)} release(s) deleted.")
