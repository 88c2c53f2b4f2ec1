"""A workbook whose sheets hold different things: one file a sheet, so that each becomes a source of its own.

Sheets alike, such as one a month, stay together: a map reads every sheet that has its columns.
"""

from __future__ import annotations

import re
import shlex
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingestion.inspection.amounts import says_units
from ingestion.readers import Hints, Piece, Reading
from ingestion.readers.opening import alike_sheets
from ingestion.readers.signature import kind_of
from ingestion.readers.spreadsheet import read_spreadsheets
from warehouse.errors import SwotlightError

_BOOKS = ("xlsx", "xls", "ods")


@contextmanager
def sheets_apart(paths: Sequence[Path]) -> Iterator[dict[Path, Path]]:
    """The files to look at, each with the one it comes from; what was taken apart is gone at the end."""
    with tempfile.TemporaryDirectory(prefix="sheets-") as folder:
        yield {
            part: path for place, path in enumerate(paths) for part in _parts(path, Path(folder) / str(place)) or [path]
        }


def of_a_sheet(problem: str, parts: Mapping[Path, Path]) -> str:
    """What is said of a sheet, with what its owner can do: the file that was made of it is gone."""
    for part, book in parts.items():
        command = f"`swotlight add {shlex.quote(str(part))}"
        if part != book and command in problem:
            sheet = part.stem.removeprefix(f"{book.stem} - ")
            how = f"save the sheet {sheet!r} of {book.name} as a CSV file, then `swotlight add FILE.csv"
            return problem.replace(command, how)
    return problem


def _parts(path: Path, folder: Path) -> list[Path]:
    """The sheets of a workbook as files; none where it is no workbook, or all of its sheets are alike."""
    try:
        if kind_of(path) not in _BOOKS:
            return []
        piece = Piece(path.name, path, path.stat().st_size)
        if alike_sheets(piece):
            return []
        readings = read_spreadsheets(piece, Hints(), folder)
    except (SwotlightError, OSError):
        # Whoever looks into the file says what is wrong with it.
        return []
    return [_named(path, folder, reading) for reading in readings]


def _named(path: Path, folder: Path, reading: Reading) -> Path:
    sheet = reading.piece.name.removeprefix(f"{path.name}/").replace("/", "_")
    target = folder / f"{path.stem} - {sheet}.csv"
    assert reading.path is not None
    if says_units(reading.above):
        # Its title says what its amounts are worth: it stays over the header.
        table, title = reading.path.read_text("utf-8"), re.sub(r'[\s",;]+', " ", reading.above)
        reading.path.write_text(f"{title}\n{table}", "utf-8")
    return reading.path.rename(target)
