"""From observations to evidence: each factor × entity × comparator gets a test or says what is missing for one."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np

from analytics.metrics import Metric
from analytics.metrics.targets import Target, target_for
from analytics.statistics.distributions import normal_two_sided
from analytics.statistics.testing import Result
from analytics.statistics.trends import seasonal_mann_kendall
from analytics.swot.comparing import Case, against_last_year, against_peers, against_value, fill, own_limits
from analytics.swot.lasting import duration_against_last_year, duration_against_peers, duration_against_target
from analytics.swot.model import (
    FEWEST_CLUSTERS,
    FEWEST_MONTHS,
    TREND_MONTHS,
    Entity,
    Evidence,
    Factor,
)
from analytics.swot.observing import Observations
from analytics.swot.reasons import Reason, spanned
from analytics.swot.rivals import nearest, pairings
from analytics.swot.windows import is_count, last_year

YEAR = 12
EXPECTED_GAP = 0.0


def judge(
    factor: Factor, metric: Metric, entity: Entity, seen: Observations, targets: list[Target], period: object
) -> list[Evidence]:
    """The evidence of a factor for one entity, one piece a comparator; p-values are still unadjusted."""
    case = Case(factor, metric, entity, seen)
    blank = _blank(case, period)
    found = [replace(blank, comparator=comparator) for comparator in _comparators(case)]
    missing = _too_little(case)
    for evidence in found:
        rivalled = evidence.comparator == "peer" and case.measure in seen.rivals
        evidence.missing = nearest(evidence, case) if rivalled else missing or _compare(evidence, case, targets)
    return found + pairings(blank, case)


def _comparators(case: Case) -> list[str]:
    """Those the factor allows and the entity can have: the organisation has rivals for peers, or none."""
    allowed = list(case.factor.comparators)
    is_alone = case.entity[1] is None and case.measure not in case.seen.rivals
    if is_alone or (case.factor.peers and case.entity[0] not in case.factor.peers):
        allowed = [c for c in allowed if c != "peer"]
    return allowed or ["previous"]


def _blank(case: Case, period: object) -> Evidence:
    metric, entity = case.metric, case.entity
    row, side = case.seen.rows.get((case.measure, entity)), case.side("now")
    value = row.value if row else None
    if side is not None and value is not None:
        value = side.value * case.scale()
    low, high = (row.low, row.high) if row else (None, None)
    if side is not None and row is not None and row.low is None and not row.suppressed:
        low, high = own_limits(case)
    return Evidence(
        period,  # type: ignore[arg-type]
        entity,
        case.factor.factor,
        metric.name,
        "",
        case.window,
        case.factor.swd,
        case.factor.direction,
        slice=case.factor.slice,
        value=value,
        value_low=low,
        value_high=high,
        n=_n(case) if row and not row.suppressed else None,
        clusters=_clusters(case),
        definition_hash=metric.definition_hash,
        rests_on=metric.rests_on,
    )


def _clusters(case: Case) -> int | None:
    if case.metric.quantile:
        own = case.seen.durations.own.get((case.measure, case.entity))
        return len(own.days) if own else None
    side = case.side("now")
    return len(side.y) if side else None


def _n(case: Case) -> float | None:
    """Observations: contacts, answers …; months for monthly figures and days for shares of time and counts."""
    row, side = case.seen.rows.get((case.measure, case.entity)), case.side("now")
    if case.metric.quantile:
        return row.n if row else None
    if case.window.grain == "month" or case.metric.n is None or is_count(case.metric):
        return float(len(side.y)) if side else None
    return side.n if side else None


def _too_little(case: Case, side: str = "now") -> Reason | None:
    """What is missing before anything can be compared; ``None`` when nothing is."""
    window = case.window if side == "now" else last_year(case.window)
    span = window.start, window.end
    row = case.seen.rows.get((case.measure, case.entity))
    if side == "now" and row is not None and row.suppressed:
        return spanned("few_answers", *span, needed=case.metric.hide_below)
    if case.metric.quantile:
        lasting = case.seen.durations
        row = (lasting.now if side == "now" else lasting.then).get((case.measure, case.entity))
        if row is None or row.value is None:
            return spanned("no_data", *span)
        return _too_small(case, row.n or 0, span)
    sums = case.side(side)
    if sums is None or (side == "now" and (row is None or row.value is None)):
        return spanned("no_data", *span)
    if case.metric.n is None or is_count(case.metric):
        # Days, weeks or months are what is counted: they are asked for by name, not as an n.
        return _too_few(case, len(sums.y), span, case.factor.minimum_n)
    # Months are few however many customers stand behind them: both are asked for.
    things = float(sums.x.sum()) if case.window.grain == "month" else sums.n
    return _too_small(case, things, span) or _too_few(case, len(sums.y), span)


def _too_small(case: Case, n: float, span: tuple[date, date]) -> Reason | None:
    needed = max(case.factor.minimum_n, case.metric.hide_below)
    return spanned("small_n", *span, n=round(n), needed=needed) if n < needed else None


def _too_few(case: Case, clusters: int, span: tuple[date, date], least: int = 0) -> Reason | None:
    grain = case.window.grain
    needed = max(FEWEST_MONTHS if grain == "month" else FEWEST_CLUSTERS, least)
    if clusters < needed:
        return spanned("few_clusters", *span, clusters=clusters, grain=grain, needed=needed)
    return None


def _compare(evidence: Evidence, case: Case, targets: list[Target]) -> Reason | None:
    """Fill the evidence with a test; what is missing when there is nothing to test against."""
    match evidence.comparator:
        case "target":
            return _target(evidence, case, targets)
        case "previous":
            return _previous(evidence, case)
        case "peer":
            return _peer(evidence, case)
        case "trend":
            return _trend(evidence, case)
    return _expectation(evidence, case)


def _target(evidence: Evidence, case: Case, targets: list[Target]) -> Reason | None:
    dimension, name = case.entity
    target = target_for(targets, case.metric.name, (dimension, name) if name else None, case.window.end)
    if target is None:
        return Reason("no_target")
    evidence.comparator_value, evidence.comparator_label = target.value, "target"
    if case.metric.quantile:
        return fill(evidence, duration_against_target(case, target.value), case)
    evidence.p_naive = _naive(case, target.value)
    return fill(evidence, against_value(case, target.value, "against the target"), case)


def _naive(case: Case, comparator: float, other_n: float | None = None) -> float | None:
    """p of a share as if all observations were independent: shown beside the clustered one, used for nothing."""
    side = case.side("now")
    if side is None or not case.is_share or not 0 < comparator < 1:
        return None
    n = float(side.x.sum())
    variance = comparator * (1 - comparator) * (1 / n + (1 / other_n if other_n else 0.0))
    return normal_two_sided((side.value - comparator) / math.sqrt(variance))


def _expectation(evidence: Evidence, case: Case) -> Reason | None:
    if "gap" not in case.metric.name:
        return Reason("no_expectation")
    evidence.comparator_value, evidence.comparator_label = EXPECTED_GAP, "expectation"
    return fill(evidence, against_value(case, EXPECTED_GAP, "perception against expectation"), case)


def _previous(evidence: Evidence, case: Case) -> Reason | None:
    window = last_year(case.window)
    evidence.comparator_label = f"{window.start:%Y-%m}" if window.months == 1 else f"{window.start} to {window.end}"
    missing = _too_little(case, "then")
    if missing:
        return missing.within("last_year")
    if case.metric.quantile:
        earlier = case.seen.durations.then[case.measure, case.entity]
        evidence.comparator_value, evidence.comparator_n = earlier.value, earlier.n
        return fill(evidence, duration_against_last_year(case), case)
    found = against_last_year(case)
    if found is None:
        return Reason("no_data_at_all").within("last_year")
    result, evidence.comparator_value, evidence.comparator_raw, evidence.comparator_n, evidence.is_reversed = found
    then = case.side("then")
    evidence.p_naive = _naive(case, evidence.comparator_value, float(then.x.sum()) if then else None)
    return fill(evidence, result, case)


def _peer(evidence: Evidence, case: Case) -> Reason | None:
    evidence.comparator_label = f"other {case.entity[0]}s"
    if case.metric.quantile:
        result, others = duration_against_peers(case), case.seen.durations.others.get((case.measure, case.entity))
        if others is None or (others.n or 0) < case.factor.minimum_n:
            return Reason("no_peer")
        evidence.comparator_value, evidence.comparator_n = others.value, others.n
        return fill(evidence, result, case)
    found = against_peers(case)
    if found is None:
        return Reason("no_peer")
    result, evidence.comparator_value, evidence.comparator_n = found
    if case.metric.n is not None and evidence.comparator_n < max(case.factor.minimum_n, case.metric.hide_below):
        return Reason("others_small_n", {"n": round(evidence.comparator_n), "needed": case.factor.minimum_n})
    evidence.p_naive = _naive(case, evidence.comparator_value, evidence.comparator_n)
    return fill(evidence, result, case)


def _trend(evidence: Evidence, case: Case) -> Reason | None:
    """The change a year by the Theil–Sen slope of 25 months, beside none."""
    if case.metric.quantile:
        values = case.seen.durations.months.get((case.measure, case.entity), (np.zeros(0),))[0]
    else:
        values = case.months()
    known = int((~np.isnan(values)).sum()) if len(values) else 0
    evidence.comparator_label, evidence.comparator_value = "no trend", 0.0
    if known < TREND_MONTHS:
        return Reason("few_months", {"months": known, "needed": TREND_MONTHS})
    trend = seasonal_mann_kendall(values)
    if trend is None:
        return Reason("same_every_year")
    change, low, high = (YEAR * slope for slope in (trend.slope, trend.low, trend.high))
    name = "seasonal Mann–Kendall, Hamed–Rao; slope of Theil and Sen"
    result = Result(evidence.value or 0.0, change, low, high, trend.p, trend.n, trend.n, trend.correction, 1e9, name)
    missing = fill(evidence, result, case)
    evidence.difference, evidence.clusters = result.difference, trend.n
    if case.metric.swd_is_relative:
        evidence.swd = case.factor.swd * abs(float(np.nanmean(values)))
    return missing
