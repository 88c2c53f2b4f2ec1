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
    from warehouse.settings import CONFIG_NAME
    from warehouse.workspace import init_workspace

    was_one = (directory.expanduser() / CONFIG_NAME).is_file()
    workspace = init_workspace(directory)
    if as_json:
        print_json({"workspace": str(workspace)})
    said = "was a workspace already; nothing in it was changed" if was_one else "is a workspace"
    say(f"{workspace} {said}. Next: `cd {workspace}`, then `swotlight add FILE…`.")
