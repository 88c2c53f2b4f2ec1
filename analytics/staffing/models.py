"""Forecasts of one queue: a level per day, times how a day of that class spreads over its intervals.

Five candidates, from the seasonal naive to a blend; which one is used is decided by `backtest`, never here.
A day's level is log-additive (weekday, turn of the month, holidays, season, trend); its effects are ridge estimates,
so that a short history stays near what it is shrunk to: nothing, or the pattern of all queues together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analytics.staffing.series import CLASSES, HOLIDAY, Array, Series, ahead, day_classes

RIDGE = 0.5
EFFECT_DAYS = 84.0
PROFILE_DAYS = 56.0
PROFILE_SMOOTH_MINUTES = 7.5
PROFILE_PRIOR_DAYS = 2.0
SEASON_DAYS = 730.0
FAST, SLOW = 0.5, 0.15
TREND_HALF_LIFE = 182.0
YEAR = 365.25
# Days that show every season once. Asked for more, the backtest of two years would judge a model without its season.
SEEN_A_YEAR = 380


@dataclass(frozen=True)
class Pattern:
    """What a short series borrows: log effect of each class of days, and each class's profile."""

    effects: Array
    profiles: Array


Model = Callable[[Series, int, Pattern | None], Array]


def seasonal_naive(series: Series, horizon: int, borrowed: Pattern | None = None) -> Array:
    """The same interval of the last known day of the class: the floor to beat."""
    return _same_slot(series, horizon, 1)


def four_week_mean(series: Series, horizon: int, borrowed: Pattern | None = None) -> Array:
    """The mean of the same interval over the last four known days of the class."""
    return _same_slot(series, horizon, 4)


def level_fast(series: Series, horizon: int, borrowed: Pattern | None = None) -> Array:
    """Weekday effects on a level that follows quickly, times profile."""
    return _spread(series, smoothed(series, horizon, FAST, borrowed), borrowed)


def level_slow(series: Series, horizon: int, borrowed: Pattern | None = None) -> Array:
    """The same on a level that follows slowly."""
    return _spread(series, smoothed(series, horizon, SLOW, borrowed), borrowed)


def season(series: Series, horizon: int, borrowed: Pattern | None = None) -> Array:
    """Regression with weekday, holidays, season of the year and a trend that dies out, times profile."""
    return _spread(series, regressed(series, horizon, borrowed), borrowed)


def blend(series: Series, horizon: int, borrowed: Pattern | None = None) -> Array:
    """The geometric mean of the slow level and the regression."""
    both = 0.5 * (smoothed(series, horizon, SLOW, borrowed) + regressed(series, horizon, borrowed))
    return _spread(series, both, borrowed)


MODELS: dict[str, Model] = {
    "seasonal_naive": seasonal_naive,
    "four_week_mean": four_week_mean,
    "level_fast": level_fast,
    "level_slow": level_slow,
    "season": season,
    "blend": blend,
}


def pattern_of(series: Series) -> Pattern:
    """What others may borrow of a long series."""
    known, logs = _logs(series)
    classes = day_classes(series.days, series.holidays)
    effects = np.array([logs[known & (classes == k)].mean() if (known & (classes == k)).any() else np.nan
                        for k in range(CLASSES)])  # fmt: skip
    centre = np.nanmean(effects)
    return Pattern(np.nan_to_num(effects - centre), profiles(series, None))


def _same_slot(series: Series, horizon: int, weeks: int) -> Array:
    classes = day_classes(series.days, series.holidays)
    known = ~np.isnan(series.totals)
    result = np.zeros((horizon, series.counts.shape[1]))
    for row, kind in enumerate(day_classes(ahead(series, horizon), series.holidays)):
        past = np.flatnonzero(known & (classes == kind))[-weeks:]
        if not len(past) and kind == HOLIDAY:
            past = np.flatnonzero(known & (classes == 6))[-weeks:]
        if len(past):
            result[row] = series.counts[past].mean(axis=0)
    return result


