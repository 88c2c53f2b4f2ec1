"""One file into its landed table: decide, scan once, and scan again where the first scan proved a decision wrong.

Three things make a second scan: a value that could not be read with what the sample decided, bytes that are not the
encoding the sample showed, and line ends that DuckDB cannot take.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ingestion.binding import Bound
from ingestion.deciding import decide_columns, reconsider
from ingestion.landtable import LandTable
from ingestion.maps import Adapter
from ingestion.plans import Shape
from ingestion.quarantine import BAD_ENCODING, JUDGED, REJECTS, Rejected, raw_lines, take_rejects
from ingestion.readers import FileRefused, ReadAgain, Reading
from ingestion.readers.reading import Dialect, csv_relation
from ingestion.readers.text import detect_encoding, is_damaged_utf8
from ingestion.shaping import CURRENT, SUSPECT, Decisions, insert_file, judge_rows
from warehouse.errors import SwotlightError
from warehouse.store import Connection, StoreError

_UNREADABLE = (
    "csv parser state machine",
    "csv error",
    "invalid unicode",
    "maximum line size",
    "malformed json",
    "invalid json",
    "tprotocolexception",
    "parquet",
    "snappy",
    "zstd",
    "corrupt",
)


_SCANNED_AT_MOST = 4
_AT_ONCE = 10_000


@dataclass(frozen=True)
class Task:
    """What landing a source needs to know."""

    source: str
    adapter: Adapter
    zone: str
    instant: datetime
    again: dict[str, str | None]
    work: Path


@dataclass(frozen=True)
class Scan:
    """A file that was read: how, what was decided, the lines that were malformed, whether a check concerned a row."""

    reading: Reading
    bound: Sequence[Bound]
    decisions: Decisions
    rejected: list[Rejected]
    has_suspects: bool = False


def scan_file(con: Connection, task: Task, table: LandTable, reading: Reading, bound: list[Bound], number: int) -> Scan:
    """Land a file's rows.

    Raises `FileRefused`, `SwotlightError` when the map cannot be run on it, or `ReadAgain` when the whole source
    must be begun anew with a normalised copy of this file (an error inside a transaction ends it).
    """
    name, shape = reading.piece.name, table.shape
    try:
        scan = _scan(con, task, table, reading, bound, number)
    except StoreError as error:
        if not _is_unreadable(error):
            raise _map_error(error, task, shape, reading) from error
        if reading.kind != "csv" or name in task.again:
            raise _unreadable(reading) from error
        raise ReadAgain(name) from error
    bad = [one for one in scan.rejected if one.kind == BAD_ENCODING]
    if bad and reading.path is not None and name not in task.again and not is_damaged_utf8(reading.path):
        raise ReadAgain(name, detect_encoding(b"\n".join(raw_lines(reading.path, bad[:200])), whole=True))
    return scan


def _scan(con: Connection, task: Task, table: LandTable, reading: Reading, bound: list[Bound], number: int) -> Scan:
    shape = table.shape
    decisions = decide_columns(con, shape, reading, bound, task.work)
    for scans_left in reversed(range(_SCANNED_AT_MOST)):
        decisions = table.fit(decisions)
        rejected = _insert(con, task, shape, reading, bound, decisions, number)
        suspects = _suspects(con, task, shape, reading, number)
        again = reconsider(con, shape, reading, bound, decisions, suspects, task.zone) if suspects else None
        if again is None or not scans_left:
            break
        decisions = again
        con.execute(f"delete from {shape.land} where _file = {number}")
    scan = Scan(reading, bound, decisions, rejected, suspects is not None)
    if suspects:
        _judge(con, task, shape, reading, suspects, scan, number)
    return scan


def _insert(
    con: Connection, task: Task, shape: Shape, reading: Reading, bound: list[Bound], decisions: Decisions, number: int
) -> list[Rejected]:
    _drop_rejects(con)
    con.execute(insert_file(shape, reading, bound, decisions, file_no=number, as_of=task.instant, zone=task.zone))
    return take_rejects(con, reading)


def _suspects(con: Connection, task: Task, shape: Shape, reading: Reading, number: int) -> str | None:
    """A relation of the rows that a check may concern, as they stood in the file; ``None`` without any."""
    rows = f"from {shape.land} where _file = {number} and _state = {SUSPECT}"
    if not con.scalar(f"select 1 {rows} limit 1"):
        return None
    path = task.work / "suspects.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    texts = con.execute(f"select _raw {rows} order by rowid")
    with path.open("w", encoding="utf-8", newline="") as handle:
        handle.write(",".join("x" for _ in reading.columns) + "\n")
        while some := texts.fetchmany(_AT_ONCE):
            handle.writelines(f"{row[0]}\n" for row in some)
    return csv_relation(path, reading.columns, Dialect(reading.delimiter or ","), lenient=True)


def _judge(con: Connection, task: Task, shape: Shape, reading: Reading, suspects: str, scan: Scan, number: int) -> None:
    """Say of each suspect which check it failed, or that it is good."""
    bound = list(scan.bound)
    of_suspects = f"from {shape.land} where _file = {number} and _state = {SUSPECT}"
    for relation, rows in ((suspects, of_suspects), (reading.relation, f"from {shape.land} where _file = {number}")):
        some = replace(reading, relation=relation)
        judged = judge_rows(shape, some, bound, scan.decisions, as_of=task.instant, zone=task.zone)
        con.execute(
            f"create or replace temp table verdicts as select row_number() over () as place, _state from ({judged})"
        )
        _drop_rejects(con)
        # Rows that do not come back as the same number of rows are judged where they stand.
        if con.scalar(f"select (select count(*) from verdicts) = (select count(*) {rows})"):
            break
    con.execute(
        f"create or replace temp table {JUDGED} as with accused as (select rowid as row_no, _state as former, "
        f"row_number() over (order by rowid) as place {rows}) "
        f"select row_no, verdicts._state as verdict from accused join verdicts using (place) where former = {SUSPECT}"
    )
    # Refused rows stay suspects: to write a verdict into each would write two columns of the whole table again.
    if con.scalar(f"select 1 from {JUDGED} where verdict = {CURRENT} limit 1"):
        con.execute(
            f"update {shape.land} set _state = {CURRENT}, _raw = null from {JUDGED} "
            f"where {shape.land}.rowid = row_no and verdict = {CURRENT}"
        )


def _drop_rejects(con: Connection) -> None:
    con.execute(f"drop table if exists {REJECTS}")
    con.execute(f"drop table if exists {REJECTS}_scan")


def _is_unreadable(error: StoreError) -> bool:
    lowered = error.message.lower()
    return error.code == "sql" and any(sign in lowered for sign in _UNREADABLE)


def _unreadable(reading: Reading) -> FileRefused:
    return FileRefused(
        f"{reading.piece.name} cannot be split into rows and cells.",
        code="unreadable",
        file=reading.piece.name,
        hint="Open it in an editor, see whether its quotes are closed, or export it again.",
    )


def _map_error(error: StoreError, task: Task, shape: Shape, reading: Reading) -> SwotlightError:
    if error.code != "sql":
        return error
    first = error.message.splitlines()[0].rstrip(".") if error.message else "it cannot be run"
    return SwotlightError(
        f"{reading.piece.name} cannot be read with the map {task.adapter.adapter}, shape {shape.name}: {first}.",
        code="bad_map",
        file=str(task.adapter.path or reading.piece.name),
        key=f"shapes.{shape.name}",
        hint="Look at the expressions under `sql:`, `when:` and `format:` of this shape.",
    )
