"""Is a value on target, and has it moved? Verdicts and changes from values and their intervals; nothing is drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.metrics import MetricRow
from dashboards.filters import Filters
from dashboards.reading import Reading

_TARGETS = (
    "select metric, entity_dimension, entity, comparison, value, valid_from, valid_to, owner from marts.targets "
    "order by metric"
)
_SIGNS = {">=": "≥", "<=": "≤", "<": "<", ">": ">"}


@dataclass(frozen=True)
class Target:
    """A promise: the value a metric is held to."""

    comparison: str
    value: float
    owner: str | None = None

    @property
    def sign(self) -> str:
        """``≥``, ``≤``, ``<`` or ``>``."""
        return _SIGNS.get(self.comparison, self.comparison)

    @property
    def higher_meets(self) -> bool:
        """Whether values above meet it."""
        return self.comparison.startswith(">")

    def meets(self, value: float) -> bool:
        """Whether one value keeps it."""
        match self.comparison:
            case ">=":
                return value >= self.value
            case "<=":
                return value <= self.value
            case ">":
                return value > self.value
        return value < self.value

    def verdict(self, value: float | None, low: float | None = None, high: float | None = None) -> str:
        """met or missed when the whole interval lies on one side (or there is none), undecided otherwise."""
        if value is None:
            return "no-target"
        if low is None or high is None:
            return "met" if self.meets(value) else "missed"
        sides = {self.meets(low), self.meets(high)}
        return "undecided" if len(sides) == 2 else "met" if sides == {True} else "missed"


@dataclass(frozen=True)
class Change:
    """A difference to an earlier span; ``is_sure`` only when its interval leaves zero out (None: no interval known)."""

    difference: float
    is_sure: bool | None
    earlier: float


def target_for(reading: Reading, metric: str, where: Mapping[str, str], on: date) -> Target | None:
    """The target in force on a day: the one set for a value that is filtered to, else the organisation's."""
    rows = [row for row in reading.table(_TARGETS) if row["metric"] == metric and _in_force(row, on)]
    own = [row for row in rows if where.get(row["entity_dimension"]) == row["entity"]]
    wide = [row for row in rows if row["entity_dimension"] in (None, "", "organisation")]
    chosen = (own or wide)[-1:]
    return Target(chosen[0]["comparison"], float(chosen[0]["value"]), chosen[0].get("owner")) if chosen else None


def _in_force(row: Mapping[str, Any], on: date) -> bool:
    start, end = row.get("valid_from"), row.get("valid_to")
    return (start is None or _day(start) <= on) and (end is None or _day(end) >= on)


def _day(value: Any) -> date:
    return value.date() if hasattr(value, "date") else value


def change_between(now: MetricRow | None, then: MetricRow | None) -> Change | None:
    """The difference with, where both have intervals, whether it could be chance.

    The interval of the difference is built from the two (MOVER: Zou and Donner, Statistics in Medicine 27 (2008)).
    """
    if now is None or then is None or now.value is None or then.value is None:
        return None
    difference = now.value - then.value
    if None in (now.low, now.high, then.low, then.high):
        return Change(difference, None, then.value)
    below = math.hypot(now.value - now.low, then.high - then.value)  # type: ignore[operator]
    above = math.hypot(now.high - now.value, then.value - then.low)  # type: ignore[operator]
    return Change(difference, not (difference - below <= 0 <= difference + above), then.value)


def only(rows: Sequence[MetricRow], metric: str) -> MetricRow | None:
    """The row of a metric among rows without cuts."""
    return next((row for row in rows if row.metric == metric), None)


def where_of(filters: Filters) -> tuple[tuple[str, str], ...]:
    """The filters as the metrics layer takes them."""
    return filters.values
