"""Sums beside a comparator: a target, the other entities, last year, expectation. One test a comparator.

What days cannot show is added: agents and customers (`layers`), and how far the level wanders from month to month.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analytics.metrics import Metric
from analytics.metrics.periods import add_months
from analytics.statistics import clustered
from analytics.statistics.clustered import Extra
from analytics.statistics.testing import Result, ratio_variance
from analytics.statistics.wander import wander
from analytics.swot.model import Entity, Evidence, Factor, Measure, Window
from analytics.swot.observing import Observations, months_of
from analytics.swot.panels import Panel, adjust_mix
from analytics.swot.reasons import Reason
from analytics.swot.windows import history_of, is_count, last_year

WANDER_DF = 12.0
"""Degrees of freedom a wander from some twenty months is worth."""


@dataclass(frozen=True)
class Side:
    """One side of a comparison: sums per cluster, n, and the days they are counted over."""

    y: np.ndarray
    x: np.ndarray
    n: float

    @property
    def value(self) -> float:
        """Σy ÷ Σx."""
        return float(self.y.sum()) / float(self.x.sum())


@dataclass(frozen=True)
class Case:
    """A measure of an entity with all that a comparison needs to know."""

    factor: Factor
    metric: Metric
    entity: Entity
    seen: Observations

    @cached_property
    def measure(self) -> Measure:
        """What is measured."""
        return self.factor.measure

    @cached_property
    def window(self) -> Window:
        """The days observed."""
        return self.seen.windows[self.measure]

    @property
    def is_share(self) -> bool:
        """Whether it is a share of things, tested by its score."""
        return self.metric.interval == "wilson" and self.metric.scale == 1

    @property
    def is_rate(self) -> bool:
        """Whether it counts events over an exposure."""
        return self.metric.interval == "poisson" and self.metric.denominator is not None

    def panel(self, side: str) -> Panel | None:
        """The panel of ``now``, ``then`` or ``months`` that the entity stands in."""
        panels: dict = getattr(self.seen, side)
        return panels.get((self.measure, self.entity[0]))

    @cached_property
    def _sides(self) -> dict[str, Side | None]:
        return {side: self._side(side) for side in ("now", "then")}

    def side(self, side: str) -> Side | None:
        """The entity's own clusters ``now`` or ``then``; ``None`` without any."""
        return self._sides[side]

    def _side(self, side: str) -> Side | None:
        panel = self.panel(side)
        if panel is None or panel.line(self.entity[1]) is None:
            return None
        y, x = panel.clusters(self.entity[1])
        return Side(y, x, panel.size(self.entity[1])) if x.sum() > 0 else None

    def scale(self) -> float:
        """What a value per cluster is multiplied by to be told: the days of a count, 1 otherwise."""
        side = self.side("now")
        return float(len(side.y)) if side and is_count(self.metric) and self.window.grain == "day" else 1.0

    def months(self) -> np.ndarray:
        """25 monthly values, the period's last."""
        panel = self.panel("months")
        return (
            months_of(panel, self.entity[1], self.window) if panel else np.full(history_of(self.window).months, np.nan)
        )

    def likeness(self, *contributions: np.ndarray) -> float:
        """By how much neighbours widen a variance: months that are alike, and days of a person's time, who is away for
        days on end."""
        if self.window.grain == "month":
            return clustered.persistence(self.months())
        if self.metric.n is not None or is_count(self.metric):
            return 1.0
        return max(clustered.persistence(u) for u in contributions)

    def extras(self, side: Side, window: Window, times: float = 1.0) -> list[Extra]:
        """What agents, customers and the months' wander add to the variance of one side."""
        layers = self.seen.layers.extras(self.metric.name, self.entity, window, side.value, side.n)
        strays = self.wander(side) * times
        return [*layers, Extra(strays, WANDER_DF, "months")] if strays > 0 else layers

    def wander(self, side: Side) -> float:
        """Variance of the level between spans as long as the window; 0 where there is too little history to tell."""
        panel, at = self.panel("months"), self.entity[1]
        if panel is None or self.window.grain == "month" or panel.line(at) is None:
            return 0.0
        return self._wander(panel.values(at), panel.x[panel.line(at)], panel, side) / self.window.months

    def _wander(self, values: np.ndarray, sizes: np.ndarray, panel: Panel, side: Side) -> float:
        before = np.array([day < self.window.start for day in panel.days]) & ~np.isnan(values) & (sizes > 0)
        if is_count(self.metric):
            # A month's total against days: each month's value per day.
            lengths = np.array([(add_months(day, 1) - day).days for day in panel.days], float)
            values, sizes = values / lengths, lengths
        per_size = ratio_variance(side.y, side.x) * float(side.x.sum())
        found = wander(list(values[before]), list(per_size / sizes[before]))
        return found or 0.0


