"""`swotlight add`: register a source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from swotlight.output import json_option, print_json, say
from swotlight.workspace import settings_of


@click.command("add", short_help="Register exports as a source.")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "kind", metavar="KIND", help="What the files hold (a canonical table), where it cannot be told.")
@click.option("--map", "map_path", metavar="MAP.yml", type=click.Path(path_type=Path), help="Your own column map.")
@click.option("--source", metavar="NAME", help="Name of the source; else made from the adapter or the file.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    files: tuple[Path, ...],
    kind: str | None,
    map_path: Path | None,
    source: str | None,
    as_json: bool,
) -> None:
    """Register exports as a source of the workspace and copy them into landing/."""
    from ingestion.adding import add_files

    result = add_files(settings_of(context), list(files), kind=kind, map_path=map_path, source=source)
    document = result.to_dict()
    if as_json:
        print_json(document)
    for one in [document, *document.get("also", [])]:
        _say(one)
    if result.closing:
        say(result.closing)
    say("Next: `swotlight refresh`.")


def _say(document: dict[str, Any]) -> None:
    """One source, and what is to be known about it."""
    known = f"adapter {document['adapter']}" if document["adapter"] else f"maps/{document['source']}.yml"
    say(f"Source {document['source']}: {document['kind']} ({known}), {len(document['files'])} file(s).")
    for problem in document["problems"]:
        say(f"  {problem.get('message', problem) if isinstance(problem, dict) else problem}")
