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


@dataclass(frozen=True)
class _Need:
    """Agents per interval by the queue formula alone, and what they are worked out from."""

    queues: list[QueueForecast]
    channels: tuple[Channel, ...]
    one: Channel
    work: Work
    targets: Targets
    load: Array
    agents: Array
    pooled: Array
    separate: Array
    minutes: int

    @property
    def hours(self) -> Array:
        """Hours per week (rows) and load factor (columns)."""
        scale = np.divide(self.agents, self.pooled, out=np.ones(self.agents.shape), where=self.pooled > 0)
        return _weekly_hours(self.load, self.work, self.targets, self.one.at_once, scale, self.minutes)


def formula_hours(inputs: Inputs, demand: Demand, pool: Pool, shift_target: float) -> Array | None:
    """Hours per week and load factor that the queue formula asks for at a target so much higher (or lower)."""
    need = _need(inputs, demand, pool, shift_target)
    return need.hours if need is not None else None


def pool_work(inputs: Inputs, demand: Demand, pool: Pool) -> PoolWork | None:
    """The need of a pool over the 26 weeks; ``None`` where handling time or history is lacking."""
    need = _need(inputs, demand, pool, 0.0)
    if need is None:
        return None
    hours = need.hours
    levels = _levels(need.load, need.agents * need.one.at_once, need.work, need.targets.within_seconds)
    steering = _steering(inputs, pool, need.queues, need.channels, levels, hours)
    return PoolWork(
        pool, need.channels, need.agents, need.pooled, need.separate, hours / steering, levels, steering, need.work,
        need.targets, need.one.at_once, need.minutes, need.load,
    )  # fmt: skip


def _need(inputs: Inputs, demand: Demand, pool: Pool, shift_target: float) -> _Need | None:
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
    agents = pooled if pool.is_pooled else np.maximum(separate, pooled)
    return _Need(queues, channels, one, together, targets, load.sum(axis=0), agents, pooled, separate, minutes)


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
