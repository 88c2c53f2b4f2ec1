"""From observations to evidence: each factor × entity × comparator gets a test, then all of them one family."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from analytics.metrics import Clusters, Metric, MetricRequest, MetricRow
from analytics.metrics.explaining import statement
from analytics.metrics.targets import Target, target_for
from analytics.statistics.distributions import normal_two_sided
from analytics.statistics.families import benjamini_hochberg
from analytics.statistics.testing import (
    Result,
    design_effect,
    proportion_against,
    rate_against,
    ratio_against,
    ratio_variance,
    two_ratios,
)
from analytics.statistics.wander import wander
from analytics.swot.model import FALSE_DISCOVERY_RATE, FEWEST_CLUSTERS, Entity, Evidence, Factor
from analytics.swot.observing import Key, Observations, entity_of_target
from analytics.swot.windows import is_testable, last_year
from analytics.swot.words import span_text

FEWEST_MONTHS = 6


@dataclass(frozen=True)
class Limits:
    """A duration with its limits, and its design effect."""

    low: float
    value: float
    high: float
    effect: float


TESTED = ("target", "previous")
_Z = 1.959963984540054


def judge(
    factor: Factor, metric: Metric, entity: Entity, seen: Observations, targets: list[Target], period: date
) -> list[Evidence]:
    """The evidence of a factor for one entity, one piece a comparator; p-values are still unadjusted."""
    allowed = [c for c in TESTED if c in factor.comparators]
    found = [_blank(factor, metric, entity, comparator, seen, period) for comparator in allowed or ["previous"]]
    for evidence in found:
        if not allowed:
            evidence.missing = f"no test yet for the comparators {factor.factor} allows"
            continue
        evidence.missing = _too_little(factor, metric, entity, seen) or _compare(
            evidence, factor, metric, entity, seen, targets
        )
    return found


def _blank(
    factor: Factor, metric: Metric, entity: Entity, comparator: str, seen: Observations, period: date
) -> Evidence:
    window = seen.windows[metric.name]
    row = seen.now.rows.get((metric.name, entity))
    clusters = seen.now.clusters.get((metric.name, entity))
    return Evidence(
        period,
        entity,
        factor.factor,
        metric.name,
        comparator,
        window,
        factor.swd,
        value=row.value if row else None,
        value_low=row.low if row else None,
        value_high=row.high if row else None,
        n=_n(metric, row, clusters, window.grain) if row and not row.suppressed else None,
        clusters=len(clusters.days) if clusters else None,
        definition_hash=metric.definition_hash,
        rests_on=metric.rests_on,
    )


def _n(metric: Metric, row: MetricRow | None, clusters: Clusters | None, grain: str) -> float | None:
    """Observations: contacts, answers … ; months for monthly figures and days for shares of time."""
    if grain == "month" or (metric.n is None and metric.quantile is None):
        return float(len(clusters.days)) if clusters else (row.n if row else None)
    return row.n if row else None


def _too_little(factor: Factor, metric: Metric, entity: Entity, seen: Observations) -> str | None:
    """What is missing before anything can be compared; ``None`` when nothing is."""
    if not is_testable(metric):
        return "no test for a state or a count over time yet"
    window = seen.windows[metric.name]
    row = seen.now.rows.get((metric.name, entity))
    clusters = seen.now.clusters.get((metric.name, entity))
    span = span_text(window.start, window.end)
    if row is not None and row.suppressed:
        return f"fewer than {metric.hide_below} answers {span}"
    if row is None or row.value is None:
        return f"no data {span}"
    if clusters is None and not (metric.quantile and metric.quantile.survival):
        return f"no data by {window.grain} {span}"
    n = _n(metric, row, clusters, window.grain) or 0
    if n < factor.minimum_n:
        return f"n = {n:,.0f} {span}; {factor.minimum_n:,} are needed"
    return _too_few(clusters, window.grain, span)


def _too_few(clusters: Clusters | None, grain: str, span: str) -> str | None:
    if clusters is None:
        return None
    needed = FEWEST_MONTHS if grain == "month" else FEWEST_CLUSTERS
    if len(clusters.days) < needed:
        return f"{len(clusters.days)} {grain}s with data {span}; {needed} are needed to see how they vary"
    return None


def _compare(
    evidence: Evidence, factor: Factor, metric: Metric, entity: Entity, seen: Observations, targets: list[Target]
) -> str | None:
    """Fill the evidence with a test; the sentence of what is missing when there is nothing to test against."""
    if evidence.comparator == "target":
        target = target_for(targets, metric.name, entity_of_target(entity), evidence.window.end)
        if target is None:
            return "no target is set"
        evidence.comparator_value = target.value
        evidence.comparator_label = "target"
        result = _against_target(metric, entity, seen, target, evidence.window.grain)
    else:
        window = last_year(evidence.window)
        evidence.comparator_label = f"{window.start:%Y-%m}" if window.months == 1 else f"{window.start} to {window.end}"
        missing = _too_little(factor, metric, entity, Observations(seen.then, seen.then, {metric.name: window}))
        if missing:
            return f"last year: {missing}"
        earlier = seen.then.rows[metric.name, entity]
        evidence.comparator_value, evidence.comparator_n = earlier.value, earlier.n
        result = _against_last_year(metric, entity, seen, evidence.window.grain)
    if result is None:
        return "too few observations for an interval"
    if math.isinf(result.low):
        return f"no variation between {evidence.window.grain}s to test against"
    _fill(evidence, result, metric)
    return None


def _fill(evidence: Evidence, result: Result, metric: Metric) -> None:
    evidence.difference = (evidence.value or 0.0) - (evidence.comparator_value or 0.0)
    evidence.low, evidence.high = result.low, result.high
    evidence.p, evidence.test = result.p, result.test
    evidence.design_effect = None if math.isnan(result.design_effect) else result.design_effect
    if metric.swd_is_relative:
        evidence.swd *= abs(evidence.comparator_value or 0.0) or 1.0


def _against_target(metric: Metric, entity: Entity, seen: Observations, target: Target, grain: str) -> Result | None:
    key = (metric.name, entity)
    row, clusters = seen.now.rows[key], seen.now.clusters.get(key)
    if metric.quantile:
        mine, below = _widened(key, row, clusters, seen), seen.below_target.get(key)
        if mine is None or target.value <= 0:
            return None
        test = None
        if below is not None and not metric.quantile.survival:
            test = proportion_against(below.numerators, below.denominators, metric.quantile.q)
        fixed = Limits(target.value, target.value, target.value, 1.0)
        return _quantile_result(mine, fixed, clusters, row.n or 0, test)
    assert clusters is not None, "checked before"
    y, x = clusters.numerators, clusters.denominators
    if metric.interval == "wilson" and metric.scale == 1 and 0 < target.value < 1:
        return proportion_against(y, x, target.value, f"score test, clustered by {grain}", wander=_wander(key, seen))
    if metric.interval == "poisson" and target.value > 0:
        events, exposures = [v / metric.scale for v in y], [v / metric.scale for v in x]
        return rate_against(events, exposures, target.value, f"quasi-Poisson by {grain}")
    return ratio_against(y, x, target.value, f"t over {grain}s", wander=_wander(key, seen))


def _against_last_year(metric: Metric, entity: Entity, seen: Observations, grain: str) -> Result | None:
    key = (metric.name, entity)
    now, then = seen.now.clusters.get(key), seen.then.clusters.get(key)
    if metric.quantile:
        row = seen.now.rows[key]
        mine, other = _widened(key, row, now, seen), _widened(key, seen.then.rows[key], then, seen)
        return _quantile_result(mine, other, now, row.n or 0, None) if mine and other else None
    assert now is not None and then is not None, "checked before"
    return two_ratios(
        (now.numerators, now.denominators),
        (then.numerators, then.denominators),
        f"Welch, clustered by {grain}",
        shares=metric.interval == "wilson" and metric.scale == 1,
        wander=_wander(key, seen),
    )


def _wander(key: Key, seen: Observations) -> float:
    """Variance of the level between spans as long as the window; 0 where there is too little history to tell."""
    clusters, history = seen.now.clusters.get(key), seen.history.get(key)
    if clusters is None or not history:
        return 0.0
    per_size = ratio_variance(clusters.numerators, clusters.denominators) * sum(clusters.denominators)
    found = wander([value for value, _ in history], [per_size / size for _, size in history])
    return (found or 0.0) / seen.windows[key[0]].months


def _log_wander(key: Key, seen: Observations, effect: float) -> float:
    """The same for a duration's quantile, on the scale of logarithms."""
    row, history = seen.now.rows[key], [(v, n) for v, n in seen.history.get(key, []) if v > 0]
    if not history or not row.low or not row.high or not row.n:
        return 0.0
    per_size = (math.log(row.high / row.low) / (2 * _Z)) ** 2 * effect * row.n
    found = wander([math.log(value) for value, _ in history], [per_size / size for _, size in history])
    return (found or 0.0) / seen.windows[key[0]].months


