"""What an objective begins with: a TOWS pair of the release, or a metric that a factor of the SWOT is measured by.

Belongs here: reading the release into the terms of an objective, and the checks both the command and the page make.
Keeping it is `analytics.swot.objectives`.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from analytics.metrics.model import Database, Metric
from analytics.metrics.table import unknown
from analytics.swot.goals import Goal
from analytics.swot.model import IMPORTANCE
from warehouse.errors import UsageError

LONGEST = 500
"""Characters of an owner's name or of the actions."""
ROUNDED = 0.005
"""By how much a value may differ from itself as a form shows it, of the value or of one unit."""
_TOLD = {"ratio": "shares"}


def from_pair(db: Database, pair: str) -> dict[str, Any]:
    """The objective that a TOWS pair of the release proposes. `UsageError` for a pair it does not have."""
    rows = db.rows("select * from swot.tows where pair = ?", [pair])
    if not rows:
        raise _unknown_pair(pair, [row["pair"] for row in db.rows("select pair from swot.tows order by pair")])
    row = rows[0]
    factors = db.rows("select slice from swot.factors where factor = ?", [row["inside_factor"]])
    return {
        "entity_dimension": row["entity_dimension"],
        "entity": row["entity"],
        "metric": row["metric"],
        "slice": factors[0]["slice"] if factors else None,
        "owner": row["owner_role"],
        "goal_from": row["goal_from"],
        "goal_to": row["goal_to"],
        "due": row["due"],
        "pair": pair,
    }


def _unknown_pair(pair: str, known: Sequence[str]) -> UsageError:
    """There are hundreds of pairs: the three nearest are named, and where all of them are listed."""
    near = difflib.get_close_matches(pair, known, n=3, cutoff=0.0)
    hint = f"The nearest: {', '.join(near)}; `swotlight swot --json` lists them all." if near else None
    return UsageError(f"There is no pair '{pair}' in this release.", code="unknown_pair", key=pair, hint=hint)


def by_hand(db: Database, metric: str, dimension: str, entity: str | None) -> dict[str, Any]:
    """Where a metric of the SWOT stands for an entity: the terms of an objective but goal, day and owner.

    `UsageError` for a metric no factor is measured by, and for one without a value there.
    """
    rows = db.rows(
        "select slice, max(value) as value from swot.evidence where metric = ? and entity_dimension = ? "
        "and entity is not distinct from ? and comparator <> ? group by slice order by slice nulls first",
        [metric, dimension, entity, IMPORTANCE],
    )
    if not rows:
        known = db.rows("select distinct metric from swot.evidence order by metric")
        raise unknown("metric", metric, [row["metric"] for row in known])
    if rows[0]["value"] is None:
        whose = f"{dimension}={entity}" if entity else "the organisation"
        raise UsageError(f"{metric} has no value for {whose} yet.", code="no_data", key=metric)
    return {
        "entity_dimension": dimension,
        "entity": entity,
        "metric": metric,
        "slice": rows[0]["slice"],
        "goal_from": rows[0]["value"],
    }


def checked(told: Mapping[str, Any], metric: Metric | None, as_of: date) -> dict[str, Any]:
    """The terms of an objective, refused where they could not be held to: no number, a goal outside its metric's unit
    or worse than where it begins, a day that has gone, a novel."""
    _check_texts(told)
    return {**told, "goal_to": _goal(told, metric), "due": _day(told.get("due"), as_of)}


def changed(told: Mapping[str, Any], goal: Goal, metric: Metric | None, as_of: date) -> dict[str, Any]:
    """What is to be different about an objective, refused like the terms of a new one."""
    _check_texts(told)
    found = dict(told)
    if "goal_to" in told:
        found["goal_to"] = _goal({**asdict(goal), **told}, metric)
    if "due" in told:
        found["due"] = _day(told["due"], as_of)
    return found


def _check_texts(told: Mapping[str, Any]) -> None:
    for name in ("owner", "actions"):
        if len(str(told.get(name) or "")) > LONGEST:
            raise UsageError(f"Say {name} in at most {LONGEST} characters.", code="objective", key=name)


def _goal(told: Mapping[str, Any], metric: Metric | None) -> float:
    """The value to reach. One that is today's but for its rounding is today's: it is to be held."""
    for name in ("goal_from", "goal_to"):
        if not isinstance(told.get(name), int | float) or not math.isfinite(told[name]):
            raise UsageError(f"An objective needs a number to go {name[5:]}.", code="objective", key=name)
    start, goal = float(told["goal_from"]), float(told["goal_to"])
    if metric is None:
        return goal
    _check_range(goal, metric)
    behind = {"higher": start - goal, "lower": goal - start}.get(metric.direction, 0.0)
    if behind > max(ROUNDED * abs(start), ROUNDED / 100 if metric.unit == "ratio" else ROUNDED):
        raise UsageError(
            f"{metric.name} goes from {start:g}, and {metric.direction} is better: {goal:g} is worse than that.",
            code="objective",
            key="goal_worse",
            hint=f"Name a better goal, or {start:g} to hold what is reached; `objectives add --from {goal:g} "
            f"--to {goal:g}` adopts the worse one to be held.",
        )
    return start if behind > 0 else goal


def _check_range(goal: float, metric: Metric) -> None:
    low, high = range_of(metric)
    if low <= goal <= high:
        return
    span = f"from {low:g} up" if math.isinf(high) else f"from {low:g} to {high:g}"
    raise UsageError(
        f"{goal:g} cannot be the goal of {metric.name}, which is told in {_TOLD.get(metric.unit, metric.unit)} {span}.",
        code="objective",
        key="goal_range",
        hint=f"Write {goal / 100:g} for {goal:g} %." if metric.unit == "ratio" and low <= goal / 100 <= high else None,
    )


def range_of(metric: Metric) -> tuple[float, float]:
    """The least and the most that a value of the metric can be, in its own unit."""
    if metric.unit == "ratio":
        # What is no share of things may pass one (a budget), and a gap between two shares may lie below nought.
        return {"wilson": (0.0, 1.0), "poisson": (0.0, 5.0)}.get(metric.interval, (-1.0, 5.0))
    if metric.unit == "points":
        return -100.0, 100.0
    return (-math.inf if metric.unit in ("score", "index") else 0.0), math.inf


def _day(value: Any, as_of: date) -> date:
    try:
        due = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as error:
        raise UsageError(f"'{value}' is no day such as 2027-03-31.", code="objective", key="due") from error
    if due <= as_of:
        raise UsageError(
            f"{due} has gone: an objective is due after {as_of}, the day the release knows.",
            code="objective",
            key="due",
        )
    return due
