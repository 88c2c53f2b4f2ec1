"""From arrivals to hours of work: agents per interval for the target, deferred work inside its promise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.staffing import patience
from analytics.staffing.demand import WEEKS, Demand, QueueForecast
from analytics.staffing.inputs import Inputs
from analytics.staffing.pools import Pool
from analytics.staffing.requirement import Targets, Work, required, service_level
from analytics.staffing.series import Array

# Load factors that weekly hours are tabulated at, and shares of the need that the service level is tabulated at.
FACTORS = np.round(np.arange(0.5, 2.01, 0.05), 2)
RATIOS = np.round(np.arange(0.4, 1.61, 0.1), 2)
TARGET, WITHIN, OCCUPANCY = 0.8, 20.0, 0.9
AT_ONCE_LIMITS = (1.0, 6.0)
STEERING_LIMITS = (0.6, 2.5)
HOURS_A_DAY = 8.0


@dataclass(frozen=True)
class Channel:
    """How a channel's contacts are worked: seconds each, how many at once, how long callers wait."""

    name: str
    aht_seconds: float | None
    at_once: float
    patience: patience.Patience
    within_seconds: float
    target: float
    handled: float


@dataclass(frozen=True)
class PoolWork:
    """The need of a pool: agents per interval (days × intervals), hours a week by load factor, service by ratio."""

    pool: Pool
    channels: tuple[Channel, ...]
    required: Array
    required_pooled: Array
    required_separate: Array
    hours: Array
    levels: Array
    steering: float
    work: Work
    targets: Targets
    at_once: float
    slot_minutes: int
    load: Array


@dataclass(frozen=True)
class Deferred:
    """Work without a caller on the line: hours a week at the middle forecast, seconds an item, days of promise."""

    hours: Array
    seconds_an_item: float
    promise_days: int
    backlog: float
    usual_backlog: float


def channel_work(inputs: Inputs, name: str, teams: tuple[str, ...]) -> Channel:
    """Measured over the last 13 weeks. ``aht_seconds`` is None where nothing was handled."""
    rows = inputs.work[(inputs.work.channel == name) & (inputs.work.team.isin([*teams, "unknown"]))]
    handled, seconds = float(rows.handled.sum()), float(rows.handling_seconds.sum())
    busy = inputs.time[
        (inputs.time.channel == name) & inputs.time.team.isin(teams) & inputs.time.is_recent.astype(bool)
    ].handling.sum()
    at_once = float(np.clip(seconds / busy, *AT_ONCE_LIMITS)) if busy > 0 and seconds > 0 else 1.0
    promised = inputs.channels.loc[inputs.channels.channel == name, "answer_within_seconds"]
    within = float(promised.iloc[0]) if len(promised) and not promised.isna().iloc[0] else WITHIN
    return Channel(
        name=name,
        aht_seconds=seconds / handled if handled > 0 and seconds > 0 else None,
        at_once=1.0 if abs(at_once - 1) < 0.1 else at_once,
        patience=patience.estimate_patience(max(float(rows.wait_seconds.sum()), 0.0), int(rows.abandoned.sum())),
        within_seconds=within,
        target=_target(inputs, "service_level", name, TARGET),
        handled=handled,
    )


def _target(inputs: Inputs, metric: str, channel: str | None, fallback: float) -> float:
    rows = inputs.targets[inputs.targets.metric == metric]
    for dimension, entity in (("channel", channel), ("organisation", None)):
        found = rows[(rows.entity_dimension == dimension) & ((rows.entity == entity) if entity else True)]
        if len(found) and 0 < float(found.value.iloc[0]) < 1:
            return float(found.value.iloc[0])
    return fallback


def pool_work(inputs: Inputs, demand: Demand, pool: Pool, shift_target: float = 0.0) -> PoolWork | None:
    """The need of a pool over the 26 weeks; ``None`` where handling time or history is lacking."""
    queues = [q for q in demand.queues if q.pool == pool.name and q.is_sufficient]
    known = {name: channel_work(inputs, name, pool.teams) for name in pool.channels}
    queues = [q for q in queues if known[q.channel].aht_seconds]
    if not queues or not pool.is_staffed:
        return None
    channels = tuple(known[q.channel] for q in queues)
    lead = (inputs.monday - inputs.as_of).days
    minutes = queues[0].series.slot_minutes
    calls = np.array([_ahead(q, lead, minutes) for q in queues])
    one, together = _together(channels, calls.sum(axis=(1, 2)))
    load = _erlangs(calls, channels, minutes)
    targets = _targets(inputs, one, shift_target)
    pooled = _agents(load.sum(axis=0), together, targets, one.at_once)
    separate = np.sum(
        [_agents(load[k], _work(c), _targets(inputs, c, shift_target), c.at_once) for k, c in enumerate(channels)],
        axis=0,
    )
    need = pooled if pool.is_pooled else np.maximum(separate, pooled)
    scale = np.divide(need, pooled, out=np.ones(need.shape), where=pooled > 0)
    hours = _weekly_hours(load.sum(axis=0), together, targets, one.at_once, scale, minutes)
    levels = _levels(load.sum(axis=0), need * one.at_once, together, targets.within_seconds)
    steering = _steering(inputs, pool, queues, channels, levels, hours)
    return PoolWork(
        pool, channels, need, pooled, separate, hours / steering, levels, steering, together, targets, one.at_once,
        minutes, load.sum(axis=0),
    )  # fmt: skip


