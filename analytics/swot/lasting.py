"""Durations beside a comparator: the score test on the share below it, and intervals by inversion of order statistics.

A quantile's limits are distances in logarithms, widened by what days, agents and customers make of the share below it,
and by how far the months wander.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analytics.metrics import Clusters, MetricRow
from analytics.statistics.clustered import proportion_against
from analytics.statistics.distributions import normal_two_sided
from analytics.statistics.testing import Result, design_effect
from analytics.statistics.wander import wander
from analytics.swot.comparing import Case
from analytics.swot.model import Window
from analytics.swot.windows import last_year

_Z = 1.959963984540054


@dataclass(frozen=True)
class Limits:
    """A duration with its widened limits, and by how much its days, agents and customers widened them."""

    low: float
    value: float
    high: float
    effect: float


def duration_against_target(case: Case, target: float) -> Result | None:
    """The share below the target beside the quantile's own, and the quantile's limits; both must agree."""
    key = case.measure, case.entity
    row, days = case.seen.durations.now.get(key), case.seen.durations.own.get(key)
    mine = _widened(case, row, days, case.window)
    quantile = case.metric.quantile
    if mine is None or row is None or quantile is None or target <= 0:
        return None
    below = case.seen.durations.target.get(key)
    share = None
    if below is not None and not quantile.survival:
        y, x = np.array(below.numerators), np.array(below.denominators)
        share = proportion_against(y, x, quantile.q, "")
    return _result(mine, Limits(target, target, target, 1.0), days, row.n or 0, share)


def duration_against_last_year(case: Case) -> Result | None:
    """The quantile beside last year's."""
    key, lasting = (case.measure, case.entity), case.seen.durations
    row, earlier = lasting.now.get(key), lasting.then.get(key)
    mine = _widened(case, row, lasting.own.get(key), case.window)
    other = _widened(case, earlier, lasting.own_then.get(key), last_year(case.window))
    if mine is None or other is None or row is None:
        return None
    return _result(mine, other, lasting.own.get(key), row.n or 0, None)


def duration_against_peers(case: Case) -> Result | None:
    """The quantile beside that of all others together."""
    key, lasting = (case.measure, case.entity), case.seen.durations
    row, others = lasting.now.get(key), lasting.others.get(key)
    mine = _widened(case, row, lasting.own.get(key), case.window)
    if mine is None or row is None or others is None or not others.value or not others.low or not others.high:
        return None
    root = math.sqrt(mine.effect)
    theirs = Limits(
        others.value * (others.low / others.value) ** root,
        others.value,
        others.value * (others.high / others.value) ** root,
        mine.effect,
    )
    return _result(mine, theirs, lasting.own.get(key), row.n or 0, None)


def _widened(case: Case, row: MetricRow | None, days: Clusters | None, window: Window) -> Limits | None:
    """Order-statistic distances (in logarithms) times √effect, and the wander of the months beside them."""
    if row is None or not row.value or not row.low or not row.high:
        return None
    effect = design_effect(days.numerators, days.denominators) if days else 1.0
    effect += case.seen.layers.relative(case.metric.name, case.entity, window)
    root, strays = math.sqrt(effect), _Z * math.sqrt(_log_wander(case, row, effect))
    down = math.hypot(root * math.log(row.value / row.low), strays)
    up = math.hypot(root * math.log(row.high / row.value), strays)
    return Limits(row.value * math.exp(-down), row.value, row.value * math.exp(up), effect)


def _log_wander(case: Case, row: MetricRow, effect: float) -> float:
    values, sizes = case.seen.durations.months.get((case.measure, case.entity), (np.zeros(0), np.zeros(0)))
    before = len(values) - case.window.months
    kept = [(v, n) for v, n in zip(values[:before], sizes[:before], strict=True) if v > 0 and n > 0]
    if not kept or not row.n or not row.low or not row.high:
        return 0.0
    per_size = (math.log(row.high / row.low) / (2 * _Z)) ** 2 * effect * row.n
    found = wander([math.log(v) for v, _ in kept], [per_size / n for _, n in kept])
    return (found or 0.0) / case.window.months


def _result(mine: Limits, other: Limits, days: Clusters | None, n: float, share: Result | None) -> Result:
    """p from the difference of logarithms; against a target the score test on the share below it must agree."""
    difference = mine.value - other.value
    down = math.hypot(mine.value - mine.low, other.high - other.value)
    up = math.hypot(mine.high - mine.value, other.value - other.low)
    error = math.hypot(math.log(mine.high / mine.low), math.log(other.high / other.low)) / (2 * _Z)
    p = normal_two_sided(math.log(mine.value / other.value) / error) if error else 1.0
    name = "difference of log quantiles, clustered by day, agent and customer"
    if share:
        p, name = max(p, share.p), "score test on the share below the target, clustered by day, agent and customer"
    count = len(days.days) if days else 0
    return Result(mine.value, difference, difference - down, difference + up, p, n, count, mine.effect, 1e9, name)
