"""Periods of the SWOT: which month is judged, and over how many months each factor is observed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from analytics.metrics import Metric, MetricRequest, ask, cluster_sums
from analytics.metrics.model import Database
from analytics.metrics.periods import add_months, last_of_month
from analytics.swot.model import FEWEST_CLUSTERS, Factor, Window
from warehouse.errors import UsageError

SPANS = (1, 3, 12)
"""Months an observation may take, shortest first; the choice rests on n alone, never on what is found."""

HALF_A_DAY = timedelta(hours=12)


def parse_period(text: str | date | None) -> date | None:
    """``2026-10`` (or any day of it) → its first day."""
    if text is None or isinstance(text, date):
        return text.replace(day=1) if text else None
    try:
        return date.fromisoformat(text if len(text) > 7 else f"{text}-01").replace(day=1)
    except ValueError as error:
        raise UsageError(f"'{text}' is no month; write it as 2026-10.", code="period", key=text) from error


def last_full_month(as_of: datetime, time_zone: str = "UTC") -> date:
    """The first day of the last local month that had ended at ``as_of`` (naive instants are UTC).

    A month with less than half a day to go counts as ended: an archive is judged at its newest event, and that
    never falls on midnight.
    """
    instant = as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC)
    local = (instant + HALF_A_DAY).astimezone(ZoneInfo(time_zone))
    return add_months(local.date().replace(day=1), -1)


def window(period: date, months: int, grain: str = "day") -> Window:
    """So many months, of which the period is the last."""
    return Window(months, add_months(period, 1 - months), last_of_month(period), grain)


def last_year(given: Window) -> Window:
    """The same months one year before."""
    return Window(given.months, add_months(given.start, -12), last_of_month(add_months(given.end, -12)), given.grain)


def is_monthly(metric: Metric) -> bool:
    """Whether some part of the metric is kept per month only; then its months are the observations."""
    sources = [c.rollups for c in metric.components.values()]
    return any(all(r.grain == "month" for r in rollups) for rollups in sources)


def is_testable(metric: Metric) -> bool:
    """Whether the metric is a ratio of sums or a quantile; states and counts wait for tests over time."""
    return metric.denominator is not None or metric.quantile is not None


def choose_windows(
    db: Database, factors: Iterable[Factor], metrics: Mapping[str, Metric], period: date
) -> dict[str, Window]:
    """Per metric the shortest span in which the organisation has the fewest observations its factors ask for.

    Costs, headcounts and other monthly figures take twelve months, for their months are what is compared.
    """
    needed: dict[str, int] = {}
    for factor in factors:
        needed[factor.metric] = max(needed.get(factor.metric, 0), factor.minimum_n)
    chosen = {name: window(period, 12, "month") for name in needed if is_monthly(metrics[name])}
    chosen |= {name: window(period, 1) for name in needed if name not in chosen and not is_testable(metrics[name])}
    rest = [name for name in needed if name not in chosen]
    for months in SPANS:
        span = window(period, months)
        enough = {name for name in rest if months == SPANS[-1]} or _sufficient(db, rest, metrics, needed, span)
        chosen |= {name: span for name in rest if name in enough}
        rest = [name for name in rest if name not in enough]
    return chosen


def _sufficient(
    db: Database, names: list[str], metrics: Mapping[str, Metric], needed: Mapping[str, int], span: Window
) -> set[str]:
    """Those with enough observations on enough days. Shares of time have no n: their days are counted."""
    ratios = tuple(name for name in names if metrics[name].denominator is not None)
    others = tuple(name for name in names if metrics[name].denominator is None)
    found: set[str] = set()
    if others:
        rows = ask(db, MetricRequest(others, start=span.start, end=span.end))
        found |= {row.metric for row in rows if (row.n or 0) >= needed[row.metric]}
    if ratios:
        for name, cuts in cluster_sums(db, MetricRequest(ratios, grain="day", start=span.start, end=span.end)).items():
            found |= {name for c in cuts.values() if c.n >= needed[name] and len(c.days) >= FEWEST_CLUSTERS}
    return found


def valid_until(period: date) -> date:
    """The last day of the period after this one."""
    return last_of_month(add_months(period, 1))
