"""Shares with day, agent and customer effects whose expectation is exactly what the story says."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.special import expit, ndtri

# Logits on which the mean share is tabulated, and the points of the Gauss-Hermite rule that it is made with.
GRID = np.linspace(-16.0, 16.0, 3_201)
POINTS, WEIGHTS = np.polynomial.hermite_e.hermegauss(21)
# Standard deviation on the logit scale that gives an intraclass correlation s² / (s² + pi²/3) of 0.025.
CLUSTER_SD = 0.29


def autocorrelated(rng: np.random.Generator, months: int, sd: float, rho: float = 0.6) -> np.ndarray:
    """Stationary AR(1) month effects with the given standard deviation."""
    steps = rng.normal(0, sd * np.sqrt(1 - rho**2), months)
    steps[0] = rng.normal(0, sd)
    for month in range(1, months):
        steps[month] += rho * steps[month - 1]
    return steps


def customer_effect(customers: np.ndarray, seed: int, sd: float = CLUSTER_SD) -> np.ndarray:
    """A normal effect per customer without keeping one: the number is hashed (splitmix64) to a quantile."""
    x = customers.astype(np.uint64) + np.uint64((seed * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) % 2**64)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x = x ^ (x >> np.uint64(31))
    return sd * ndtri((x >> np.uint64(11)).astype(float) / 2**53 * 0.999998 + 1e-6)


@lru_cache(maxsize=16)
def _mean_share(variance: float) -> np.ndarray:
    """Mean share at each logit of the grid once normal effects of that variance are added."""
    spread = np.sqrt(variance)
    return expit(GRID[:, None] + spread * POINTS) @ (WEIGHTS / WEIGHTS.sum())


def calibrated(
    target: np.ndarray | float, pressure: np.ndarray, variance: float, group: np.ndarray | None = None
) -> np.ndarray:
    """Logits whose mean share over the given pressures is ``target``, after normal effects of ``variance`` are added.

    ``target`` may differ per row; the shift is found per ``group`` (all rows alike without one).
    """
    table, pressure = _mean_share(round(variance, 6)), np.asarray(pressure, float)
    wanted = np.broadcast_to(np.clip(target, 1e-5, 1 - 1e-5), pressure.shape)
    start = np.interp(wanted, table, GRID) + pressure
    if not pressure.any():
        return start
    labels = np.zeros(len(pressure), np.int64) if group is None else group
    counts = np.maximum(np.bincount(labels), 1)
    goal = np.bincount(labels, wanted) / counts
    shift = np.zeros(len(counts))
    for _ in range(7):
        share = np.interp(start + shift[labels], GRID, table)
        slope = np.maximum(np.bincount(labels, share * (1 - share)) / counts, 1e-6)
        shift += np.clip((goal - np.bincount(labels, share) / counts) / slope, -1.5, 1.5)
    return start + shift[labels]


def draw(rng: np.random.Generator, logits: np.ndarray) -> np.ndarray:
    """True with the chance each logit stands for."""
    return rng.random(len(logits)) < expit(logits)


def lognormal(rng: np.random.Generator, median: np.ndarray | float, sigma: float, n: int) -> np.ndarray:
    """Durations with the given medians."""
    return np.asarray(median) * np.exp(rng.normal(0, sigma, n))
