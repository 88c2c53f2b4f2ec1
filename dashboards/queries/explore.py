"""What Explore asks: one metric by its name, cut by one dimension, per period, with the SQL that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analytics.metrics import GRAINS, Metric, MetricRequest, MetricRow, explain
from analytics.metrics.periods import add_months
from dashboards.filters import DIMENSIONS, Filters
from dashboards.reading import Reading
from warehouse.errors import SwotlightError

FIRST = "service_level"
SHOWN_SERIES = 6
SHOWN_BARS = 24
WHOLE = "whole"
"""In the address: no periods, one number for the whole span."""
_MONTHS_BACK = {"day": 3, "week": 6, "month": 24, "quarter": 36, "year": 120}


@dataclass(frozen=True)
class Question:
    """What the address asks, made sound: a metric the release has, a cut and a grain it can be asked by."""

    metric: Metric
    by: str | None
    grain: str | None
    where: tuple[tuple[str, str], ...]
    start: date
    end: date

    @property
    def request(self) -> MetricRequest:
        """As the metrics layer is asked."""
        by = (self.by,) if self.by else ()
        return MetricRequest((self.metric.name,), by, self.grain, self.where, self.start, self.end)  # type: ignore[arg-type]


def question(reading: Reading, filters: Filters) -> Question | None:
    """The question of an address; what a metric cannot be asked by is left out. None without any metric."""
    known = reading.metrics()
    name = filters.extra("metric") or ""
    metric = known.get(name) or known.get(FIRST) or next(iter(known.values()), None)
    if metric is None:
        return None
    cuts = metric.dimensions()
    by = filters.extra("by") if filters.extra("by") in cuts else None
    where = tuple(pair for pair in filters.values if pair[0] in cuts)
    if by is None:
        # Some metrics mean nothing over all of a dimension at once.
        by = next((need for need in metric.needs_filter if need in cuts), None)
    grain = _grain(filters.extra("grain"), is_cut=by is not None)
    start = add_months(filters.period.end.replace(day=1), 1 - _MONTHS_BACK[grain]) if grain else filters.period.start
    return Question(metric, by, grain, where, min(start, filters.period.start), filters.period.end)


def _grain(said: str | None, *, is_cut: bool) -> str | None:
    """What the address says; a metric that is opened bare is shown as it moved, by month."""
    if said in GRAINS:
        return said
    return None if is_cut or said == WHOLE else "month"


def rows(reading: Reading, asked: Question) -> list[MetricRow]:
    """The answer."""
    made = asked.request
    return reading.ask(made.metrics, by=made.by, grain=made.grain, where=made.where, start=asked.start, end=asked.end)


def told(reading: Reading, asked: Question) -> dict[str, str]:
    """SQL, rollup and definition of the answer; empty where the release cannot say."""
    try:
        found = reading.kept(("explained", asked.request), lambda: explain(reading.release, asked.request))
    except SwotlightError:
        return {}
    return {key: str(found[key]) for key in ("sql", "rollup", "definition")}


def filters_of(asked: Question) -> tuple[str, ...]:
    """The filters of the bar that this metric knows."""
    cuts = asked.metric.dimensions()
    return tuple(name for name in DIMENSIONS if name in cuts)
