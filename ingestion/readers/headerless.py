"""Files without a header: the first row is a row like all the others."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from ingestion.readers.reading import Dialect, Piece, Problem

# No heading is a day with its time, an address of a person, a time with its seconds or a machine's number; a bare
# number, a year or a day may be one.
_WORDED = r"(?:\d{1,2}[-/. ][A-Za-z]{3}[-/. ]\d{2,4}|[A-Za-z]{3} \d{1,2},? \d{4})"
_SIGNS = (
    re.compile(rf"(?:\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}|{_WORDED}),?[T ]+\d{{1,2}}:\d{{2}}(?::\d{{2}})?"),
    re.compile(r"\d{4}-\d{2}-\d{2}$|\d{1,2}[/.]\d{1,2}[/.]\d{4}$|\d{4} ?[年년]"),
    re.compile(r"[^@\s]+@[^@\s]+\.\w{2,}$"),
    re.compile(r"\d{1,3}:\d{2}:\d{2}(?:\.\d+)?$"),
    re.compile(r"(?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$"),
)
_NUMBER = re.compile(r"[-+]?[\d.,]+%?$")
_PART = re.compile(r"[-+]?\d+[.,]\d+%?$|\d+%$")
_ROWS, _LEAST = 50, 2
_MOSTLY = 0.7
_FEW, _ENOUGH = 5, 3


def is_headerless(first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a first row is data: a moment, a day, an address stands in it over a column of the like, or its cells are
    what the cells below them are."""
    below = rows[:_ROWS]
    if len(below) < _LEAST or len(first) < _LEAST:
        return False
    columns = [[row[place] for row in below if place < len(row)] for place in range(len(first))]
    if any(_is_like(sign, cell, column) for cell, column in zip(first, columns, strict=True) for sign in _SIGNS):
        return True
    return len(below) >= _FEW and _is_one_of(first, [row for row in below if list(row) != list(first)])


def _is_like(sign: re.Pattern[str], cell: str, column: list[str]) -> bool:
    if not sign.match(cell.strip()):
        return False
    filled = [one.strip() for one in column if one.strip()]
    return len(filled) >= _LEAST and sum(bool(sign.match(one)) for one in filled) >= _MOSTLY * len(filled)


def _is_one_of(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether most cells are written like those below, or stand there again, and no word stands over numbers."""
    filled = [cell.strip() for cell in first if cell.strip()]
    if len(filled) >= _FEW and all(map(_NUMBER.match, filled)) and len(set(filled)) * 4 <= len(filled) * 3:
        # Headings tell columns apart.
        return True
    signs: Counter[str] = Counter()
    for place, cell in enumerate(first):
        sign = _sign(cell.strip(), [row[place].strip() if place < len(row) else "" for row in below])
        if sign == "against":
            return False
        signs[sign] += 1
    told = signs["alike"] + signs["again"]
    if not told:
        return False
    if signs["alike"] and signs["alike"] + signs["again"] >= _LEAST and told * 2 >= told + signs["other"]:
        return True
    return signs["again"] >= _ENOUGH and signs["again"] > signs["other"]


def _sign(cell: str, below: list[str]) -> str:
    """What a cell tells, over those below it: alike, again, against, number, other or nothing."""
    filled = [one for one in below if one]
    if not any(letter.isalnum() for letter in cell) or len(filled) < _LEAST:
        return "nothing"
    are_numbers = sum(bool(_NUMBER.match(one)) for one in filled) >= 0.9 * len(filled)
    if are_numbers and not _NUMBER.match(cell):
        return "against"
    if are_numbers and _PART.match(cell):
        return "alike" if sum(bool(_PART.match(one)) for one in filled) >= _MOSTLY * len(filled) else "number"
    mask = _mask(cell)
    # A year or a number of a question stands over its figures; a code of letters and figures over others of its like.
    is_telling = "9" in mask and (len(mask) >= 5 or not are_numbers) and len(set(filled)) > 1
    if is_telling and sum(_mask(one) == mask for one in filled) >= _MOSTLY * len(filled):
        return "alike"
    # What was ticked in a list is written as its heading in every row that has it.
    if not are_numbers and cell in filled and (len(set(filled)) > 1 or len(filled) == len(below)):
        return "again"
    return "number" if are_numbers else "other"


def _mask(cell: str) -> str:
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d", "9", cell))


def named_line(columns: Sequence[str], dialect: Dialect) -> str:
    """The header that a copy of such a file gets."""
    written = io.StringIO()
    csv.writer(written, delimiter=dialect.delimiter, lineterminator="\n").writerow(columns)
    return written.getvalue()


def no_header(piece: Piece, columns: Sequence[str], given: Sequence[str] = ()) -> Problem:
    """What is said of such a file; ``given`` are the names that a map gives its columns."""
    if given:
        return Problem("no_header", f"{piece.name} has no header: its columns are called as the map says.", "info")
    return Problem(
        "no_header",
        f"{piece.name} has no header: its first row is data, so its columns are called {columns[0]} to {columns[-1]}.",
    )
