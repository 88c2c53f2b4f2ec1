"""What an objective begins with: a TOWS pair of the release, or a metric that a factor of the SWOT is measured by.

Belongs here: reading the release into the terms of an objective, and the checks both the command and the page make.
Keeping it is `analytics.swot.objectives`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from analytics.metrics.model import Database
from analytics.metrics.table import unknown
from warehouse.errors import UsageError

LONGEST = 500
"""Characters of an owner's name or of the actions."""


def from_pair(db: Database, pair: str) -> dict[str, Any]:
    """The objective that a TOWS pair of the release proposes. `UsageError` for a pair it does not have."""
    rows = db.rows("select * from swot.tows where pair = ?", [pair])
    if not rows:
        raise unknown("pair", pair, [row["pair"] for row in db.rows("select pair from swot.tows order by pair")])
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


def by_hand(db: Database, metric: str, dimension: str, entity: str | None) -> dict[str, Any]:
    """Where a metric of the SWOT stands for an entity: the terms of an objective but goal, day and owner.

    `UsageError` for a metric no factor is measured by, and for one without a value there.
    """
    rows = db.rows(
        "select slice, max(value) as value from swot.evidence where metric = ? and entity_dimension = ? "
        "and entity is not distinct from ? group by slice order by slice nulls first",
        [metric, dimension, entity],
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


def checked(told: Mapping[str, Any], as_of: date) -> dict[str, Any]:
    """The terms of an objective, refused where they could not be held to: no number, a day that has gone, a novel."""
    for name in ("goal_from", "goal_to"):
        if not isinstance(told.get(name), int | float) or not math.isfinite(told[name]):
            raise UsageError(f"An objective needs a number to go {name[5:]}.", code="objective", key=name)
    for name in ("owner", "actions"):
        if len(str(told.get(name) or "")) > LONGEST:
            raise UsageError(f"Say {name} in at most {LONGEST} characters.", code="objective", key=name)
    try:
        due = told["due"] if isinstance(told["due"], date) else date.fromisoformat(str(told["due"]))
    except (KeyError, ValueError) as error:
        raise UsageError(f"'{told.get('due')}' is no day such as 2027-03-31.", code="objective", key="due") from error
    if due <= as_of:
        raise UsageError(
            f"{due} has gone: an objective is due after {as_of}, the day the release knows.",
            code="objective",
            key="due",
        )
    return {**told, "due": due}