def _widened(key: Key, row: MetricRow, clusters: Clusters | None, seen: Observations) -> Limits | None:
    """Limits of a quantile: order-statistic distances (in logarithms) widened by √(design effect), which is how much
    more the share below it moves from day to day than independent observations would; and by the months' wander."""
    if not row.value or not row.low or not row.high:
        return None
    effect = design_effect(clusters.numerators, clusters.denominators) if clusters else 1.0
    root, strays = math.sqrt(effect), _Z * math.sqrt(_log_wander(key, seen, effect))
    down = math.hypot(root * math.log(row.value / row.low), strays)
    up = math.hypot(root * math.log(row.high / row.value), strays)
    return Limits(row.value * math.exp(-down), row.value, row.value * math.exp(up), effect)


def _quantile_result(
    mine: Limits, other: Limits, clusters: Clusters | None, n: float, share_test: Result | None
) -> Result:
    """A duration beside a fixed value (whose limits are itself) or another period's quantile.

    p comes from the log difference; against a target the score test on the share below it must agree.
    """
    difference = mine.value - other.value
    down, up = (
        math.hypot(mine.value - mine.low, other.high - other.value),
        math.hypot(mine.high - mine.value, other.value - other.low),
    )
    error = math.hypot(math.log(mine.high / mine.low), math.log(other.high / other.low)) / (2 * _Z)
    p = normal_two_sided(math.log(mine.value / other.value) / error) if error else 1.0
    name = "difference of log quantiles, clustered by day"
    if share_test:
        p, name = max(p, share_test.p), "score test on the share below the target, clustered by day"
    count = len(clusters.days) if clusters else 0
    return Result(mine.value, difference, difference - down, difference + up, p, n, count, mine.effect, 1e9, name)


