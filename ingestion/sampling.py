"""Rows to decide from before a file is read whole: its beginning, and slices from all over a large text.

A sample may be wrong, since the load proves every decision; it should rarely be, since a wrong one costs a second scan.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from ingestion.readers.reading import Reading, csv_relation
from warehouse.store import Connection

SAMPLE_ROWS = 5_000
SAMPLED = "sampled_rows"
_SPREAD_ABOVE = 2 * 1024 * 1024
_HEAD = 256 * 1024
_SLICE = 24 * 1024
_SLICES = 32


def sample_rows(con: Connection, reading: Reading, texts: str, work: Path) -> None:
    """Fill the temporary table `SAMPLED` with ``texts`` (SQL over the columns of a file) of some of its rows."""
    sparse = _spread(reading, work) if reading.kind == "csv" else None
    relation = sparse or f"{reading.relation} limit {SAMPLE_ROWS}"
    con.execute(f"create or replace temp table {SAMPLED} as select {texts} from {relation}")


def _spread(reading: Reading, work: Path) -> str | None:
    """A relation of rows from the whole of a large text, or ``None`` when the text is small."""
    if reading.path is None or reading.dialect is None or reading.path.stat().st_size < _SPREAD_ABOVE:
        return None
    work.mkdir(parents=True, exist_ok=True)
    target = work / "sampled.csv"
    above = reading.dialect.header_line - 1
    target.write_bytes(_gather(reading.path, above, reading.first_line - reading.lines_cut - 1 - above))
    return csv_relation(target, reading.columns, replace(reading.dialect, header_line=1), lenient=True)


def _gather(path: Path, above: int, header_lines: int) -> bytes:
    """The header, slices of whole lines from all over a text, and its first lines (which may end inside a cell)."""
    size = path.stat().st_size
    with path.open("rb") as handle:
        for _ in range(above):
            handle.readline()
        header = [handle.readline() for _ in range(max(1, header_lines))]
        head = handle.read(_HEAD)
        start = handle.tell()
        step = max(0, size - start - _SLICE) // (_SLICES - 1)
        slices = [_slice(handle, start + step * place) for place in range(_SLICES)]
    return b"".join([*header, *slices, head[: head.rfind(b"\n") + 1]])


def _slice(handle: BinaryIO, at: int) -> bytes:
    handle.seek(at)
    lines = handle.read(_SLICE).split(b"\n")[1:-1]
    # An odd number of quotes: a cell with a line break, whose beginning may lie outside the slice.
    whole = all(line.count(b'"') % 2 == 0 for line in lines)
    return b"\n".join([*lines, b""]) if whole and lines else b""
