"""`swotlight status`: what the current release holds and how fresh it is."""

from __future__ import annotations

from typing import Any

import click

from swotlight.output import json_option, print_json, print_table
from swotlight.workspace import release_of, settings_of
from warehouse.errors import SwotlightError

_COLUMNS = {
    "name": "source",
    "kind": "kind",
    "files": "files",
    "rows_read": "read",
    "rows_inserted": "inserted",
    "rows_updated": "updated",
    "rows_superseded": "superseded",
    "rows_duplicate": "duplicate",
    "rows_quarantined": "quarantined",
    "newest_record_at": "newest record",
    "stale": "stale",
}


@click.command("status", short_help="The current release: freshness, rows, checks.")
@json_option
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Show the current release: freshness, accounting of rows, failing checks."""
    from orchestration.status import status

    try:
        document = status(release_of(context))
    except SwotlightError as error:
        if error.code == "no_release" and (open_now := _still_wrong(context)):
            error.hint = " ".join(["The last refresh did not end well.", *open_now, error.hint or ""]).strip()
        raise
    if as_json:
        print_json(document)
        return
    click.echo(f"Release {document['release']}, built {document['built_at']}, as of {document['as_of']}\n")
    print_table([{title: row[name] for name, title in _COLUMNS.items()} for row in document["sources"]])
    _print_quarantine(document["sources"])
    failed = [check for check in document["checks"] if not check["passed"]]
    click.echo(f"\n{len(document['checks']) - len(failed)} of {len(document['checks'])} checks hold.")
    for check in failed:
        click.echo(f"  {check['severity']}: {check['name']}: {check['detail']}")
    for told in _still_wrong(context):
        click.echo(f"  {told}")


def _still_wrong(context: click.Context) -> list[str]:
    """Runs that failed and were not made good since, each with its instant."""
    from alerts.incidents import opened
    from warehouse.state import is_kept

    path = settings_of(context).paths.incidents
    if not is_kept(path):
        return []
    with opened(path) as store:
        return [f"{at[:16].replace('T', ' ')} UTC: {body}" for at, key, body in store.open_now() if key[:4] == "run:"]


def _print_quarantine(sources: list[dict[str, Any]]) -> None:
    rows = [{"source": source["name"], **reason} for source in sources for reason in source["quarantine"]]
    if rows:
        click.echo("\nIn quarantine")
        print_table(rows)
