"""Everything put together: inputs → demand, need, people, gap, plan. Pure but for reading; nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.staffing.deferred import Deferred, deferred_work
from analytics.staffing.demand import WEEKS, Demand, forecast_demand
from analytics.staffing.doubt import doubt_of
from analytics.staffing.gap import Gap, Shares, simulate, team_shares
from analytics.staffing.hiring import Wave, effect_of, plan_hiring
from analytics.staffing.inputs import YEAR_DAYS, Inputs
from analytics.staffing.pools import Pool, find_pools
from analytics.staffing.series import Array
from analytics.staffing.supply import Supply, full_time_weeks, read_supply
from analytics.staffing.workload import PoolWork, pool_work

HIRE_WEEKS = 4.0
USUAL_HOLIDAY_LOSS = 0.15


@dataclass(frozen=True)
class Money:
    """What a full-time person costs a week by team, and a hire; ``currency`` None: weeks of pay count."""

    week: dict[str, float]
    hire: float
    currency: str | None


@dataclass(frozen=True)
class Outlook:
    """The next 26 weeks. ``supply``, ``gap`` are None where people or work are not known; ``missing`` says what."""

    inputs: Inputs
    pools: list[Pool]
    demand: Demand
    works: list[PoolWork]
    deferred: Deferred | None
    supply: Supply | None
    shares: Shares | None
    gap: Gap | None
    waves: list[Wave]
    plan_effect: Array
    money: Money
    holiday_weeks: Array
    missing: tuple[tuple[str, str, str], ...]
    seed: int


def look_ahead(inputs: Inputs, seed: int) -> Outlook:
    """Forecast, weigh, simulate, plan."""
    pools = find_pools(inputs)
    demand = forecast_demand(inputs, pools)
    works = [work for work in (pool_work(inputs, demand, pool) for pool in pools) if work is not None]
    loss = _holiday_loss(inputs, demand)
    holidays = _holiday_weeks(inputs, demand, loss)
    deferred, supply = deferred_work(inputs, demand, max(1 - 5 * loss, 0.0)), read_supply(inputs)
    money = _money(inputs, supply)
    missing = tuple(_missing(pools, demand, works, deferred, supply))
    if supply is None or not (works or deferred):
        nothing = np.zeros((WEEKS, 0))
        return Outlook(
            inputs, pools, demand, works, deferred, supply, None, None, [], nothing, money, holidays, missing, seed
        )
    shares = _shares(inputs, works, supply)
    doubt = doubt_of(inputs, _working_holidays(demand), loss)
    gap = simulate(works, deferred, supply, demand, shares, holidays, seed, doubt)
    waves = plan_hiring(gap, supply, money.week, money.hire, seed)
    effect = effect_of(waves, gap, supply, seed)
    return Outlook(
        inputs, pools, demand, works, deferred, supply, shares, gap, waves, effect, money, holidays, missing, seed
    )


def _shares(inputs: Inputs, works: list[PoolWork], supply: Supply) -> Shares:
    time = inputs.time.groupby(["team", "channel"]).handling.sum()
    live = {
        (team, work.pool.name): float(sum(time.get((team, channel), 0.0) for channel in work.pool.channels))
        for work in works
        for team in work.pool.teams
    }
    calls = set(inputs.channels.loc[inputs.channels.is_live.astype(bool), "channel"]) | {"unknown"}
    mail: dict[str, float] = {}
    rows = time.reset_index()[["team", "channel", "handling"]].to_numpy().tolist()
    for team, channel, seconds in rows:
        if channel not in calls and team in supply.teams:
            mail[team] = mail.get(team, 0.0) + float(seconds)
    teams = tuple(sorted({team for work in works for team in work.pool.teams} | set(supply.teams)))
    return team_shares(works, live, mail, teams)


def _working_holidays(demand: Demand) -> Array:
    listed = np.array(sorted(demand.holidays), "datetime64[D]")
    return np.asarray(listed[(listed.astype(int) + 3) % 7 < 5])


def _holiday_weeks(inputs: Inputs, demand: Demand, loss: float) -> Array:
    """Hours of each week ahead ÷ those of a mean week of the last year, which had its holidays too."""
    working = _working_holidays(demand)
    monday, today = np.datetime64(inputs.monday, "D"), np.datetime64(inputs.as_of, "D")
    weeks = (working - monday).astype(int) // 7
    count = np.bincount(weeks[(weeks >= 0) & (weeks < WEEKS)], minlength=WEEKS)
    past = int(((working >= today - YEAR_DAYS) & (working < today)).sum())
    return np.asarray(np.maximum(1 - loss * count, 0.2) / (1 - loss * past * 7 / YEAR_DAYS))


def _holiday_loss(inputs: Inputs, demand: Demand) -> float:
    """The share of a week's hours that one holiday on a working day takes."""
    working = _working_holidays(demand)
    weeks = inputs.weeks.week_on.to_numpy().astype("datetime64[D]")
    hours = inputs.weeks.on_task.to_numpy(float)
    if len(weeks) < 12:
        return USUAL_HOLIDAY_LOSS
    count = np.array([((working >= week) & (working < week + 7)).sum() for week in weeks])
    lost = []
    # The first and the last week may be cut off.
    for place in range(1, len(weeks) - 1):
        near = [k for k in range(max(1, place - 3), min(len(weeks) - 1, place + 4)) if count[k] == 0]
        if count[place] and near:
            lost.append((1 - hours[place] / np.median(hours[near])) / count[place])
    return float(np.clip(np.median(lost), 0.0, 0.25)) if lost else USUAL_HOLIDAY_LOSS


