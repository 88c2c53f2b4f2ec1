"""Deferred work: mail and tickets as a backlog that is worked off inside its promise, never as a queue of callers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.staffing.demand import WEEKS, Demand
from analytics.staffing.inputs import Inputs
from analytics.staffing.series import Array

HOURS_A_DAY = 8.0


@dataclass(frozen=True)
class Deferred:
    """Work without a caller on the line: hours a week at the middle forecast, seconds an item, days of promise."""

    hours: Array
    seconds_an_item: float
    promise_days: int
    backlog: float
    usual_backlog: float


def work_off(
    arrivals: Array, backlog: float, promise: int, capacity: Array | None = None, waiting: Array | None = None
) -> Array:
    """Work per period that keeps the promise with the least peak: all that arrives, and the backlog, done in time.

    What arrives in period i must be done by period i + ``promise``; the backlog by period ``promise``; likewise what
    came in the ``promise`` periods before the first (``waiting``), or it would pile up once and never be missed. Each
    period takes the largest mean amount that any deadline ahead asks for (the taut string from now on), in proportion
    to the ``capacity`` of the periods: nothing on days on which nobody works.
    """
    periods = len(arrivals)
    weight = np.ones(periods) if capacity is None else np.asarray(capacity, float)
    room = np.concatenate([[0.0], np.cumsum(weight)])
    # What is due after the last period is nobody's concern yet.
    due = np.zeros(periods + promise + 1)
    due[promise] += backlog
    due[promise : promise + periods] += arrivals
    before = np.zeros(promise) if waiting is None else np.asarray(waiting, float)
    due[:promise] += before
    due = due[:periods]
    came = backlog + before.sum() + np.cumsum(arrivals)
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
    before = demand.tickets.series.counts[-promise:, 0]
    waiting = np.where(np.isnan(before), np.nanmean(items), before)
    daily = work_off(items, max(open_now - usual, 0.0), promise, capacity, waiting)[lead:]
    hours = daily.reshape(WEEKS, 7).sum(axis=1) * seconds / 3600
    return Deferred(hours, seconds, promise, open_now, usual)
