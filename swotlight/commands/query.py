"""`swotlight query`: read-only SQL on the current release."""

from __future__ import annotations

import sys

import click

from swotlight.output import json_option, print_json, print_table
from swotlight.workspace import release_of


@click.command("query", short_help="Read-only SQL on the current release.")
@click.argument("sql", metavar="SQL")
@json_option
@click.pass_context
def command(context: click.Context, sql: str, as_json: bool) -> None:
    """Ask the current release in SQL (read-only); - reads the statement from stdin."""
    from swotlight.reading import ask

    text = sys.stdin.read() if sql == "-" else sql
    names, rows = ask(release_of(context, sealed=True), text)
    if as_json:
        print_json(rows)
    else:
        print_table(rows, names)
