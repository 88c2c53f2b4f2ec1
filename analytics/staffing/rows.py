"""The outlook as rows of the released tables: demand, backtest, intervals, weeks, curves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from math import isfinite
from typing import Any

import numpy as np

from analytics.staffing import erlang
from analytics.staffing.demand import WEEKS, QueueForecast
from analytics.staffing.gap import Gap, _at, pool_of
from analytics.staffing.hiring import lead_time
from analytics.staffing.outlook import Outlook
from analytics.staffing.series import Array
from analytics.staffing.workload import FACTORS, RATIOS, PoolWork

Row = tuple[Any, ...]
QUANTILES = (0.1, 0.5, 0.9)
LEAST_ARRIVALS = 0.005


def mondays(outlook: Outlook) -> list[date]:
    """The Mondays of the weeks ahead."""
    return [outlook.inputs.monday + timedelta(days=7 * week) for week in range(WEEKS)]


def demand_rows(outlook: Outlook) -> Iterable[Row]:
    """Arrivals ahead of every queue that has enough history."""
    for queue in outlook.demand.queues:
        if queue.backtest is None:
            continue
        minutes = queue.series.slot_minutes
        for day, slot in zip(*np.nonzero(queue.expected >= LEAST_ARRIVALS), strict=True):
            yield (
                queue.pool, queue.channel, outlook.inputs.as_of + timedelta(days=int(day)), int(slot) * minutes,
                minutes, *(round_off(part[day, slot]) for part in (queue.expected, queue.low, queue.high)),
                queue.backtest.chosen,
            )  # fmt: skip


def backtest_rows(outlook: Outlook) -> Iterable[Row]:
    """Every fold of every queue; a queue with too little history has one row that says so."""
    tickets = [outlook.demand.tickets] if outlook.demand.tickets is not None else []
    for queue in [*outlook.demand.queues, *tickets]:
        told = dict(queue.series.cleaned)
        tail = (
            len(queue.series.counts), told.get("missing days", 0), told.get("outage intervals", 0),
            told.get("outlier days", 0),
        )  # fmt: skip
        if queue.backtest is None:
            yield (queue.pool, queue.channel, None, False, *[None] * 6, *tail, "insufficient data")
            continue
        for fold in queue.backtest.folds:
            yield (
                queue.pool, queue.channel, fold.model, fold.model == queue.backtest.chosen, fold.origin,
                fold.horizon_days, fold.intervals,
                *(round_off(part, 6) for part in (fold.wape, fold.bias, fold.coverage)), *tail, "judged",
            )  # fmt: skip


def interval_rows(outlook: Outlook) -> Iterable[Row]:
    """Need, rota and people per interval; available is null where people are not known."""
    shrinkage = outlook.supply.total_shrinkage if outlook.supply else None
    for work in outlook.works:
        available = _available(outlook, work)
        rota = None if shrinkage is None else erlang.scheduled(work.required, shrinkage)
        for day, slot in zip(*np.nonzero(work.required > 0), strict=True):
            there = None if available is None else round_off(available[day, slot], 3)
            need = float(work.required[day, slot])
            yield (
                work.pool.name, outlook.inputs.monday + timedelta(days=int(day)), int(slot) * work.slot_minutes,
                round_off(work.load[day, slot], 4), need,
                None if rota is None else int(rota[day, slot]), float(work.required_pooled[day, slot]),
                float(work.required_separate[day, slot]), there, None if there is None else round_off(there - need, 3),
            )  # fmt: skip


def _available(outlook: Outlook, work: PoolWork) -> Array | None:
    """Agents there in the middle run: a week's hours on this pool's contacts, spread as people were at work lately."""
    gap = outlook.gap
    if gap is None or outlook.shares is None:
        return None
    place = [one.pool.name for one in outlook.works].index(work.pool.name)
    members = outlook.shares.live[place] > 0
    need = np.median(gap.required, axis=0)[:, members].sum(axis=1)
    ratio = np.median(gap.available, axis=0)[:, members].sum(axis=1) / np.maximum(need, 1e-9)
    days, slots = work.required.shape
    shape = _shape(outlook, work, slots)
    result = np.zeros((days, slots))
    for week in range(WEEKS):
        part = slice(7 * week, 7 * week + 7)
        hours = work.required[part].sum() * ratio[week]
        open_at = work.required[part] > 0
        spread = np.where(open_at, shape, 0.0)
        spread = spread if spread.sum() > 0 else work.required[part]
        result[part] = hours * spread / max(spread.sum(), 1e-9)
    return result


def _shape(outlook: Outlook, work: PoolWork, slots: int) -> Array:
    """How many people of the pool were between their first and last contact, by weekday and interval."""
    rows = outlook.inputs.presence[outlook.inputs.presence.team.isin(work.pool.teams)]
    table = np.zeros((7, slots))
    columns = (rows[name].to_numpy(int) for name in ("weekday", "from_minute", "to_minute", "agent_days"))
    for weekday, first, last, days in zip(*columns, strict=True):
        table[weekday - 1, first // work.slot_minutes : last // work.slot_minutes + 1] += days
    return table


def week_rows(outlook: Outlook) -> Iterable[Row]:
    """Weeks of the organisation, then of every team."""
    gap = outlook.gap
    if gap is None:
        return
    weights = _pool_weights(outlook)
    for week, monday in enumerate(mondays(outlook)):
        whole = np.ones(len(gap.teams), bool)
        levels = (gap.levels[:, week] * weights[week]).sum(axis=1) if gap.levels.shape[2] else None
        target = (
            float((weights[week] * [w.targets.service_level for w in outlook.works]).sum()) if outlook.works else None
        )
        yield (monday, None, None, *_figures(outlook, gap, week, whole, levels, target))
        for column, team in enumerate(gap.teams):
            pool = pool_of(outlook.pools, team)
            place = next((k for k, w in enumerate(outlook.works) if pool and w.pool.name == pool.name), None)
            own = np.zeros(len(gap.teams), bool)
            own[column] = True
            levels = gap.levels[:, week, place] if place is not None else None
            target = outlook.works[place].targets.service_level if place is not None else None
            yield (monday, team, pool.name if pool else None, *_figures(outlook, gap, week, own, levels, target))


def _figures(
    outlook: Outlook, gap: Gap, week: int, members: Array, levels: Array | None, target: float | None
) -> tuple[float | None, ...]:
    need, have = gap.required[:, week, members].sum(axis=1), gap.available[:, week, members].sum(axis=1)
    added = float(outlook.plan_effect[week, members].sum())
    live, mail = _parts(outlook, gap, week)
    bands = [
        *np.quantile(need, QUANTILES), *np.quantile(have, QUANTILES), *np.quantile(have - need, QUANTILES),
        float((have < need).mean()),
        *(np.quantile(levels, QUANTILES) if levels is not None else [None] * 3), target,
        live[members].sum(), mail[members].sum(), gap.survivors[week, members].sum(), gap.joiners[week, members].sum(),
        added, float(np.median(have)) + added, gap.week_hours[week, members].mean(),
    ]  # fmt: skip
    return tuple(round_off(value, 4) for value in bands)


def _parts(outlook: Outlook, gap: Gap, week: int) -> tuple[Array, Array]:
    assert outlook.shares is not None
    live = np.zeros(len(gap.teams))
    one = np.ones((1, WEEKS))
    for place, work in enumerate(outlook.works):
        live += _at(work.hours, one)[0, week] * outlook.shares.live[place]
    mail = (outlook.deferred.hours[week] if outlook.deferred else 0.0) * outlook.shares.deferred
    return live / gap.week_hours[week], mail / gap.week_hours[week]


def _pool_weights(outlook: Outlook) -> Array:
    """Shares of the pools in a week's contacts."""
    calls = np.array([work.load.reshape(WEEKS, -1).sum(axis=1) / work.work.aht_seconds for work in outlook.works])
    return calls.T / np.maximum(calls.sum(axis=0)[:, None], 1e-9) if len(calls) else np.zeros((WEEKS, 0))


