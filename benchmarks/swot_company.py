"""A made-up company at observation level: single contacts with days, agents, customers and months that go together.

Knows nothing of the engine: no code, no constant, only the factor catalogue (names, smallest worthwhile differences).
Rows are drawn one by one and only then added up to the shapes of the rollups. Shares are drawn through a latent normal:
its layers make days, agents and customers alike, and a share's expectation is exactly the level that is stated, however
near to 0 or 1. (Effects added to a chance of 5 % and cut off at 0 would plant a level of 5.5 % that nobody stated.)
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

MONTHS = 26
PERIOD = date(2026, 10, 1)
CHANNELS = ("voice", "chat", "messaging")
TEAMS = ("North", "South", "East", "West")
AGENTS = 12
CUSTOMERS = 4_000
CONTACTS_A_DAY = 220
RHO = 0.5
WANDER = 0.2
"""Standard deviation of a month's level, in smallest worthwhile differences; neighbours correlate by RHO."""
CATALOGUE = Path(__file__).resolve().parent.parent / "seeds" / "reference" / "swot_factors.csv"


@dataclass(frozen=True)
class Kind:
    """A factor as it is drawn: level, spread of a single observation, share of contacts that have one, and the
    intraclass correlations of days, agents and customers."""

    factor: str
    level: float
    spread: float
    share: float
    better: int
    day: float
    agent: float
    customer: float
    has_target: bool = True
    is_share: bool = True


KINDS = (
    Kind("service_level", 0.80, 0.40, 1.0, 1, 0.03, 0.0, 0.02),
    Kind("satisfaction", 0.90, 0.30, 0.35, 1, 0.02, 0.02, 0.02),
    Kind("first_contact_resolution", 0.75, 0.433, 0.5, 1, 0.02, 0.02, 0.02),
    Kind("reopening", 0.05, 0.218, 0.5, -1, 0.02, 0.02, 0.02),
    Kind("handling_time", 480.0, 200.0, 1.0, -1, 0.02, 0.03, 0.02, has_target=False, is_share=False),
)
SPREAD, SPREAD_OF = "consistent_satisfaction", "satisfaction"
"""The factor that tells how far the teams are apart, and what in."""
BY_NAME = {kind.factor: kind for kind in KINDS}


@dataclass(frozen=True)
class Effect:
    """A planted truth: so many SWDs better or worse, for the organisation, a channel or a team, from a month on."""

    factor: str
    entity: str
    size: float
    direction: str
    since: int = 0

    def signed(self, swd: float) -> float:
        """The shift of the level in the metric's unit."""
        return self.size * swd * BY_NAME[self.factor].better * (1 if self.direction == "better" else -1)


@dataclass
class Company:
    """Rows added up to rollups, and what was planted."""

    contacts: pd.DataFrame
    agents: pd.DataFrame
    customers: pd.DataFrame
    spread: pd.DataFrame
    effects: list[Effect] = field(default_factory=list)


def swds() -> dict[str, float]:
    """The smallest worthwhile differences of the shipped catalogue."""
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return {row["factor"]: float(row["swd"]) for row in csv.DictReader(file)}


