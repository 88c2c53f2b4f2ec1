"""`swotlight demo`: a workspace with a made-up company's exports."""

from __future__ import annotations

from pathlib import Path

import click

from swotlight.output import json_option, print_json, say
from swotlight.progress import progress_display


@click.command("demo", short_help="A workspace with a made-up company's exports.")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--tickets", type=click.IntRange(1000, 100_000_000), default=300_000, show_default=True, help="How many tickets."
)
@click.option(
    "--months", type=click.IntRange(1, 240), default=30, show_default=True, help="How many months of history."
)
@click.option("--seed", type=int, default=7, show_default=True, help="The same seed makes the same company.")
@click.option("--effects", metavar="FILE|none", help="What is true of the company: a YAML file, or none.")
@json_option
def command(directory: Path, tickets: int, months: int, seed: int, effects: str | None, as_json: bool) -> None:
    """Make a workspace with a made-up company's exports and truth.json."""
    from demo.company import build_company

    wanted = effects if effects is None or effects == "none" else Path(effects)
    with progress_display("Making a company") as progress:
        build_company(directory, tickets=tickets, months=months, seed=seed, effects=wanted, progress=progress)
    workspace = directory.expanduser().resolve()
    if as_json:
        print_json({"workspace": str(workspace), "truth": str(workspace / "truth.json")})
    say(f"{workspace} holds a made-up company. Next: `swotlight --workspace {directory} refresh`.")
