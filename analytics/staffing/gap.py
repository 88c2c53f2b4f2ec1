"""Required against available, week by week, over a thousand runs: the same inputs give the same bytes.

A run draws how far demand, a week's hours and an item's time depart from the plan (`analytics.staffing.doubt`), who
leaves (from the hazard of tenure and team, itself uncertain), and when openings become people. What is short is shared
between live and deferred work in proportion; that is an assumption and is said wherever service levels are shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.staffing.deferred import Deferred
from analytics.staffing.demand import TICKETS, WEEKS, Demand
from analytics.staffing.doubt import Doubt, demand_errors
from analytics.staffing.pools import Pool
from analytics.staffing.series import Array
from analytics.staffing.supply import RAMP_WEEKS, Supply
from analytics.staffing.workload import FACTORS, RATIOS, PoolWork

RUNS, FEWER_RUNS, MANY_PEOPLE = 1000, 200, 3000
USUAL_LAG_DAYS = 21.0
USUAL_FILL_DAYS = 45.0


@dataclass(frozen=True)
class Shares:
    """How a pool's live work and the deferred work fall on teams; rows of ``live`` are pools, columns teams."""

    teams: tuple[str, ...]
    live: Array
    deferred: Array


@dataclass(frozen=True)
class Gap:
    """Runs × weeks × teams, in full-time people at work; levels are runs × weeks × pools.

    ``survivors`` and ``joiners`` are the expected parts of ``available``, weeks × teams.
    """

    teams: tuple[str, ...]
    pools: tuple[str, ...]
    required: Array
    available: Array
    levels: Array
    survivors: Array
    joiners: Array
    week_hours: Array


def simulate(
    works: list[PoolWork],
    deferred: Deferred | None,
    supply: Supply,
    demand: Demand,
    shares: Shares,
    holiday_weeks: Array,
    seed: int,
    doubt: Doubt,
) -> Gap:
    """Draw the runs. ``holiday_weeks``: the share of a normal week's hours that each week has."""
    rng = np.random.Generator(np.random.PCG64(seed))
    # Chance of its own: how far demand is off does not change who is drawn to leave.
    chance = np.random.Generator(np.random.PCG64([seed, 1]))
    runs = RUNS if len(supply.agent_team) <= MANY_PEOPLE else FEWER_RUNS
    # Whoever is hired for a team without people works as long as the others do.
    usual = float(np.mean(list(supply.hours_a_week.values())))
    hours_each = np.array([supply.hours_a_week.get(team, usual) for team in shares.teams])[None, :]
    week_hours = holiday_weeks[:, None] * hours_each
    required = np.zeros((runs, WEEKS, len(shares.teams)))
    errors = demand_errors(demand, [*(work.pool.name for work in works), TICKETS], runs, chance)
    for place, work in enumerate(works):
        required += _at(work.hours, errors.factors(place))[:, :, None] * shares.live[place]
    if deferred is not None:
        item = (1 + doubt.answer) * errors.lasting[-1] + doubt.item_ahead * chance.standard_normal((runs, 1))
        required += (deferred.hours * np.exp(item + errors.weekly[-1]))[:, :, None] * shares.deferred
    required /= week_hours * np.exp(doubt.hours * chance.standard_normal((runs, WEEKS, 1)))
    staying = _survivors(supply, runs, rng)
    joining = _joiners(supply, runs, rng)
    available = np.maximum(staying + joining + _moved(supply, runs, rng), 0.0)
    order = [supply.teams.index(team) if team in supply.teams else -1 for team in shares.teams]
    pick = np.concatenate([available, np.zeros((runs, WEEKS, 1))], axis=2)[:, :, order]
    levels = np.zeros((runs, WEEKS, len(works)))
    for place, work in enumerate(works):
        levels[:, :, place] = _levels(work, required, pick, shares.live[place])
    parts = [np.concatenate([one.mean(axis=0), np.zeros((WEEKS, 1))], axis=1)[:, order] for one in (staying, joining)]
    pools = tuple(work.pool.name for work in works)
    return Gap(shares.teams, pools, required, pick, levels, parts[0], parts[1], week_hours)


def team_shares(works: list[PoolWork], live_hours: dict[tuple[str, str], float], deferred: dict[str, float],
                teams: tuple[str, ...]) -> Shares:  # fmt: skip
    """Shares by hours worked: (team, pool) → live hours, team → deferred hours."""
    live = np.zeros((len(works), len(teams)))
    for row, work in enumerate(works):
        hours = np.array([live_hours.get((team, work.pool.name), 0.0) for team in teams])
        own = np.array([team in work.pool.teams for team in teams], float)
        live[row] = hours / hours.sum() if hours.sum() > 0 else own / max(own.sum(), 1)
    mail = np.array([deferred.get(team, 0.0) for team in teams])
    return Shares(teams, live, mail / mail.sum() if mail.sum() > 0 else mail)


def _at(hours: Array, factors: Array) -> Array:
    """Weekly hours (weeks × load factors) read at a factor per run and week."""
    step = FACTORS[1] - FACTORS[0]
    place = np.clip((factors - FACTORS[0]) / step, 0, len(FACTORS) - 1.001)
    low = place.astype(int)
    week = np.arange(WEEKS)[None, :]
    return np.asarray(hours[week, low] + (place - low) * (hours[week, low + 1] - hours[week, low]))