def _money(inputs: Inputs, supply: Supply | None) -> Money:
    """Labour cost a full-time week by team, and recruiting cost a hire, over the last year."""
    if supply is None:
        return Money({}, HIRE_WEEKS, None)
    labour = inputs.costs[inputs.costs.category == "labour"].set_index("team")
    week, currency = {}, None
    for team in supply.teams:
        worked = full_time_weeks(inputs, team)
        if team in labour.index and labour.amount[team] > 0 and worked > 0:
            week[team] = float(labour.amount[team]) / worked
            currency = str(labour.currency[team])
    if not week:
        return Money({}, HIRE_WEEKS, None)
    usual = float(np.median(list(week.values())))
    recruiting = float(inputs.costs[inputs.costs.category == "recruiting"].amount.sum())
    today = np.datetime64(inputs.as_of)
    hired = np.asarray(inputs.agents.hired_on, "datetime64[D]")
    hires = int(((hired >= today - 364) & (hired < today)).sum())
    hire = recruiting / hires if recruiting > 0 and hires else HIRE_WEEKS * usual
    return Money({team: week.get(team, usual) for team in supply.teams}, hire, currency)


def _missing(
    pools: list[Pool],
    demand: Demand,
    works: list[PoolWork],
    deferred: Deferred | None,
    supply: Supply | None,
) -> list[tuple[str, str, str]]:
    """(what, where, sentence) of everything that could not be judged."""
    found = []
    for queue in demand.queues:
        if not queue.is_sufficient:
            found.append(("history", f"{queue.pool}: {queue.channel}",
                          f"{len(queue.series.counts)} days of history; 14 are needed for a forecast."))  # fmt: skip
    known = {work.pool.name for work in works}
    for pool in pools:
        if not pool.is_staffed:
            found.append(("people", pool.name, "Nobody's working time is known; demand is forecast, no gap is told."))
        elif pool.name not in known:
            found.append(("work", pool.name, "Handling time or history is lacking; no need can be told."))
    if supply is None:
        found.append(("people", "organisation", "No employed person is known; required is told, available is not."))
    else:
        here = set(supply.teams)
        for team in sorted({team for work in works for team in work.pool.teams} - here):
            found.append(("people", team, "The team has work and no employed person."))
        found += [("refused", what, f"{count} rows were left out.") for what, count in supply.refused]
    if deferred is None:
        found.append(("deferred", "tickets", "Items or time on them are lacking; deferred work is not in the need."))
    return found