def first_of(month: int) -> date:
    """First day of month 0 … MONTHS − 1, the last of which is the period."""
    index = PERIOD.year * 12 + PERIOD.month - MONTHS + month
    return date(index // 12, index % 12 + 1, 1)


def draw(seed: int, effects: list[Effect]) -> Company:
    """A company's contacts, one row each, with random effects; then its sums."""
    rng, swd = np.random.default_rng(seed), swds()
    days = [first_of(0) + timedelta(days=i) for i in range((first_of(MONTHS) - first_of(0)).days)]
    months = np.array([(d.year - first_of(0).year) * 12 + d.month - first_of(0).month for d in days])
    per_day = rng.poisson(CONTACTS_A_DAY * np.exp(0.1 * rng.normal(size=len(days))))
    day = np.repeat(np.arange(len(days)), per_day)
    n = len(day)
    channel, team = rng.choice(3, n, p=[0.45, 0.33, 0.22]), rng.choice(4, n, p=[0.31, 0.27, 0.23, 0.19])
    agent = team * AGENTS + rng.integers(0, AGENTS, n)
    customer = np.minimum((CUSTOMERS * rng.random(n) ** 1.6).astype(int), CUSTOMERS - 1)
    rows = {"day": day, "month": months[day], "channel": channel, "team": team, "agent": agent, "customer": customer}
    for kind in KINDS:
        mine = [e for e in effects if e.factor == kind.factor]
        rows |= _observe(rng, kind, swd[kind.factor], rows, mine, len(days))
    return _added(pd.DataFrame(rows), days, effects)


def _observe(
    rng: np.random.Generator, kind: Kind, swd: float, rows: dict[str, np.ndarray], effects: list[Effect], days: int
) -> dict[str, np.ndarray]:
    """(has an observation, its value) of one factor for every contact."""
    n = len(rows["day"])
    level = np.full(n, kind.level)
    level += (WANDER * swd * _autocorrelated(rng))[rows["month"]]
    shared, layers = np.zeros(n), latent_layers(kind)
    for name, size, share in zip(("day", "agent", "customer"), (days, 4 * AGENTS, CUSTOMERS), layers, strict=True):
        shared += (math.sqrt(share) * rng.normal(size=size))[rows[name]]
    for effect in effects:
        level += effect.signed(swd) * _mask(effect, rows) * (rows["month"] >= effect.since)
    asked = rng.random(n) < kind.share
    if kind.is_share:
        value = (rng.random(n) < chance(kind, level, shared)).astype(float)
    else:
        value = np.maximum(level + kind.spread * (shared + math.sqrt(1 - sum(layers)) * rng.normal(size=n)), 5)
    return {f"x_{kind.factor}": asked.astype(float), f"y_{kind.factor}": np.where(asked, value, 0.0)}


def latent_layers(kind: Kind) -> tuple[float, float, float]:
    """What part of the latent variance (of a mean: of the variance) days, agents and customers have."""
    stated = kind.day, kind.agent, kind.customer
    if not kind.is_share:
        return stated
    day, agent, customer = (_latent(kind.level, share) for share in stated)
    return day, agent, customer


def chance(kind: Kind, level: np.ndarray, shared: np.ndarray) -> np.ndarray:
    """The chance of a yes where the layers come to ``shared``; over all that they can come to, the level itself."""
    rest = math.sqrt(1 - sum(latent_layers(kind)))
    return np.asarray(ndtr((ndtri(np.clip(level, 0.0005, 0.9995)) + shared) / rest))


@lru_cache(maxsize=32)
def _latent(level: float, share: float) -> float:
    """The latent correlation that gives two observations of a share of this level that intraclass correlation."""
    if not share:
        return 0.0
    points, weights = np.polynomial.hermite_e.hermegauss(61)

    def missed(rho: float) -> float:
        together = ndtr((ndtri(level) + math.sqrt(rho) * points) / math.sqrt(1 - rho)) ** 2 @ weights / weights.sum()
        return float((together - level * level) / (level * (1 - level)) - share)

    return float(brentq(missed, 1e-6, 0.5))


def _autocorrelated(rng: np.random.Generator) -> np.ndarray:
    values = np.zeros(MONTHS)
    values[0] = rng.normal()
    for month in range(1, MONTHS):
        values[month] = RHO * values[month - 1] + math.sqrt(1 - RHO * RHO) * rng.normal()
    return values


def _mask(effect: Effect, rows: dict[str, np.ndarray]) -> np.ndarray | float:
    dimension, _, name = effect.entity.partition("=")
    if dimension == "organisation":
        return 1.0
    names = CHANNELS if dimension == "channel" else TEAMS
    return (rows[dimension] == names.index(name)).astype(float)


def _added(frame: pd.DataFrame, days: list[date], effects: list[Effect]) -> Company:
    sums = [f"{side}_{kind.factor}" for kind in KINDS for side in "xy"]
    contacts = frame.groupby(["day", "channel", "team"], as_index=False)[sums].sum()
    contacts["arrived_on"] = [days[d] for d in contacts["day"]]
    contacts["channel"] = [CHANNELS[c] for c in contacts["channel"]]
    contacts["team"] = [TEAMS[t] for t in contacts["team"]]
    squares = frame[[f"y_{k.factor}" for k in KINDS]].pow(2).rename(columns=lambda name: "yy" + name[1:])
    frame = pd.concat([frame, squares], axis=1)
    return Company(contacts.drop(columns="day"), _agents(frame), _customers(frame), _spread(frame, days), effects)


def _spread(frame: pd.DataFrame, days: list[date]) -> pd.DataFrame:
    """Per month the satisfaction of the best team less that of the worst: by odd days who that is, by even ones how
    far they are apart, and the other way round."""
    odd = np.array([day.day % 2 for day in days])[frame["day"]]
    sums = frame.assign(odd=odd).groupby(["month", "team", "odd"])[[f"{s}_{SPREAD_OF}" for s in "yx"]].sum()
    y, x = (sums[f"{side}_{SPREAD_OF}"].unstack([1, 2]).to_numpy().reshape(MONTHS, len(TEAMS), 2) for side in "yx")
    rows = []
    for month in range(MONTHS):
        top = bottom = 0.0
        for ranked, compared in ((0, 1), (1, 0)):
            order = np.argsort(-y[month, :, ranked] / x[month, :, ranked], kind="stable")
            best, worst = order[0], order[-1]
            cases = x[month, best, compared] + x[month, worst, compared]
            rates = y[month, :, compared] / x[month, :, compared]
            top, bottom = top + (rates[best] - rates[worst]) * cases, bottom + cases
        rows.append((first_of(month), top, bottom))
    return pd.DataFrame(rows, columns=["month_on", "y_spread", "x_spread"])


def _agents(frame: pd.DataFrame) -> pd.DataFrame:
    keys = ["month", "agent", "team", "channel"]
    parts = []
    for kind in (k for k in KINDS if k.agent):
        names = [f"{side}_{kind.factor}" for side in ("x", "y", "yy")]
        mine = frame.groupby(keys, as_index=False)[names].sum().set_axis([*keys, "x", "y", "yy"], axis=1)
        parts.append(mine[mine["x"] > 0].assign(factor=kind.factor))
    together = pd.concat(parts, ignore_index=True)
    together["month_on"] = [first_of(m) for m in together["month"]]
    together["agent_key"] = together["agent"].astype(str)
    together["team"] = [TEAMS[t] for t in together["team"]]
    together["channel"] = [CHANNELS[c] for c in together["channel"]]
    return together.drop(columns=["month", "agent"])


def _customers(frame: pd.DataFrame) -> pd.DataFrame:
    parts = []
    for kind in KINDS:
        names = [f"{side}_{kind.factor}" for side in ("x", "y", "yy")]
        mine = frame.groupby(["month", "customer"], as_index=False)[names].sum()
        mine = mine.set_axis(["month", "customer", "x", "y", "singles"], axis=1)
        mine["xx"], mine["xy"], mine["yy"] = mine.x**2, mine.x * mine.y, mine.y**2
        added = mine.groupby("month", as_index=False)[["x", "y", "xx", "xy", "yy", "singles"]].sum()
        parts.append(added.assign(factor=kind.factor))
    together = pd.concat(parts, ignore_index=True)
    together["month_on"] = [first_of(m) for m in together["month"]]
    return together.drop(columns="month")