def productivity(ramp: Array, weeks: Array) -> Array:
    """What people of that tenure in full weeks do; nothing before their first."""
    place = np.clip(weeks, 0, len(ramp) - 1).astype(int)
    return np.asarray(np.where(weeks < 0, 0.0, np.where(weeks >= RAMP_WEEKS, 1.0, ramp[place])))


def _survivors(supply: Supply, runs: int, rng: np.random.Generator) -> Array:
    """People of today at work in each week, ramped: runs × weeks × teams."""
    people, teams = len(supply.agent_team), len(supply.teams)
    member = np.zeros((people, teams))
    member[np.arange(people), supply.agent_team] = 1.0
    events = supply.hazard.leavers.sum() + 2.0
    doubt = rng.gamma(events, 1 / events, (runs, 1))
    limit = rng.standard_exponential((runs, people)) / doubt
    result, today = np.zeros((runs, WEEKS, teams)), supply.hazard.cumulative(supply.agent_tenure)
    for week in range(WEEKS):
        middle = supply.agent_tenure + 7 * week + 3
        # Whoever left in a week is gone for all of it.
        hazard = supply.agent_ratio * (supply.hazard.cumulative(supply.agent_tenure + 7 * (week + 1)) - today)
        weight = supply.agent_fte * productivity(supply.ramp, middle // 7)
        result[:, week] = (limit > hazard) @ (member * weight[:, None])
    return result


def fill_days(supply: Supply, elapsed: Array, chance: Array) -> Array:
    """Days from opening to acceptance, given that so many have passed: the Kaplan–Meier curve read at a random share.

    Beyond the curve's last step the last hazard goes on. Without a curve: exponential with the usual 45 days.
    """
    steps = [(step.time, step.survival) for step in supply.fill.steps]
    if len(steps) < 2:
        return np.asarray(elapsed - USUAL_FILL_DAYS * np.log(np.maximum(chance, 1e-12)))
    times = np.array([0.0, *(time for time, _ in steps)])
    survival = np.array([1.0, *(share for _, share in steps)])
    positive = survival > 0
    last, left = times[positive][-1], survival[positive][-1]
    rate = -np.log(left) / last if left < 1 else 1 / USUAL_FILL_DAYS
    now = np.where(elapsed <= last, np.interp(elapsed, times[positive], survival[positive]),
                   left * np.exp(-rate * (elapsed - last)))  # fmt: skip
    wanted = np.maximum(now * chance, 1e-12)
    inside = np.interp(-wanted, -survival[positive], times[positive])
    beyond = last + np.log(left / np.minimum(wanted, left)) / max(rate, 1e-6)
    return np.asarray(np.maximum(np.where(wanted >= left, inside, beyond), elapsed))


def _joiners(supply: Supply, runs: int, rng: np.random.Generator) -> Array:
    """People who come from openings that stand today, ramped, and still there: runs × weeks × teams."""
    result = np.zeros((runs, WEEKS, len(supply.teams)))
    lags = supply.start_lag_days if len(supply.start_lag_days) else np.array([USUAL_LAG_DAYS])
    for opening in supply.openings:
        if opening.team not in supply.teams:
            continue
        team = supply.teams.index(opening.team)
        if opening.start_in is None:
            filled = fill_days(supply, np.full(runs, float(opening.elapsed)), rng.random(runs)) - opening.elapsed
            start = filled + rng.choice(lags, runs)
        else:
            start = np.full(runs, float(opening.start_in))
        stays = rng.standard_exponential(runs)
        at = 7 * np.arange(WEEKS)[None, :] + 3 - start[:, None]
        hazard = early_hazard(supply, team, at)
        result[:, :, team] += productivity(supply.ramp, np.floor(at / 7)) * (stays[:, None] > hazard)
    return result


def early_hazard(supply: Supply, team: int, days: Array) -> Array:
    """Expected leavings of a new person of a team so many days after the first."""
    return supply.new_ratio.get(supply.teams[team], 1.0) * supply.hazard.cumulative(days)


def _moved(supply: Supply, runs: int, rng: np.random.Generator) -> Array:
    """Net gain of each team by moves between teams as often as in the last year: runs × weeks × teams."""
    net = np.zeros((runs, WEEKS, len(supply.teams)))
    for source, target, weekly in supply.moves:
        if source in supply.teams and target in supply.teams:
            moved = np.cumsum(rng.poisson(weekly, (runs, WEEKS)), axis=1)
            net[:, :, supply.teams.index(source)] -= moved
            net[:, :, supply.teams.index(target)] += moved
    return net


def _levels(work: PoolWork, required: Array, available: Array, members: Array) -> Array:
    """Service level of a pool per run and week, from the share of its teams' need that is there."""
    weight = members > 0
    need = required[:, :, weight].sum(axis=2)
    ratio = available[:, :, weight].sum(axis=2) / np.maximum(need, 1e-9)
    result = np.empty(ratio.shape)
    for week in range(WEEKS):
        result[:, week] = np.interp(ratio[:, week], RATIOS, work.levels[week])
    return result


def pool_of(pools: list[Pool], team: str) -> Pool | None:
    """The pool a team belongs to; ``None`` for one without live channels."""
    return next((pool for pool in pools if team in pool.teams and pool.is_staffed), None)
