"""Periods of the SWOT: which month is judged, and over how many months each factor is observed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from analytics.metrics import Metric, MetricRequest, ask
from analytics.metrics.model import Database
from analytics.metrics.periods import add_months, last_of_month
from analytics.swot.model import FEWEST_CLUSTERS, TREND_MONTHS, Factor, Measure, Window
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
    """So many months, of which the period is the last; a year of days is held in weeks."""
    grain = "week" if grain == "day" and months == SPANS[-1] else grain
    return Window(months, add_months(period, 1 - months), last_of_month(period), grain)


@lru_cache(maxsize=256)
def last_year(given: Window) -> Window:
    """The same months one year before."""
    return Window(given.months, add_months(given.start, -12), last_of_month(add_months(given.end, -12)), given.grain)


@lru_cache(maxsize=256)
def history_of(given: Window) -> Window:
    """The period's month and the 24 before it, month by month."""
    last = given.end.replace(day=1)
    return Window(TREND_MONTHS + 1, add_months(last, -TREND_MONTHS), given.end, "month")


def is_monthly(metric: Metric) -> bool:
    """Whether some part of the metric is kept per month only; then its months are the observations."""
    sources = [c.rollups for c in metric.components.values()]
    return any(all(r.grain == "month" for r in rollups) for rollups in sources)


def is_state(metric: Metric) -> bool:
    """Whether the metric tells a level at a period's end (a backlog): its months are the observations."""
    return any(c.last_by is not None for c in metric.components.values())


def is_count(metric: Metric) -> bool:
    """Whether the metric is a sum without a denominator, such as contacts offered."""
    return metric.denominator is None and metric.quantile is None


def choose_windows(
    db: Database,
    factors: Sequence[Factor],
    metrics: Mapping[str, Metric],
    period: date,
    settled: Callable[[int], date] | None = None,
) -> dict[Measure, Window]:
    """Per measure the shortest span in which the organisation has the fewest observations its factors ask for.

    Costs, headcounts, states and indices take twelve months, for their months are what is compared. A measure whose
    data end more than a year before the period is observed where they end; one whose cases need time until their
    figure stays (``settled``: days → the last month that has had them) in the last month that has had it.
    """
    empty = _without_a_year(db, dict.fromkeys(f.measure for f in factors), period)
    ends = _settling(factors, metrics, period, settled) | own_ends(db, empty, period)
    chosen = _windows_at(db, [f for f in factors if f.measure not in ends], metrics, period)
    for end in sorted(set(ends.values())):
        chosen |= _windows_at(db, [f for f in factors if ends.get(f.measure) == end], metrics, end)
    return chosen


def _settling(
    factors: Sequence[Factor], metrics: Mapping[str, Metric], period: date, settled: Callable[[int], date] | None
) -> dict[Measure, date]:
    """For measures whose newest cases are not through yet: the last month whose cases are."""
    days = {f.measure: metrics[f.metric].settles_after_days for f in factors}
    ends = {measure: settled(count) for measure, count in days.items() if count and settled is not None}
    return {measure: end for measure, end in ends.items() if end < period}


def _without_a_year(db: Database, measures: Iterable[Measure], period: date) -> list[Measure]:
    """Measures of which the organisation has nothing in the year to the period."""
    year, found = window(period, SPANS[-1], "month"), []
    for where, names in by_slice(measures).items():
        rows = ask(db, MetricRequest(tuple(names), where=where, start=year.start, end=year.end))
        known = {row.metric for row in rows if row.value is not None or row.suppressed}
        found += [Measure(name, where) for name in names if name not in known]
    return found


def _windows_at(
    db: Database, factors: Iterable[Factor], metrics: Mapping[str, Metric], period: date
) -> dict[Measure, Window]:
    needed: dict[Measure, int] = {}
    for factor in factors:
        needed[factor.measure] = max(needed.get(factor.measure, 0), factor.minimum_n)
    monthly = {m for m in needed if is_monthly(metrics[m.metric]) or is_state(metrics[m.metric])}
    chosen = {m: window(period, 12, "month") for m in monthly}
    chosen |= {m: window(period, 1) for m in needed if m not in chosen and is_count(metrics[m.metric])}
    rest = [m for m in needed if m not in chosen]
    for months in SPANS:
        span = window(period, months)
        enough = set(rest) if months == SPANS[-1] else _sufficient(db, rest, metrics, needed, span)
        chosen |= {m: span for m in rest if m in enough}
        rest = [m for m in rest if m not in enough]
    return chosen


def own_ends(db: Database, measures: Iterable[Measure], period: date) -> dict[Measure, date]:
    """For measures without data in the year to the period: the last month that they have any of, before it.

    An archive is judged where it ends. A last month with less than half of what the month before it had is cut off.
    """
    found: dict[Measure, date] = {}
    year = window(period, SPANS[-1], "month")
    for where, names in by_slice(measures).items():
        for name in names:
            told = {
                row.period: row.n or row.denominator or 1.0
                for row in ask(db, MetricRequest((name,), grain="month", where=where, end=year.end))
                if row.period is not None and row.value is not None
            }
            months = sorted(month for month in told if month <= period)
            if months and months[-1] < year.start:
                cut = len(months) > 1 and told[months[-1]] < told[months[-2]] / 2
                found[Measure(name, where)] = months[-2] if cut else months[-1]
    return found


def by_slice(measures: Iterable[Measure]) -> dict[tuple[tuple[str, str], ...], list[str]]:
    """Metrics that are asked together, for they mean the same slice."""
    groups: dict[tuple[tuple[str, str], ...], list[str]] = defaultdict(list)
    for measure in measures:
        groups[measure.where].append(measure.metric)
    return dict(groups)


def _sufficient(
    db: Database, measures: list[Measure], metrics: Mapping[str, Metric], needed: Mapping[Measure, int], span: Window
) -> set[Measure]:
    """Those with enough observations on enough days. Shares of time have no n: their days are counted."""
    # It needs numpy, which whoever only reads a judged SWOT does not.
    from analytics.metrics.columns import cluster_sums

    found: set[Measure] = set()
    for where, names in by_slice(measures).items():
        ratios = tuple(n for n in names if metrics[n].denominator is not None)
        others = tuple(n for n in names if metrics[n].denominator is None)
        if others:
            rows = ask(db, MetricRequest(others, where=where, start=span.start, end=span.end))
            found |= {Measure(r.metric, where) for r in rows if (r.n or 0) >= needed[Measure(r.metric, where)]}
        if ratios:
            asked = MetricRequest(ratios, where=where, grain="day", start=span.start, end=span.end)
            for name, sums in cluster_sums(db, asked).items():
                measure = Measure(name, where)
                if float(sums.n.sum()) >= needed[measure] and (sums.denominator != 0).sum() >= FEWEST_CLUSTERS:
                    found.add(measure)
    return found


def valid_until(period: date) -> date:
    """The last day of the period after this one."""
    return last_of_month(add_months(period, 1))
