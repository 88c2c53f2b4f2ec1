"""A measure's sums per cluster (day or month) and entity: what every test is made from. No query is written here.

Sums are kept to six decimals: an engine with several threads adds floating numbers in any order, and the digits in
which that shows must not decide a verdict or differ from run to run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from analytics.metrics.columns import Sums
from analytics.swot.model import Window

DECIMALS = 6
EPOCH = date(1970, 1, 1)
NOBODY = ("unknown", "None", "")
Row = tuple[str | None, date, float, float, float]
"""(entity, cluster, numerator, denominator, n)."""


@dataclass(frozen=True)
class Panel:
    """``y`` and ``x``: numerators (on the metric's scale) and denominators, entities × clusters; ``n`` per entity."""

    names: tuple[str | None, ...]
    days: tuple[date, ...]
    y: np.ndarray
    x: np.ndarray
    n: np.ndarray

    @classmethod
    def of(cls, rows: Iterable[Row], days: Sequence[date] | None = None) -> Panel:
        """From rows in any order; what belongs to nobody in particular is left out."""
        kept = [row for row in rows if row[0] is None or row[0] not in NOBODY]
        names = tuple(sorted({row[0] for row in kept}, key=lambda name: name or ""))
        columns = tuple(days) if days is not None else tuple(sorted({row[1] for row in kept}))
        line, column = {n: i for i, n in enumerate(names)}, {d: i for i, d in enumerate(columns)}
        y, x, n = (np.zeros((len(names), len(columns))) for _ in range(3))
        for name, day, top, bottom, count in kept:
            if day in column:
                place = line[name], column[day]
                y[place], x[place], n[place] = y[place] + top, x[place] + bottom, n[place] + count
        return cls(names, columns, y.round(DECIMALS), x.round(DECIMALS), n.round(DECIMALS).sum(axis=1))

    @classmethod
    def of_sums(cls, sums: Sums) -> Panel:
        """From columns, one cut at most; an entity's n is spread over its clusters as its denominators are."""
        labels = [cut[0] if cut else None for cut in sums.cuts]
        kept = np.isin(sums.cut, [place for place, label in enumerate(labels) if label not in NOBODY])
        cut, top, bottom = sums.cut[kept], sums.numerator[kept], sums.denominator[kept]
        present = np.unique(cut)
        names = tuple(sorted((labels[place] for place in present), key=lambda name: name or ""))
        line_of = np.zeros(len(labels) or 1, int)
        line_of[[labels.index(name) for name in names]] = np.arange(len(names))
        days, column = np.unique(sums.day[kept], return_inverse=True)
        line, shape = line_of[cut], (len(names), len(days))
        divisor = np.bincount(line, bottom, len(names))
        share = np.divide(
            np.bincount(line, sums.n[kept], len(names)), divisor, where=divisor != 0, out=np.zeros(len(names))
        )
        y, x, n = (np.zeros(shape) for _ in range(3))
        for into, told in ((y, top), (x, bottom), (n, share[line] * bottom)):
            np.add.at(into, (line, column), told)
        dates = tuple(EPOCH + timedelta(days=int(day)) for day in days)
        return cls(names, dates, y.round(DECIMALS), x.round(DECIMALS), n.round(DECIMALS).sum(axis=1))

    @cached_property
    def _lines(self) -> dict[str | None, int]:
        return {name: place for place, name in enumerate(self.names)}

    def line(self, name: str | None) -> int | None:
        """The row of an entity."""
        return self._lines.get(name)

    def clusters(self, name: str | None) -> tuple[np.ndarray, np.ndarray]:
        """The entity's own clusters: what a month without leavers cost is a part of the cost of a leaver."""
        at = self.line(name)
        if at is None:
            return np.zeros(0), np.zeros(0)
        used = (self.x[at] > 0) | (self.y[at] != 0)
        return self.y[at][used], self.x[at][used]

    def values(self, name: str | None) -> np.ndarray:
        """Value per cluster, NaN without a denominator."""
        at = self.line(name)
        return np.full(len(self.days), np.nan) if at is None else self._values[at]

    @cached_property
    def _values(self) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.x > 0, self.y / self.x, np.nan)

    def size(self, name: str | None) -> float:
        """n of the entity over all clusters."""
        at = self.line(name)
        return 0.0 if at is None else float(self.n[at])

    def others(self, name: str | None) -> tuple[np.ndarray, np.ndarray]:
        """Sums per cluster of every other entity."""
        at = self.line(name)
        y, x = self.y.sum(axis=0), self.x.sum(axis=0)
        return (y, x) if at is None else (y - self.y[at], x - self.x[at])


def within(sums: Sums, window: Window) -> Sums:
    """The sums of a window's days."""
    return sums.within((window.start - EPOCH).days, (window.end - EPOCH).days)


Strata = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Mix:
    """A comparator as it would have been with this period's mix; how its weights moved; whether it turned over."""

    adjusted: float
    raw: float
    movement: float
    is_reversed: bool


def adjust_mix(now: Strata, then: Strata) -> Mix | None:
    """Last year's values of the strata, weighted as this year's are. ``None`` where no stratum is in both.

    ``movement`` is Σ (w − w′)² ÷ x′, which times the variance of one observation is what the adjustment adds.
    Reversed: the blend moves against every stratum. Sources: direct standardisation; E. H. Simpson, JRSS B 13 (1951).
    """
    shared = sorted(s for s in now if now[s][1] > 0 and s in then and then[s][1] > 0)
    total_now, total_then = sum(now[s][1] for s in shared), sum(then[s][1] for s in shared)
    if not shared or not total_now or not total_then:
        return None
    weights = {s: (now[s][1] / total_now, then[s][1] / total_then) for s in shared}
    rates = {s: (now[s][0] / now[s][1], then[s][0] / then[s][1]) for s in shared}
    adjusted = sum(weights[s][0] * rates[s][1] for s in shared)
    raw = sum(y for y, _ in then.values()) / sum(x for _, x in then.values())
    movement = sum((a - b) ** 2 / then[s][1] for s, (a, b) in weights.items())
    blend = sum(y for y, _ in now.values()) / sum(x for _, x in now.values()) - raw
    gaps = [a - b for a, b in rates.values()]
    against = len(gaps) > 1 and blend != 0 and all(gap * blend < 0 for gap in gaps)
    return Mix(adjusted, raw, movement, against)
