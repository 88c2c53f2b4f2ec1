"""One source, from its settings to its rows in the ledger: which map, is anything new, land it, write it down."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingestion import ledger
from ingestion.accounting import Counts
from ingestion.arrivals import Arrival, arrivals
from ingestion.canonical import canonical_selects, newest
from ingestion.contracts import CONTRACTS_FOLDER
from ingestion.deriving import derived_table
from ingestion.diskroom import refuse_small_disk
from ingestion.files import Digests, digest_of, refuse_changed
from ingestion.judging import drop_landed
from ingestion.landing import FileRecord, land, open_files
from ingestion.maps import Adapter, find_adapter, load_adapters, load_map
from ingestion.readers import FileRefused, Hints, Problem
from ingestion.recognising import adapter_for, hints_of
from ingestion.scanning import Task
from ingestion.shaping import REPEATED_HEADER
from ingestion.silent_answers import untimed_answers
from ingestion.views import SourceParts
from warehouse.errors import SwotlightError
from warehouse.release_files import disk_sentences
from warehouse.store import Connection

if TYPE_CHECKING:
    from warehouse.settings import Settings

# Raise it when the engine would land the same file otherwise than before: every source is then read again.
ENGINE_VERSION = "6"


def load_source(
    con: Connection,
    settings: Settings,
    source: str,
    instant: datetime,
    digests: Digests,
    *,
    full: bool,
    again: dict[str, str | None],
) -> str:
    """Load a source when something about it has changed; ``loaded``, ``unchanged`` or ``empty``.

    Runs inside the caller's transaction. Raises `SwotlightError` when the source is refused.
    """
    adapter = configured_adapter(settings, source)
    files = arrivals(con, settings, source, digests)
    if not files:
        return _nothing_there(con, source)
    if adapter and not full and _is_unchanged(con, settings, source, adapter, files, instant):
        return "unchanged"
    refuse_small_disk(source, [arrival.file for arrival in files], settings.paths.build)
    with disk_sentences(settings.paths.build):
        return _load(con, settings, source, instant, adapter, files, full=full, again=again)


def _load(
    con: Connection,
    settings: Settings,
    source: str,
    instant: datetime,
    adapter: Adapter | None,
    files: Sequence[Arrival],
    *,
    full: bool,
    again: dict[str, str | None],
) -> str:
    work = prepared_folder(settings) / source
    try:
        hints = hints_of(adapter) if adapter else Hints()
        records = open_files(con, source, files, hints, work, again)
        adapter = adapter or _recognised(source, records)
        if not full and _is_unchanged(con, settings, source, adapter, files, instant):
            return "unchanged"
        task = Task(source, adapter, zone_of(settings, source, adapter), instant, again, work)
        drop_landed(con, source)
        ledger.forget(con, source, ["quarantine"])
        parts, problems = land(con, task, records)
        refuse_changed(arrival.file for arrival in files)
        ledger.forget(con, source, [table for table in ledger.TABLES if table != "quarantine"])
        _write_down(con, settings, task, parts, records, problems, _fingerprint(settings, source, adapter, files))
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return "loaded"


def configured_adapter(settings: Settings, source: str) -> Adapter | None:
    """The map or adapter that the settings name. Raises `SwotlightError` for a wrong or unknown one."""
    given = settings.sources[source]
    if given.map:
        return load_map(settings.paths.workspace / given.map)
    return find_adapter(given.adapter) if given.adapter else None


def zone_of(settings: Settings, source: str, adapter: Adapter) -> str:
    """The zone of instants without an offset: the source's, else the map's, else the organisation's."""
    return settings.sources[source].time_zone or adapter.time_zone or settings.organisation.time_zone


def _recognised(source: str, records: Sequence[FileRecord]) -> Adapter:
    found = adapter_for(load_adapters(), [(r.piece.name, r.reading.columns) for r in records])
    if found is None:
        raise FileRefused(
            f"No shipped adapter knows the files of source {source} (such as {records[0].piece.name}).",
            code="not_recognised",
            file=records[0].piece.name,
            key=f"sources.{source}",
            hint="See what `swotlight inspect` proposes, and add the files with that map.",
        )
    return found


def _nothing_there(con: Connection, source: str) -> str:
    drop_landed(con, source)
    ledger.forget(con, source)
    message = f"There is no file in landing/{source}."
    ledger.insert(con, "problems", [{"source": source, "severity": "warning", "code": "no_files", "message": message}])
    return "empty"


def _fingerprint(settings: Settings, source: str, adapter: Adapter, files: Sequence[Arrival]) -> str:
    contracts = [path.read_text(encoding="utf-8") for path in sorted(CONTRACTS_FOLDER.glob("*.yml"))]
    landed = [f"{arrival.file.name}={arrival.sha256}" for arrival in files]
    return digest_of(
        [ENGINE_VERSION, adapter.model_dump_json(), zone_of(settings, source, adapter), *contracts, *landed]
    )


def _is_unchanged(
    con: Connection, settings: Settings, source: str, adapter: Adapter, files: Sequence[Arrival], instant: datetime
) -> bool:
    """Whether loading again would give the same rows: same files and map, no row on the other side of the clock."""
    row = ledger.source_row(con, source)
    if row is None or row["fingerprint"] != _fingerprint(settings, source, adapter, files):
        return False
    refused = con.scalar("select 1 from ingest.problems where source = ? and severity = 'error' limit 1", [source])
    if refused:
        con.execute("delete from ingest.problems where source = ? and severity = 'error'", [source])
    early = con.scalar(
        "select 1 from ingest.quarantine join ingest.files using (source, file_id) "
        "where source = ? and reason = 'later_than_as_of' and loaded_at <> ? limit 1",
        [source, instant],
    )
    return early is None and (row["latest_instant_at"] is None or row["latest_instant_at"] <= instant)