def adjust(family: Iterable[Evidence], factors: Mapping[str, Factor]) -> None:
    """One Benjamini–Hochberg family over everything tested in a period, then the verdicts.

    A verdict needs both: an adjusted p of at most 5 %, and a difference of at least the smallest worthwhile one.
    """
    tested = [e for e in family if e.p is not None]
    for evidence, p in zip(tested, benjamini_hochberg([e.p or 0.0 for e in tested]), strict=True):
        evidence.p_adjusted = p
        difference = evidence.difference or 0.0
        if p > FALSE_DISCOVERY_RATE or abs(difference) < evidence.swd:
            evidence.verdict = "none"
        else:
            helps = (difference > 0) == (factors[evidence.factor].direction == "higher")
            evidence.verdict = "better" if helps else "worse"


def attach_sql(family: Iterable[Evidence], metrics: Mapping[str, Metric]) -> None:
    """The runnable SQL behind every value, and its hash."""
    written: dict[tuple, tuple[str, str]] = {}
    for evidence in family:
        key = (evidence.metric, evidence.entity, evidence.window)
        if key not in written:
            where = () if evidence.entity[1] is None else ((evidence.entity[0], evidence.entity[1]),)
            request = MetricRequest(
                (evidence.metric,), where=where, start=evidence.window.start, end=evidence.window.end
            )
            sql = statement(metrics[evidence.metric], request)[0]
            written[key] = sql, hashlib.sha256(sql.encode()).hexdigest()[:16]
        evidence.sql_text, evidence.sql_hash = written[key]
