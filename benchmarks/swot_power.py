"""Effects to plant, and how likely a good test finds each: worked out from the generator's variances, beforehand."""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from benchmarks.swot_company import (
    AGENTS,
    BY_NAME,
    CHANNELS,
    CONTACTS_A_DAY,
    CUSTOMERS,
    KINDS,
    MONTHS,
    TEAMS,
    WANDER,
    Effect,
    Kind,
    swds,
)

FAMILY = 250
"""Comparisons a company's family has at most; power is reckoned at the first step of the step-up, 0.05 ÷ this."""
DAYS = 31
SHARES = {**dict(zip((f"channel={c}" for c in CHANNELS), (0.45, 0.33, 0.22), strict=True)),
          **dict(zip((f"team={t}" for t in TEAMS), (0.31, 0.27, 0.23, 0.19), strict=True))}  # fmt: skip
SIZES = (0.5, 1, 1.5, 2, 3, 4, 5, 6, 8)


def choose(rng: np.random.Generator) -> list[Effect]:
    """One to three effects of a company, on different factors."""
    kinds = rng.choice(len(KINDS), size=int(rng.integers(1, 4)), replace=False)
    return [_one(rng, KINDS[k]) for k in kinds]


def _one(rng: np.random.Generator, kind: Kind) -> Effect:
    entities = ["organisation", *SHARES] if kind.has_target else list(SHARES)
    entity = str(rng.choice(entities))
    size = float(rng.choice(SIZES))
    room = {"better": kind.level if kind.better < 0 else 1 - kind.level, "worse": 1.0}
    direction = str(rng.choice(["better", "worse"]))
    if kind.is_share and size * swds()[kind.factor] > 0.8 * room[direction]:
        direction = "worse"
    since = int(rng.choice([0, MONTHS - 6]))
    return Effect(kind.factor, entity, size, direction, since)


def power(effect: Effect) -> float:
    """P(found): the best of the comparators that the effect can be seen by. Beyond the first step of the family, and
    beyond the smallest worthwhile difference."""
    kind, swd = BY_NAME[effect.factor], swds()[effect.factor]
    share = SHARES.get(effect.entity, 1.0)
    shift = effect.size * swd
    seen: list[tuple[float, float, float]] = []
    variance, df = _variance(kind, share, effect.entity, shift * (1 if effect.direction == "better" else -1))
    wander = (WANDER * swd) ** 2
    if kind.has_target:
        seen.append((shift, variance + wander, _df(variance, df, wander)))
    if effect.since:
        seen.append((shift, 2 * variance + 2 * wander, _df(2 * variance, 2 * df, 2 * wander)))
    if share < 1:
        others, more = _variance(kind, 1 - share, "", 0.0)
        seen.append((shift, variance + others, _df(variance + others, min(df, more), 0.0)))
    return max(_beyond(gap, v, d, swd) for gap, v, d in seen)


def _df(variance: float, df: float, wander: float) -> float:
    total = variance + wander
    return total * total / (variance**2 / df + wander**2 / 12)


def _variance(kind: Kind, share: float, entity: str, shift: float) -> tuple[float, float]:
    """Variance of a month's value, and the degrees of freedom it is known by."""
    n = CONTACTS_A_DAY * DAYS * share * kind.share
    level = min(max(kind.level + kind.better * shift, 0.01), 0.99) if kind.is_share else 0.0
    single = level * (1 - level) if kind.is_share else kind.spread**2
    unit = single if kind.is_share else kind.spread**2
    agents = 4 * AGENTS if not entity.startswith("team") else AGENTS
    per_customer = 2.2 * n / CUSTOMERS
    days, people = unit * kind.day / DAYS, unit * kind.agent / agents
    total = single / n + days + people + unit * kind.customer * per_customer / n
    df = total**2 / (((single / n + days) ** 2) / (DAYS - 1) + (people**2) / max(agents - 1, 1))
    return total, df


def _beyond(gap: float, variance: float, df: float, swd: float) -> float:
    error = math.sqrt(variance)
    critical = float(stats.t.ppf(1 - 0.05 / FAMILY / 2, df)) * error
    return float(stats.norm.cdf((gap - max(critical, swd)) / error))
