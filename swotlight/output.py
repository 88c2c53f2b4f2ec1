"""What commands print: one JSON document on stdout, prose on stderr; tables for people; errors as sentences."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import click

from warehouse.errors import SwotlightError

# Wider cells are cut on a screen; in a file or a pipe they are whole.
_CELL = 90

json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")


def print_json(document: Any) -> None:
    """Print one document: instants with Z, periods as dates, null for what has no value."""
    json.dump(plain(document), sys.stdout, ensure_ascii=False, allow_nan=False, indent=1)
    sys.stdout.write("\n")


def plain(value: Any) -> Any:
    """A value as JSON has it. A naive instant is UTC; NaN and infinity are null."""
    if value is None or isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime):
        from warehouse.release_files import iso

        return iso(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return _rarer(value)


def _rarer(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(int(value) if value == value.to_integral_value() else float(value))
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    if hasattr(value, "item"):
        return plain(value.item())
    return str(value)


def say(sentence: str) -> None:
    """Prose, on stderr."""
    click.echo(sentence, err=True)


def show_error(error: SwotlightError, as_json: bool) -> int:
    """Print a refusal; its exit code."""
    if as_json:
        print_json({"error": error.to_dict()})
    say(f"{click.style('Error:', fg='red', bold=True)} {error.message}")
    if error.hint and error.hint not in error.message:
        say(f"  {error.hint}")
    return error.exit_code


def print_table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] | None = None) -> None:
    """Rows as aligned text; numbers to the right. ``columns`` also serves when there is no row."""
    listed = list(rows)
    names = list(columns or (listed[0] if listed else ()))
    if not names:
        return
    limit = _CELL if sys.stdout.isatty() else None
    cells = [[_cut(cell(row.get(name)), limit) for name in names] for row in listed]
    widths = [
        max(len(name), *(len(line[place]) for line in cells)) if cells else len(name)
        for place, name in enumerate(names)
    ]
    right = [_is_numeric(row.get(name) for row in listed) for name in names]
    click.echo(
        "  ".join(_pad(name, width, flag) for name, width, flag in zip(names, widths, right, strict=True)).rstrip()
    )
    click.echo("  ".join("─" * width for width in widths))
    for line in cells:
        click.echo(
            "  ".join(_pad(text, width, flag) for text, width, flag in zip(line, widths, right, strict=True)).rstrip()
        )


def _cut(text: str, limit: int | None) -> str:
    return text if limit is None or len(text) <= limit else f"{text[: limit - 1]}…"


def cell(value: Any) -> str:
    """A value as a person reads it; nothing for null."""
    value = plain(value)
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return f"{value:,.0f}"
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 100 else f"{value:,.1f}"
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return str(value).replace("\n", " ")


def _is_numeric(values: Iterable[Any]) -> bool:
    present = [value for value in values if value is not None]
    return bool(present) and all(
        isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) for value in present
    )


def _pad(text: str, width: int, right: bool) -> str:
    return text.rjust(width) if right else text.ljust(width)
