"""Time until something happens when some are still waiting: Kaplan–Meier, and Cox's ratios of hazards."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analytics.statistics.distributions import normal_quantile

Array = np.ndarray


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
            steps.append(Step(time, at_risk, survival, *_limits(survival, greenwood, z)))
        at_risk -= happened + waiting
    return Curve(tuple(steps))


def kaplan_meier_entered(
    enter: Array, leave: Array, happened: Array, confidence: float = 0.95, fewest: int = 1
) -> Curve:
    """The same where people come under observation late: somebody is at risk at t when ``enter`` < t ≤ ``leave``.

    Times at which fewer than ``fewest`` are at risk give no step: one leaver of two would halve the curve for good.
    Source: J. P. Klein, M. L. Moeschberger, Survival Analysis (2003), 4.6.
    """
    z = normal_quantile((1 + confidence) / 2)
    begins, ends = np.sort(enter), np.sort(leave)
    times, counts = np.unique(leave[happened], return_counts=True)
    there = np.searchsorted(begins, times, side="left") - np.searchsorted(ends, times, side="left")
    survival, greenwood, steps = 1.0, 0.0, []
    for time, count, at_risk in zip(times.tolist(), counts.tolist(), there.tolist(), strict=True):
        if at_risk < fewest:
            continue
        survival *= 1 - count / at_risk
        greenwood += count / (at_risk * (at_risk - count)) if at_risk > count else math.inf
        steps.append(Step(float(time), int(at_risk), survival, *_limits(survival, greenwood, z)))
    return Curve(tuple(steps))


@dataclass(frozen=True)
class Ratios:
    """Logarithms of hazard ratios, one per column of the covariates, with their standard errors."""

    logs: Array
    errors: Array


def cox(enter: Array, leave: Array, happened: Array, covariates: Array, penalty: float = 0.0) -> Ratios:
    """Cox's proportional hazards by Newton's method: late entry, ties after Breslow, ridge ``penalty`` · β² ÷ 2.

    ``covariates``: people × columns. A penalty of k draws a group's ratio to one as k further events would.
    Source: D. R. Cox, JRSS B 34 (1972); N. E. Breslow's discussion of it; P. J. Verweij, H. C. van Houwelingen (1994).
    """
    width = covariates.shape[1]
    logs, square = np.zeros(width), penalty * np.eye(width)
    if not happened.any() or not width:
        return Ratios(logs, np.full(width, np.inf if penalty <= 0 else penalty**-0.5))
    times, counts = np.unique(leave[happened], return_counts=True)
    whole = covariates[happened].sum(axis=0)
    for _ in range(50):
        weight = np.exp(np.clip(covariates @ logs, -30, 30))
        sums = _at_risk(enter, leave, times, weight, covariates)
        mean = sums[1] / sums[0][:, None]
        slope = whole - (counts[:, None] * mean).sum(axis=0) - penalty * logs
        spread = sums[2] / sums[0][:, None, None] - mean[:, :, None] * mean[:, None, :]
        square = (counts[:, None, None] * spread).sum(axis=0) + penalty * np.eye(width)
        step = np.linalg.solve(square + 1e-9 * np.eye(width), slope)
        logs = logs + np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-9:
            break
    return Ratios(logs, np.sqrt(np.maximum(np.diag(np.linalg.inv(square + 1e-9 * np.eye(width))), 0)))


def _at_risk(enter: Array, leave: Array, times: Array, weight: Array, x: Array) -> tuple[Array, Array, Array]:
    """Σw, Σwx and Σwxxᵀ over those at risk at each time: those who leave then or later less those who enter later."""
    parts = (weight, weight[:, None] * x, weight[:, None, None] * x[:, :, None] * x[:, None, :])

    def from_here_on(clock: Array, part: Array) -> Array:
        order = np.argsort(clock, kind="stable")
        tail = np.concatenate([np.cumsum(part[order][::-1], axis=0)[::-1], np.zeros((1, *part.shape[1:]))])
        return np.asarray(tail[np.searchsorted(clock[order], times, side="left")])

    first, second, third = (from_here_on(leave, part) - from_here_on(enter, part) for part in parts)
    return np.maximum(first, 1e-300), second, third


def _limits(survival: float, greenwood: float, z: float) -> tuple[float, float]:
    if survival <= 0.0 or math.isinf(greenwood):
        return 0.0, 1.0
    half = z * math.sqrt(greenwood) / abs(math.log(survival))
    return survival ** math.exp(half), survival ** math.exp(-half)
