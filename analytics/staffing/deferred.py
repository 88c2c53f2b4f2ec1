"""Deferred work: mail and tickets as a backlog that is worked off inside its promise, never as a queue of callers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from analytics.staffing.demand import WEEKS, Demand, QueueForecast
from analytics.staffing.inputs import Inputs
from analytics.staffing.series import Array

HOURS_A_DAY = 8.0
# Working days before today from which on work is followed.
WARM_DAYS = 30


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
    period takes the largest mean amount that any deadline of what has come asks for (the taut string from now on), in
    proportion to the ``capacity`` of the periods: nothing on days on which nobody works. What has not come hurries
    nobody: a desk cleared for a peak months ahead would lend its work to the first weeks and take it from the last.
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
        ahead = room[now + 1 : now + promise + 2] - room[now]
        known = deadline[now : now + promise + 1]
        pace = float(((known - done) / np.maximum(ahead, 1e-9))[ahead > 0].max(initial=0.0))
        result[now] = max(min(pace * weight[now], came[now] - done), 0.0)
        done += result[now]
    return result


def _capacity(days: Array, holidays: frozenset[date], holiday_share: float) -> Array:
    """Working days count one, weekends nothing, a holiday so much as is worked on it."""
    listed = np.array(sorted(holidays), "datetime64[D]")
    working = (days.astype(int) + 3) % 7 < 5
    return np.asarray(np.where(working, np.where(np.isin(days, listed), holiday_share, 1.0), 0.0))


def _by_working_day(items: Array, capacity: Array) -> Array:
    """Items by day on which somebody works: what comes on another waits for the next of them."""
    opened = np.cumsum(capacity > 0)
    place = np.where(capacity > 0, opened - 1, opened)
    return np.bincount(place, items, minlength=int(opened[-1]) + 1)[: int(opened[-1])]


def _daily_items(demand: Demand, tickets: QueueForecast, backlog: float, promise: int, holiday_share: float) -> Array:
    """Items to be done on each day ahead. The promise is told in working days, and so is the work spread.

    Work is followed from some weeks ago on: one that began today could have done nothing beforehand, and starts high.
    """
    known = tickets.series.counts[:, 0]
    items = np.concatenate([np.where(np.isnan(known), np.nanmean(known), known), tickets.expected[:, 0]])
    days = np.datetime64(tickets.series.first, "D") + np.arange(len(items))
    capacity = _capacity(days, demand.holidays, holiday_share)
    came, room = _by_working_day(items, capacity), capacity[capacity > 0]
    today = int((capacity[: len(known)] > 0).sum())
    came[today] += backlog
    begun = max(today - WARM_DAYS, 0)
    earlier = came[:begun][-promise:]
    waiting = np.concatenate([np.full(promise - len(earlier), came.mean()), earlier])
    # What comes after the last day is as what came before it, so that its last days have their due.
    came, room = np.concatenate([came, came[-promise:]]), np.concatenate([room, room[-promise:]])
    done = work_off(came[begun:], 0.0, promise, room[begun:], waiting)[:-promise]
    result = np.zeros(len(items))
    result[np.flatnonzero(capacity > 0)[begun:]] = done
    return result[len(known) :]


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
    minutes = inputs.promises.minutes.iloc[0] if len(inputs.promises) else None
    promise = int(np.clip(np.ceil(float(minutes) / 60 / HOURS_A_DAY), 1, 28)) if minutes and minutes > 0 else 5
    open_now = float(inputs.tickets.open_at_end.iloc[-1])
    usual = float(inputs.tickets.open_at_end.tail(182).median())
    daily = _daily_items(demand, demand.tickets, max(open_now - usual, 0.0), promise, holiday_share)[lead:]
    hours = daily.reshape(WEEKS, 7).sum(axis=1) * seconds / 3600
    return Deferred(hours, seconds, promise, open_now, usual)
