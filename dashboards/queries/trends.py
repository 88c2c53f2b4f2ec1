"""Metrics over time up to a period's end: by week, or by month where weeks are not what the sources give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.metrics import MetricRow
from analytics.metrics.periods import add_months
from dashboards.filters import Filters
from dashboards.reading import Reading

WEEKS = 26
MONTHS = 24
_LONGEST_WEEKLY_DAYS = 100


@dataclass(frozen=True)
class Trend:
    """Rows per period, and whether a period is a week."""

    rows: tuple[MetricRow, ...]
    is_weekly: bool


def trend(reading: Reading, filters: Filters, metrics: Sequence[str], *, by: tuple[str, ...] = ()) -> Trend:
    """Weeks for a month or a quarter, months for a year; months too where most weeks are empty."""
    if (filters.period.end - filters.period.start).days < _LONGEST_WEEKLY_DAYS:
        rows = _ask(reading, filters, metrics, by, "week", filters.weeks_back(WEEKS))
        if not _is_sparse([row.period for row in rows if row.value is not None and row.period]):
            return Trend(tuple(rows), True)
    first = add_months(filters.period.end.replace(day=1), -MONTHS + 1)
    return Trend(tuple(_ask(reading, filters, metrics, by, "month", first)), False)


def _ask(
    reading: Reading, filters: Filters, metrics: Sequence[str], by: tuple[str, ...], grain: str, start: date
) -> list[MetricRow]:
    return reading.ask(metrics, by=by, grain=grain, where=filters.values, start=start, end=filters.period.end)


def _is_sparse(weeks: Sequence[date]) -> bool:
    known = sorted(set(weeks))
    return len(known) > 1 and 2 * len(known) <= (known[-1] - known[0]).days // 7
