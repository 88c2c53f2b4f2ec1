"""The importance–performance map: axes cross at the means, and only what is clearly off both lands in a quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.customers.drivers import Driver

QUARTERS = {
    (True, True): "keep up",
    (True, False): "concentrate here",
    (False, True): "possible overkill",
    (False, False): "low priority",
}


@dataclass(frozen=True)
class Place:
    """Where an attribute stands: by its point, and whether its intervals let one say so."""

    attribute: str
    importance: float
    performance: float
    quarter: str
    is_clear: bool


@dataclass(frozen=True)
class Map:
    """The axes (means of importance and performance) and every attribute's place."""

    importance_axis: float
    performance_axis: float
    places: tuple[Place, ...]


def importance_performance(drivers: Sequence[Driver]) -> Map | None:
    """Place each attribute against the means of all; ``None`` for fewer than two.

    ``is_clear`` where both 95 % intervals lie on one side of their axis.
    Source: J. A. Martilla, J. C. James, "Importance-performance analysis", J. Marketing 41 (1977).
    """
    if len(drivers) < 2:
        return None
    across = sum(d.share for d in drivers) / len(drivers)
    up = sum(d.performance for d in drivers) / len(drivers)
    return Map(across, up, tuple(_place(d, across, up) for d in drivers))


def _place(driver: Driver, across: float, up: float) -> Place:
    quarter = QUARTERS[driver.share >= across, driver.performance >= up]
    clear = not (driver.low <= across <= driver.high) and not (driver.performance_low <= up <= driver.performance_high)
    return Place(driver.attribute, driver.share, driver.performance, quarter, clear)