def _write_down(
    con: Connection,
    settings: Settings,
    task: Task,
    parts: SourceParts,
    records: Sequence[FileRecord],
    problems: Sequence[tuple[str | None, Problem]],
    fingerprint: str,
) -> None:
    kinds = {name: shape.given.table or _kind_of(parts.adapter, name) for name, shape in parts.shapes.items()}
    ledger.insert(
        con, "files", [_file_row(task, kinds, place, record) for place, record in enumerate(records, start=1)]
    )
    total = sum((record.counts for record in records), Counts())
    _refuse_wrong_sum(records, con, parts)
    selects = canonical_selects(con, parts)
    problems = [*problems, *((None, one) for one in untimed_answers(con, parts))]
    newest_at, latest_at = newest(con, parts, selects, task.instant)
    allowed = settings.sources[task.source].max_quarantine_share
    allowed = settings.max_quarantine_share if allowed is None else allowed
    share = _quarantined(con, task.source, total) / total.read if total.read else 0.0
    given = settings.sources[task.source]
    ledger.insert(con, "sources", [{
        "source": task.source, "adapter": task.adapter.adapter, "kind": ", ".join(task.adapter.kinds()),
        "time_zone": task.zone, "is_archive": given.archive, "newest_record_at": newest_at,
        "latest_instant_at": latest_at,
        "stale_after_hours": given.stale_after_hours, "files": len(records), "quarantine_share": share,
        "max_quarantine_share": allowed, "is_over_quarantine": share > allowed, "fingerprint": fingerprint,
        **_sums(total),
    }])  # fmt: skip
    ledger.insert(con, "problems", [
        {"source": task.source, "file": file, "severity": p.severity, "code": p.code, "message": p.message}
        for file, p in problems
    ])  # fmt: skip
    landed = [{"shape": name, "land_table": shape.land} for name, shape in parts.shapes.items()]
    if task.adapter.derives_tickets:
        landed.append({"shape": "derived_tickets", "land_table": derived_table(task.source)})
    ledger.insert(con, "landed", [{"source": task.source, **row} for row in landed])
    ledger.insert(con, "raw_selects", [
        {"source": task.source, "table_name": table, "select_sql": sql}
        for table, some in selects.items() for sql in some
    ])  # fmt: skip
    _note_columns(con, task, records)


def _quarantined(con: Connection, source: str, total: Counts) -> int:
    """The rows in quarantine that somebody lacks: a header that is printed again is none."""
    asked = "select count(*) from ingest.quarantine where source = ? and reason = ?"
    return total.quarantined - int(con.scalar(asked, [source, REPEATED_HEADER]))


def _kind_of(adapter: Adapter, shape: str) -> str | None:
    return next((table.table for table in adapter.tables if table.from_ == shape), None)


def _sums(counts: Counts) -> dict[str, int]:
    names = ("read", "inserted", "updated", "superseded", "duplicate", "quarantined")
    return {f"rows_{name}": getattr(counts, name) for name in names}


def _file_row(task: Task, kinds: dict[str, str | None], place: int, record: FileRecord) -> dict[str, Any]:
    reading = record.reading
    return {
        "source": task.source, "file_id": record.file_id, "name": record.piece.name,
        "landed_name": record.arrival.file.name, "position": place, "sha256": record.arrival.sha256,
        "bytes": record.piece.size, "adapter": task.adapter.adapter, "shape": record.shape,
        "kind": kinds.get(record.shape or ""), "encoding": reading.encoding, "delimiter": reading.delimiter,
        "loaded_at": task.instant, **_sums(record.counts),
    }  # fmt: skip


def _refuse_wrong_sum(records: Sequence[FileRecord], con: Connection, parts: SourceParts) -> None:
    """The accounting against the landed tables themselves: what counts is what was inserted."""
    for name, shape in parts.shapes.items():
        counted = sum(record.counts.inserted for record in records if record.shape == name)
        current = con.scalar(f"select count(*) from {shape.land} where _state = 0")
        if counted != current:
            raise SwotlightError(
                f"The accounting of {parts.source}, {name}, does not add up: {counted} keys came, {current} are there.",
                code="accounting",
                hint="This is a fault of Swotlight; run `swotlight refresh --full` and report it.",
            )


def _note_columns(con: Connection, task: Task, records: Sequence[FileRecord]) -> None:
    known = {
        (row["shape"], row["name"], row["column_name"])
        for row in con.rows(
            "select shape, name, column_name from ingest.schema_history where source = ?", [task.source]
        )
    }
    ledger.insert(con, "schema_history", [
        {"source": task.source, "shape": record.shape, "file_id": record.file_id, "name": record.piece.name,
         "column_name": column, "first_seen": task.instant}
        for record in records for column in record.reading.columns
        if (record.shape, record.piece.name, column) not in known
    ])  # fmt: skip


def prepared_folder(settings: Settings) -> Path:
    """Where copies of files live while they are read."""
    return settings.paths.build / "prepared"