def _logs(series: Series) -> tuple[Array, Array]:
    """Which days are known and open, and the log of their totals."""
    totals = series.totals
    known = ~np.isnan(totals) & (np.nan_to_num(totals) > 0)
    return known, np.log(np.where(known, totals, 1.0))


def _features(days: Array, series: Series) -> Array:
    """Class of the day, turn of the month, days next to a holiday and the days about New Year."""
    classes = day_classes(days, series.holidays)
    columns = [(classes == kind).astype(float) for kind in range(CLASSES)]
    month = days.astype("datetime64[M]")
    number = (days - month.astype("datetime64[D]")).astype(int) + 1
    is_last = (days + 1).astype("datetime64[M]") != month
    columns.append(((number <= 3) | is_last).astype(float))
    off = np.array(sorted(series.holidays), "datetime64[D]")
    columns.append((np.isin(days + 1, off) & (classes != HOLIDAY)).astype(float))
    of_year = (month.astype(int) % 12, number)
    columns.append(((of_year[0] == 11) & (of_year[1] >= 24) | (of_year[0] == 0) & (of_year[1] <= 1)).astype(float))
    return np.array(columns).T


def _ridge(features: Array, values: Array, weights: Array, penalty: Array | float) -> Array:
    weighted = features.T * weights
    square = weighted @ features + np.diag(np.broadcast_to(penalty, features.shape[1:]))
    return np.asarray(np.linalg.solve(square, weighted @ values))


def _prior(series: Series, days: Array, borrowed: Pattern | None) -> Array:
    classes = day_classes(days, series.holidays)
    return borrowed.effects[classes] if borrowed is not None else np.zeros(len(days))


def smoothed(series: Series, horizon: int, follow: float, borrowed: Pattern | None, ridge: float = RIDGE) -> Array:
    """Log level by exponential smoothing of the days freed of their effects, and these effects, found in turns."""
    known, logs = _logs(series)
    future = ahead(series, horizon)
    if not known.any():
        return np.full(horizon, -np.inf)
    at = np.flatnonzero(known)[-int(6 * EFFECT_DAYS) :]
    days = series.days[at]
    values = logs[at] - _prior(series, days, borrowed)
    features = _features(days, series)
    weights = np.exp(-np.arange(len(at))[::-1] / (EFFECT_DAYS * 5 / 7))
    level = np.full(len(at), np.average(values, weights=weights))
    effects = np.zeros(features.shape[1])
    for _ in range(10):
        effects = _ridge(features, values - level, weights, ridge)
        free = values - features @ effects
        level = 0.5 * (_exponential(free, follow) + _exponential(free[::-1], follow)[::-1])
    last = _exponential(values - features @ effects, follow)[-1]
    return np.asarray(last + _features(future, series) @ effects + _prior(series, future, borrowed))


def _exponential(values: Array, follow: float) -> Array:
    """Exponential smoothing from the mean of the first five on, as a weighted sum of the past."""
    fade = 1.0 - follow
    # Weights below 1e-18 of the newest one add nothing to it.
    reach = min(len(values), int(np.ceil(np.log(1e-18) / np.log(fade))))
    past = np.convolve(values, follow * fade ** np.arange(reach))[: len(values)]
    return np.asarray(past + values[:5].mean() * fade ** np.arange(1, len(values) + 1))


