"""Targets as they are kept in ``marts.targets``, and what they say about a number."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.metrics.model import Database, Metric
from analytics.metrics.table import unknown
from warehouse.errors import SwotlightError

COMPARISONS = (">=", "<=", "<", ">")
ORGANISATION = "organisation"


@dataclass(frozen=True)
class Target:
    """One promise: this metric of this entity shall be at least, or at most, this value while it is valid."""

    metric: str
    entity_dimension: str
    entity: str | None
    comparison: str
    value: float
    valid_from: date | None = None
    valid_to: date | None = None
    owner: str | None = None
    dimension: str | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the target is in force that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def is_kept(self, value: float) -> bool:
        """Whether a value is on the promised side."""
        match self.comparison:
            case ">=":
                return value >= self.value
            case "<=":
                return value <= self.value
            case "<":
                return value < self.value
            case _:
                return value > self.value


def read_targets(db: Database, metrics: dict[str, Metric]) -> list[Target]:
    """Every target, checked; an empty list where the database has none.

    Raises `SwotlightError` for a target whose metric, comparison or unit cannot be right.
    """
    try:
        rows = db.rows("select * from marts.targets")
    except SwotlightError:
        return []
    return sorted((_target(row, metrics) for row in rows), key=_order)


def _order(target: Target) -> tuple:
    return (target.metric, target.entity_dimension, target.entity or "", target.valid_from or date.min, target.value)


def _target(row: dict[str, Any], metrics: dict[str, Metric]) -> Target:
    name = row["metric"]
    if name not in metrics:
        error = unknown("metric", str(name), metrics)
        raise SwotlightError(f"A row of targets.csv is refused. {error.message}", code="target", key=str(name))
    target = Target(
        metric=name,
        entity_dimension=row.get("entity_dimension") or ORGANISATION,
        entity=row.get("entity") or None,
        comparison=str(row.get("comparison")),
        value=float(row["value"]),
        valid_from=row.get("valid_from"),
        valid_to=row.get("valid_to"),
        owner=row.get("owner"),
        dimension=row.get("dimension"),
    )
    _check(target, metrics[name], row.get("unit"))
    return target


def _check(target: Target, metric: Metric, unit: str | None) -> None:
    where = f"The target of {target.metric} ({target.comparison} {target.value:g})"
    if target.comparison not in COMPARISONS:
        raise _refusal(target, f"{where} compares by '{target.comparison}'; use one of {', '.join(COMPARISONS)}.")
    if unit and unit != metric.unit:
        raise _refusal(target, f"{where} is given in {unit}, but {metric.name} is measured in {metric.unit}.")
    low, high = _range_of(metric)
    if not low <= target.value <= high:
        raise _refusal(
            target,
            f"{where} is in the wrong unit: {metric.name} is a {metric.unit} between {low:g} and {high:g}"
            + (f"; did you mean {target.value / 100:g}?" if metric.unit == "ratio" else "."),
        )


def _range_of(metric: Metric) -> tuple[float, float]:
    if metric.unit == "ratio":
        return 0.0, 1.0 if metric.interval == "wilson" else 5.0
    return (-100.0, 100.0) if metric.unit == "points" else (0.0, math.inf)


def _refusal(target: Target, sentence: str) -> SwotlightError:
    return SwotlightError(sentence, code="target", file="reference/targets.csv", key=target.metric)


def target_for(targets: list[Target], metric: str, entity: tuple[str, str] | None, day: date | None) -> Target | None:
    """The target in force that day (any day when ``None``): the entity's own, else the organisation's; latest first."""
    mine = [t for t in targets if t.metric == metric and (day is None or t.holds_on(day))]
    own = [t for t in mine if entity and (t.entity_dimension, t.entity) == entity]
    whole = [t for t in mine if t.entity_dimension == ORGANISATION]
    found = own or whole
    return max(found, key=lambda t: t.valid_from or date.min) if found else None


def verdict(
    target: Target | None, value: float | None, low: float | None, high: float | None, *, sampled: bool = False
) -> str:
    """met, missed, undecided, no target or no data. Met and missed need the whole interval on one side.

    A full count has no interval and decides by itself; a sample too small for an interval (``sampled``) does not.
    """
    if target is None:
        return "no target"
    if value is None:
        return "no data"
    if low is None and high is None:
        if sampled:
            return "undecided"
        return "met" if target.is_kept(value) else "missed"
    ends = (-math.inf if low is None else low, value, math.inf if high is None else high)
    kept = {target.is_kept(end) for end in ends}
    return "undecided" if len(kept) == 2 else "met" if kept.pop() else "missed"
