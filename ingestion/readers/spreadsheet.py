"""Workbooks: XLSX, XLS and ODS through calamine, each sheet with a table written as text for DuckDB.

Title rows above the header are skipped; dates come as ISO, whole numbers without ``.0``, empty rows not at all.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from ingestion.headers import HeaderIndex, joined_headers, unique_headers
from ingestion.readers.headerless import is_headerless, no_header
from ingestion.readers.import_ids import import_header
from ingestion.readers.mojibake import looks_damaged, mended_copy, mended_text
from ingestion.readers.reading import Dialect, FileRefused, Hints, Piece, Problem, Reading, csv_relation

Row = list[Any]
_HEADER_WITHIN = 60


def read_spreadsheets(piece: Piece, hints: Hints, work: Path) -> list[Reading]:
    """The sheets of a workbook that hold a table, ready for DuckDB. Raises `FileRefused` for a damaged or empty one.

    With a map these are the sheets it waits for, or the one it names; without one, every sheet with a table. When there
    are several each is called by its name: ``book.xlsx/Calls``.
    """
    try:
        workbook = CalamineWorkbook.from_path(str(piece.path))
        names = list(workbook.sheet_names)
        chosen = _choose(piece, names, lambda name: workbook.get_sheet_by_name(name).to_python(), hints)
    except FileRefused:
        raise
    except (CalamineError, OSError, ValueError, KeyError, IndexError) as error:
        raise FileRefused(
            f"{piece.name} is no whole workbook: it is damaged, cut off or locked with a password.",
            code="cut_off",
            file=piece.name,
            hint="Open it, save it again without a password, and add it again.",
        ) from error
    several = len(chosen) > 1
    readings = [
        _reading(replace(piece, name=f"{piece.name}/{sheet}") if several else piece, rows, hints, work / f"{place}.csv")
        for place, (sheet, rows) in enumerate(chosen)
    ]
    read = [sheet for sheet, _ in chosen]
    others = [name for name in names if name not in read]
    if not others:
        return readings
    told = f"{piece.name}: {_sheets(read)} read, {_sheets(others)} not."
    return [readings[0].with_problems(Problem("other_sheets", told, "info")), *readings[1:]]


def _sheets(names: Sequence[str]) -> str:
    return f"sheet{'s' * (len(names) > 1)} {', '.join(map(repr, names))} {'are' if len(names) > 1 else 'is'}"


def read_spreadsheet(piece: Piece, hints: Hints, work: Path) -> Reading:
    """The first of the sheets that hold a table; that only it is looked at is told."""
    first, *others = read_spreadsheets(piece, hints, work)
    if not others:
        return first
    names = [one.piece.name.rpartition("/")[2] for one in others]
    told = (
        f"{piece.name}: only the first sheet with a table is looked at; {_sheets(names)} not. "
        "Save each as a file of its own."
    )
    kept = tuple(problem for problem in first.problems if problem.code != "other_sheets")
    return replace(first, problems=(*kept, Problem("other_sheets", told, "info")))


def _reading(piece: Piece, rows: list[Row], hints: Hints, target: Path) -> Reading:
    header_at = _header_row(rows, hints)
    width = max(len(_trimmed(row)) for row in rows[header_at:])
    near = [[_text(cell) for cell in row[:width]] for row in rows[: header_at + 3]]
    header = near[header_at]
    given = import_header(near, header_at)
    if given is not None:
        header, header_at = given.columns, header_at + given.rows_below
    elif hints.has_second_header(near, header_at):
        header = joined_headers(header, near[header_at + 1])
        header_at += 1
    below = [[_text(cell) for cell in row[:width]] for row in rows[header_at + 1 : header_at + 60]]
    is_bare = given is None and _has_no_header(header, below, hints)
    columns = unique_headers(hints.columns if is_bare else header, width)
    first_at = header_at if is_bare else header_at + 1
    path = _write(rows[first_at:], columns, target)
    problems: tuple[Problem, ...] = (no_header(piece, columns, hints.columns),) if is_bare else ()
    problems += given.problems(piece.name) if given else ()
    if looks_damaged(path.read_text("utf-8")):
        mended, told = mended_copy(piece, path, target.with_suffix(".mended"))
        problems = (*problems, *told)
        columns = columns if mended == path else list(map(mended_text, columns))
        path = mended
    return Reading(
        piece=piece, kind="spreadsheet", columns=tuple(columns), relation=csv_relation(path, columns, Dialect()),
        path=path, first_line=first_at + 1, problems=problems,
        above=Reading.words_above([map(_text, row[:width]) for row in rows[:header_at]]),
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
    tables = [(name, rows) for name in names if (rows := rows_of(name)) and any(map(_trimmed, rows))]
    if not tables:
        raise FileRefused(f"{piece.name} is empty.", code="empty", file=piece.name, hint="Export it again.")
    expected = [(name, rows) for name, rows in tables if _expected_row(rows, hints) is not None]
    if expected:
        return expected
    several = [(name, rows) for name, rows in tables if sum(len(_trimmed(row)) > 1 for row in rows[:50]) > 1]
    return several or tables[:1] if not hints.names else (several or tables)[:1]


def _trimmed(row: Row) -> Row:
    last = next((place for place in range(len(row), 0, -1) if row[place - 1] not in ("", None)), 0)
    return row[:last]


def _expected_row(rows: Sequence[Row], hints: Hints) -> int | None:
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        index = HeaderIndex(unique_headers([_text(cell) for cell in row]))
        if any(names and index.has_all(names) for names in hints.names):
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


def _write(rows: Sequence[Row], columns: Sequence[str], path: Path) -> Path:
    """The rows as CSV; an empty row stays as a blank cell row so that line numbers are those of the sheet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    last = next((place for place in range(len(rows), 0, -1) if _trimmed(rows[place - 1])), 0)
    width = len(columns)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(
            [_text(cell) for cell in row[:width]] + [""] * (width - len(row)) for row in rows[:last] if _trimmed(row)
        )
    return path


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell.total_seconds())
    return "" if cell is None else str(cell)