def _ahead(queue: QueueForecast, lead: int, minutes: int) -> Array:
    """The full weeks ahead, in the pool's interval length."""
    part = queue.expected[lead:]
    times = minutes // queue.series.slot_minutes
    return part if times <= 1 else part.reshape(len(part), -1, times).sum(axis=2)


def _work(channel: Channel) -> Work:
    assert channel.aht_seconds is not None
    return Work(channel.aht_seconds, channel.patience.seconds)


def _erlangs(calls: Array, channels: tuple[Channel, ...], minutes: int) -> Array:
    """Contacts in progress at once, per channel, day and interval."""
    aht = np.array([channel.aht_seconds for channel in channels])
    return np.asarray(calls * aht[:, None, None] / (minutes * 60))


def _together(channels: tuple[Channel, ...], calls: Array) -> tuple[Channel, Work]:
    """The channels of a pool as one queue: means weighted by contacts, contacts at once weighted by load."""
    share = calls / max(calls.sum(), 1e-9)
    aht = np.array([channel.aht_seconds for channel in channels], float)
    each = np.array([channel.at_once for channel in channels])
    load = share * aht
    at_once = float(load.sum() / (load / each).sum()) if load.sum() > 0 else 1.0
    waits = [channel.patience for channel in channels]
    known = all(one.seconds is not None for one in waits)
    lost = sum(one.abandoned for one in waits)
    seconds = sum((one.seconds or 0) * one.abandoned for one in waits) / lost if known and lost else None
    one = Channel(
        "+".join(channel.name for channel in channels),
        float(load.sum()),
        at_once,
        patience.Patience(seconds, None, None, lost),
        float((share * [channel.within_seconds for channel in channels]).sum()),
        float((share * [channel.target for channel in channels]).sum()),
        float(sum(channel.handled for channel in channels)),
    )
    return one, _work(one)


def _targets(inputs: Inputs, channel: Channel, shift: float) -> Targets:
    cap = max(_target(inputs, "occupancy", None, OCCUPANCY), OCCUPANCY)
    return Targets(float(np.clip(channel.target + shift, 0.05, 0.99)), channel.within_seconds, occupancy=cap)


def _agents(load: Array, work: Work, targets: Targets, at_once: float) -> Array:
    """Whole agents per interval; one of them serves ``at_once`` contacts."""
    return np.ceil(np.round(required(load, work, targets) / at_once, 9))


def _weekly_hours(load: Array, work: Work, targets: Targets, at_once: float, scale: Array, minutes: int) -> Array:
    """Hours per week (rows) and load factor (columns)."""
    table = _agents(load[None] * FACTORS[:, None, None], work, targets, at_once) * scale[None]
    return np.asarray(table.reshape(len(FACTORS), WEEKS, -1).sum(axis=2).T * minutes / 60)


def _levels(load: Array, servers: Array, work: Work, within: float) -> Array:
    """Service level per week (rows) when only so much of the need is there (columns), weighted by load."""
    busy = load > 0
    week = np.repeat(np.arange(WEEKS), 7)[:, None] * np.ones(load.shape, int)
    weights = np.bincount(week[busy], load[busy], minlength=WEEKS)
    table = np.zeros((WEEKS, len(RATIOS)))
    for column, ratio in enumerate(RATIOS):
        level = service_level(load[busy], servers[busy] * ratio, work, within)
        table[:, column] = np.bincount(week[busy], load[busy] * level, minlength=WEEKS) / np.maximum(weights, 1e-9)
    return np.maximum.accumulate(table, axis=1)


