"""`swotlight quarantine`: look through refused rows, read them again after a mend, forget what stood in them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from swotlight.groups import ListingGroup
from swotlight.output import json_option, print_json, print_table, say
from swotlight.workspace import settings_of

if TYPE_CHECKING:
    from warehouse.settings import Settings
    from warehouse.store import Connection

_source = click.argument("source", required=False)
_reason = click.option("--reason", metavar="REASON", help="Rows refused for this reason only.")


@click.group("quarantine", short_help="Refused rows.", cls=ListingGroup, invoke_without_command=True)
@json_option
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Rows that were refused: count them, see them, read them again, forget their text."""
    if context.invoked_subcommand is None:
        context.invoke(list_command, source=None, reason=None, as_json=as_json)


@command.command("list")
@_source
@_reason
@json_option
@click.pass_context
def list_command(context: click.Context, source: str | None, reason: str | None, as_json: bool) -> None:
    """How many rows were refused, by source, file, reason and field."""
    from ingestion.refused_rows import reasons

    with _build(context, source) as (_, con):
        rows = reasons(con, source, reason) if con else []
    _tell(rows, as_json)


@command.command("show")
@_source
@_reason
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many rows.")
@json_option
@click.pass_context
def show_command(context: click.Context, source: str | None, reason: str | None, limit: int, as_json: bool) -> None:
    """Refused rows as they stood in their file, each with its line. They may hold personal data."""
    from ingestion.refused_rows import refused_rows

    with _build(context, source) as (_, con):
        rows = refused_rows(con, source, reason, limit) if con else []
    _tell(rows, as_json)


@command.command("reload")
@_source
@json_option
@click.pass_context
def reload_command(context: click.Context, source: str | None, as_json: bool) -> None:
    """Refresh after a map or an export was mended, and say how many rows came out of quarantine."""
    from orchestration.refresh import refresh

    with _build(context, source) as (settings, con):
        before = _counts(con)
    result = refresh(settings, select=[source] if source else None)
    with _build(context, source) as (_, con):
        after = _counts(con)
    names = [source] if source else list(settings.sources)
    rows = [{"source": name, "before": before.get(name, 0), "after": after.get(name, 0)} for name in names]
    if as_json:
        print_json({"run": result.run, "release": result.release, "sources": rows})
        return
    print_table(rows)


@command.command("purge")
@_source
@_reason
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@click.pass_context
def purge_command(context: click.Context, source: str | None, reason: str | None, yes: bool, as_json: bool) -> None:
    """Forget the text of refused rows. That they were refused, where and why, stays in the accounting."""
    from ingestion.refused_rows import check_source, purge
    from orchestration.lock import refresh_lock

    settings = settings_of(context)
    check_source(settings, source)
    of = " of ".join(part for part in (reason, source) if part) or "every source"
    if not yes:
        _confirm(of)
    with refresh_lock(settings), _build(context, source) as (_, con):
        gone = purge(con, settings, source, reason) if con else 0
    if as_json:
        print_json({"source": source, "reason": reason, "rows": gone})
    say(f"The text of {gone:,} refused row(s) of {of} is forgotten; `swotlight refresh --full` clears it off the disk.")


def _confirm(of: str) -> None:
    from warehouse.errors import SwotlightError

    question = f"Forget the text of the refused rows of {of}? Only reading their files again brings it back."
    agreed = sys.stdin.isatty() and click.confirm(question, err=True)
    if not agreed:
        raise SwotlightError("Nothing was purged.", code="not_confirmed", hint="Say yes, or give --yes.")


@contextmanager
def _build(context: click.Context, source: str | None) -> Iterator[tuple[Settings, Connection | None]]:
    """The settings and the database being built, or ``None`` where nothing has been loaded yet."""
    from ingestion.refused_rows import check_source
    from orchestration.runs import open_build

    settings = settings_of(context)
    check_source(settings, source)
    if not settings.paths.build_db.exists():
        yield settings, None
        return
    with open_build(settings) as con:
        yield settings, con


def _counts(con: Connection | None) -> dict[str, int]:
    from ingestion.refused_rows import reasons

    counts: dict[str, int] = {}
    for row in reasons(con) if con else []:
        counts[row["source"]] = counts.get(row["source"], 0) + row["rows"]
    return counts


def _tell(rows: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        print_json(rows)
    elif rows:
        print_table(rows)
    else:
        say("Nothing is in quarantine.")
