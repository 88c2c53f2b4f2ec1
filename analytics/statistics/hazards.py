"""Leaving when people come under observation late: Kaplan–Meier with late entry, and Cox's ratios of hazards."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analytics.statistics.distributions import normal_quantile
from analytics.statistics.survival import Curve, Step, log_log_limits

Array = np.ndarray


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
        steps.append(Step(float(time), int(at_risk), survival, *log_log_limits(survival, greenwood, z)))
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
