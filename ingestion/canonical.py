"""From landed tables to canonical ones: the selects of a source, bound once so that a wrong map is named at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from ingestion.contracts import Contract, load_contracts
from ingestion.deriving import derive_tickets
from ingestion.views import SourceParts, instants_of, selects_of
from warehouse.errors import SwotlightError
from warehouse.store import Connection, StoreError, quote_text

Selects = Mapping[str, Sequence[str]]


def canonical_selects(con: Connection, parts: SourceParts) -> dict[str, list[str]]:
    """The selects a source gives to each table. Raises `SwotlightError` (``bad_map``) when one cannot be run."""
    selects = selects_of(parts)
    for table, some in selects.items():
        for sql in some:
            _bind(con, parts, table, sql)
    if parts.adapter.derives_tickets:
        selects.setdefault("tickets", []).append(derive_tickets(con, parts.source, selects["ticket_events"]))
    return selects


def _bind(con: Connection, parts: SourceParts, table: str, sql: str) -> None:
    try:
        con.columns(sql)
    except StoreError as error:
        if error.code != "sql":
            raise
        raise SwotlightError(
            f"The map {parts.adapter.adapter} cannot make {table}: {error.message.splitlines()[0]}",
            code="bad_map",
            file=str(parts.adapter.path) if parts.adapter.path else None,
            key=f"tables.{table}",
            hint="Look at the expressions under `columns:`, `where:` and `join:` of this table.",
        ) from error


def newest(
    con: Connection, parts: SourceParts, selects: Selects, instant: datetime
) -> tuple[datetime | None, datetime | None]:
    """The newest event of a source and its newest instant of any kind but deadlines, up to ``instant``."""
    limit = f"timestamp {quote_text(instant.isoformat(sep=' '))}"
    instants_in = {table: _instants(load_contracts()[table]) for table in selects}
    lean: dict[str, Sequence[str]] = dict(instants_of(parts, instants_in))
    if parts.adapter.derives_tickets:
        lean["tickets"] = selects["tickets"]
    events: list[datetime] = []
    instants: list[datetime] = []
    for table, some in lean.items():
        event_time = load_contracts()[table].event_time
        maxima = ", ".join(f"max({name}) filter ({name} <= {limit}) as {name}" for name in instants_in[table])
        for sql in some:
            row = con.rows(f"select {maxima} from (select * replace ({_as_instant(event_time)}) from {sql})")[0]
            events += [row[event_time]] if row[event_time] else []
            instants += [value for value in row.values() if value]
    return max(events, default=None), max(instants, default=None)


def _instants(contract: Contract) -> list[str]:
    """The event time of a table and its other instants but deadlines."""
    others = [c.name for c in contract.columns.values() if c.type == "instant" and "due" not in c.name]
    return list(dict.fromkeys([contract.event_time, *others]))


def _as_instant(column: str) -> str:
    return f"cast({column} as timestamp) as {column}"
