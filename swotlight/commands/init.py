"""`swotlight init`: a new workspace."""

from __future__ import annotations

from pathlib import Path

import click

from swotlight.output import json_option, print_json, say


@click.command("init", short_help="A new workspace.")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@json_option
def command(directory: Path, as_json: bool) -> None:
    """Make a workspace with a commented swotlight.yml."""
    from warehouse.workspace import init_workspace

    workspace = init_workspace(directory)
    if as_json:
        print_json({"workspace": str(workspace)})
    say(f"{workspace} is a workspace. Next: `cd {workspace}`, then `swotlight add FILE…`.")
