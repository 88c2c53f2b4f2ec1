"""From landed tables to canonical ones: the selects of a source, bound once so that a wrong map is named at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from ingestion.contracts import Contract, load_contracts
from ingestion.deriving import derive_tickets
from ingestion.views import InstantSelect, SourceParts, instants_of, selects_of
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
        listed = selects.get("tickets", [])
        selects["tickets"] = [*listed, derive_tickets(con, parts.source, selects["ticket_events"], listed)]
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
    instants_in = {table: _instants(load_contracts()[table]) for table in selects}
    lean = {table: list(some) for table, some in instants_of(parts, instants_in).items()}
    if parts.adapter.derives_tickets:
        lean["tickets"] = [InstantSelect(sql, None) for sql in selects["tickets"]]
    asked = [(table, select) for table, some in lean.items() for select in some]
    event: datetime | None = None
    any_instant: datetime | None = None
    # What costs less comes first: it may show that the rest need not be asked.
    for table, select in sorted(asked, key=lambda one: one[1].bound is not None):
        columns = instants_in[table]
        events = 1 + len(load_contracts()[table].events)
        if select.bound and event and any_instant:
            bounds = _maxima(con, select.bound, columns, events, instant)
            if _newest(*bounds[:events], event) == event and _newest(*bounds, any_instant) == any_instant:
                continue
        found = _maxima(con, select.sql, columns, events, instant)
        event, any_instant = _newest(*found[:events], event), _newest(*found, any_instant)
    return event, any_instant


def _maxima(
    con: Connection, select: str, columns: Sequence[str], events: int, instant: datetime
) -> list[datetime | None]:
    """The newest of each column up to ``instant``; the first ``events`` are of events, which may be days."""
    limit = f"timestamp {quote_text(instant.isoformat(sep=' '))}"
    maxima = ", ".join(f"max({name}) filter ({name} <= {limit}) as {name}" for name in columns)
    dated = ", ".join(map(_as_instant, columns[:events]))
    row = con.rows(f"select {maxima} from (select * replace ({dated}) from {select})")[0]
    return list(row.values())


def _newest(*instants: datetime | None) -> datetime | None:
    return max(filter(None, instants), default=None)


def _instants(contract: Contract) -> list[str]:
    """The event time of a table, its other events, and its other instants but deadlines."""
    others = [c.name for c in contract.columns.values() if c.type == "instant" and "due" not in c.name]
    return list(dict.fromkeys([contract.event_time, *contract.events, *others]))


def _as_instant(column: str) -> str:
    return f"cast({column} as timestamp) as {column}"
