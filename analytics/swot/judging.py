"""From observations to evidence: each factor × entity × comparator gets a test, then all of them one family."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
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
    two_ratios,
)
from analytics.swot.model import FALSE_DISCOVERY_RATE, FEWEST_CLUSTERS, Entity, Evidence, Factor
from analytics.swot.observing import Observations, entity_of_target
from analytics.swot.windows import last_year

FEWEST_MONTHS = 6
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
    window = seen.windows[metric.name]
    row = seen.now.rows.get((metric.name, entity))
    clusters = seen.now.clusters.get((metric.name, entity))
    span = f"from {window.start} to {window.end}"
    if row is not None and row.suppressed:
        return f"fewer than {metric.hide_below} answers {span}"
    if row is None or row.value is None:
        return f"no data {span}"
    if clusters is None and not (metric.quantile and metric.quantile.survival):
        return "no test for a state over time yet; its level is shown, not judged"
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
            return f"no target for {metric.name}"
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
        below = seen.below_target.get(key)
        test = None
        if below is not None and not metric.quantile.survival:
            test = proportion_against(below.numerators, below.denominators, metric.quantile.q)
        return _quantile_result(row, clusters, metric, target.value, None, test)
    assert clusters is not None, "checked before"
    y, x = clusters.numerators, clusters.denominators
    if metric.interval == "wilson" and metric.scale == 1 and 0 < target.value < 1:
        return proportion_against(y, x, target.value, f"score test, clustered by {grain}")
    if metric.interval == "poisson" and target.value > 0:
        events, exposures = [v / metric.scale for v in y], [v / metric.scale for v in x]
        return rate_against(events, exposures, target.value, f"quasi-Poisson by {grain}")
    return ratio_against(y, x, target.value, f"t over {grain}s")


def _against_last_year(metric: Metric, entity: Entity, seen: Observations, grain: str) -> Result | None:
    key = (metric.name, entity)
    now, then = seen.now.clusters.get(key), seen.then.clusters.get(key)
    if metric.quantile:
        limits = _widened(seen.then.rows[key], then, metric)
        value = seen.then.rows[key].value
        return _quantile_result(seen.now.rows[key], now, metric, value or 0.0, limits, None) if limits else None
    assert now is not None and then is not None, "checked before"
    return two_ratios(
        (now.numerators, now.denominators),
        (then.numerators, then.denominators),
        f"Welch, clustered by {grain}",
        shares=metric.interval == "wilson" and metric.scale == 1,
    )


def _widened(row: MetricRow, clusters: Clusters | None, metric: Metric) -> tuple[float, float, float] | None:
    """Limits of a quantile with its order-statistic distances (in logarithms) widened by √(design effect), and that
    effect: how much more the share below the quantile moves from day to day than independent observations would."""
    if not row.value or not row.low or not row.high:
        return None
    effect = design_effect(clusters.numerators, clusters.denominators) if clusters else 1.0
    root = math.sqrt(effect)
    return row.value * (row.low / row.value) ** root, row.value * (row.high / row.value) ** root, effect


def _quantile_result(
    row: MetricRow,
    clusters: Clusters | None,
    metric: Metric,
    comparator: float,
    other: tuple[float, float, float] | None,
    share_test: Result | None,
) -> Result | None:
    """A duration beside a fixed value (``other`` is none) or another period's quantile.

    p comes from the score test on the share below the target where there is one, else from the log difference.
    """
    mine = _widened(row, clusters, metric)
    if mine is None or row.value is None or comparator <= 0:
        return None
    low, high, effect = mine
    below, above = (comparator, comparator) if other is None else other[:2]
    difference = row.value - comparator
    down, up = math.hypot(row.value - low, above - comparator), math.hypot(high - row.value, comparator - below)
    error = math.hypot(math.log(high / low), math.log(above / below)) / (2 * _Z)
    p = share_test.p if share_test else normal_two_sided(math.log(row.value / comparator) / error) if error else 1.0
    name = share_test.test if share_test else "difference of log quantiles, clustered by day"
    count = len(clusters.days) if clusters else 0
    return Result(row.value, difference, difference - down, difference + up, p, row.n or 0, count, effect, 1e9, name)


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
