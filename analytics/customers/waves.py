"""A wave of a survey against the one before it, with its test."""

from __future__ import annotations

import math
from dataclasses import dataclass

from analytics.statistics.distributions import (
    normal_quantile,
    normal_two_sided,
    student_t_quantile,
    student_t_two_sided,
)
from analytics.statistics.testing import welch_df


@dataclass(frozen=True)
class Sample:
    """Sums of one wave: n answers, Σx and Σx². A share is a mean of zeros and ones, a score a mean of −100, 0, 100."""

    n: float
    total: float
    squares: float

    @property
    def mean(self) -> float:
        """Σx ÷ n."""
        return self.total / self.n

    @property
    def variance(self) -> float:
        """Sample variance, 0 for one answer."""
        return max(self.squares - self.total * self.mean, 0.0) / (self.n - 1) if self.n > 1 else 0.0


@dataclass(frozen=True)
class Change:
    """The difference to the wave before, its 95 % interval and two-sided p; none where one wave has too few answers."""

    difference: float
    low: float | None
    high: float | None
    p: float | None
    test: str


FEWEST = 5
SHARE, MEAN = "score test of two shares", "Welch"


def change(later: Sample, earlier: Sample, *, share: bool = False, fewest: int = FEWEST) -> Change | None:
    """``later`` less ``earlier``; ``None`` when either wave has fewer than ``fewest`` answers.

    Shares: pooled score test, its interval unpooled (Wald). Scores and means: Welch.
    Sources: B. L. Welch, Biometrika 34 (1947); A. Agresti, Categorical Data Analysis (2013), 3.2.
    """
    if min(later.n, earlier.n) < fewest:
        return None
    difference = later.mean - earlier.mean
    parts = [later.variance / later.n, earlier.variance / earlier.n]
    name = SHARE if share else MEAN
    if sum(parts) <= 0:
        return Change(difference, None, None, None, name)
    if share:
        return _shares(later, earlier, difference, parts)
    df = welch_df(parts, (later.n, earlier.n))  # type: ignore[arg-type]
    half = student_t_quantile(0.975, df) * math.sqrt(sum(parts))
    p = student_t_two_sided(difference / math.sqrt(sum(parts)), df)
    return Change(difference, difference - half, difference + half, p, name)


def _shares(later: Sample, earlier: Sample, difference: float, parts: list[float]) -> Change:
    pooled = (later.total + earlier.total) / (later.n + earlier.n)
    error = math.sqrt(pooled * (1 - pooled) * (1 / later.n + 1 / earlier.n))
    half = normal_quantile(0.975) * math.sqrt(sum(parts))
    p = normal_two_sided(difference / error) if error > 0 else None
    return Change(difference, difference - half, difference + half, p, SHARE)
