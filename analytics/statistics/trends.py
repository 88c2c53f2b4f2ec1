"""Whether months run one way: the seasonal Mann–Kendall test, and the slope of Theil and Sen.

Sources: R. M. Hirsch, J. R. Slack, R. A. Smith, Water Resources Research 18 (1982) for the seasonal test and slope;
K. H. Hamed, A. R. Rao, Journal of Hydrology 204 (1998) for the variance of autocorrelated series;
P. K. Sen, JASA 63 (1968) for the slope's interval.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analytics.statistics.distributions import normal_quantile, normal_two_sided


@dataclass(frozen=True)
class Trend:
    """Slope per step with its 95 % interval, Kendall's S, its corrected variance, two-sided p, values and pairs."""

    slope: float
    low: float
    high: float
    s: float
    variance: float
    p: float
    n: int
    correction: float


def seasonal_mann_kendall(values: Sequence[float] | np.ndarray, season: int = 12) -> Trend | None:
    """The trend of equally spaced values (NaN where missing); only values of the same season are held together.

    ``None`` where no two values share a season, or none differ.
    """
    v = np.asarray(values, float)
    first, second = _pairs(len(v), season)
    gaps = v[second] - v[first]
    known = ~np.isnan(gaps)
    if not known.any():
        return None
    gaps, steps = gaps[known], (second - first)[known]
    s, variance = float(np.sign(gaps).sum()), _variance_of_s(v, season, has_ties=bool((gaps == 0).any()))
    if not variance > 0:
        return None
    ordered = np.sort(gaps / steps)
    slope = float(np.median(ordered))
    correction = hamed_rao(v, slope)
    spread = math.sqrt(variance * correction)
    z = 0.0 if s == 0 else (s - math.copysign(1.0, s)) / spread
    low, high = _sen_limits(ordered, spread)
    return Trend(slope, low, high, s, variance * correction, normal_two_sided(z), int((~np.isnan(v)).sum()), correction)


@lru_cache(maxsize=64)
def _pairs(length: int, season: int) -> tuple[np.ndarray, np.ndarray]:
    """Every pair of places of the same season, the earlier one first."""
    pairs = [(i, j) for i in range(length) for j in range(i + season, length, season)]
    return np.array([i for i, _ in pairs], int), np.array([j for _, j in pairs], int)


def _variance_of_s(values: np.ndarray, season: int, *, has_ties: bool) -> float:
    """Σ n(n−1)(2n+5)/18 over the seasons, less what ties take away."""
    total = 0.0
    for phase in range(min(season, len(values))):
        mine = values[phase::season]
        mine = mine[~np.isnan(mine)]
        n = len(mine)
        total += n * (n - 1) * (2 * n + 5)
        if has_ties:
            _, ties = np.unique(mine, return_counts=True)
            total -= float((ties * (ties - 1) * (2 * ties + 5)).sum())
    return total / 18


def _sen_limits(ordered: np.ndarray, spread: float) -> tuple[float, float]:
    """The order statistics of the pairwise slopes between which the slope lies; the ends where there are too few."""
    count, half = len(ordered), normal_quantile(0.975) * spread
    low = max(math.floor((count - half) / 2), 0)
    high = min(math.ceil((count + half) / 2), count - 1)
    return float(ordered[low]), float(ordered[high])


def hamed_rao(values: np.ndarray, slope: float) -> float:
    """n ÷ n*: how much autocorrelation of the ranks around the trend inflates the variance of S; never below 1.

    1 + 2/(n(n−1)(n−2)) · Σ (n−k)(n−k−1)(n−k−2)·ρ(k), over lags whose rank autocorrelation is significant at 5 %.
    """
    v = values[~np.isnan(values)]
    n = len(v)
    if n < 10:
        return 1.0
    ranks = np.argsort(np.argsort(v - slope * np.arange(n), kind="stable"), kind="stable").astype(float)
    ranks -= ranks.mean()
    total = float((ranks * ranks).sum())
    bound = normal_quantile(0.975) / math.sqrt(n)
    rise = 0.0
    for lag in range(1, n - 2):
        rho = float((ranks[lag:] * ranks[:-lag]).sum()) / total
        if abs(rho) > bound:
            rise += (n - lag) * (n - lag - 1) * (n - lag - 2) * rho
    return max(1.0, 1.0 + 2.0 / (n * (n - 1) * (n - 2)) * rise)
