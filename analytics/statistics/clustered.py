"""Tests whose variance comes from several layers: days, agents, customers, and months that wander.

The clusters at hand (days or months) give the first part; what they cannot show comes as `Extra` variances. All parts
are added, and Student's t takes Satterthwaite's degrees of freedom of the sum.
Sources: A. C. Cameron, J. B. Gelbach, D. L. Miller, "Robust inference with multiway clustering", JBES 29 (2011);
F. E. Satterthwaite, Biometrics Bulletin 2 (1946).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.statistics.distributions import incomplete_beta, student_t_quantile, student_t_two_sided
from analytics.statistics.intervals import wilson
from analytics.statistics.testing import Result, design_effect, ratio_variance

RARE = 50
"""Below so many events (or non-events) on both sides the exact split is asked as well."""
_Z = 1.959963984540054
_LARGEST_DF = 400.0


@dataclass(frozen=True)
class Extra:
    """A variance that the clusters of a test cannot show, with the degrees of freedom it is known by."""

    variance: float
    df: float
    cause: str = ""


def t_limit(df: float) -> float:
    """The 97.5 % point of Student's t; degrees of freedom are cut down to a grid, which errs on the wide side."""
    step = 0.25 if df < 30 else 5.0
    return student_t_quantile(0.975, max(1.0, math.floor(min(df, _LARGEST_DF) / step) * step))


def added(variance: float, df: float, extras: Sequence[Extra]) -> tuple[float, float]:
    """The sum of all parts and its degrees of freedom."""
    parts = [(variance, max(df, 1.0)), *((e.variance, max(e.df, 1.0)) for e in extras if e.variance > 0)]
    total = math.fsum(v for v, _ in parts)
    spread = math.fsum(v * v / d for v, d in parts)
    return total, (total * total / spread if spread > 0 else max(df, 1.0))


def spread_of(influence: np.ndarray) -> float:
    """Variance of an estimate from what each cluster contributes to it: k/(k−1) · Σ(u − ū)²."""
    k = len(influence)
    return float(k / (k - 1) * ((influence - influence.mean()) ** 2).sum()) if k > 1 else math.nan


