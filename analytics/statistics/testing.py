"""What a test of one figure against a comparator says, and the variance of a ratio of sums per cluster (usually a day).

Contacts of one day share a queue, a rota and an outage: they are not independent. A cluster gives one pair of sums and
is the unit that varies. The tests themselves are in `clustered`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

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


def design_effect(successes: Floats, trials: Floats) -> float:
    """Clustered variance of a proportion ÷ its binomial variance, never below 1.

    At 0 and at 100 % nothing varies and the effect cannot be seen: then clusters count as single observations would.
    """
    y, x = np.asarray(successes, float), np.asarray(trials, float)
    n = float(x.sum())
    p = float(y.sum()) / n
    naive = p * (1 - p) / n
    return max(1.0, ratio_variance(y, x) / naive) if naive > 0 and len(y) > 1 else 1.0


def welch_df(variances: Sequence[float], sizes: Sequence[int]) -> float:
    """Welch–Satterthwaite degrees of freedom of a sum of variances of means."""
    total = sum(variances)
    parts = sum(v * v / (n - 1) for v, n in zip(variances, sizes, strict=True) if n > 1)
    return total * total / parts if parts > 0 else max(min(sizes) - 1, 1)
