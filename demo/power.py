"""How likely a good test finds an effect in a month of the company: reckoned from the plan, before any row is drawn.

Normal approximation with day, agent and customer correlations, at the first step of a family's step-up; the generator's
own figures throughout. An effect that other effects undo at its entity is told by its net size.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

FAMILY = 2_500
"""Comparisons that a month's family may hold: power is reckoned at 0.05 ÷ this."""
ICC = 0.02
"""Intraclass correlation of days, agents and customers that is reckoned with."""
DAYS = 30
_NORMAL = NormalDist()
# Live channels among the contacts, written channels among the tickets; teams by their share of the posts.
CHANNEL_SHARES = {
    "voice": 0.43,
    "chat": 0.29,
    "messaging": 0.20,
    "callback": 0.08,
    "email": 0.5,
    "web": 0.3,
    "app": 0.2,
}
EVEN = {"team": 8, "region": 3, "topic": 21, "segment": 4}


@dataclass(frozen=True)
class Base:
    """Observations a month per ticket of the plan, the level at target, and the spread of one observation."""

    per_ticket: float
    spread: float


BASES = {
    "service_level": Base(7 / 3, 0.40),
    "abandonment_rate": Base(7 / 3, 0.22),
    "aht_seconds": Base(2.1, 380.0),
    "transfer_rate": Base(2.1, 0.27),
    "containment_rate": Base(1.0, 0.46),
    "csat": Base(0.22, 0.30),
    "nps": Base(0.035, 80.0),
    "resolution_rate": Base(1.0, 0.22),
    "reopen_rate": Base(1.0, 0.22),
    "fcr_internal": Base(0.9, 0.43),
    "complaint_rate": Base(3.3, 0.14),
    "complaints_resolved_24h": Base(0.07, 0.22),
    "error_rate": Base(0.25, 0.07),
}


def power(metric: str, entity: str, amount: float, swd: float, tickets: int, months: int, agents: int) -> float | None:
    """P(found in one month, beyond chance and beyond the SWD); ``None`` where the months themselves are the sample."""
    base = BASES.get(metric)
    if base is None or not amount:
        return None
    n = tickets / months * base.per_ticket * share_of(entity)
    if n < 1:
        return 0.0
    people = max(1.0, agents * (share_of(entity) if entity.startswith("team") else 1.0))
    variance = base.spread**2 * (1 / n + ICC / DAYS + ICC / people)
    error = math.sqrt(variance)
    critical = _NORMAL.inv_cdf(1 - 0.05 / FAMILY / 2) * error
    return round(_NORMAL.cdf((abs(amount) - max(critical, swd)) / error), 4)


def share_of(entity: str) -> float:
    """The part of the company that an entity is."""
    dimension, _, value = entity.partition("=")
    if dimension == "organisation":
        return 1.0
    return CHANNEL_SHARES.get(value, 0.1) if dimension == "channel" else 1 / EVEN.get(dimension, 10)