def against_value(case: Case, comparator: float, what: str) -> Result | None:
    """The entity's value beside a fixed one."""
    side, grain = case.side("now"), case.window.grain
    if side is None:
        return None
    layers = "month" if grain == "month" else f"{grain}, agent and customer"
    extras = case.extras(side, case.window)
    if case.is_share and 0 < comparator < 1:
        return clustered.proportion_against(side.y, side.x, comparator, f"score test, clustered by {layers}", extras)
    if case.is_rate and comparator > 0:
        scale = case.metric.scale
        return clustered.rate_against(side.y / scale, side.x / scale, comparator, f"quasi-Poisson by {grain}", extras)
    own = clustered.influence(side.y, side.x)
    return clustered.difference(
        side.value, comparator, own, f"t over {grain}s, {what}", extras, n=side.n, inflation=case.likeness(own)
    )


def own_limits(case: Case) -> tuple[float | None, float | None]:
    """The value's own clustered interval."""
    side = case.side("now")
    if side is None or len(side.y) < 2:
        return None, None
    extras = case.extras(side, case.window)
    if case.is_share:
        return clustered.proportion_interval(side.y, side.x, extras)
    own = clustered.influence(side.y, side.x)
    inflation = case.likeness(own)
    variance = clustered.spread_of(own) * inflation
    variance, df = clustered.added(variance, (len(side.y) - 1) / inflation, extras)
    if not variance > 0:
        return None, None
    half = clustered.t_limit(df) * math.sqrt(variance)
    return (side.value - half) * case.scale(), (side.value + half) * case.scale()


def against_last_year(case: Case) -> tuple[Result, float, float, float, bool] | None:
    """(result, comparator, comparator before the mix was adjusted, its n, reversed): the same months a year before."""
    now, then = case.side("now"), case.side("then")
    if now is None or then is None:
        return None
    mix = (
        adjust_mix(*case.seen.mix[case.measure, case.entity]) if (case.measure, case.entity) in case.seen.mix else None
    )
    comparator = mix.adjusted if mix else then.value
    earlier = last_year(case.window)
    extras = case.extras(now, case.window) + case.extras(then, earlier)
    if mix:
        extras.append(Extra(mix.movement * ratio_variance(then.y, then.x) * float(then.x.sum()), WANDER_DF, "mix"))
    scale, name = case.scale(), f"Welch, clustered by {case.window.grain}"
    if case.window.grain == "month":
        result = _paired_months(case, now, then, comparator)
    else:
        sets = [clustered.influence(now.y, now.x), clustered.influence(then.y, then.x)]
        result = _two_sided(case, now, then, comparator, sets, name + ", agent and customer", extras)
    return (
        _scaled(result, scale),
        comparator * scale,
        (mix.raw if mix else then.value) * scale,
        then.n,
        bool(mix and mix.is_reversed),
    )


def _paired_months(case: Case, now: Side, then: Side, comparator: float) -> Result:
    """Month beside the same month a year before, which takes the season out; neighbours' likeness widens."""
    first, second = clustered.influence(now.y, now.x), clustered.influence(then.y, then.x)
    sets = first - second if len(first) == len(second) else [first, second]
    return clustered.difference(
        now.value, comparator, sets, "t over pairs of months", n=float(len(first)),
        inflation=case.likeness(),
    )  # fmt: skip


