"""95 % intervals from sums: what every published number carries. One pure function a formula."""

from __future__ import annotations

import math
from dataclasses import dataclass

from analytics.statistics.distributions import (
    binomial_quantile,
    gamma_quantile,
    normal_quantile,
    student_t_quantile,
)

Interval = tuple[float | None, float | None]
NONE: Interval = (None, None)
CONFIDENCE = 0.95


def wilson(successes: float, n: float, confidence: float = CONFIDENCE) -> Interval:
    """Score interval of a proportion, as shares. No observations: no interval.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    """
    if n <= 0 or not 0 <= successes <= n:
        return NONE
    z = normal_quantile((1 + confidence) / 2)
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # At 0 and n the formula touches the bound exactly; rounding must not step over it.
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == n else min(1.0, centre + half)
    return low, high


def adjusted_wald_nps(promoters: float, passives: float, detractors: float, confidence: float = CONFIDENCE) -> Interval:
    """Interval of a net promoter score in points: ¾ promoters, 1½ passives and ¾ detractors are added.

    Source: B. Rocks, "Interval estimation for the Net Promoter Score", The American Statistician 70 (2016).
    The point value itself stays unadjusted, so the interval need not be centred on it.
    """
    n = promoters + passives + detractors
    if n <= 0 or min(promoters, passives, detractors) < 0:
        return NONE
    total = n + 3.0
    good, bad = (promoters + 0.75) / total, (detractors + 0.75) / total
    score = good - bad
    half = normal_quantile((1 + confidence) / 2) * math.sqrt(max(good + bad - score * score, 0.0) / total)
    return 100 * max(-1.0, score - half), 100 * min(1.0, score + half)


def mean_t(total: float, squares: float, n: float, confidence: float = CONFIDENCE) -> Interval:
    """Student's interval of a mean from Σx, Σx² and n; one observation has none.

    Source: Student, "The probable error of a mean", Biometrika 6 (1908).
    """
    if n < 2:
        return NONE
    mean = total / n
    variance = max(squares - total * mean, 0.0) / (n - 1)
    half = student_t_quantile((1 + confidence) / 2, n - 1) * math.sqrt(variance / n)
    return mean - half, mean + half


def poisson_rate(events: float, exposure: float, confidence: float = CONFIDENCE) -> Interval:
    """Exact interval of a rate = events ÷ exposure.

    Source: F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936).
    """
    if exposure <= 0 or events < 0:
        return NONE
    tail = (1 - confidence) / 2
    if events > 500:
        # Wilson and Hilferty (1931): the cube root of a gamma variable is nearly normal; exact limits take ever longer.
        return _cube_root_limit(events, -1, tail) / exposure, _cube_root_limit(events + 1, 1, tail) / exposure
    low = gamma_quantile(tail, events) if events > 0 else 0.0
    return low / exposure, gamma_quantile(1 - tail, events + 1) / exposure


def _cube_root_limit(shape: float, side: int, tail: float) -> float:
    z = side * normal_quantile(1 - tail)
    return shape * (1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape))) ** 3


def order_statistic_ranks(n: int, q: float, confidence: float = CONFIDENCE) -> tuple[int | None, int | None]:
    """Ranks (1 … n) between which the q-quantile lies; ``None`` where the sample is too small for a bound.

    Source: W. J. Conover, Practical Nonparametric Statistics, 3.2 (binomial interval of a quantile).
    """
    if n <= 0:
        return None, None
    tail = (1 - confidence) / 2
    low = binomial_quantile(tail, n, q)
    high = binomial_quantile(1 - tail, n, q) + 1
    return (low if low >= 1 else None), (high if high <= n else None)


@dataclass(frozen=True)
class RatioOfDays:
    """A ratio of two sums over days with its standard error and Student's interval; None where days are too few."""

    value: float
    error: float | None
    low: float | None
    high: float | None
    days: int


def ratio_of_days(
    top: float, bottom: float, squares: tuple[float, float, float], days: int, confidence: float = CONFIDENCE
) -> RatioOfDays | None:
    """Σ top ÷ Σ bottom where days, not single things, are the independent observations.

    ``squares`` are Σ top², Σ top·bottom and Σ bottom² over the days. Source: W. G. Cochran, Sampling Techniques (1977),
    6.4, the variance of a ratio estimator, with days − 1 degrees of freedom.
    """
    if not bottom:
        return None
    value = top / bottom
    if days < 3:
        return RatioOfDays(value, None, None, None, days)
    residual = max(squares[0] - 2 * value * squares[1] + value * value * squares[2], 0.0)
    error = math.sqrt(residual * days / (days - 1)) / bottom
    half = student_t_quantile((1 + confidence) / 2, days - 1) * error
    return RatioOfDays(value, error, value - half, value + half, days)
