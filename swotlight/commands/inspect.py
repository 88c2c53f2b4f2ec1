"""`swotlight inspect`: what is in files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from swotlight.output import json_option, print_json, print_table, say
from swotlight.workspace import workspace_folder


@click.command("inspect", short_help="What is in exports, and how they would be read.")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@click.pass_context
def command(context: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Say what is in exports: kind, adapter or column map, dates, encoding, problems. A folder means its files."""
    from ingestion.given_files import files_given
    from ingestion.inspection import inspect_files
    from ingestion.readers.spreadsheet import book_kept
    from ingestion.sheets import sheets_apart
    from warehouse.settings import CONFIG_NAME, load_settings

    folder = workspace_folder(context.find_root().obj)
    settings = load_settings(folder) if (folder / CONFIG_NAME).is_file() else None
    with book_kept(), sheets_apart(files_given(files)) as parts:
        found = [one.to_dict() for one in inspect_files(list(parts), settings)]
    if as_json:
        print_json(found)
    else:
        for one in found:
            _print(one)


def _print(one: dict[str, Any]) -> None:
    known = f"adapter {one['adapter']}" if one["adapter"] else "no shipped adapter; a column map is proposed"
    # A workbook has no encoding of its own.
    told = [f"{one['kind'] or 'unknown kind'} ({known})", f"{one['rows']} rows", one["encoding"]]
    click.echo(f"{one['file']}: {', '.join(part for part in told if part)}")
    print_table(
        [
            {name: column.get(name) for name in ("name", "maps_to", "type", "format", "nulls")}
            for column in one["columns"]
        ]
    )
    for problem in one["problems"]:
        say(f"  {problem.get('message', problem) if isinstance(problem, dict) else problem}")
