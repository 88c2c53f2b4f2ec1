"""Competitors: the nearest one's score beside ours, and our strong points paired with the others' weak ones.

A pair counts only where our score differs from the mean of ours *and* the competitor's from the mean of theirs, the
opposite way, each beyond chance and beyond what matters: their weak point where we are strong is an opportunity, their
strong point where we are weak a threat. Both must hold, so a pair enters the family with the larger of its two
p-values; what is not opposite, or too small on either side, decides nothing.
Source: R. L. Berger, "Multiparameter hypothesis testing and acceptance sampling", Technometrics 24 (1982).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from analytics.metrics import MetricRow
from analytics.statistics.distributions import normal_two_sided
from analytics.statistics.testing import Result
from analytics.swot.comparing import Case, fill
from analytics.swot.model import Evidence, Measure
from analytics.swot.reasons import Reason

COMPARATOR = "rival"
FEWEST_ATTRIBUTES = 3
_Z = 1.959963984540054
US = "us"


@dataclass(frozen=True)
class Score:
    """A rated attribute: value, standard error, people asked."""

    value: float
    error: float
    n: float


def nearest(evidence: Evidence, case: Case) -> Reason | None:
    """The nearest competitor's score, by our and their standard errors. A score without n is insufficient.

    The nearest is the best of several, and the best of several is better than any one of them by chance alone: where
    we are behind, p is multiplied by their number.
    """
    ours, rows = case.seen.rows.get((case.measure, case.entity)), case.seen.rivals[case.measure]
    rivals = [r for r in rows if r.value is not None]
    if ours is None or ours.value is None or not rivals:
        return Reason("no_rival")
    sign = 1 if case.factor.direction == "higher" else -1
    rival = max(rivals, key=lambda r: (sign * (r.value or 0.0), name_of(r)))
    mine, theirs = _score(ours), _score(rival)
    if lacking := _lacking(case, ((US, ours, mine), (name_of(rival), rival, theirs))):
        return lacking
    assert mine is not None and theirs is not None
    gap, error = mine.value - theirs.value, math.hypot(mine.error, theirs.error)
    p = normal_two_sided(gap / error) * (len(rivals) if sign * gap < 0 else 1)
    evidence.value, evidence.value_low, evidence.value_high, evidence.n = ours.value, ours.low, ours.high, ours.n
    evidence.comparator_value, evidence.comparator_n = theirs.value, theirs.n
    evidence.comparator_label = name_of(rival)
    return fill(evidence, _result(mine, gap, error, min(p, 1.0), "z of two scores with their standard errors"), case)


def pairings(blank: Evidence, case: Case) -> list[Evidence]:
    """A piece of evidence per competitor rated on this attribute; none where no competitor is rated or allowed."""
    if case.measure not in case.seen.rivals or "peer" not in case.factor.comparators or case.entity[1] is not None:
        return []
    ours, theirs = _scores(case)
    found = []
    for name in sorted(theirs):
        if case.measure in theirs[name]:
            evidence = replace(blank, comparator=COMPARATOR, comparator_label=name)
            evidence.missing = _pair(evidence, case, ours, theirs[name], name)
            found.append(evidence)
    return found


def name_of(row: MetricRow) -> str:
    """Whose score it is."""
    return str(next(iter(row.dimensions.values())))


def _pair(
    evidence: Evidence, case: Case, ours: Mapping[Measure, Score], theirs: Mapping[Measure, Score], name: str
) -> Reason | None:
    mine, other = ours.get(case.measure), theirs[case.measure]
    if mine is None:
        return Reason("score_without_n", {"whose": US})
    for whose, scores in ((US, ours), (name, theirs)):
        if scores[case.measure].n < case.factor.minimum_n:
            n = round(scores[case.measure].n)
            return Reason("score_small_n", {"whose": whose, "n": n, "needed": case.factor.minimum_n})
        if len(scores) < FEWEST_ATTRIBUTES:
            return Reason("few_attributes", {"n": len(scores), "needed": FEWEST_ATTRIBUTES})
    (here, p_here), (there, p_there) = _standing(ours, case.measure), _standing(theirs, case.measure)
    swd = case.factor.swd
    is_opposite = here * there < 0 and abs(here) >= swd and abs(there) >= swd
    gap, error = mine.value - other.value, math.hypot(mine.error, other.error)
    evidence.value, evidence.n, evidence.comparator_value = mine.value, mine.n, other.value
    evidence.value_low, evidence.value_high = mine.value - _Z * mine.error, mine.value + _Z * mine.error
    evidence.comparator_n = other.n
    told = "our score and theirs, each against the mean of its own attributes (the larger p)"
    return fill(evidence, _result(mine, gap, error, max(p_here, p_there) if is_opposite else 1.0, told), case)


def _result(mine: Score, gap: float, error: float, p: float, name: str) -> Result:
    return Result(mine.value, gap, gap - _Z * error, gap + _Z * error, p, mine.n, 0, math.nan, 1e9, name)


def _standing(scores: Mapping[Measure, Score], measure: Measure) -> tuple[float, float]:
    """(distance of an attribute from the mean of all, its p)."""
    k, mine = len(scores), scores[measure]
    distance = mine.value - sum(s.value for s in scores.values()) / k
    variance = (1 - 1 / k) ** 2 * mine.error**2
    variance += sum(s.error**2 for m, s in scores.items() if m != measure) / k**2
    return distance, normal_two_sided(distance / math.sqrt(variance)) if variance > 0 else 1.0


def _scores(case: Case) -> tuple[dict[Measure, Score], dict[str, dict[Measure, Score]]]:
    """Our attributes and every competitor's: of the same metric, with n and standard error."""
    ours: dict[Measure, Score] = {}
    theirs: dict[str, dict[Measure, Score]] = {}
    for measure, rows in sorted(case.seen.rivals.items()):
        if measure.metric != case.measure.metric:
            continue
        mine = case.seen.rows.get((measure, case.entity))
        if mine is not None and (score := _score(mine)):
            ours[measure] = score
        for row in rows:
            if score := _score(row):
                theirs.setdefault(name_of(row), {})[measure] = score
    return ours, theirs


def _score(row: MetricRow) -> Score | None:
    if row.value is None or not row.n or row.low is None or row.high is None or not row.high > row.low:
        return None
    return Score(row.value, (row.high - row.low) / (2 * _Z), row.n)


def _lacking(case: Case, sides: tuple[tuple[str, MetricRow, Score | None], ...]) -> Reason | None:
    for whose, row, score in sides:
        if score is None:
            return Reason("score_without_n", {"whose": whose})
        if (row.n or 0) < case.factor.minimum_n:
            return Reason("score_small_n", {"whose": whose, "n": round(row.n or 0), "needed": case.factor.minimum_n})
    return None
