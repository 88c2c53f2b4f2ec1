"""SERVQUAL: what was seen less what was expected, per item, dimension and overall, from sums over respondents."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.statistics.intervals import mean_t

DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
LEVELS = ("item", "dimension", "overall")


@dataclass(frozen=True)
class Gap:
    """Mean gap with its 95 % interval; one observation per respondent. ``dimension`` is the one an item belongs to."""

    level: str
    name: str
    n: int
    gap: float
    low: float | None
    high: float | None
    perception: float
    expectation: float
    dimension: str | None = None


def gap_of(
    level: str, name: str, n: int, gap_sum: float, gap_sq_sum: float, perception_sum: float, expectation_sum: float,
    dimension: str | None = None,
) -> Gap:  # fmt: skip
    """The mean of n respondents' gaps with Student's interval.

    Source: A. Parasuraman, V. A. Zeithaml, L. L. Berry, "SERVQUAL", J. Retailing 64 (1988).
    """
    low, high = mean_t(gap_sum, gap_sq_sum, n)
    return Gap(level, name, n, gap_sum / n, low, high, perception_sum / n, expectation_sum / n, dimension)


def in_order(gap: Gap) -> tuple[int, int, str]:
    """Overall last, dimensions as the instrument lists them."""
    name = gap.dimension or gap.name
    place = DIMENSIONS.index(name) if name in DIMENSIONS else len(DIMENSIONS)
    return (LEVELS.index(gap.level), place, gap.name)