def _two_sided(
    case: Case, now: Side, other: Side, comparator: float, sets: list[np.ndarray] | np.ndarray, name: str,
    extras: list[Extra],
) -> Result:  # fmt: skip
    floor = p_floor = 0.0
    if case.is_share:
        values = [(s.value, float(s.x.sum())) for s in (now, other)]
        floor = sum(v * (1 - v) / n for v, n in values)
    elif case.is_rate:
        told = [(float(s.y.sum()) / case.metric.scale, float(s.x.sum()) / case.metric.scale) for s in (now, other)]
        floor = sum(events / exposure**2 for events, exposure in told)
    inflation = case.likeness(*([sets] if isinstance(sets, np.ndarray) else sets))
    result = clustered.difference(now.value, comparator, sets, name, extras, n=now.n, floor=floor, inflation=inflation)
    if case.is_share or case.is_rate:
        counts = told if case.is_rate else [(float(s.y.sum()), float(s.x.sum())) for s in (now, other)]
        effect = (
            max(1.0, ((result.high - result.low) / 2 / clustered.t_limit(result.df)) ** 2 / floor) if floor else 1.0
        )
        p_floor = clustered.split_p(counts[0], counts[1], effect, is_share=case.is_share)
    return _with_p(result, max(result.p, p_floor))


def against_peers(case: Case) -> tuple[Result, float, float] | None:
    """(result, comparator, its n): the other entities of the same kind together, day beside day."""
    panel, now = case.panel("now"), case.side("now")
    if panel is None or now is None or case.entity[1] is None:
        return None
    y, x = panel.others(case.entity[1])
    if not float(x.sum()) > 0 or is_count(case.metric):
        return None
    others = Side(y, x, float(panel.n.sum()) - panel.size(case.entity[1]))
    line = panel.line(case.entity[1])
    contributions = clustered.influence(panel.y[line], panel.x[line]) - clustered.influence(y, x)
    extras = case.seen.layers.extras(case.metric.name, case.entity, case.window, now.value, now.n)
    extras = [*extras, *_others_extras(case, now, others)]
    if case.window.grain == "month":
        result = clustered.difference(
            now.value, others.value, contributions, "t over months, beside the others", extras, n=now.n,
            inflation=case.likeness(),
        )  # fmt: skip
        return result, others.value, others.n
    name = f"Welch on differences by {case.window.grain}, clustered by it, agent and customer"
    result = _two_sided(case, now, others, others.value, contributions, name, extras)
    return result, others.value, others.n


def _others_extras(case: Case, now: Side, others: Side) -> list[Extra]:
    """The others' own agents (as many times fewer as they are more), and how far the two wander apart."""
    layers = case.seen.layers.extras(case.metric.name, ("organisation", None), case.window, others.value, others.n)
    months = case.panel("months")
    if months is None or case.window.grain == "month" or (at := months.line(case.entity[1])) is None:
        return layers
    y, x = months.others(case.entity[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = months.values(case.entity[1]) - np.where(x > 0, y / x, np.nan)
        sizes = np.where((months.x[at] > 0) & (x > 0), 1 / (1 / months.x[at] + 1 / x), 0.0)
    strays = case._wander(apart, sizes, months, now) / case.window.months
    return [*layers, Extra(strays, WANDER_DF, "months")]


def _scaled(result: Result, scale: float) -> Result:
    if scale == 1.0:
        return result
    r = result
    return Result(r.value * scale, r.difference * scale, r.low * scale, r.high * scale, r.p, r.n, r.clusters,
                  r.design_effect, r.df, r.test)  # fmt: skip


def _with_p(result: Result, p: float) -> Result:
    r = result
    return Result(r.value, r.difference, r.low, r.high, p, r.n, r.clusters, r.design_effect, r.df, r.test)


def fill(evidence: Evidence, result: Result | None, case: Case) -> Reason | None:
    """Put a test's result into the evidence; what is missing where it has no interval."""
    if result is None:
        return Reason("no_interval")
    if math.isinf(result.low):
        return Reason("no_variation", {"grain": case.window.grain})
    evidence.difference = (evidence.value or 0.0) - (evidence.comparator_value or 0.0)
    evidence.low, evidence.high, evidence.p, evidence.test = result.low, result.high, result.p, result.test
    effect = result.design_effect
    evidence.design_effect = None if math.isnan(effect) else effect
    if case.metric.swd_is_relative:
        evidence.swd = case.factor.swd * (abs(evidence.comparator_value or 0.0) or 1.0)
    return None
