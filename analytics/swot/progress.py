"""How far an objective has come, and whether its pre-stated test passes: worked out at each run from its data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from analytics.metrics import MetricRow
from analytics.metrics.periods import last_of_month
from analytics.swot.building import Judgement
from analytics.swot.comparing import Case, own_limits
from analytics.swot.goals import KEEP_TEST as KEEP_TEST
from analytics.swot.goals import TEST as TEST
from analytics.swot.goals import Goal as Goal
from analytics.swot.model import Entity, Factor
from analytics.swot.reasons import Reason, spanned

PLACES = 6
"""Decimals of the share of the way."""


def progress(goals: Sequence[Goal], judged: Judgement) -> list[dict[str, Any]]:
    """A row per objective with its value, interval, share of the way, and whether the test passes."""
    return [
        {**vars(goal), "period": judged.period, **_measured(goal, judged)} for goal in sorted(goals, key=lambda g: g.id)
    ]


_NOTHING = {"value": None, "low": None, "high": None, "n": None, "progress": None, "is_passed": False, "missing": None}


def _measured(goal: Goal, judged: Judgement) -> dict[str, Any]:
    factor = next((f for f in judged.factors if f.metric == goal.metric and (f.slice or None) == goal.slice), None)
    entity: Entity = (goal.entity_dimension, goal.entity)
    if factor is None:
        return {**_NOTHING, "missing": Reason("no_factor", {"metric": goal.metric})}
    if check := judged.seen.withdrawn.get(goal.metric):
        return {**_NOTHING, "missing": Reason("withdrawn", {"check": check})}
    row = judged.seen.rows.get((factor.measure, entity))
    if row is None or row.value is None:
        return {**_NOTHING, "missing": spanned("no_data", judged.period, last_of_month(judged.period))}
    value, low, high = _interval(factor, entity, judged, row)
    return {
        "value": value,
        "low": low,
        "high": high,
        "n": row.n,
        "progress": way_made(value, goal.goal_from, goal.goal_to),
        "is_passed": _passes(goal, factor, value, low, high, judged.period),
        "missing": None,
    }


def way_made(value: float, start: float, goal: float) -> float | None:
    """The share of the way from start to goal; none where a level is held. A start is kept with ten digits: what lies
    beyond them is no way made."""
    return round((value - start) / (goal - start), PLACES) + 0.0 if goal != start else None


def _interval(
    factor: Factor, entity: Entity, judged: Judgement, row: MetricRow
) -> tuple[float, float | None, float | None]:
    """The value with its clustered interval; quantiles and what cannot be clustered keep the metric's own."""
    case = Case(factor, judged.metrics[factor.metric], entity, judged.seen)
    side = case.side("now")
    low, high = own_limits(case)
    if side is None or low is None:
        return float(row.value or 0.0), row.low, row.high
    return side.value * case.scale(), low, high


def _passes(goal: Goal, factor: Factor, value: float, low: float | None, high: float | None, period: date) -> bool:
    up = goal.goal_to > goal.goal_from or (goal.keeps and factor.direction == "higher")
    reached = value >= goal.goal_to if up else value <= goal.goal_to
    if goal.keeps:
        near = low is not None and high is not None and low <= goal.goal_to <= high
        return period.replace(day=1) >= goal.due.replace(day=1) and (reached or near)
    if low is None or high is None:
        return False
    return reached and (low > goal.goal_from if up else high < goal.goal_from)
