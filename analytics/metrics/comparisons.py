"""``compare``: a number beside its target, the period before, or the same period last year."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from analytics.metrics.answers import ask
from analytics.metrics.model import CLOCK_GRAINS, Database, Metric, MetricRequest, MetricRow
from analytics.metrics.periods import add_months, next_period, previous_span, same_span_last_year
from analytics.metrics.table import catalogue, unknown
from analytics.metrics.targets import Target, read_targets, target_for, verdict
from warehouse.errors import UsageError

Against = Literal["target", "previous", "last_year"]
AGAINST: tuple[Against, ...] = ("target", "previous", "last_year")


@dataclass(frozen=True)
class Comparison:
    """A number, what it is held against, and whether the difference is more than chance could make it.

    ``verdict`` is met, missed, undecided, no target or no data against a target; better, worse, undecided, unchanged
    or no data against another period (higher, lower where the metric has no good direction).
    """

    row: MetricRow
    against: Against
    comparator_value: float | None
    comparator_n: float | None
    difference: float | None
    low: float | None
    high: float | None
    verdict: str
    comparator_period: date | None = None
    target: Target | None = None

    def to_dict(self) -> dict[str, Any]:
        """Flat, for JSON."""
        flat = {k: v for k, v in asdict(self).items() if k not in ("row", "target", "comparator_period")}
        period = self.comparator_period.isoformat() if self.comparator_period else None
        return {**self.row.to_dict(), **{f"difference_{k}" if k in ("low", "high") else k: v for k, v in flat.items()},
                "comparator_period": period}  # fmt: skip


def compare(db: Database, request: MetricRequest, against: Against) -> list[Comparison]:
    """Every number of the request with its comparator, in the order of `ask`.

    Periods are compared one by one when a grain is asked for; else the span as a whole, which then must have both
    ends. Intervals of a difference between two periods: `mover`.
    """
    if against not in AGAINST:
        raise unknown("comparison", str(against), AGAINST)
    if against == "target":
        return _with_targets(db, request)
    metrics = catalogue(db)
    rows = ask(db, request)
    earlier = {_key(row): row for row in ask(db, _earlier(request, against))}
    return [_between(metrics[row.metric], row, earlier, request, against) for row in rows]


def _with_targets(db: Database, request: MetricRequest) -> list[Comparison]:
    metrics = catalogue(db)
    targets = read_targets(db, metrics)
    compared = []
    for row in ask(db, request):
        day = _last_day(row, request)
        target = target_for(targets, row.metric, _entity(row, request), day)
        limit = target.value if target else None
        compared.append(
            Comparison(
                row,
                "target",
                limit,
                None,
                _minus(row.value, limit),
                _minus(row.low, limit),
                _minus(row.high, limit),
                verdict(target, row.value, row.low, row.high, sampled=metrics[row.metric].is_sampled()),
                target=target,
            )
        )
    return compared


def _entity(row: MetricRow, request: MetricRequest) -> tuple[str, str] | None:
    named = [*row.dimensions.items(), *request.where]
    return (named[0][0], str(named[0][1])) if len(named) == 1 else None


def _last_day(row: MetricRow, request: MetricRequest) -> date | None:
    if row.period is None or request.grain is None:
        return request.end
    if isinstance(row.period, datetime):
        return row.period.date()
    last = next_period(row.period, request.grain) - timedelta(days=1)
    return min(last, request.end) if request.end else last


def _earlier(request: MetricRequest, against: Against) -> MetricRequest:
    if request.grain in CLOCK_GRAINS:
        raise UsageError(
            f"Intervals of {request.grain} are compared with a target only; ask by day for an earlier period.",
            code="unknown_grain",
            key=request.grain,
        )
    if request.grain is not None:
        start = _shift(request.start, request, against) if request.start else None
        end = _shift(request.end, request, against) if request.end else None
        return replace(request, start=start, end=end)
    if request.start is None or request.end is None:
        raise UsageError("A comparison with an earlier period needs the first and the last day of this one.")
    span = previous_span if against == "previous" else same_span_last_year
    start, end = span(request.start, request.end)
    return replace(request, start=start, end=end)


def _shift(day: date, request: MetricRequest, against: Against) -> date:
    """The day one period, or one year, earlier. A year of weeks is 52 of them, so that weekdays meet."""
    if against == "last_year":
        return day - timedelta(weeks=52) if request.grain == "week" else add_months(day, -12)
    match request.grain:
        case "day":
            return day - timedelta(days=1)
        case "week":
            return day - timedelta(weeks=1)
        case _:
            months = {"month": 1, "quarter": 3, "year": 12}[str(request.grain)]
            following = add_months(day + timedelta(days=1), -months)
            # A last day of a month stays one: the day before the shifted first of the next.
            return following - timedelta(days=1) if (day + timedelta(days=1)).day == 1 else add_months(day, -months)


def _key(row: MetricRow) -> tuple:
    return (row.metric, row.period, tuple(row.dimensions.items()))


def _between(
    metric: Metric, row: MetricRow, earlier: dict[tuple, MetricRow], request: MetricRequest, against: Against
) -> Comparison:
    period = _shift(row.period, request, against) if row.period else None
    other = earlier.get((row.metric, period, tuple(row.dimensions.items())))
    difference = _minus(row.value, other.value if other else None)
    low, high = mover(row, other) if other else (None, None)
    return Comparison(
        row,
        against,
        other.value if other else None,
        other.n if other else None,
        difference,
        low,
        high,
        _direction(metric, difference, low, high),
        comparator_period=period,
    )


def mover(row: MetricRow, other: MetricRow) -> tuple[float | None, float | None]:
    """The interval of a difference from the two values' own intervals; none where one has none.

    Source: G. Y. Zou, A. Donner, "Construction of confidence limits about effect measures", Statist. Med. 27 (2008);
    for proportions with Wilson limits it is Newcombe's method 10.
    """
    ends = (row.value, row.low, row.high, other.value, other.low, other.high)
    if any(end is None for end in ends):
        return None, None
    v, low, high, w, below, above = (float(end) for end in ends if end is not None)
    down = math.hypot(max(v - low, 0.0), max(above - w, 0.0))
    up = math.hypot(max(high - v, 0.0), max(w - below, 0.0))
    return v - w - down, v - w + up


def _direction(metric: Metric, difference: float | None, low: float | None, high: float | None) -> str:
    if difference is None:
        return "no data"
    if low is not None and high is not None and low <= 0 <= high:
        return "undecided"
    if difference == 0:
        return "unchanged"
    if metric.direction == "none":
        return "higher" if difference > 0 else "lower"
    return "better" if (difference > 0) == (metric.direction == "higher") else "worse"


def _minus(value: float | None, other: float | None) -> float | None:
    return None if value is None or other is None else value - other
