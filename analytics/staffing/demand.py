"""Arrivals ahead: one cleaned series per queue, its backtest, and its forecast at interval grain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from analytics.staffing.backtest import Backtest, backtest, forecast
from analytics.staffing.inputs import Inputs
from analytics.staffing.models import Pattern, pattern_of
from analytics.staffing.pools import Pool
from analytics.staffing.series import Array, Series, clean, recurring

WEEKS = 26
# Under this many days nothing is forecast; under LONG days a queue borrows the pattern of all of them.
FEWEST_DAYS = 14
LONG_DAYS = 56
TICKETS = "tickets"


@dataclass(frozen=True)
class QueueForecast:
    """Forecast of one queue from `Inputs.as_of` on, days × intervals. ``backtest`` None: too little history."""

    pool: str
    channel: str
    series: Series
    backtest: Backtest | None
    expected: Array
    low: Array
    high: Array

    @property
    def is_sufficient(self) -> bool:
        """Whether there was enough history to forecast from."""
        return self.backtest is not None


@dataclass(frozen=True)
class Demand:
    """All queues, the deferred work in items a day, and the holidays ahead."""

    queues: tuple[QueueForecast, ...]
    tickets: QueueForecast | None
    holidays: frozenset[date]
    first: date
    days: int


def forecast_demand(inputs: Inputs, pools: list[Pool]) -> Demand:
    """Forecast every queue to the end of the 26th full week ahead."""
    days = (inputs.monday - inputs.as_of).days + 7 * WEEKS
    listed = frozenset(day.date() for day in inputs.holidays.day_on)
    holidays = recurring(listed, inputs.as_of + timedelta(days=days))
    raw = {
        (pool.name, channel): _series(inputs, pool, channel, holidays) for pool in pools for channel in pool.channels
    }
    cleaned = {key: clean(one) for key, one in raw.items() if one is not None}
    pattern = _common(list(cleaned.values()))
    queues = tuple(_queue(key, one, days, pattern) for key, one in cleaned.items())
    return Demand(queues, _tickets(inputs, holidays, days), holidays, inputs.as_of, days)


def _queue(key: tuple[str, str], series: Series, days: int, pattern: Pattern | None) -> QueueForecast:
    known = int((~np.isnan(series.totals)).sum())
    if known < FEWEST_DAYS:
        nothing = np.zeros((days, series.counts.shape[1]))
        return QueueForecast(*key, series, None, nothing, nothing, nothing)
    borrowed = pattern if known < LONG_DAYS else None
    judged = backtest(series, days, borrowed)
    return QueueForecast(*key, series, judged, *forecast(series, days, judged, borrowed))


def _series(inputs: Inputs, pool: Pool, channel: str, holidays: frozenset[date]) -> Series | None:
    rows = inputs.arrivals[inputs.arrivals.channel == channel]
    own = rows.team.isin(pool.teams) | ((rows.team == "unknown") & pool.is_staffed)
    rows = rows[own]
    if not len(rows):
        return None
    minutes = _slot(inputs.arrivals.minute_of_day.to_numpy())
    first = rows.arrived_on.min().date()
    day = (rows.arrived_on.to_numpy().astype("datetime64[D]") - np.datetime64(first, "D")).astype(int)
    counts = np.zeros(((inputs.as_of - first).days, 1440 // minutes))
    np.add.at(counts, (day, rows.minute_of_day.to_numpy().astype(int) // minutes), rows.offered.to_numpy(float))
    return Series(f"{pool.name}: {channel}", first, counts, minutes, holidays)


def _slot(minutes: Array) -> int:
    """The length of an interval: the largest usual one that all starts are multiples of."""
    return next(size for size in (30, 15, 10, 5, 1) if not (minutes % size).any())


def _common(series: list[Series]) -> Pattern | None:
    """The pattern of all long queues together, for those with a short history."""
    long = [one for one in series if len(one.counts) >= LONG_DAYS]
    if not long:
        return None
    first = max(one.first for one in long)
    parts = [np.nan_to_num(one.counts[(first - one.first).days :]) for one in long]
    size = max(part.shape[1] for part in parts)
    total = np.sum([part for part in parts if part.shape[1] == size], axis=0)
    return pattern_of(Series("all", first, total, 1440 // size, long[0].holidays))


def _tickets(inputs: Inputs, holidays: frozenset[date], days: int) -> QueueForecast | None:
    rows = inputs.tickets[inputs.tickets["items"] > 0]
    if len(rows) < FEWEST_DAYS:
        return None
    first = rows.day_on.min().date()
    day = (rows.day_on.to_numpy().astype("datetime64[D]") - np.datetime64(first, "D")).astype(int)
    counts = np.zeros(((inputs.as_of - first).days, 1))
    np.add.at(counts[:, 0], day, rows["items"].to_numpy(float))
    return _queue((TICKETS, TICKETS), clean(Series(TICKETS, first, counts, 1440, holidays)), days, None)
