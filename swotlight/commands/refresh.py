"""`swotlight refresh`: load, build, check, release."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from swotlight.output import json_option, print_json, say
from swotlight.progress import progress_display
from swotlight.workspace import settings_of

if TYPE_CHECKING:
    from orchestration.refresh import RefreshResult


@click.command("refresh", short_help="Load, build, check and release.")
@click.option("--full", is_flag=True, help="Build everything from nothing.")
@click.option(
    "--select", metavar="SOURCE[,SOURCE]", multiple=True, help="Read these sources only; the others stay as they are."
)
@click.option("--as-of", "as_of", metavar="INSTANT", help="Judge live sources at this instant (ISO 8601), not at now.")
@json_option
@click.pass_context
def command(context: click.Context, full: bool, select: tuple[str, ...], as_of: str | None, as_json: bool) -> None:
    """Load new exports, build the marts, check them and release them."""
    from orchestration.refresh import refresh

    settings = settings_of(context)
    names = [name.strip() for part in select for name in part.split(",") if name.strip()]
    with progress_display("Looking for changes") as progress:
        result = refresh(settings, as_of=(wanted := _instant(as_of)), full=full, select=names, progress=progress)
    if as_json:
        print_json(result.to_dict())
    _tell(result)
    if wanted:
        _tell_archives(result, wanted)


def _instant(text: str | None) -> datetime | None:
    from warehouse.release_files import from_iso

    if text is None:
        return None
    try:
        return from_iso(text)
    except ValueError:
        raise click.BadParameter(
            f"{text!r} is no instant such as 2026-11-01T00:00:00Z.", param_hint="--as-of"
        ) from None


def _tell(result: RefreshResult) -> None:
    if result.unchanged:
        say(f"Nothing has changed: release {result.release} stays ({result.seconds:.1f} s).")
    else:
        read = sum(source["rows_read"] or 0 for source in result.sources)
        say(
            f"Release {result.release} from {read:,} rows of {len(result.sources)} source(s) in {result.seconds:.1f} s."
        )
    for check in result.checks:
        if not check["passed"]:
            say(f"  {check['severity']}: {check['name']}: {check['detail']}")
    if result.withdrawn:
        say(f"  Withdrawn: {', '.join(result.withdrawn)}.")
    for source in result.sources:
        if source["rows_quarantined"]:
            say(f"  {source['name']}: {source['rows_quarantined']:,} row(s) in quarantine.")


def _tell_archives(result: RefreshResult, wanted: datetime) -> None:
    """Who asks for an instant is told where it does not count."""
    from warehouse.release_files import iso

    archives = [source["name"] for source in result.sources if source["as_of"] not in (None, iso(wanted))]
    if archives:
        say(
            f"  Archives are judged at their own newest event, not at {iso(wanted)}: {', '.join(archives)}. "
            "Where more is to come, write `archive: false` in swotlight.yml."
        )
