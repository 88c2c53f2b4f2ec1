"""Arrivals of one queue as days × intervals, cleaned of what was no demand: outages, lone outliers, missing days.

What belongs here: the shape that forecasts read and the cleaning of it. Not here: models, and reading a database.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from analytics.staffing.holidays import easter

Array = np.ndarray

# An outage: a run this improbable under Poisson arrivals of what the weekday's profile expects.
OUTAGE_EXPECTED = 14.0
OUTAGE_SHARE = 0.1
OUTLIER_MADS = 6.0
CLASSES = 8  # Monday to Sunday, and holidays
HOLIDAY = 7


@dataclass(frozen=True)
class Series:
    """Counts per day and interval; ``nan`` where nothing is known. Days are consecutive calendar days.

    ``holidays`` may reach beyond the last day. ``cleaned`` counts what was taken out, by reason.
    """

    name: str
    first: date
    counts: Array
    slot_minutes: int
    holidays: frozenset[date] = frozenset()
    cleaned: tuple[tuple[str, int], ...] = ()

    @property
    def days(self) -> Array:
        """The calendar days as ``datetime64[D]``."""
        return np.datetime64(self.first, "D") + np.arange(len(self.counts))

    @property
    def totals(self) -> Array:
        """Calls per day; ``nan`` where the day is not known as a whole."""
        return np.asarray(self.counts.sum(axis=1))

    def until(self, day: int) -> Series:
        """The same with only the first ``day`` days: what was known then."""
        return replace(self, counts=self.counts[:day])


def ahead(series: Series, horizon: int) -> Array:
    """The ``horizon`` days after the last one."""
    return np.datetime64(series.first, "D") + len(series.counts) + np.arange(horizon)


def day_classes(days: Array, holidays: frozenset[date]) -> Array:
    """0 Monday to 6 Sunday, 7 a holiday; the working day after a holiday that joins a weekend counts as a Monday."""
    listed = np.array(sorted(holidays), "datetime64[D]")
    off = _among(days, listed)
    weekday = (days.astype("datetime64[D]").astype(int) + 3) % 7
    monday_off = _among(days - 1, listed) & (weekday == 1)
    return np.where(off, HOLIDAY, np.where(monday_off, 0, weekday))


def _among(days: Array, listed: Array) -> Array:
    """Whether each day is in a sorted list."""
    if not len(listed):
        return np.zeros(days.shape, bool)
    place = np.minimum(np.searchsorted(listed, days), len(listed) - 1)
    return np.asarray(listed[place] == days)


def clean(series: Series, enough: int = 21) -> Series:
    """Blank outages, outlier days and missing days; with fewer than ``enough`` days nothing can be told apart.

    A day without any row counts as missing where days of its class are normally open; a closed one stays zero.
    """
    counts = series.counts.astype(float).copy()
    if len(counts) < enough:
        return replace(series, counts=counts)
    classes = day_classes(series.days, series.holidays)
    typical = _typical(counts, classes)
    missing = (np.nansum(counts, axis=1) == 0) & (typical.sum(axis=1) >= OUTAGE_EXPECTED) & (classes != HOLIDAY)
    counts[missing] = np.nan
    level = _level(np.nansum(counts, axis=1), typical.sum(axis=1), missing)
    expected = typical * level[:, None]
    out = _outages(counts, expected)
    counts[out] = np.nan
    odd = _outliers(np.nansum(counts, axis=1), np.where(np.isnan(counts), 0, expected).sum(axis=1), classes)
    counts[odd] = np.nan
    partly = np.isnan(counts) & ~np.isnan(counts).all(axis=1)[:, None]
    share = _seen_share(counts, expected)
    fill = np.where(partly, expected * share[:, None], counts)
    told = (
        ("missing days", int(missing.sum())),
        ("outage intervals", int(out.sum())),
        ("outlier days", int(odd.sum())),
    )
    return replace(series, counts=fill, cleaned=told)


def _typical(counts: Array, classes: Array) -> Array:
    """The median interval of each class of days; holidays without a precedent are as Sundays."""
    table = np.zeros((CLASSES, counts.shape[1]))
    for kind in range(CLASSES):
        rows = counts[classes == kind]
        if len(rows):
            table[kind] = np.nanmean(rows, axis=0) if len(rows) < 5 else _trimmed(rows)
    return np.asarray(table[classes])


def _trimmed(rows: Array) -> Array:
    ordered = np.sort(rows, axis=0)
    cut = len(rows) // 10
    return np.asarray(np.nanmean(ordered[cut : len(rows) - cut], axis=0))


def _level(totals: Array, expected: Array, missing: Array) -> Array:
    """Running median over five weeks of actual ÷ typical: growth and season do not look like outliers."""
    known = (expected > 0) & ~missing
    ratio = np.where(known, totals / np.where(expected > 0, expected, 1), np.nan)
    padded = np.pad(ratio, 17, constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 35)
    some = ~np.isnan(windows).all(axis=1)
    level = np.ones(len(totals))
    level[some] = np.nanmedian(windows[some], axis=1)
    return np.asarray(np.where(level > 0, level, 1.0))


def _outages(counts: Array, expected: Array) -> Array:
    """Runs of intervals with next to nothing where much was expected."""
    low = (counts <= OUTAGE_SHARE * expected) & (expected > 0)
    out = np.zeros(counts.shape, bool)
    for day in np.flatnonzero(low.any(axis=1)):
        edges = np.flatnonzero(np.diff(np.concatenate([[0], low[day].astype(int), [0]])))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if expected[day, start:end].sum() >= OUTAGE_EXPECTED:
                out[day, start:end] = True
    return out


def _outliers(totals: Array, expected: Array, classes: Array) -> Array:
    """Single days far from their neighbours; holidays are not judged, nor is a second day of the same kind."""
    usual = (expected >= OUTAGE_EXPECTED) & (totals > 0) & (classes != HOLIDAY)
    logs = np.zeros(len(totals))
    logs[usual] = np.log(totals[usual] / expected[usual])
    if usual.sum() < 14:
        return np.zeros(len(totals), bool)
    middle = np.median(logs[usual])
    spread = max(1.4826 * float(np.median(np.abs(logs[usual] - middle))), 0.02)
    odd = usual & (np.abs(logs - middle) > OUTLIER_MADS * spread)
    # Two odd days together are news, not an error of one day.
    return odd & ~np.roll(odd, 1) & ~np.roll(odd, -1)


def _seen_share(counts: Array, expected: Array) -> Array:
    seen = ~np.isnan(counts)
    base = np.where(seen, expected, 0).sum(axis=1)
    return np.asarray(np.where(base > 0, np.nansum(counts, axis=1) / np.where(base > 0, base, 1), 1.0))


def recurring(holidays: frozenset[date], until: date) -> frozenset[date]:
    """Listed holidays, and those after the last listed one that their pattern gives: fixed days, days around Easter.

    A day recurs when the list has it at least twice and never lacks it between its first and its last day.
    """
    if not holidays:
        return holidays
    first, last = min(holidays), max(holidays)
    years = range(first.year, until.year + 1)
    found = set(holidays)
    for month, day in {(one.month, one.day) for one in holidays} - {(2, 29)}:
        found |= _further([date(year, month, day) for year in years], holidays, first, last)
    for offset in {one.toordinal() - easter(one.year).toordinal() for one in holidays}:
        days = [date.fromordinal(easter(year).toordinal() + offset) for year in years]
        found |= _further(days, holidays, first, last)
    return frozenset(day for day in found if day <= until)


def _further(days: list[date], holidays: frozenset[date], first: date, last: date) -> set[date]:
    """Days after the last listed one, if every earlier one in the listed span is there and they are two or more."""
    spanned = [day for day in days if first <= day <= last]
    if len(spanned) < 2 or any(day not in holidays for day in spanned):
        return set()
    return {day for day in days if day > last}
