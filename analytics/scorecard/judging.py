"""One number against one target: verdict, probability that the target is kept, months in a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from analytics.metrics import Metric, MetricRow, verdict
from analytics.metrics.periods import add_months
from analytics.metrics.targets import Target
from analytics.statistics.distributions import normal_quantile, normal_two_sided


@dataclass(frozen=True)
class Score:
    """A target's month: ``entity`` None is the organisation; ``streak`` counts months in a row with this verdict."""

    period: date
    entity_dimension: str
    entity: str | None
    metric: str
    dimension: str
    comparison: str
    target: float
    valid_from: date | None
    owner: str | None
    unit: str
    value: float | None
    low: float | None
    high: float | None
    n: float | None
    verdict: str
    probability_kept: float | None
    streak: int = 0
    withdrawn_by: str | None = None


def probability_kept(
    target: Target, value: float | None, low: float | None, high: float | None, *, sampled: bool
) -> float | None:
    """Chance that the true value keeps the target, given the value and its 95 % interval.

    The error is that of the interval's end nearer to the target, taken as normal, so that 0.975 is reached exactly
    where the whole interval is on the kept side. A full count has no error: 1 or 0; a sample without an interval
    cannot say.
    """
    if value is None:
        return None
    if low is None or high is None:
        return None if sampled else float(target.is_kept(value))
    end = low if value >= target.value else high
    error = abs(value - end) / normal_quantile(0.975)
    if error <= 0:
        return float(target.is_kept(value))
    z = (value - target.value) / error
    above = 1 - normal_two_sided(z) / 2 if z >= 0 else normal_two_sided(z) / 2
    return above if target.comparison in (">=", ">") else 1 - above


def score(row: MetricRow, metric: Metric, target: Target, entity: tuple[str, str | None]) -> Score:
    """The row of one month. A withdrawn or hidden number is judged as no data."""
    sampled = metric.is_sampled()
    assert row.period is not None
    return Score(
        row.period, *entity, row.metric, target.dimension or metric.dimension, target.comparison, target.value,
        target.valid_from, target.owner, row.unit, row.value, row.low, row.high, row.n,
        verdict(target, row.value, row.low, row.high, sampled=sampled),
        probability_kept(target, row.value, row.low, row.high, sampled=sampled), withdrawn_by=row.withdrawn_by,
    )  # fmt: skip


def with_streaks(scores: Iterable[Score]) -> list[Score]:
    """Months in a row, up to each, in which the target was met, or missed; undecided months and gaps end a streak."""
    ordered = sorted(scores, key=lambda s: (s.metric, s.entity_dimension, s.entity or "", s.period))
    made: list[Score] = []
    for one in ordered:
        last = made[-1] if made else None
        follows = (
            last is not None
            and (last.metric, last.entity_dimension, last.entity) == (one.metric, one.entity_dimension, one.entity)
            and add_months(last.period, 1) == one.period
            and last.verdict == one.verdict
        )
        counted = one.verdict in ("met", "missed")
        made.append(replace(one, streak=(last.streak + 1 if follows and last else 1) if counted else 0))
    return made