def curve_rows(outlook: Outlook) -> Iterable[Row]:
    """Live people by load factor, service level by share of the need, and what one opening of a team becomes."""
    gap = outlook.gap
    if gap is None or outlook.shares is None:
        return
    for place, work in enumerate(outlook.works):
        people = (outlook.shares.live[place] / gap.week_hours).sum(axis=1)
        for week, monday in enumerate(mondays(outlook)):
            for column, factor in enumerate(FACTORS):
                yield (
                    monday,
                    work.pool.name,
                    "people",
                    float(factor),
                    round_off(work.hours[week, column] * people[week]),
                )
            for column, ratio in enumerate(RATIOS):
                yield (monday, work.pool.name, "service_level", float(ratio), round_off(work.levels[week, column]))
    if outlook.supply is not None:
        for team in outlook.supply.teams:
            productive = lead_time(outlook.supply, team, outlook.seed).productive
            for week, share in enumerate(productive):
                yield (outlook.inputs.monday, team, "opening", float(week), round_off(share))


def mean_error(queues: Iterable[QueueForecast]) -> tuple[float | None, float | None]:
    """WAPE and coverage of the chosen models over all queues, weighted by what is expected."""
    rows = [
        (float(q.expected.sum()), q.backtest.mean(q.backtest.chosen), q.backtest.mean(q.backtest.chosen, "coverage"))
        for q in queues
        if q.backtest is not None and q.backtest.folds
    ]

    def over(place: int) -> float | None:
        known = [(row[0], row[place]) for row in rows if row[place] is not None]
        total = sum(weight for weight, _ in known)
        return sum(weight * float(value or 0) for weight, value in known) / total if total > 0 else None

    return over(1), over(2)


def fact(
    name: str,
    scope: str,
    value: float | None,
    unit: str,
    n: float | None = None,
    note: str | None = None,
    limits: tuple[float | None, float | None] = (None, None),
) -> Row:
    """A measured assumption; without a value it says that the data is insufficient."""
    state = "insufficient data" if value is None else "measured"
    return (name, scope, round_off(value), round_off(limits[0]), round_off(limits[1]), n, unit, state, note)


def round_off(value: float | None, digits: int = 5) -> float | None:
    """So many digits; null for what is no number."""
    return None if value is None or not isfinite(value) else round(float(value), digits)
