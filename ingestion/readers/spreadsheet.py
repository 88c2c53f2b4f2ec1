"""Workbooks: XLSX, XLS and ODS through calamine, each sheet with a table written as text for DuckDB.

Title rows above the header are skipped; dates come as ISO, whole numbers without ``.0``, empty rows not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from ingestion.headers import HeaderIndex, joined_headers, unique_headers
from ingestion.readers.headerless import is_headerless, no_header
from ingestion.readers.import_ids import import_header
from ingestion.readers.mojibake import looks_damaged, mended_copy, mended_text
from ingestion.readers.reading import Dialect, FileRefused, Hints, Piece, Problem, Reading, csv_relation
from ingestion.readers.sheet_cells import Row, filled_width, text_of, write_rows
from ingestion.readers.sheet_heads import heads_of

_HEADER_WITHIN = 60


@dataclass(frozen=True)
class _Table:
    """A sheet that holds a table, and whose it is: ``piece`` is called by it where there are several."""

    piece: Piece
    sheet: str
    first_rows: list[Row]
    book: _Book

    def rows(self) -> list[Row]:
        """Every row. Raises `FileRefused` where they cannot be read."""
        with _told(self.piece):
            return self.book.rows(self.sheet)


def read_spreadsheets(piece: Piece, hints: Hints, work: Path) -> list[Reading]:
    """The sheets of a workbook that hold a table, ready for DuckDB. Raises `FileRefused` for a damaged or empty one.

    With a map these are the sheets it waits for, or the one it names; without one, every sheet with a table. When there
    are several each is called by its name: ``book.xlsx/Calls``.
    """
    tables, others = _tables(piece, hints)
    readings = [_reading(one, hints, work / f"{place}.csv") for place, one in enumerate(tables)]
    if not others:
        return readings
    told = f"{piece.name}: {_sheets([one.sheet for one in tables])} read, {_sheets(others)} not."
    return [readings[0].with_problems(Problem("other_sheets", told, "info")), *readings[1:]]


def columns_of_sheets(piece: Piece) -> list[tuple[str, ...]]:
    """What the columns of each sheet with a table are called; nothing is written. Raises like `read_spreadsheets`."""
    tables = _tables(piece, Hints())[0]
    return [_layout(one, one.first_rows, Hints()).columns for one in tables]


@contextmanager
def book_kept() -> Iterator[None]:
    """Inside, a workbook that is looked into twice is taken apart once."""
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


class _Book:
    """A workbook and those of its sheets that were asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._workbook = CalamineWorkbook.from_path(str(path))
        self._sheets: dict[str, CalamineSheet] = {}
        self.names = list(self._workbook.sheet_names)

    def rows(self, name: str) -> list[Row]:
        if name not in self._sheets:
            self._sheets[name] = self._workbook.get_sheet_by_name(name)
        return self._sheets[name].to_python()

    def first_rows(self, name: str) -> list[Row]:
        """Some rows at least, where there are any: enough to tell what a sheet is."""
        if self._heads is None or name in self._sheets:
            return self.rows(name)
        found = self._heads.get_sheet_by_name(name).to_python()
        return found if any(map(filled_width, found)) else self.rows(name)

    @cached_property
    def _heads(self) -> CalamineWorkbook | None:
        return heads_of(self._path) if len(self.names) > 1 else None


# Only the last one: a workbook may fill much of the memory.
_KEPT: ContextVar[dict[tuple[Path, int], _Book] | None] = ContextVar("kept", default=None)


def _opened(path: Path) -> _Book:
    kept, key = _KEPT.get(), (path, path.stat().st_mtime_ns)
    if kept is not None and key in kept:
        return kept[key]
    book = _Book(path)
    if kept is not None:
        kept.clear()
        kept[key] = book
    return book


def _tables(piece: Piece, hints: Hints) -> tuple[list[_Table], list[str]]:
    """The sheets that are meant, and the names of the others."""
    with _told(piece):
        book = _opened(piece.path)
        chosen = _choose(piece, book.names, book.first_rows, hints)
    several, read = len(chosen) > 1, {sheet for sheet, _ in chosen}
    tables = [
        _Table(replace(piece, name=f"{piece.name}/{sheet}") if several else piece, sheet, rows, book)
        for sheet, rows in chosen
    ]
    return tables, [name for name in book.names if name not in read]


@contextmanager
def _told(piece: Piece) -> Iterator[None]:
    """What is wrong with a workbook, in a sentence."""
    try:
        yield
    except FileRefused:
        raise
    except (CalamineError, OSError, ValueError, KeyError, IndexError) as error:
        raise FileRefused(
            f"{piece.name} is no whole workbook: it is damaged, cut off or locked with a password.",
            code="cut_off",
            file=piece.name,
            hint="Open it, save it again without a password, and add it again.",
        ) from error


def _sheets(names: Sequence[str]) -> str:
    return f"sheet{'s' * (len(names) > 1)} {', '.join(map(repr, names))} {'are' if len(names) > 1 else 'is'}"


