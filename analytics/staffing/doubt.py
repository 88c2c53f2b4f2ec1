"""How far a plan may be off: demand from its forecast, a week's hours of a person, the time that an item takes.

All of it is measured where the plan was not: demand in the backtests' weeks, hours from week to week over the last
year, time on items from one quarter to the next. Queues err together, as far as their backtests did. Without enough
weeks nothing is added for hours and items.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.staffing.demand import WEEKS, Demand
from analytics.staffing.inputs import YEAR_DAYS, Inputs
from analytics.staffing.series import Array

QUARTER = 13
FEWEST_WEEKS = 2 * QUARTER
USUAL_ERROR, USUAL_WEEK_ERROR, USUAL_TOGETHER = 0.06, 0.05, 0.5
MOST_TOGETHER = 0.95
# The lasting error of a forecast grows into its size over so many weeks.
GROWN_AFTER = 8


@dataclass(frozen=True)
class Doubt:
    """Spreads of logarithms: of a week's hours of a full-time person, and of an item's time from quarter to quarter.

    ``answer``: by how much an item's time moves with the number of items; -1 where twice as many take half as long.
    """

    hours: float = 0.0
    item: float = 0.0
    answer: float = 0.0

    @property
    def item_ahead(self) -> Array:
        """The spread of an item's time by week ahead, as of a walk that began in the middle of the quarter measured."""
        return np.asarray(self.item * np.sqrt((np.arange(WEEKS) + QUARTER / 2) / QUARTER))


@dataclass(frozen=True)
class Errors:
    """Logarithms of actual ÷ forecast, pools × runs × weeks: what lasts, and what is of the week alone."""

    lasting: Array
    weekly: Array

    def factors(self, place: int) -> Array:
        """Actual ÷ forecast of a pool, runs × weeks."""
        return np.asarray(np.exp(self.lasting[place] + self.weekly[place]))


def doubt_of(inputs: Inputs, holidays: Array, loss: float) -> Doubt:
    """``holidays`` are those on working days; ``loss`` is the share of a week that one of them takes."""
    # The first and the last week may be cut off.
    rows = inputs.weeks.sort_values("week_on").iloc[1:-1]
    if len(rows) < FEWEST_WEEKS:
        return Doubt()
    weeks = rows.week_on.to_numpy().astype("datetime64[D]")
    off = np.array([((holidays >= week) & (holidays < week + 7)).sum() for week in weeks])
    people = np.array([_full_time(inputs, week) for week in weeks])
    each = rows.on_task.to_numpy(float) / np.maximum(people * np.maximum(1 - loss * off, 0.2), 1e-9)
    seen = (each > 0) & (people > 0) & (weeks >= weeks[-1] - YEAR_DAYS)
    hours = float(np.std(np.log(each[seen]))) if seen.sum() >= FEWEST_WEEKS else 0.0
    return Doubt(hours, *_item(inputs, weeks, rows.deferred.to_numpy(float)))


def _full_time(inputs: Inputs, week: np.datetime64) -> float:
    """Full-time people employed in a week, by its days."""
    hired, left = (np.asarray(inputs.agents[name], "datetime64[D]") for name in ("hired_on", "left_on"))
    last = np.where(np.isnat(left), week + 7, np.minimum(left, week + 7))
    days = np.clip((last - np.maximum(hired, week)).astype("timedelta64[D]").astype(int), 0, 7)
    return float((days * inputs.agents.fte.to_numpy(float)).sum()) / 7