def influence(y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """What each cluster contributes to Σy ÷ Σx, to first order."""
    total = float(x.sum())
    return (y - float(y.sum()) / total * x) / total


def excess(y: np.ndarray, x: np.ndarray, value: float, white: float, among: float | None = None) -> Extra:
    """How much more Σy ÷ Σx varies than independent observations because of these clusters (agents, customers).

    ``white`` is the variance with independent observations. Degrees of freedom: effective number of clusters less one.
    """
    total = float(x.sum()) if among is None else among
    used = x > 0
    k = int(used.sum())
    if k < 2 or total <= 0:
        return Extra(0.0, 1.0)
    u = (y[used] - value * x[used]) / total
    clustered = k / (k - 1) * float((u * u).sum())
    effective = float(x[used].sum()) ** 2 / float((x[used] ** 2).sum())
    return Extra(max(0.0, clustered - white), max(effective - 1.0, 1.0))


def proportion_against(
    y: np.ndarray, x: np.ndarray, comparator: float, name: str, extras: Sequence[Extra] = ()
) -> Result:
    """Score test of a share against a fixed one on its effective sample, and never more sure than the exact test.

    z² = (p − p₀)² ÷ (D·p₀(1 − p₀)/n), D = all variance ÷ p(1 − p)/n, at least 1. The exact one is the binomial on x/D
    of n/D observations, through the incomplete beta function, as for surveys.
    Sources: J. N. K. Rao, A. J. Scott, Biometrics 48 (1992); E. L. Korn, B. I. Graubard, Survey Methodology 24 (1998).
    """
    n, k = float(x.sum()), len(y)
    value = float(y.sum()) / n
    at_null = comparator * (1 - comparator) / n
    effect, df = _effect(y, x, extras, at_null)
    score = p_of(value - comparator, effect * at_null, df)
    p = max(score, _binomial_p(value * n / effect, n / effect, comparator))
    low, high = _interval(value, n, effect, df)
    return Result(value, value - comparator, low - comparator, high - comparator, p, n, k, effect, df, name)


def proportion_interval(y: np.ndarray, x: np.ndarray, extras: Sequence[Extra] = ()) -> tuple[float, float]:
    """The share's own 95 % interval on its effective sample."""
    n = float(x.sum())
    value = float(y.sum()) / n
    effect, df = _effect(y, x, extras, max(value * (1 - value), 1 / n) / n)
    return _interval(value, n, effect, df)


def _effect(y: np.ndarray, x: np.ndarray, extras: Sequence[Extra], at_null: float) -> tuple[float, float]:
    """(all variance ÷ the binomial one, its degrees of freedom)."""
    n = float(x.sum())
    value = float(y.sum()) / n
    naive = value * (1 - value) / n
    variance, df = added(design_effect(y, x) * naive, max(len(y) - 1, 1), extras)
    return (variance / naive if naive > 0 else 1.0 + math.fsum(e.variance for e in extras) / at_null), df


def _interval(value: float, n: float, effect: float, df: float) -> tuple[float, float]:
    shrink = (_Z / t_limit(df)) ** 2
    low, high = wilson(value * n / effect * shrink, n / effect * shrink)
    return low or 0.0, 1.0 if high is None else high


def _binomial_p(events: float, n: float, share: float) -> float:
    """Twice the smaller tail of a binomial with real-valued counts."""
    if n <= 0 or n > 1e6:
        return 0.0
    upper = incomplete_beta(events, n - events + 1, share) if events > 0 else 1.0
    lower = 1.0 - incomplete_beta(events + 1, n - events, share) if events < n else 1.0
    return min(1.0, 2 * min(upper, lower))


def mean_against(y: np.ndarray, x: np.ndarray, comparator: float, name: str, extras: Sequence[Extra] = ()) -> Result:
    """Σy ÷ Σx against a fixed value by t. For means, rates without events, costs and indices."""
    total = float(x.sum())
    value = float(y.sum()) / total
    return difference(value, comparator, influence(y, x), name, extras, n=total)


def rate_against(y: np.ndarray, x: np.ndarray, comparator: float, name: str, extras: Sequence[Extra] = ()) -> Result:
    """A rate of events against a fixed one, on the log scale, dispersion φ = Pearson χ² ÷ (k − 1), at least 1.

    Source: P. McCullagh, J. A. Nelder, Generalized Linear Models (1989), 6.2. No events: the exact Poisson p.
    """
    events, exposure, k = float(y.sum()), float(x.sum()), len(y)
    rate, df = events / exposure, float(max(k - 1, 1))
    if events == 0:
        p, high = min(1.0, 2 * math.exp(-comparator * exposure)), -math.log(0.025) / exposure
        return Result(rate, rate - comparator, -comparator, high - comparator, p, exposure, k, 1.0, df, name)
    expected = rate * x
    kept = expected > 0
    dispersion = max(1.0, float(((y - expected)[kept] ** 2 / expected[kept]).sum()) / df)
    relative = [Extra(e.variance / rate**2, e.df) for e in extras]
    variance, df = added(dispersion / events, df, relative)
    half, shift = t_limit(df) * math.sqrt(variance), math.log(rate / comparator)
    low, high = rate * math.exp(-half) - comparator, rate * math.exp(half) - comparator
    p = student_t_two_sided(shift / math.sqrt(variance), df)
    return Result(rate, rate - comparator, low, high, p, exposure, k, dispersion, df, name)


def difference(
    value: float,
    comparator: float,
    contributions: np.ndarray | Sequence[np.ndarray],
    name: str,
    extras: Sequence[Extra] = (),
    *,
    n: float,
    floor: float = 0.0,
    inflation: float = 1.0,
    p_floor: float = 0.0,
) -> Result:
    """A difference from what each cluster contributes to it; several sets of clusters are independent of each other.

    ``floor`` is the variance with independent observations, below which it is never taken; ``inflation`` multiplies
    it where neighbouring clusters are alike; ``p_floor`` is an exact test's p, which it is never below.
    """
    sets = [contributions] if isinstance(contributions, np.ndarray) else list(contributions)
    spreads = [Extra(spread_of(u), len(u) - 1) for u in sets]
    variance, df = added(spreads[0].variance, spreads[0].df, spreads[1:])
    if not variance * inflation > 0 and not floor > 0:
        return Result(value, value - comparator, -math.inf, math.inf, 1.0, n, len(sets[0]), math.nan, df, name)
    effect = variance * inflation / floor if floor > 0 else math.nan
    variance, df = added(max(variance * inflation, floor), df / inflation, extras)
    half, gap = t_limit(df) * math.sqrt(variance), value - comparator
    p = max(p_of(gap, variance, df), p_floor)
    return Result(value, gap, gap - half, gap + half, p, n, len(sets[0]), effect, df, name)


def split_p(
    first: tuple[float, float], second: tuple[float, float], effect: float = 1.0, *, is_share: bool = True
) -> float:
    """p that rare events fall on two sides as they do, given how many there are: a binomial on the effective counts.

    A share has non-events too; a rate has an exposure instead of a number of trials. 0 where neither events nor
    non-events are rare: then the t test stands alone.
    Source: J. Przyborowski, H. Wilenski, Biometrika 31 (1940).
    """
    (a, n), (b, m) = first, second
    worst = 0.0
    for events, others in ((a, b), (n - a, m - b))[: 2 if is_share else 1]:
        total = (events + others) / effect
        if events + others < RARE:
            worst = max(worst, _binomial_p(events / effect, total, n / (n + m)) if total > 0 else 1.0)
    return worst


def p_of(gap: float, variance: float, df: float) -> float:
    """Two-sided p of a difference by Student's t; 1 where nothing varies."""
    if not variance > 0:
        return 1.0
    return student_t_two_sided(gap / math.sqrt(variance), min(df, 1e6))


def persistence(values: np.ndarray) -> float:
    """Factor (1 + ρ) ÷ (1 − ρ) by which neighbours' likeness inflates the variance of a mean; 1 to 6.

    ρ is the lag-one autocorrelation after a straight line, with Kendall's correction of its bias in short series.
    Source: M. G. Kendall, Biometrika 41 (1954).
    """
    kept = values[~np.isnan(values)]
    n = len(kept)
    if n < 8:
        return 1.5
    time = np.arange(n) - (n - 1) / 2
    rest = kept - kept.mean() - time * float((time * kept).sum() / (time * time).sum())
    total = float((rest * rest).sum())
    if not total > 0:
        return 1.0
    rho = float((rest[1:] * rest[:-1]).sum()) / total
    rho = min(max(rho + (1 + 3 * rho) / n + 1 / n, 0.0), 5 / 7)
    return (1 + rho) / (1 - rho)


__all__ = [
    "Extra",
    "added",
    "difference",
    "excess",
    "influence",
    "mean_against",
    "p_of",
    "persistence",
    "proportion_against",
    "proportion_interval",
    "rate_against",
    "ratio_variance",
    "split_p",
    "spread_of",
    "t_limit",
]
