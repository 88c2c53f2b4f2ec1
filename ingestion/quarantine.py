"""Rows that were refused: kept with their raw text, line and reason, so that they can be mended and loaded again.

Two roads lead here: rows that broke a rule (marked in their landed table) and lines DuckDB could not split into cells.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingestion.plans import Shape
from ingestion.readers.delimited import REJECTS, conflict_refusal
from ingestion.readers.reading import FileRefused, Reading
from ingestion.shaping import IS_REFUSED, Check
from warehouse.store import Connection, quote_text

# Threads that count the lines of a file; nothing else runs meanwhile.
_COUNTERS = 2

# The rows of a file that a check might concern, as their number in the landed table and the verdict on them.
JUDGED = "judged_rows"
MALFORMED = "malformed_line"
BAD_ENCODING = "INVALID ENCODING"


@dataclass(frozen=True)
class Rejected:
    """A line that has not the cells of its header; ``line`` is its place in the file that DuckDB read."""

    line: int
    position: int
    kind: str
    text: str


def take_rejects(con: Connection, reading: Reading) -> list[Rejected]:
    """The malformed lines of the scan just made, in order; the tables DuckDB noted them in are dropped."""
    if not reading.rejects:
        return []
    rows = con.rows(
        f"select line_byte_position as position, min(line) as line, min(error_type) as kind, min(csv_line) as text "
        f"from {REJECTS} group by line_byte_position order by position"
    )
    con.execute(f"drop table if exists {REJECTS}")
    con.execute(f"drop table if exists {REJECTS}_scan")
    if not rows or reading.path is None:
        return []
    lines = _line_numbers(reading.path, [row["position"] for row in rows])
    return [
        Rejected(line + reading.lines_cut, row["position"], str(row["kind"]), _text_of(reading.path, row))
        for line, row in zip(lines, rows, strict=True)
    ]


def _text_of(path: Path, row: dict[str, Any]) -> str:
    if row["kind"] != BAD_ENCODING:
        return str(row["text"] or "").strip("\r\n")
    with path.open("rb") as handle:
        handle.seek(row["position"] - 1)
        return handle.readline(1 << 20).decode("cp1252", errors="replace").strip("\r\n")


def _line_numbers(path: Path, positions: list[int]) -> list[int]:
    """The line, from 1, in which each byte position lies (positions are from 1 and rise)."""
    numbers, line, at = [], 1, 0
    with path.open("rb") as handle:
        for position in positions:
            while at < position - 1:
                block = handle.read(min(position - 1 - at, 1 << 22))
                if not block:
                    break
                line += block.count(b"\n")
                at += len(block)
            peek = handle.read(64)
            handle.seek(at)
            blank = len(peek) - len(peek.lstrip(b"\r\n"))
            numbers.append(line + peek[:blank].count(b"\n"))
    return numbers


def refuse_broken(reading: Reading, rejected: list[Rejected]) -> None:
    """Refuse a file that was cut off inside a quoted cell or carries merge-conflict marks."""
    for one in rejected:
        if one.text.startswith(("<<<<<<<", ">>>>>>>")):
            raise conflict_refusal(reading.piece, one.line)
        if one.kind == "UNQUOTED VALUE" and one.text.count('"') % 2 and _reaches_end(reading, one):
            raise cut_off(reading, one.line)
        if one.kind == "LINE SIZE OVER MAXIMUM":
            raise cut_off(reading, one.line)


def cut_off(reading: Reading, line: int) -> FileRefused:
    """The sentence for a file that ends in the middle of a cell."""
    return FileRefused(
        f"{reading.piece.name} is cut off: a quoted cell that opens on line {line} is never closed.",
        code="cut_off",
        file=reading.piece.name,
        line=line,
        hint="Export or copy the file again.",
    )


def _reaches_end(reading: Reading, one: Rejected) -> bool:
    size = reading.path.stat().st_size if reading.path else 0
    return one.position - 1 + len(one.text.encode()) >= size - 4


def store_rejects(con: Connection, source: str, file_id: str, reading: Reading, rejected: list[Rejected]) -> None:
    """Write malformed lines to the quarantine."""
    con.raw.executemany(
        "insert into ingest.quarantine values (?, ?, ?, ?, ?, ?, ?)",
        [[source, file_id, reading.piece.name, one.line, MALFORMED, None, one.text] for one in rejected],
    )


def raw_lines(path: Path, rejected: list[Rejected]) -> list[bytes]:
    """The bytes of some lines."""
    lines = []
    with path.open("rb") as handle:
        for one in rejected:
            handle.seek(one.position - 1)
            lines.append(handle.readline(1 << 20))
    return lines


def store_refused_rows(
    con: Connection,
    shape: Shape,
    file_no: int,
    file_id: str,
    reading: Reading,
    checks: Sequence[Check],
    rejected: list[Rejected],
) -> None:
    """Write the rows of a file that broke a rule, as they were judged, to the quarantine."""
    bad = con.rows(
        f"select count(*) as rows, count_if({IS_REFUSED}) as bad, "
        f"max(rowid) filter ({IS_REFUSED}) - min(rowid) as last "
        f"from {shape.land} where _file = {file_no}"
    )[0]
    if not bad["bad"]:
        return
    reasons = ", ".join(quote_text(check.reason) for check in checks)
    fields = ", ".join(quote_text(check.field) for check in checks)
    con.execute(f"""
        insert into ingest.quarantine
        with bounds as (select min(rowid) as first_row from {shape.land} where _file = {file_no}),
        bad as (
            select landed.rowid - first_row as place, verdict, _raw
            from {shape.land} as landed join {JUDGED} on landed.rowid = row_no, bounds where verdict > 0
        ),
        lines(place, line) as ({_lines_sql(con, shape, file_no, reading, rejected, bad)})
        select {quote_text(shape.source)}, {quote_text(file_id)}, {quote_text(reading.piece.name)}, line,
            [{reasons}][verdict], nullif([{fields}][verdict], ''), _raw
        from bad join lines using (place)""")


def _lines_sql(
    con: Connection, shape: Shape, file_no: int, reading: Reading, rejected: list[Rejected], bad: dict[str, int]
) -> str:
    """The line of each refused row. Lines and rows go together unless cells have line breaks or lines are blank."""
    if reading.path is None or reading.dialect is None or _is_even(reading, bad["rows"] + len(rejected)):
        shifts = ", ".join(f"({one.line - place - reading.first_line})" for place, one in enumerate(rejected))
        shifts = shifts or "(cast(null as bigint))"
        return (
            f"select place, place + {reading.first_line} + "
            f"(select count(*) from (values {shifts}) as s(shift) where s.shift <= place) "
            "from bad"
        )
    starts = _row_starts(reading, int(bad["last"]) + 1)
    con.raw.execute("create or replace temp table row_starts (place BIGINT, line BIGINT)")
    places = con.rows(
        f"select rowid - (select min(rowid) from {shape.land} where _file = {file_no}) as place from {shape.land} "
        f"where _file = {file_no} and {IS_REFUSED}"
    )
    pairs = [[row["place"], starts[row["place"]] if row["place"] < len(starts) else None] for row in places]
    con.raw.executemany("insert into row_starts values (?, ?)", pairs)
    return "select place, line from row_starts"


def _is_even(reading: Reading, rows: int) -> bool:
    assert reading.path is not None
    size = reading.path.stat().st_size
    parts = [(reading.path, part * size // _COUNTERS, (part + 1) * size // _COUNTERS) for part in range(_COUNTERS)]
    with ThreadPoolExecutor(_COUNTERS) as pool:
        lines = sum(pool.map(lambda part: _line_breaks(*part), parts))
    with reading.path.open("rb") as handle:
        handle.seek(max(size - 1, 0))
        lines += handle.read(1) not in (b"\n", b"")
    return lines == _lines_above(reading) + rows


def _line_breaks(path: Path, start: int, end: int) -> int:
    """Line breaks in a part of a file; numpy counts without holding up the other thread."""
    import numpy as np

    found = 0
    with path.open("rb") as handle:
        handle.seek(start)
        while block := handle.read(min(1 << 22, end - handle.tell())):
            found += int(np.count_nonzero(np.frombuffer(block, np.uint8) == ord("\n")))
    return found


def _lines_above(reading: Reading) -> int:
    return reading.dialect.header_line if reading.dialect else 0


def _row_starts(reading: Reading, rows: int) -> list[int]:
    """The line each of the first rows starts on, in a file whose cells have line breaks. Locates, reads no values."""
    assert reading.path is not None and reading.dialect is not None
    width, starts, before = len(reading.columns), [], 0
    doubled = reading.dialect.escape == '"'
    with reading.path.open(encoding="utf-8-sig", errors="replace", newline="") as handle:
        lines = csv.reader(
            handle, delimiter=reading.dialect.delimiter, doublequote=doubled, escapechar=None if doubled else "\\"
        )
        try:
            for row in lines:
                is_data = before >= _lines_above(reading) and row
                if is_data and (len(row) == width or reading.dialect.pads_short_rows):
                    starts.append(before + 1 + reading.lines_cut)
                before = lines.line_num
                if len(starts) >= rows:
                    break
        except csv.Error:
            pass
    return starts
