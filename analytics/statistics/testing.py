"""Tests of one figure against a comparator, from sums per cluster (usually a day).

Contacts of one day share a queue, a rota and an outage: they are not independent. Every test here therefore takes one
pair of sums per cluster, and treats the cluster as the unit that varies.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.statistics.distributions import normal_two_sided, student_t_quantile, student_t_two_sided
from analytics.statistics.intervals import wilson

Floats = Sequence[float] | np.ndarray


@dataclass(frozen=True)
class Result:
    """A difference from the comparator with its 95 % interval and two-sided p.

    ``design_effect`` is the variance divided by what it would be were all observations independent; ``df`` the degrees
    of freedom (clusters − 1, or Welch's).
    """

    value: float
    difference: float
    low: float
    high: float
    p: float
    n: float
    clusters: int
    design_effect: float
    df: float
    test: str

    @property
    def standard_error(self) -> float:
        """Half the interval's width in standard errors of Student's t."""
        return (self.high - self.low) / 2 / student_t_quantile(0.975, self.df)


def ratio_variance(numerators: Floats, denominators: Floats, ratio: float | None = None) -> float:
    """Variance of Σy ÷ Σx with clusters as sampling units: k/(k−1) · Σ(y − r·x)² ÷ (Σx)².

    ``ratio`` is the r of the residuals: the estimate by default, the null value in a score test.
    Source: W. G. Cochran, Sampling Techniques (1977), 6.4 (ratio estimator) and 9A (clusters).
    """
    y, x = np.asarray(numerators, float), np.asarray(denominators, float)
    k, total = len(y), float(x.sum())
    if k < 2 or total <= 0:
        return math.nan
    r = float(y.sum()) / total if ratio is None else ratio
    residuals = y - r * x
    # Around the null value the residuals have a mean of their own, which is the effect and no noise.
    return float(k / (k - 1) * ((residuals - residuals.mean()) ** 2).sum()) / total**2


def ratio_against(
    numerators: Floats, denominators: Floats, comparator: float, name: str = "t by day", *, wander: float = 0.0
) -> Result:
    """Σy ÷ Σx against a fixed comparator, t with clusters − 1 degrees of freedom. For means, rates and costs.

    ``wander``: variance of the level itself between periods, which the clusters of one period cannot show.
    """
    y, x = np.asarray(numerators, float), np.asarray(denominators, float)
    total = float(x.sum())
    value = float(y.sum()) / total
    variance, df = _with_wander(ratio_variance(y, x), len(y) - 1, wander)
    return _result(value, value - comparator, variance, df, total, len(y), math.nan, name)


def proportion_against(
    successes: Floats,
    trials: Floats,
    comparator: float,
    name: str = "score test, clustered by day",
    *,
    wander: float = 0.0,
) -> Result:
    """Score test of a proportion against a target, its variance inflated by the design effect of the clusters.

    z² = (p − p₀)² ÷ (D · p₀(1 − p₀)/n) with D = clustered variance ÷ p(1 − p)/n, at least 1, judged by t with
    clusters − 1 degrees of freedom; the interval is Wilson's on the effective sample n/D, so that both agree.
    Sources: J. N. K. Rao, A. J. Scott, "A simple method for the analysis of clustered binary data", Biometrics 48
    (1992);
    E. L. Korn, B. I. Graubard, Survey Methodology 24 (1998) for the interval.
    """
    y, x = np.asarray(successes, float), np.asarray(trials, float)
    n, k = float(x.sum()), len(y)
    value = float(y.sum()) / n
    naive = value * (1 - value) / n
    clustered = design_effect(y, x) * naive
    variance, df = _with_wander(clustered, max(k - 1, 1), wander)
    effect = variance / naive if naive > 0 else 1.0
    null_variance = effect * comparator * (1 - comparator) / n
    difference = value - comparator
    p = _p_of(difference, null_variance, df)
    low, high = _effective_wilson(value, n / effect, df)
    return Result(value, difference, low - comparator, high - comparator, p, n, k, effect, df, name)


def design_effect(successes: Floats, trials: Floats) -> float:
    """Clustered variance of a proportion ÷ its binomial variance, never below 1.

    At 0 and at 100 % nothing varies and the effect cannot be seen: then clusters count as single observations would.
    """
    y, x = np.asarray(successes, float), np.asarray(trials, float)
    n = float(x.sum())
    p = float(y.sum()) / n
    naive = p * (1 - p) / n
    return max(1.0, ratio_variance(y, x) / naive) if naive > 0 and len(y) > 1 else 1.0


def _effective_wilson(value: float, n: float, df: float) -> tuple[float, float]:
    """Wilson's interval of a share on an effective sample, widened from z to t by shrinking the sample once more."""
    shrink = (1.959963984540054 / student_t_quantile(0.975, df)) ** 2
    low, high = wilson(value * n * shrink, n * shrink)
    return low or 0.0, 1.0 if high is None else high


def two_ratios(
    first: tuple[Floats, Floats],
    second: tuple[Floats, Floats],
    name: str = "Welch, clustered by day",
    *,
    shares: bool = False,
    wander: float = 0.0,
) -> Result:
    """Difference of two ratios Σy ÷ Σx with clusters as units and Welch–Satterthwaite degrees of freedom.

    For ``shares`` a variance is never taken below the binomial one: few quiet days do not make a share certain.
    Source: B. L. Welch, "The generalization of Student's problem", Biometrika 34 (1947).
    """
    values, variances, sizes, totals = [], [], [], []
    for y, x in (first, second):
        values.append(float(np.sum(y)) / float(np.sum(x)))
        variance = ratio_variance(y, x)
        variances.append(max(variance, values[-1] * (1 - values[-1]) / float(np.sum(x))) if shares else variance)
        sizes.append(len(y))
        totals.append(float(np.sum(x)))
    variance, df = _with_wander(sum(variances), welch_df(variances, sizes), 2 * wander)
    return _result(values[0], values[0] - values[1], variance, df, min(totals), min(sizes), math.nan, name)


def welch(first: Floats, second: Floats) -> Result:
    """Welch's t test of two means from single observations."""
    a, b = np.asarray(first, float), np.asarray(second, float)
    variances = [float(s.var(ddof=1)) / len(s) for s in (a, b)]
    df = welch_df(variances, (len(a), len(b)))
    difference = float(a.mean() - b.mean())
    return _result(float(a.mean()), difference, sum(variances), df, len(a), min(len(a), len(b)), math.nan, "Welch")


def welch_df(variances: Sequence[float], sizes: Sequence[int]) -> float:
    """Welch–Satterthwaite degrees of freedom of a sum of variances of means."""
    total = sum(variances)
    parts = sum(v * v / (n - 1) for v, n in zip(variances, sizes, strict=True) if n > 1)
    return total * total / parts if parts > 0 else max(min(sizes) - 1, 1)


def rate_against(events: Floats, exposures: Floats, comparator: float, name: str = "quasi-Poisson by day") -> Result:
    """A rate Σevents ÷ Σexposure against a fixed one, on the log scale, with dispersion φ = Pearson χ² ÷ (k − 1) ≥ 1.

    Source: P. McCullagh, J. A. Nelder, Generalized Linear Models (1989), 6.2. No events: the exact Poisson p.
    """
    y, x = np.asarray(events, float), np.asarray(exposures, float)
    total, exposure, k = float(y.sum()), float(x.sum()), len(y)
    rate, df = total / exposure, max(k - 1, 1)
    if total == 0 or comparator <= 0:
        p = 2 * math.exp(-comparator * exposure) if comparator > 0 else 1.0
        high = -math.log(0.025) / exposure
        return Result(rate, rate - comparator, -comparator, high - comparator, min(p, 1), exposure, k, 1, df, name)
    expected = rate * x
    keep = expected > 0
    dispersion = max(1.0, float(((y - expected)[keep] ** 2 / expected[keep]).sum()) / df)
    error = math.sqrt(dispersion / total)
    log_ratio = math.log(rate / comparator)
    half = student_t_quantile(0.975, df) * error
    low, high = rate * math.exp(-half) - comparator, rate * math.exp(half) - comparator
    p = student_t_two_sided(log_ratio / error, df)
    return Result(rate, rate - comparator, low, high, p, exposure, k, dispersion, df, name)


WANDER_DF = 12.0
"""Degrees of freedom a wander from some twenty months is worth."""


def _with_wander(variance: float, df: float, wander: float) -> tuple[float, float]:
    """Both variances together, with Satterthwaite's degrees of freedom."""
    if not wander > 0 or not variance > 0:
        return variance, df
    total = variance + wander
    return total, total * total / (variance * variance / max(df, 1) + wander * wander / WANDER_DF)


def _p_of(difference: float, variance: float, df: float) -> float:
    if not variance > 0:
        return 1.0
    t = difference / math.sqrt(variance)
    return student_t_two_sided(t, df) if df < 1e6 else normal_two_sided(t)


def _result(
    value: float, difference: float, variance: float, df: float, n: float, clusters: int, effect: float, name: str
) -> Result:
    df = max(df, 1)
    if not variance > 0:
        # Clusters that do not vary at all say nothing about how much they could: no interval, no test.
        return Result(value, difference, -math.inf, math.inf, 1.0, n, clusters, effect, df, name)
    half = student_t_quantile(0.975, df) * math.sqrt(variance)
    p = _p_of(difference, variance, df)
    return Result(value, difference, difference - half, difference + half, p, n, clusters, effect, df, name)
