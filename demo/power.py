"""How likely a good test finds an effect in a month of the company: reckoned from the plan, before any row is drawn.

Normal approximation with day, agent and customer correlations, at the first step of a family's step-up; the generator's
own figures throughout. An effect that other effects undo at its entity is told by its net size.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from demo.topics import TOPIC_NAMES, TOPIC_SHARES

FAMILY = 2_500
"""Comparisons that a month's family may hold: power is reckoned at 0.05 ÷ this."""
ICC = 0.02
"""Intraclass correlation of days, agents and customers that is reckoned with."""
DAYS = 30
_NORMAL = NormalDist()
# Live channels among the contacts, written channels among the tickets; teams by their share of the posts.
SHARES = {
    "channel": {"voice": 0.43, "chat": 0.29, "messaging": 0.20, "callback": 0.08, "email": 0.5, "web": 0.3, "app": 0.2},
    "region": {"Central Europe": 0.48, "Iberia": 0.30, "South-East Asia": 0.22},
    "segment": {"Private basic": 0.52, "Private plus": 0.30, "Small business": 0.14, "Enterprise": 0.04},
    "team": {
        "Berlin Voice": 0.18,
        "Lisbon Voice": 0.15,
        "Hanoi Voice": 0.13,
        "Lisbon Chat": 0.11,
        "Hanoi Chat": 0.11,
        "Berlin Care": 0.14,
        "Lisbon Care": 0.10,
        "Hanoi Technical": 0.08,
    },
    "topic": dict(zip(TOPIC_NAMES, TOPIC_SHARES.tolist(), strict=True)),
}


@dataclass(frozen=True)
class Base:
    """Observations a month per ticket of the plan, the spread of one observation, and whether it is held to a target:
    what has none shows beside others, or beside last year."""

    per_ticket: float
    spread: float
    has_target: bool = True


BASES = {
    "service_level": Base(7 / 3, 0.40),
    "abandonment_rate": Base(7 / 3, 0.22),
    "aht_seconds": Base(2.1, 380.0, has_target=False),
    "transfer_rate": Base(2.1, 0.27, has_target=False),
    "containment_rate": Base(1.0, 0.46, has_target=False),
    "csat": Base(0.22, 0.30),
    "nps": Base(0.035, 80.0, has_target=False),
    "resolution_rate": Base(1.0, 0.22),
    "reopen_rate": Base(1.0, 0.22),
    "fcr_internal": Base(0.9, 0.43),
    "complaint_rate": Base(3.3, 0.14, has_target=False),
    "complaints_resolved_24h": Base(0.07, 0.22),
    "error_rate": Base(0.25, 0.07),
}


def power(
    metric: str,
    entity: str,
    amount: float,
    swd: float,
    tickets: int,
    months: int,
    agents: int,
    *,
    minimum_n: int = 1,
    is_new: bool = False,
) -> float | None:
    """P(found in one month, beyond chance and beyond the SWD); ``None`` where the months themselves are the sample.

    0 where the entity's month holds fewer than ``minimum_n`` observations, and where nothing is there to hold it
    against: no target, no others, and the effect (unless it ``is_new`` this year) in last year's figure as well.
    """
    base = BASES.get(metric)
    if base is None or not amount:
        return None
    share = share_of(entity)
    n = tickets / months * base.per_ticket * share
    # The whole is taken over more months where one has too few; its parts are not.
    if n < (minimum_n if share < 1 else 1):
        return 0.0
    # The variance of what it is held against, in those of the entity's own figure.
    if base.has_target:
        beside = 0.0
    elif share < 1:
        beside = share / (1 - share)
    elif is_new:
        beside = 1.0
    else:
        return 0.0
    people = max(1.0, agents * (share if entity.startswith("team") else 1.0))
    variance = base.spread**2 * (1 / n + ICC / DAYS + ICC / people)
    error = math.sqrt(variance * (1 + beside))
    critical = _NORMAL.inv_cdf(1 - 0.05 / FAMILY / 2) * error
    return round(_NORMAL.cdf((abs(amount) - max(critical, swd)) / error), 4)


def share_of(entity: str) -> float:
    """The part of the company that an entity is."""
    dimension, _, value = entity.partition("=")
    return 1.0 if dimension == "organisation" else SHARES[dimension].get(value, 0.1)
