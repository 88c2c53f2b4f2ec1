"""Time until something happens when some are still waiting: Kaplan–Meier. Plain Python: pages draw with it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from analytics.statistics.distributions import normal_quantile


@dataclass(frozen=True)
class Step:
    """The curve from ``time`` on: the share still waiting, with its 95 % interval."""

    time: float
    at_risk: int
    survival: float
    low: float
    high: float


@dataclass(frozen=True)
class Curve:
    """A survival curve, one step per time at which something happened."""

    steps: tuple[Step, ...]

    def quantile(self, q: float) -> tuple[float | None, float | None, float | None]:
        """The first time by which a share ``q`` has happened, with the interval by inversion of the curve's limits.

        ``None`` where the curve (or its limit) never gets there: half of them may simply not be filled yet.
        Source: R. Brookmeyer, J. Crowley, Biometrics 38 (1982).
        """
        line = 1 - q + 1e-12
        value = next((s.time for s in self.steps if s.survival <= line), None)
        low = next((s.time for s in self.steps if s.low <= line), None)
        high = next((s.time for s in self.steps if s.high <= line), None)
        return value, low, high

    def at(self, time: float) -> float | None:
        """The share still waiting at a time; ``None`` beyond the last one that is known."""
        if not self.steps or time > self.steps[-1].time:
            return None
        return next((step.survival for step in reversed(self.steps) if step.time <= time), 1.0)


def kaplan_meier(rows: Iterable[tuple[float, int, int]], confidence: float = 0.95) -> Curve:
    """The product-limit curve of (time, happened, still waiting) counts; those still waiting at a time count as at
    risk at that time. Limits: log-log transformation of Greenwood's variance.

    Source: E. L. Kaplan, P. Meier, JASA 53 (1958); J. D. Kalbfleisch, R. L. Prentice (1980), 1.4.
    """
    events: dict[float, list[int]] = defaultdict(lambda: [0, 0])
    for time, happened, waiting in rows:
        events[time][0] += happened
        events[time][1] += waiting
    z = normal_quantile((1 + confidence) / 2)
    at_risk = sum(sum(counts) for counts in events.values())
    survival, greenwood, steps = 1.0, 0.0, []
    for time in sorted(events):
        happened, waiting = events[time]
        if happened:
            survival *= 1 - happened / at_risk
            greenwood += happened / (at_risk * (at_risk - happened)) if at_risk > happened else math.inf
            steps.append(Step(time, at_risk, survival, *log_log_limits(survival, greenwood, z)))
        at_risk -= happened + waiting
    return Curve(tuple(steps))


def log_log_limits(survival: float, greenwood: float, z: float) -> tuple[float, float]:
    """The limits of a share still waiting: log-log transformation of Greenwood's sum, ``z`` standard errors wide."""
    if survival <= 0.0 or math.isinf(greenwood):
        return 0.0, 1.0
    half = z * math.sqrt(greenwood) / abs(math.log(survival))
    return survival ** math.exp(half), survival ** math.exp(-half)
