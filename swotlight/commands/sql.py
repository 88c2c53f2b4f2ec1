"""`swotlight sql`: a small read-only shell on the current release."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from swotlight.output import print_table, say
from swotlight.workspace import settings_of
from warehouse.errors import SwotlightError

if TYPE_CHECKING:
    from warehouse.releases import Release, ReleaseReader

_HELP = """\
A statement ends with a semicolon. Instants are UTC.
  .tables [WORD]   tables, those whose name holds WORD
  .columns TABLE   columns of a table, with their descriptions
  .quit            leave (or Ctrl-D)"""
_TABLES = "select table_schema || '.' || table_name as name from information_schema.tables order by 1"
_COLUMNS = (
    "select column_name, data_type, comment as description from duckdb_columns() "
    "where schema_name || '.' || table_name = {name} or table_name = {name} order by column_index"
)


@click.command("sql", short_help="A read-only SQL shell.")
@click.pass_context
def command(context: click.Context) -> None:
    """Open a read-only SQL shell on the current release."""
    from warehouse.releases import ReleaseReader

    reader = ReleaseReader(settings_of(context), sealed=True)
    interactive = sys.stdin.isatty()
    if interactive:
        import readline  # noqa: F401  # arrow keys and history

        say(f"Release {reader.current().name}, read-only. .help tells what can be done here.")
    failures = 0
    for statement in _statements(interactive):
        failures += not _answer(reader, statement)
    if failures and not interactive:
        context.exit(1)


def _statements(interactive: bool) -> Iterator[str]:
    """Statements as they are completed: dot commands by the line, SQL by its semicolon."""
    lines: list[str] = []
    while True:
        try:
            line = input(("     > " if lines else "swot > ") if interactive else "")
        except EOFError:
            break
        except KeyboardInterrupt:
            lines = []
            say("")
            continue
        if not lines and line.strip() in (".quit", ".exit"):
            return
        if not lines and (not line.strip() or line.lstrip().startswith(".")):
            yield line.strip()
            continue
        lines.append(line)
        if line.rstrip().endswith(";"):
            yield "\n".join(lines)
            lines = []
    if "".join(lines).strip():
        yield "\n".join(lines)


def _answer(reader: ReleaseReader, statement: str) -> bool:
    if not statement:
        return True
    try:
        release = reader.current()
        names, rows = _dot(release, statement) if statement.startswith(".") else _ask(release, statement)
    except SwotlightError as error:
        say(f"Error: {error.message}")
        return False
    except KeyboardInterrupt:
        say("Stopped.")
        return True
    print_table(rows, names)
    return True


def _ask(release: Release, statement: str) -> tuple[list[str], list[dict[str, object]]]:
    from swotlight.reading import ask

    return ask(release, statement)


def _dot(release: Release, line: str) -> tuple[list[str], list[dict[str, object]]]:
    from warehouse.store import quote_text

    word, _, rest = line.partition(" ")
    if word == ".tables":
        return ["name"], [row for row in release.rows(_TABLES) if rest.strip() in row["name"]]
    if word in (".columns", ".schema") and rest.strip():
        return _ask(release, _COLUMNS.format(name=quote_text(rest.strip())))
    click.echo(_HELP)
    return [], []
