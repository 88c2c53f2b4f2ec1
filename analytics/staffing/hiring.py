"""The hiring plan: which openings to post in which week so that the gap closes at least cost, lead times given.

Per team a small integer programme (HiGHS): openings are posted by week, become productive as fill times, start lags,
ramp-up and early leaving make of them, and what stays short is paid for dearly, so that it is closed where it can be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.staffing.demand import WEEKS
from analytics.staffing.gap import Gap, early_hazard, fill_days, productivity
from analytics.staffing.series import Array
from analytics.staffing.supply import Supply

# Less than half a person short is no reason to hire one.
TOLERANCE = 0.5
SHORTAGE_PRICE = 12.0
DRAWS = 400


@dataclass(frozen=True)
class Lead:
    """What one opening becomes: expected productive people, and heads paid, so many weeks after it is posted."""

    productive: Array
    paid: Array
    accept_days: float
    start_days: float
    full_days: float


@dataclass(frozen=True)
class Wave:
    """So many openings for a team, posted in a week (0 is the first of the 26)."""

    team: str
    people: int
    week: int


def lead_time(supply: Supply, team: str, seed: int) -> Lead:
    """Fill, start, learn, stay: averaged over draws."""
    rng = np.random.Generator(np.random.PCG64(seed))
    lags = supply.start_lag_days if len(supply.start_lag_days) else np.array([21.0])
    filled = fill_days(supply, np.zeros(DRAWS), (np.arange(DRAWS) + 0.5) / DRAWS)
    start = filled + rng.choice(lags, DRAWS)
    at = 7 * np.arange(WEEKS)[None, :] + 3 - start[:, None]
    place = supply.teams.index(team) if team in supply.teams else 0
    stays = np.exp(-early_hazard(supply, place, at))
    ramp_weeks = int(np.argmax(supply.ramp >= 0.97)) if (supply.ramp >= 0.97).any() else len(supply.ramp)
    return Lead(
        (productivity(supply.ramp, np.floor(at / 7)) * stays).mean(axis=0),
        ((at >= 0) * stays).mean(axis=0),
        float(np.median(filled)),
        float(np.median(start)),
        float(np.median(start)) + 7 * ramp_weeks,
    )


def plan_hiring(gap: Gap, supply: Supply, week_cost: dict[str, float], hire_cost: float, seed: int) -> list[Wave]:
    """Openings to post per team and week, by week and team."""
    need = np.median(gap.required, axis=0)
    have = np.median(gap.available, axis=0)
    waves = []
    for column, team in enumerate(gap.teams):
        if team not in supply.teams:
            continue
        short = need[:, column] - have[:, column] - TOLERANCE
        lead = lead_time(supply, team, seed)
        posted = _least_cost(short, lead, week_cost.get(team, 1.0), hire_cost)
        waves += [Wave(team, int(count), week) for week, count in enumerate(posted) if count]
    return sorted(waves, key=lambda wave: (wave.week, wave.team))


def _least_cost(short: Array, lead: Lead, week_cost: float, hire_cost: float) -> Array:
    """Whole openings per week: min hiring + wages + price of what stays short."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    if short.max() <= 0:
        return np.zeros(WEEKS, int)
    weeks = np.arange(WEEKS)
    lag = weeks[:, None] - weeks[None, :]
    # Productive people in week (row) of one opening posted in week (column).
    effect = np.where(lag >= 0, lead.productive[np.maximum(lag, 0)], 0.0)
    wages = np.array([lead.paid[: WEEKS - week].sum() for week in weeks]) * week_cost
    cost = np.concatenate([hire_cost + wages, np.full(WEEKS, SHORTAGE_PRICE * week_cost)])
    most = float(np.ceil(short.max() * 3 + 1))
    solved = milp(
        cost,
        constraints=LinearConstraint(np.hstack([effect, np.eye(WEEKS)]), short, np.inf),
        integrality=np.concatenate([np.ones(WEEKS), np.zeros(WEEKS)]),
        bounds=Bounds(0, np.concatenate([np.full(WEEKS, most), np.full(WEEKS, np.inf)])),
        options={"mip_rel_gap": 0.01, "node_limit": 400},
    )
    return np.round(solved.x[:WEEKS]).astype(int) if solved.x is not None else np.zeros(WEEKS, int)


def effect_of(waves: list[Wave], gap: Gap, supply: Supply, seed: int) -> Array:
    """Expected people the plan adds, weeks × teams."""
    result = np.zeros((WEEKS, len(gap.teams)))
    for wave in waves:
        column = gap.teams.index(wave.team)
        added = lead_time(supply, wave.team, seed).productive[: WEEKS - wave.week]
        result[wave.week :, column] += wave.people * added
    return result