def _steering(
    inputs: Inputs,
    pool: Pool,
    queues: list[QueueForecast],
    channels: tuple[Channel, ...],
    levels: Array,
    hours: Array,
) -> float:
    """How much more (or less) an hour at work gave in the last 13 weeks than the queue formula expects of it.

    Blended people who drop their mail for a call, and calls that wait for a good moment, make it larger than one. It is
    the ratio at which the formula gives the service level that was measured, over the ratio that was there.
    """
    rows = inputs.work[inputs.work.channel.isin([c.name for c in channels]) & inputs.work.team.isin(pool.teams)]
    time = inputs.time[
        inputs.time.channel.isin([c.name for c in channels])
        & inputs.time.team.isin(pool.teams)
        & inputs.time.is_recent.astype(bool)
    ]
    worked = float(time.handling.sum() + time.available.sum()) / 3600
    base, offered = float(rows.sl_base.sum()), float(rows.offered.sum())
    if worked <= 0 or base < 100:
        return 1.0
    measured = float(rows.in_time.sum()) / base
    ahead = sum(float(q.expected.sum()) / len(q.expected) for q in queues) * 91
    need = float(hours[:, int(np.argmin(np.abs(FACTORS - 1)))].sum()) / WEEKS * 13 * offered / max(ahead, 1e-9)
    curve = levels.mean(axis=0)
    implied = float(np.interp(measured, curve, RATIOS))
    return float(np.clip(implied / (worked / max(need, 1e-9)), *STEERING_LIMITS))


def work_off(arrivals: Array, backlog: float, promise: int, capacity: Array | None = None) -> Array:
    """Work per period that keeps the promise with the least peak: all that arrives, and the backlog, done in time.

    What arrives in period i must be done by period i + ``promise``; the backlog by period ``promise``. Each period
    takes the largest mean amount that any deadline ahead asks for (the taut string from now on), in proportion to the
    ``capacity`` of the periods: nothing on days on which nobody works.
    """
    periods = len(arrivals)
    weight = np.ones(periods) if capacity is None else np.asarray(capacity, float)
    room = np.concatenate([[0.0], np.cumsum(weight)])
    # What is due after the last period is nobody's concern yet.
    due = np.zeros(periods + promise + 1)
    due[promise] += backlog
    due[promise : promise + periods] += arrivals
    due = due[:periods]
    came = backlog + np.cumsum(arrivals)
    deadline = np.cumsum(due)
    done, result = 0.0, np.zeros(periods)
    for now in range(periods):
        ahead = room[now + 1 :] - room[now]
        pace = float(((deadline[now:] - done) / np.maximum(ahead, 1e-9))[ahead > 0].max(initial=0.0))
        result[now] = max(min(pace * weight[now], came[now] - done), 0.0)
        done += result[now]
    return result


def _capacity(demand: Demand, holiday_share: float) -> Array:
    """Working days count one, weekends nothing, a holiday so much as is worked on it."""
    days = np.datetime64(demand.first, "D") + np.arange(demand.days)
    listed = np.array(sorted(demand.holidays), "datetime64[D]")
    working = (days.astype(int) + 3) % 7 < 5
    return np.asarray(np.where(working, np.where(np.isin(days, listed), holiday_share, 1.0), 0.0))


def deferred_work(inputs: Inputs, demand: Demand, holiday_share: float = 0.25) -> Deferred | None:
    """Hours a week that tickets ask for; ``None`` where no items, or nobody's time on them, is known."""
    live = set(inputs.channels.loc[inputs.channels.is_live.astype(bool), "channel"]) | {"unknown"}
    rows = inputs.time[~inputs.time.channel.isin(live) & inputs.time.is_recent.astype(bool)]
    recent = inputs.tickets.tail(91)
    solved = float(recent.solved.sum())
    if demand.tickets is None or not demand.tickets.is_sufficient or solved <= 0 or rows.handling.sum() <= 0:
        return None
    seconds = float(rows.handling.sum()) / solved
    lead = (inputs.monday - inputs.as_of).days
    items = demand.tickets.expected[:, 0]
    minutes = inputs.promises.minutes.iloc[0] if len(inputs.promises) else None
    promise = int(np.clip(np.ceil(float(minutes) / 60 / HOURS_A_DAY), 1, 28)) if minutes and minutes > 0 else 5
    open_now = float(inputs.tickets.open_at_end.iloc[-1])
    usual = float(inputs.tickets.open_at_end.tail(182).median())
    capacity = _capacity(demand, holiday_share)
    daily = work_off(items, max(open_now - usual, 0.0), promise, capacity)[lead:]
    hours = daily.reshape(WEEKS, 7).sum(axis=1) * seconds / 3600
    return Deferred(hours, seconds, promise, open_now, usual)
