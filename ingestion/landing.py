"""One source into its landed tables: prepare its files, land each with one statement, settle the accounting.

Runs inside the caller's transaction; whatever it raises leaves the source as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from ingestion import ledger, quarantine
from ingestion.accounting import Counts, account
from ingestion.arrivals import Arrival
from ingestion.binding import Bound, bind, missing_fields
from ingestion.figure_parts import told_parts
from ingestion.files import digest_of
from ingestion.landtable import LandTable
from ingestion.maps import Adapter
from ingestion.plans import Shape, plan_shapes
from ingestion.readers import FileRefused, Hints, Piece, Problem, Reading, pieces_of, read_all
from ingestion.recognising import lacking, shape_of
from ingestion.reporting import look_back
from ingestion.scanning import Task, scan_file
from ingestion.shaping import checks_of
from ingestion.views import Landed, SourceParts
from warehouse.store import Connection


@dataclass
class FileRecord:
    """A file on its way into the warehouse."""

    source: str
    arrival: Arrival
    piece: Piece
    reading: Reading
    shape: str | None = None
    number: int = 0
    malformed: int = 0
    counts: Counts = field(default_factory=Counts)

    @cached_property
    def file_id(self) -> str:
        """The same for the same content under the same name."""
        return digest_of([self.source, self.piece.name, self.arrival.sha256])[:16]


def open_files(
    con: Connection,
    source: str,
    arrivals: Sequence[Arrival],
    hints: Hints,
    work: Path,
    again: Mapping[str, str | None],
) -> list[FileRecord]:
    """Every plain file of a source, ready to be scanned; those in ``again`` from a normalised copy."""
    records: list[FileRecord] = []
    for arrival in arrivals:
        for place, piece in enumerate(pieces_of(arrival.file, work)):
            copy = work / f"copy_{len(records)}_{place}"
            for reading in read_all(
                con, piece, hints, copy, normalise=piece.name in again, encoding=again.get(piece.name)
            ):
                records.append(FileRecord(source, arrival, reading.piece, reading))
    return records


def land(
    con: Connection, task: Task, records: list[FileRecord]
) -> tuple[SourceParts, list[tuple[str | None, Problem]]]:
    """Land all files of a source and account for their rows."""
    problems = _recognise(con, task, records)
    headers = {name: _union(r.reading.columns for r in records if r.shape == name) for name in task.adapter.shapes}
    shapes = plan_shapes(task.source, task.adapter, headers)
    landed: dict[str, Landed] = {}
    for name, shape in shapes.items():
        table = LandTable(con, shape)
        mine = [record for record in records if record.shape == name]
        readings = [record.reading for record in mine]
        for number, record in enumerate(mine, start=1):
            record.number = number
            others = tuple(one for one in readings if one is not record.reading)
            record.reading = replace(record.reading, others=others)
            problems += [(record.piece.name, p) for p in _land_file(con, task, table, record)]
        table.make()
        landed[name] = _settle(con, table, mine)
        problems += [(None, told_parts(con, shape))] if landed[name].has_parts else []
    return SourceParts(task.source, task.adapter, shapes, landed, headers), problems


def _union(headers: object) -> list[str]:
    return list(dict.fromkeys(name for columns in headers for name in columns))  # type: ignore[attr-defined]


def _recognise(con: Connection, task: Task, records: list[FileRecord]) -> list[tuple[str | None, Problem]]:
    problems: list[tuple[str | None, Problem]] = []
    before = {row["name"]: row["shape"] for row in ledger.known_files(con, task.source) if row["shape"]}
    for record in records:
        record.shape = shape_of(task.adapter, record.piece.name, record.reading.columns)
        known_as = before.get(record.piece.name)
        if record.shape is None and known_as in task.adapter.shapes:
            raise _column_gone(record, known_as, lacking(task.adapter, known_as, record.reading.columns))
        if record.shape is None:
            problems.append((record.piece.name, _unrecognised(task.adapter, record)))
        problems += [(record.piece.name, problem) for problem in record.reading.problems]
    if records and not any(record.shape for record in records):
        raise FileRefused(
            f"No file of source {task.source} is one that {task.adapter.adapter} describes (looked at "
            f"{records[0].piece.name} and {len(records) - 1} more).",
            code="not_recognised",
            file=records[0].piece.name,
            hint="Look at a file with `swotlight inspect`, or give the source another adapter or a map.",
        )
    return problems


def _unrecognised(adapter: Adapter, record: FileRecord) -> Problem:
    near = min(adapter.shapes, key=lambda name: len(lacking(adapter, name, record.reading.columns)))
    gone = lacking(adapter, near, record.reading.columns)
    looks = ""
    if adapter.shapes[near].recognise and len(gone) * 3 <= len(adapter.shapes[near].recognise):
        looks = f"; it looks like {near} without {', '.join(gone)}"
    told = f"{record.piece.name} is none of the files {adapter.adapter} describes{looks}; it is not read."
    return Problem("not_recognised", told, "warning" if looks else "info")


def _column_gone(record: FileRecord, shape: str, names: Sequence[str]) -> FileRefused:
    missing = ", ".join(repr(name) for name in names)
    return FileRefused(
        f"{record.piece.name} no longer has the column {missing}, by which it was known as {shape}.",
        code="missing_column",
        file=record.piece.name,
        key=names[0] if names else None,
        hint="Export it with this column, or change the map.",
    )


def _land_file(con: Connection, task: Task, table: LandTable, record: FileRecord) -> list[Problem]:
    shape = table.shape
    bound = bind(shape, record.reading)
    problems = _missing_columns(shape, record, bound)
    scan = scan_file(con, task, table, record.reading, bound, record.number)
    record.reading = scan.reading
    quarantine.refuse_broken(record.reading, scan.rejected)
    if scan.rejected:
        quarantine.store_rejects(con, task.source, record.file_id, record.reading, scan.rejected)
    if scan.has_suspects:
        checks = checks_of(shape, record.reading, bound, scan.decisions.whole)
        quarantine.store_refused_rows(con, shape, record.number, record.file_id, record.reading, checks, scan.rejected)
    record.malformed = len(scan.rejected)
    return [*problems, *look_back(con, task, shape, record.reading, record.number, scan)]


def _missing_columns(shape: Shape, record: FileRecord, bound: list[Bound]) -> list[Problem]:
    optional = []
    for name, one in missing_fields(bound).items():
        if one.required:
            names = " or ".join(repr(given) for given in one.names)
            raise FileRefused(
                f"{record.piece.name} has no column {names}, which {shape.name} needs for {name}.",
                code="missing_column",
                file=record.piece.name,
                key=f"shapes.{shape.name}.fields.{name}",
                hint=f"It has {', '.join(record.reading.columns[:12])}. Export it with this column, or change the map.",
            )
        optional.append(name)
    if not optional:
        return []
    return [Problem("missing_column", f"{record.piece.name} has no column for {', '.join(optional)}.", "info")]


def _settle(con: Connection, table: LandTable, records: list[FileRecord]) -> Landed:
    shape = table.shape
    counts, has_parts = account(con, shape, table.whole)
    first_rows, at = [], 0
    for record in records:
        found = counts.get(record.number, Counts())
        first_rows.append(at)
        at += found.read
        record.counts = found + Counts(quarantined=record.malformed)
    first_lines = [record.reading.first_line for record in records]
    whole, ids = frozenset(table.whole), [r.file_id for r in records]
    return Landed(shape.land, ids, first_rows, first_lines, whole, has_parts)