def regressed(series: Series, horizon: int, borrowed: Pattern | None, ridge: float = RIDGE) -> Array:
    """Log level by ridge regression on the whole history; the trend beyond it dies out, and so does what is left."""
    known, logs = _logs(series)
    if not known.any():
        return np.full(horizon, -np.inf)
    at = np.flatnonzero(known)
    days, future = series.days[at], ahead(series, horizon)
    values = logs[at] - _prior(series, days, borrowed)
    age = (len(series.counts) - at) / YEAR
    weights = np.exp(-age * YEAR / SEASON_DAYS)
    waves = 3 if at[-1] - at[0] >= SEEN_A_YEAR else 0
    features = np.column_stack([np.ones(len(at)), _features(days, series), -age, _waves(days, waves)])
    penalty = np.concatenate(
        [[1e-6], np.full(features.shape[1] - 2 - 2 * waves, ridge), [4.0], np.full(2 * waves, 1.0)]
    )
    effects = _ridge(features, values, weights, penalty)
    left = _exponential(values - features @ effects, 0.08)[-1]
    steps = np.arange(1, horizon + 1)
    rate = np.log(2) / TREND_HALF_LIFE
    further = (1 - np.exp(-rate * steps)) / rate / YEAR
    beyond = np.column_stack([np.ones(horizon), _features(future, series), further, _waves(future, waves)])
    return np.asarray(beyond @ effects + left * np.exp(-rate * steps) + _prior(series, future, borrowed))


def _waves(days: Array, count: int) -> Array:
    turn = 2 * np.pi * days.astype("datetime64[D]").astype(int) / YEAR
    parts = [wave(k * turn) for k in range(1, count + 1) for wave in (np.sin, np.cos)]
    return np.array(parts).T if parts else np.zeros((len(days), 0))


@dataclass(frozen=True)
class Shape:
    """How a profile is estimated: days of memory, minutes it is smoothed by, days its class leans on all classes."""

    days: float = PROFILE_DAYS
    minutes: float = PROFILE_SMOOTH_MINUTES
    prior: float = PROFILE_PRIOR_DAYS


def profiles(series: Series, borrowed: Pattern | None, shape: Shape = Shape()) -> Array:
    """How each class of days spreads over its intervals; rows add up to one, or to nought where the class is closed."""
    classes = day_classes(series.days, series.holidays)
    known = ~np.isnan(series.totals) & (np.nan_to_num(series.totals) > 0)
    weights = np.where(known, np.exp(-np.arange(len(known))[::-1] / shape.days), 0.0)
    counts = np.nan_to_num(series.counts)
    result = np.zeros((CLASSES, counts.shape[1]))
    for kind in range(CLASSES):
        own = weights * (classes == kind)
        mass = own @ counts
        # What classes of the same opening hours do, for the days this one lacks.
        base = borrowed.profiles[kind] if borrowed is not None else weights @ counts * (mass > 0)
        base = base / base.sum() if base.sum() > 0 else base
        if mass.sum() > 0:
            trust = own.sum() / (own.sum() + shape.prior)
            result[kind] = _smooth(trust * mass / mass.sum() + (1 - trust) * base, shape.minutes / series.slot_minutes)
        elif not (known & (classes == kind)).any() and not (classes == kind).any():
            result[kind] = base
    return result


def _smooth(profile: Array, width: float) -> Array:
    """A narrow bell inside the opening hours: five-minute counts are noisy, half-hours are left as they are."""
    open_at = np.flatnonzero(profile > 0)
    if width < 0.5 or len(open_at) < 3:
        return profile / profile.sum()
    from scipy.ndimage import gaussian_filter1d

    part = slice(open_at[0], open_at[-1] + 1)
    smooth = profile.copy()
    smooth[part] = gaussian_filter1d(profile[part], width, mode="nearest")
    return np.asarray(smooth / smooth.sum())


def _spread(series: Series, log_level: Array, borrowed: Pattern | None) -> Array:
    return over_intervals(series, log_level, profiles(series, borrowed))


def over_intervals(series: Series, log_level: Array, table: Array) -> Array:
    """Day levels over intervals by the profile of each day's class; a class that was always closed stays closed."""
    classes = day_classes(ahead(series, len(log_level)), series.holidays)
    return np.asarray(np.exp(np.minimum(log_level, 50.0))[:, None] * table[classes])
