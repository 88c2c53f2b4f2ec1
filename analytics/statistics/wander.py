"""How far a level wanders from month to month beyond what its sampling explains.

Days of one month share more than a day's weather: staffing, releases, season. A variance taken between the days of one
month cannot see that, so a test of one month against a level, or against another month, needs it beside the days' own.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

LAG = 3
"""Months between the two that are compared: far enough for neighbours' likeness to have worn off."""
FEWEST_PAIRS = 9
_MEDIAN_OF_CHI_SQUARE = 0.45493642311957283


def wander(values: Sequence[float], variances: Sequence[float], lag: int = LAG) -> float | None:
    """Variance of the level between months: half the spread of differences ``lag`` months apart, less sampling.

    The spread is median(d²) ÷ 0.455, the median of χ² with one degree of freedom, so that a lasting step or a single
    odd month hardly moves it. ``variances`` are the sampling variances of the values. ``None`` with too few months.
    Source: the median absolute deviation of P. J. Rousseeuw, C. Croux, JASA 88 (1993), on differences.
    """
    pairs = range(lag, len(values))
    if len(pairs) < FEWEST_PAIRS:
        return None
    spread = median((values[i] - values[i - lag]) ** 2 for i in pairs) / _MEDIAN_OF_CHI_SQUARE
    sampling = median(variances[i] + variances[i - lag] for i in pairs)
    return max(0.0, (spread - sampling) / 2)
