"""Rows that were refused: kept with their raw text, line and reason, so that they can be mended and loaded again.

Two roads lead here: rows that broke a rule (marked in their landed table) and lines DuckDB could not split into cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingestion.plans import Shape
from ingestion.readers.delimited import REJECTS, conflict_refusal
from ingestion.readers.reading import FileRefused, Reading
from ingestion.shaping import QUARANTINED
from warehouse.store import Connection, quote_text

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
        Rejected(line, row["position"], str(row["kind"]), str(row["text"] or "").strip("\r\n"))
        for line, row in zip(lines, rows, strict=True)
    ]


def _line_numbers(path: Path, positions: list[int]) -> list[int]:
    """The line, from 1, in which each byte position lies (positions are from 1 and rise). Blank lines before it count."""
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
    ) if rejected else None


def store_refused_rows(
    con: Connection, shape: Shape, file_no: int, file_id: str, reading: Reading, rejected: list[Rejected]
) -> None:
    """Write the rows of a file that broke a rule to the quarantine; their raw text leaves the landed table."""
    before = ", ".join(f"({one.line - place})" for place, one in enumerate(rejected)) or "(null)"
    con.execute(f"""
        insert into ingest.quarantine
        with bounds as (select min(rowid) as first_row from {shape.land} where _file = {file_no}),
        bad as (
            select rowid - first_row + {reading.first_line} as line, _reason, _field, _raw
            from {shape.land}, bounds where _file = {file_no} and _state = {QUARANTINED}
        ),
        shifts(line) as (values {before})
        select {quote_text(shape.source)}, {quote_text(file_id)}, {quote_text(reading.piece.name)},
            bad.line + (select count(*) from shifts where shifts.line <= bad.line), _reason, _field, _raw
        from bad""")
    con.execute(f"update {shape.land} set _raw = null where _file = {file_no} and _raw is not null")
