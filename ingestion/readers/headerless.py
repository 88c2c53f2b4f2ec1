"""Files without a header: the first row is a row like all the others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingestion.readers.reading import Piece, Problem

# No heading is a day with its time or an address of a person; a bare number, a year or a day may be one.
_MOMENT = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T ]+\d{1,2}:\d{2}(?::\d{2})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$|\d{1,2}[/.]\d{1,2}[/.]\d{4}$")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w{2,}$")
_SIGNS = (_MOMENT, _DAY, _EMAIL)
_ROWS, _LEAST = 50, 2
_MOSTLY = 0.7


def is_headerless(first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a first row is data: a moment, a day or an e-mail address stands in it over a column of the like."""
    below = rows[:_ROWS]
    if len(below) < _LEAST or len(first) < _LEAST:
        return False
    return any(_is_like(sign, cell, [row[place] for row in below if place < len(row)]) for place, cell in
               enumerate(first) for sign in _SIGNS)  # fmt: skip


def _is_like(sign: re.Pattern[str], cell: str, column: list[str]) -> bool:
    filled = [one.strip() for one in column if one.strip()]
    if not sign.match(cell.strip()) or len(filled) < _LEAST:
        return False
    return sum(bool(sign.match(one)) for one in filled) >= _MOSTLY * len(filled)


def no_header(piece: Piece, columns: Sequence[str]) -> Problem:
    """What is said of such a file."""
    return Problem(
        "no_header",
        f"{piece.name} has no header: its first row is data, so its columns are called {columns[0]} to {columns[-1]}.",
    )
