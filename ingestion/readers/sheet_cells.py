"""What the cells of a sheet say as text, and its rows as a file for DuckDB."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

Row = list[Any]


def filled_width(row: Row) -> int:
    """How many cells a row has up to its last filled one."""
    if row and (row[-1] or row[-1] not in ("", None)):
        return len(row)
    return next((place for place in range(len(row), 0, -1) if row[place - 1] not in ("", None)), 0)


def write_rows(rows: Sequence[Row], columns: Sequence[str], path: Path) -> Path:
    """The rows as CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    width = len(columns)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(_texts(row, width) for row in rows)
    return path


def _texts(row: Row, width: int) -> list[str]:
    texts = [cell if type(cell) is str else text_of(cell) for cell in row[:width]]
    return texts if len(texts) == width else texts + [""] * (width - len(texts))


def text_of(cell: Any) -> str:
    """Dates as ISO, whole numbers without ``.0``, yes and no in small letters."""
    if type(cell) is float:
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell.total_seconds())
    return "" if cell is None else str(cell)
