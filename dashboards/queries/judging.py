"""Is a value on target, and has it moved? Thin over the metrics layer's own verdicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.metrics import MetricRow
from analytics.metrics.comparisons import mover
from analytics.metrics.targets import Target as Promise
from analytics.metrics.targets import read_targets, verdict
from analytics.metrics.targets import target_for as promise_for
from dashboards.reading import Reading
from warehouse.errors import SwotlightError

_SIGNS = {">=": "≥", "<=": "≤", "<": "<", ">": ">"}


@dataclass(frozen=True)
class Target:
    """A promise as pages show it."""

    promise: Promise
    is_sampled: bool = True

    @property
    def value(self) -> float:
        """The value a metric is held to."""
        return self.promise.value

    @property
    def owner(self) -> str | None:
        """Whose promise it is."""
        return self.promise.owner

    @property
    def sign(self) -> str:
        """``≥``, ``≤``, ``<`` or ``>``."""
        return _SIGNS.get(self.promise.comparison, self.promise.comparison)

    @property
    def higher_meets(self) -> bool:
        """Whether values above meet it."""
        return self.promise.comparison.startswith(">")

    def verdict(self, value: float | None, low: float | None = None, high: float | None = None) -> str:
        """met, missed or undecided; no-target where there is no value to judge."""
        said = verdict(self.promise, value, low, high, sampled=self.is_sampled)
        return said if said in ("met", "missed", "undecided") else "no-target"


@dataclass(frozen=True)
class Change:
    """A difference to an earlier span; ``is_sure`` only when its interval leaves zero out (None: no interval known)."""

    difference: float
    is_sure: bool | None
    earlier: float


def target_for(reading: Reading, metric: str, where: Mapping[str, str], on: date) -> Target | None:
    """The target in force on a day: the one set for a value that is filtered to, else the organisation's."""
    promises = reading.kept("targets", lambda: _promises(reading))
    for entity in where.items():
        found = promise_for(promises, metric, entity, on)
        if found and found.entity_dimension == entity[0]:
            return _target(reading, found)
    found = promise_for(promises, metric, None, on)
    return _target(reading, found) if found else None


def _target(reading: Reading, promise: Promise) -> Target:
    metric = reading.metrics().get(promise.metric)
    return Target(promise, metric.is_sampled() if metric else True)


def _promises(reading: Reading) -> list[Promise]:
    try:
        return read_targets(reading.release, reading.metrics())
    except SwotlightError:
        # A refused row of targets.csv stops the refresh, where it is told; a page shows values without targets.
        return []


def change_between(now: MetricRow | None, then: MetricRow | None) -> Change | None:
    """The difference and, where both values have intervals, whether it could be chance."""
    if now is None or then is None or now.value is None or then.value is None:
        return None
    low, high = mover(now, then)
    is_sure = None if low is None or high is None else not low <= 0 <= high
    return Change(now.value - then.value, is_sure, then.value)


def only(rows: Sequence[MetricRow], metric: str) -> MetricRow | None:
    """The row of a metric among rows without cuts."""
    return next((row for row in rows if row.metric == metric), None)