def _item(inputs: Inputs, weeks: Array, seconds: Array) -> tuple[float, float]:
    """How far an item's time moves from quarter to quarter by itself, and by how much with the number of items."""
    days = inputs.tickets.day_on.to_numpy().astype("datetime64[D]")
    solved = inputs.tickets.solved.to_numpy(float)
    items = np.array([solved[(days >= week) & (days < week + 7)].sum() for week in weeks])
    window = np.ones(QUARTER)
    spent, done = np.convolve(seconds, window, "valid"), np.convolve(items, window, "valid")
    before, after = slice(None, -QUARTER), slice(QUARTER, None)
    known = (spent[before] > 0) & (done[before] > 0) & (spent[after] > 0) & (done[after] > 0)
    if not known.any():
        return 0.0, 0.0
    more = np.log(done[after][known] / done[before][known])
    longer = np.log(spent[after][known] / spent[before][known]) - more
    # As many people do more items in less time each: the two errors of a plan take from each other.
    answer = float(np.clip((more * longer).sum() / max(float((more**2).sum()), 1e-9), -1.0, 0.0))
    # Quarters that overlap are not so many; one of them went into the answer.
    quarters = len(weeks) / QUARTER - 1
    scarce = quarters / max(quarters - 1, 0.5)
    return float(np.sqrt(np.mean((longer - answer * more) ** 2) * scarce)), answer


def demand_errors(demand: Demand, pools: list[str], runs: int, rng: np.random.Generator) -> Errors:
    """Draw an error that lasts and one of the week, as large and as much together as in the backtests."""
    tables = [_week_errors(demand, pool) for pool in pools]
    means = [np.nanmean(table, axis=1) if table is not None else None for table in tables]
    lasting = [_usual_size(mean) if mean is not None else USUAL_ERROR for mean in means]
    alone = [table - mean[:, None] if table is not None and mean is not None else None
             for table, mean in zip(tables, means, strict=True)]  # fmt: skip
    weekly = [float(np.nanstd(table)) if table is not None else USUAL_WEEK_ERROR for table in alone]
    grown = np.sqrt(np.minimum((np.arange(WEEKS) + 1) / GROWN_AFTER, 1.0))
    size = np.array(lasting)[:, None, None], np.array(weekly)[:, None, None]
    return Errors(
        size[0] * grown * _drawn(len(pools), (runs, 1), _together(means), rng),
        size[1] * _drawn(len(pools), (runs, WEEKS), _together(alone), rng),
    )


def _usual_size(means: Array) -> float:
    """How far off forecasts were as a whole; few origins tell too little, so the fewer the more is added."""
    return float(np.sqrt((means**2).sum() / max(len(means) - 1, 1)))


def _week_errors(demand: Demand, pool: str) -> Array | None:
    """Weekly errors of a pool by origin (rows), its queues weighted by size; None where there is no backtest."""
    queues = [q for q in (*demand.queues, demand.tickets) if q is not None and q.pool == pool]
    told = [
        (float(q.expected.sum()), q.backtest.week_errors) for q in queues if q.backtest and q.backtest.week_errors.size
    ]
    if not told:
        return None
    rows, weeks = (min(table.shape[side] for _, table in told) for side in (0, 1))
    total = sum(size for size, _ in told)
    pooled = np.sum([size * table[-rows:, :weeks] for size, table in told], axis=0) / max(total, 1e-9)
    seen = ~np.isnan(pooled).all(axis=1)
    return np.asarray(pooled[seen]) if seen.any() else None


def _together(tables: list[Array | None]) -> float:
    """The usual correlation between the errors of two pools, from the newest origins that both have."""
    known = [table for table in tables if table is not None]
    found = []
    for place, one in enumerate(known):
        for other in known[place + 1 :]:
            rows = min(len(one), len(other))
            both = one[-rows:] * other[-rows:]
            own = [np.where(np.isnan(both), np.nan, table[-rows:] ** 2) for table in (one, other)]
            size = float(np.sqrt(np.nansum(own[0]) * np.nansum(own[1])))
            found += [float(np.nansum(both)) / size] if size > 0 else []
    return float(np.clip(np.mean(found), 0.0, MOST_TOGETHER)) if found else USUAL_TOGETHER


def _drawn(pools: int, shape: tuple[int, int], together: float, rng: np.random.Generator) -> Array:
    """Standard normal numbers, pools × shape; those of two pools are correlated."""
    common, own = rng.standard_normal(shape), rng.standard_normal((pools, *shape))
    return np.asarray(np.sqrt(together) * common + np.sqrt(1 - together) * own)
