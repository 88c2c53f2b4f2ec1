"""The link between satisfaction and loyalty: who stays and who buys again, by satisfaction class, with uncertainty."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.statistics.distributions import normal_quantile, normal_two_sided
from analytics.statistics.intervals import Interval, poisson_rate, wilson

CLASSES = ("dissatisfied", "neutral", "satisfied")


@dataclass(frozen=True)
class Loyal:
    """One class: customers old enough to be judged, and how many of them were loyal."""

    name: str
    customers: float
    loyal: float

    @property
    def rate(self) -> float | None:
        """Loyal ÷ customers."""
        return self.loyal / self.customers if self.customers else None

    @property
    def interval(self) -> Interval:
        """Wilson's, 95 %."""
        return wilson(self.loyal, self.customers)


@dataclass(frozen=True)
class Link:
    """Satisfied against dissatisfied: difference of the shares (Newcombe's interval), odds ratio (Woolf's), p."""

    difference: float
    low: float
    high: float
    odds_ratio: float
    odds_low: float
    odds_high: float
    p: float


def link(upper: Loyal, lower: Loyal, fewest: int = 5) -> Link | None:
    """How much more loyal ``upper`` is than ``lower``; ``None`` where a class has fewer than ``fewest`` customers.

    It is an association: customers chose whether to answer, and nobody made them satisfied by lot.
    Sources: R. G. Newcombe, Statist. Med. 17 (1998), method 10; B. Woolf (1955) with Haldane's ½.
    """
    if min(upper.customers, lower.customers) < fewest:
        return None
    a, b = upper.loyal / upper.customers, lower.loyal / lower.customers
    (a_low, a_high), (b_low, b_high) = upper.interval, lower.interval
    assert a_low is not None and a_high is not None and b_low is not None and b_high is not None
    down, up = math.hypot(a - a_low, b_high - b), math.hypot(a_high - a, b - b_low)
    pooled = (upper.loyal + lower.loyal) / (upper.customers + lower.customers)
    error = math.sqrt(pooled * (1 - pooled) * (1 / upper.customers + 1 / lower.customers))
    cells = [x + 0.5 for x in (upper.loyal, upper.customers - upper.loyal, lower.loyal, lower.customers - lower.loyal)]
    log_odds = math.log(cells[0] * cells[3] / cells[1] / cells[2])
    half = normal_quantile(0.975) * math.sqrt(sum(1 / c for c in cells))
    p = normal_two_sided((a - b) / error) if error > 0 else 1.0
    odds = [math.exp(log_odds + side * half) for side in (0, -1, 1)]
    return Link(a - b, a - b - down, a - b + up, odds[0], odds[1], odds[2], p)


@dataclass(frozen=True)
class Risk:
    """Chance that a customer of a group leaves within a year, with its 95 % interval."""

    chance: float
    low: float
    high: float


def churn_risk(left: float, customer_years: float) -> Risk | None:
    """1 − exp(−rate), the rate being leavers per customer-year under observation; ``None`` without any exposure."""
    low, high = poisson_rate(left, customer_years)
    if low is None or high is None:
        return None
    return Risk(*(1 - math.exp(-rate) for rate in (left / customer_years, low, high)))


def ordered(classes: Sequence[Loyal]) -> list[Loyal]:
    """Classes from dissatisfied to satisfied."""
    return sorted(classes, key=lambda c: CLASSES.index(c.name) if c.name in CLASSES else len(CLASSES))
