"""Short histories: the mean of the twenty best of a fixed grid of settings, as they did from many origins.

Half a year tells too little to trust one setting. The grid stands here and nowhere else; which of it is taken is
decided by past days only. The error told of an origin is that of the settings chosen on the *other* origins, so that
it is no better for having been chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from analytics.staffing.models import Pattern, Shape, over_intervals, profiles, regressed, smoothed
from analytics.staffing.series import Array, Series, ahead, day_classes

NAME = "combined"
# The models beside it: those that have no setting.
FLOORS = ("seasonal_naive", "four_week_mean")
SHORT_DAYS = 180
BEST = 20
MOST_ORIGINS = 16
FOLLOWS = (0.05, 0.15, 0.3, 0.5, 0.7)
RIDGES = (0.1, 0.5, 2.0, 8.0)
# (share of the regression, how quickly the level follows); None: no smoothed level.
LEVELS: tuple[tuple[float, float | None], ...] = (*((0.0, follow) for follow in FOLLOWS), (1.0, None), (0.5, 0.3))
SHAPES = tuple(Shape(*one) for one in product((28.0, 56.0, 1000.0), (0.0, 7.5, 15.0), (0.5, 2.0, 8.0)))


@dataclass(frozen=True)
class Setting:
    """A point of the grid: share of the regression, speed of the level, penalty of the effects, profile."""

    regression: float
    follow: float | None
    ridge: float
    shape: Shape


GRID = tuple(Setting(share, follow, ridge, shape) for (share, follow), ridge, shape in product(LEVELS, RIDGES, SHAPES))


def dense_origins(days: int, fewest: int, least_ahead: int) -> list[int]:
    """Up to sixteen days to stand at, evenly, from ``fewest`` days of history to ``least_ahead`` before the end."""
    room = days - least_ahead - fewest
    if room < 0:
        return []
    return list(range(fewest, days - least_ahead + 1, max(2, -(-room // (MOST_ORIGINS - 1)))))


def best_of(series: Series, stands: list[int], horizon: int, borrowed: Pattern | None) -> list[tuple[Setting, ...]]:
    """The best settings without each origin in turn, and last those of all origins."""
    errors = np.array([_errors(series, origin, horizon, borrowed) for origin in stands])
    picks = []
    for left_out in [*range(len(stands)), -1]:
        others = errors[[k for k in range(len(stands)) if k != left_out or len(stands) == 1]]
        order = np.argsort(np.round(others.mean(axis=0), 12), kind="stable")[:BEST]
        picks.append(tuple(GRID[place] for place in order))
    return picks


def combined(series: Series, horizon: int, settings: tuple[Setting, ...], borrowed: Pattern | None) -> Array:
    """The mean of the forecasts of these settings, days × intervals."""
    tables = {one.shape: profiles(series, borrowed, one.shape) for one in settings}
    made = [over_intervals(series, _level(series, horizon, one, borrowed), tables[one.shape]) for one in settings]
    return np.asarray(np.mean(made, axis=0))


def _level(series: Series, horizon: int, one: Setting, borrowed: Pattern | None) -> Array:
    total = np.zeros(horizon)
    if one.follow is not None:
        total = total + (1 - one.regression) * smoothed(series, horizon, one.follow, borrowed, one.ridge)
    if one.regression:
        total = total + one.regression * regressed(series, horizon, borrowed, one.ridge)
    return np.asarray(total)


def _errors(series: Series, origin: int, horizon: int, borrowed: Pattern | None) -> Array:
    """Σ|actual − forecast| ÷ Σ actual of every setting from one origin, in the order of the grid."""
    known = series.until(origin)
    left = min(horizon, len(series.counts) - origin)
    actual = series.counts[origin : origin + left]
    seen = ~np.isnan(actual)
    total = max(float(actual[seen].sum()), 1e-9)
    classes = day_classes(ahead(known, left), known.holidays)
    spread = np.array([profiles(known, borrowed, shape)[classes] for shape in SHAPES])
    spread, told = spread[:, seen], actual[seen]
    day = np.nonzero(seen)[0]
    found = []
    for (share, follow), ridge in product(LEVELS, RIDGES):
        level = _level(known, left, Setting(share, follow, ridge, SHAPES[0]), borrowed)
        found.append(np.abs(np.exp(np.minimum(level, 50.0))[day] * spread - told).sum(axis=1) / total)
    return np.concatenate(found)
