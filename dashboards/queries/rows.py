"""The rows behind a figure: one fact table of the release under the page's filters, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.filters import Filters
from dashboards.reading import Reading

PAGE_ROWS = 50
FILE_ROWS = 100_000
# Looking into information_schema would read up every view of the release first.
_COLUMNS = "describe marts.{table}"


@dataclass(frozen=True)
class Fact:
    """A fact table that may be looked into: its name, its local day, columns to show first."""

    table: str
    day: str
    first: tuple[str, ...]
    counted: str | None = None


FACTS = {
    fact.table: fact
    for fact in (
        Fact(
            "fct_contacts",
            "arrived_on",
            (
                "arrived_at",
                "channel",
                "team",
                "region",
                "topic",
                "outcome",
                "wait_seconds",
                "handling_seconds",
                "is_answered_in_threshold",
                "customer_key",
                "agent_key",
                "contact_id",
                "source",
            ),
            "is_offered",
        ),
        Fact(
            "fct_tickets",
            "created_on",
            (
                "created_at",
                "channel",
                "team",
                "region",
                "topic",
                "priority",
                "status",
                "first_replied_at",
                "solved_at",
                "customer_key",
                "agent_key",
                "ticket_id",
                "source",
            ),
        ),
        Fact(
            "fct_queue_intervals",
            "arrived_on",
            ("arrived_on", "minute_of_day", "channel", "team", "queue", "offered", "answered", "abandoned", "source"),
        ),
        Fact(
            "fct_survey_answers",
            "responded_on",
            (
                "responded_at",
                "instrument",
                "item_id",
                "value",
                "channel",
                "team",
                "region",
                "topic",
                "response_id",
                "source",
            ),
        ),
        Fact(
            "fct_applications",
            "applied_on",
            ("applied_on", "stage", "status", "team", "region", "application_id", "source"),
        ),
    )
}


@dataclass(frozen=True)
class RowsPage:
    """Some rows of a fact, how many there are in all, and what restricts them."""

    fact: Fact
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Mapping[str, Any], ...]
    total: int
    page: int
    unfiltered: tuple[str, ...]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE_ROWS))


def fact_of(filters: Filters) -> Fact:
    """The fact asked for; contacts where it is unknown."""
    return FACTS.get(filters.extra("fact") or "", FACTS["fct_contacts"])


def rows_page(reading: Reading, filters: Filters) -> RowsPage | None:
    """One page of rows, newest first; None where the release has no such table."""
    found = _statement(reading, filters)
    if found is None:
        return None
    fact, columns, where, params, unfiltered = found
    counted = reading.table(f"select count(*) as n from marts.{fact.table} where {where}", tuple(params))
    total = int(counted[0]["n"]) if counted else 0
    page = min(max(int(filters.extra("page") or 1), 1), max(1, -(-total // PAGE_ROWS)))
    names = ", ".join(f'"{name}"' for name, _kind in columns)
    part = f"limit {PAGE_ROWS} offset {(page - 1) * PAGE_ROWS}"
    sql = f'select {names} from marts.{fact.table} where {where} order by "{fact.day}" desc, 1 desc {part}'
    return RowsPage(fact, tuple(columns), tuple(reading.table(sql, tuple(params))), total, page, tuple(unfiltered))


def rows_file(reading: Reading, filters: Filters) -> RowsPage | None:
    """All rows of the slice, up to `FILE_ROWS`, with every column."""
    found = _statement(reading, filters)
    if found is None:
        return None
    fact, columns, where, params, unfiltered = found
    names = ", ".join(f'"{name}"' for name, _kind in columns)
    sql = f'select {names} from marts.{fact.table} where {where} order by "{fact.day}", 1 limit {FILE_ROWS}'
    rows = tuple(reading.release.rows(sql, params))
    return RowsPage(fact, tuple(columns), rows, len(rows), 1, tuple(unfiltered))


def _statement(
    reading: Reading, filters: Filters
) -> tuple[Fact, list[tuple[str, str]], str, list[Any], list[str]] | None:
    fact = fact_of(filters)
    known = {row["column_name"]: row["column_type"] for row in reading.table(_COLUMNS.format(table=fact.table))}
    if fact.day not in known:
        return None
    columns = [(name, known[name]) for name in fact.first if name in known]
    where = [f'"{fact.day}" between ? and ?']
    params: list[Any] = [filters.period.start, filters.period.end]
    if fact.counted and fact.counted in known:
        where.append(f'"{fact.counted}"')
    unfiltered = []
    for dimension, value in filters.values:
        if dimension in known:
            where.append(f'"{dimension}" = ?')
            params.append(value)
        else:
            unfiltered.append(dimension)
    if filters.extra("weekday") and filters.extra("hour") and "minute_of_day" in known:
        where.append(f'dayofweek("{fact.day}") = ? and "minute_of_day" // 60 = ?')
        params += [int(filters.extra("weekday") or 0) % 7, int(filters.extra("hour") or 0)]
    return fact, columns, " and ".join(where), params, unfiltered