def read_spreadsheet(piece: Piece, hints: Hints, work: Path, at_most: int | None = None) -> Reading:
    """The first of the sheets that hold a table; that only it is looked at is told. Rows after ``at_most`` are counted
    and not written."""
    (first, *others), not_meant = _tables(piece, hints)
    reading = _reading(first, hints, work / "0.csv", at_most)
    if others:
        told = (
            f"{piece.name}: only the first sheet with a table is looked at; {_sheets([one.sheet for one in others])} "
            "not. Save each as a file of its own."
        )
    elif not_meant:
        told = f"{piece.name}: {_sheets([first.sheet])} read, {_sheets(not_meant)} not."
    else:
        return reading
    return reading.with_problems(Problem("other_sheets", told, "info"))


@dataclass(frozen=True)
class _Layout:
    """Where the rows of a sheet begin, what their columns are called, and what was found out on the way."""

    columns: tuple[str, ...]
    first_at: int
    problems: tuple[Problem, ...]
    above: str


def _layout(table: _Table, rows: list[Row], hints: Hints) -> _Layout:
    header_at = _header_row(rows, hints)
    width = max(map(filled_width, rows[header_at:]))
    near = [[text_of(cell) for cell in row[:width]] for row in rows[: header_at + 3]]
    header = near[header_at]
    given = import_header(near, header_at)
    if given is not None:
        header, header_at = given.columns, header_at + given.rows_below
    elif hints.has_second_header(near, header_at):
        header = joined_headers(header, near[header_at + 1])
        header_at += 1
    below = [[text_of(cell) for cell in row[:width]] for row in rows[header_at + 1 : header_at + 60]]
    is_bare = given is None and _has_no_header(header, below, hints)
    columns = unique_headers(hints.columns if is_bare else header, width)
    problems: tuple[Problem, ...] = (no_header(table.piece, columns, hints.columns),) if is_bare else ()
    problems += given.problems(table.piece.name) if given else ()
    above = Reading.words_above([map(text_of, row[:width]) for row in rows[:header_at]])
    return _Layout(tuple(columns), header_at if is_bare else header_at + 1, problems, above)


def _reading(table: _Table, hints: Hints, target: Path, at_most: int | None = None) -> Reading:
    every = table.rows()
    layout = _layout(table, every, hints)
    columns, problems = layout.columns, layout.problems
    rows = [row for row in every[layout.first_at :] if filled_width(row)]
    left_out = rows[at_most:] if at_most is not None else []
    if left_out and looks_damaged("\n".join(cell for row in left_out for cell in row if type(cell) is str)):
        left_out = []
    path = write_rows(rows[: len(rows) - len(left_out)], columns, target)
    if left_out and looks_damaged(path.read_text("utf-8")):
        path, left_out = write_rows(rows, columns, target), []
    if looks_damaged(path.read_text("utf-8")):
        mended, told = mended_copy(table.piece, path, target.with_suffix(".mended"))
        problems = (*problems, *told)
        columns = columns if mended == path else tuple(map(mended_text, columns))
        path = mended
    return Reading(
        piece=table.piece, kind="spreadsheet", columns=columns, relation=csv_relation(path, columns, Dialect()),
        path=path, first_line=layout.first_at + 1, problems=problems, above=layout.above,
        rows=len(rows) if left_out else None,
    )  # fmt: skip


def _has_no_header(header: list[str], below: list[list[str]], hints: Hints) -> bool:
    if hints.columns:
        return not HeaderIndex(unique_headers(header)).has_all(hints.columns)
    return not (hints.header_line or hints.second_header) and is_headerless(header, below)


def _choose(
    piece: Piece, names: Sequence[str], rows_of: Callable[[str], list[Row]], hints: Hints
) -> list[tuple[str, list[Row]]]:
    if hints.sheet:
        if hints.sheet not in names:
            raise FileRefused(
                f"{piece.name} has no sheet {hints.sheet!r}; its sheets are {', '.join(names)}.",
                code="no_sheet", file=piece.name, key="read.sheet",
            )  # fmt: skip
        names = [hints.sheet]
    tables = [(name, rows) for name in names if (rows := rows_of(name)) and any(map(filled_width, rows))]
    if not tables:
        raise FileRefused(f"{piece.name} is empty.", code="empty", file=piece.name, hint="Export it again.")
    expected = [(name, rows) for name, rows in tables if _expected_row(rows, hints) is not None]
    if expected:
        return expected
    several = [(name, rows) for name, rows in tables if sum(filled_width(row) > 1 for row in rows[:50]) > 1]
    return several or tables[:1] if not hints.names else (several or tables)[:1]


def _expected_row(rows: Sequence[Row], hints: Hints) -> int | None:
    waited_for = [names for names in hints.names if names]
    for place, row in enumerate(rows[:_HEADER_WITHIN] if waited_for else ()):
        index = HeaderIndex(unique_headers([text_of(cell) for cell in row]))
        if any(map(index.has_all, waited_for)):
            return place
    return None


def _header_row(rows: Sequence[Row], hints: Hints) -> int:
    if hints.header_line:
        return min(hints.header_line, len(rows)) - 1
    expected = _expected_row(rows, hints)
    if expected is not None:
        return expected
    widths = [sum(cell not in ("", None) for cell in row) for row in rows[:_HEADER_WITHIN]]
    usual = sorted(widths)[len(widths) // 2]
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        filled = [cell for cell in row if cell not in ("", None)]
        if len(filled) * 5 >= usual * 4 and filled and all(isinstance(cell, str) for cell in filled):
            return place
    return next(place for place, width in enumerate(widths) if width)
