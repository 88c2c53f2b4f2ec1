"""Observations: every measure's sums per cluster, for the organisation and every entity, now, a year ago, and by month.

One query answers all metrics of one slice and rollup for all values of one dimension; nothing is asked entity by
entity. Everything comes through the semantic layer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

import numpy as np

from analytics.metrics import (
    Metric,
    MetricRequest,
    MetricRow,
    ask,
    withdrawals,
)
from analytics.metrics.columns import cluster_sums
from analytics.metrics.model import Database
from analytics.metrics.periods import add_months
from analytics.metrics.table import Frozen
from analytics.metrics.targets import Target
from analytics.swot.durations import Durations, observe_durations
from analytics.swot.layers import Layers, read_layers
from analytics.swot.mixing import add_mix
from analytics.swot.model import ENTITY_DIMENSIONS, ORGANISATION, WHOLE, Entity, Measure, Where, Window, entity_of
from analytics.swot.panels import NOBODY, Panel, Row, Strata, within
from analytics.swot.windows import by_slice, history_of, is_count, is_state, last_year

Place = tuple[Measure, str]
SUBJECT, US = "subject", "us"
THREADS = 2


@dataclass
class Observations:
    """All that the judges read. Panels are keyed by measure and dimension, single values by measure and entity."""

    windows: Mapping[Measure, Window]
    rows: dict[tuple[Measure, Entity], MetricRow] = field(default_factory=dict)
    now: dict[Place, Panel] = field(default_factory=dict)
    then: dict[Place, Panel] = field(default_factory=dict)
    months: dict[Place, Panel] = field(default_factory=dict)
    mix: dict[tuple[Measure, Entity], tuple[Strata, Strata]] = field(default_factory=dict)
    durations: Durations = field(default_factory=Durations)
    layers: Layers = field(default_factory=Layers)
    rivals: dict[Measure, list[MetricRow]] = field(default_factory=dict)
    withdrawn: dict[str, str] = field(default_factory=dict)
    crossed: set[tuple[Measure, tuple[str, ...]]] = field(default_factory=set)
    """Pairs of dimensions whose strata are known already."""

    def entities(self) -> list[Entity]:
        """The organisation first, then every entity that anything is known of, in a fixed order."""
        found = {entity for _, entity in self.rows}
        order = (ORGANISATION, *ENTITY_DIMENSIONS)
        return sorted(found, key=lambda e: (order.index(e[0]), e[1] or ""))


def observe(
    db: Database,
    metrics: Mapping[str, Metric],
    windows: Mapping[Measure, Window],
    targets: list[Target],
    compared: Mapping[Measure, set[str]],
    fewest: Mapping[Measure, int],
) -> Observations:
    """Everything the judges need, in a handful of queries.

    ``compared``: which comparators each measure has; ``fewest``: the least n that any factor asks of it.
    """
    seen = Observations(windows, withdrawn=withdrawals(db).whole())

    def look(own: Database, dimension: str) -> None:
        for where, names in by_slice(sorted(windows)).items():
            asked = [n for n in names if dimension == ORGANISATION or can_be_cut(metrics[n], dimension)]
            if dimension != ORGANISATION:
                # Where the whole has too few to judge, no part of it has enough.
                asked = [n for n in asked if _is_enough(seen, Measure(n, where), fewest)]
            if asked:
                _add(own, seen, metrics, asked, where, dimension, compared)
        observe_durations(own, seen.durations, metrics, windows, targets, seen.rows, dimension)

    look(db, ORGANISATION)
    _at_once(db, look, ENTITY_DIMENSIONS)
    for measure in sorted(windows):
        if "peer" in compared[measure] and (SUBJECT, US) in measure.where:
            seen.rivals[measure] = _rivals(db, measure, windows[measure])
    days = {w for w in windows.values() if w.grain != "month"}
    seen.layers = read_layers(db, days | {last_year(w) for w in days})
    return seen


def _at_once(db: Database, look: Callable[[Database, str], None], dimensions: Sequence[str]) -> None:
    """Two dimensions at a time, each thread with a cursor of its own: what is found is keyed by dimension, so that the
    order in which they end does not matter. One after the other where the database gives no cursors."""
    if not isinstance(db, Frozen) or not db.gives_cursors:
        for dimension in dimensions:
            look(db, dimension)
        return

    def work(dimension: str) -> None:
        own = db.cursor()
        try:
            look(own, dimension)
        finally:
            own.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, dimensions))


def can_be_cut(metric: Metric, dimension: str) -> bool:
    """Whether the metric tells entities of ours apart; a market's figures have segments and regions of their own."""
    return dimension in metric.dimensions() and SUBJECT not in metric.dimensions()


def _is_enough(seen: Observations, measure: Measure, fewest: Mapping[Measure, int]) -> bool:
    row = seen.rows.get((measure, WHOLE))
    return row is not None and row.value is not None and (row.n is None or row.n >= fewest[measure])


def _add(
    db: Database,
    seen: Observations,
    metrics: Mapping[str, Metric],
    names: list[str],
    where: Where,
    dimension: str,
    compared: Mapping[Measure, set[str]],
) -> None:
    """One slice and dimension: the months of all its metrics at once, then each window's days."""
    by = () if dimension == ORGANISATION else (dimension,)
    groups: dict[Window, list[str]] = defaultdict(list)
    for name in names:
        groups[seen.windows[Measure(name, where)]].append(name)
    histories: dict[Window, list[str]] = defaultdict(list)
    for window, mine in groups.items():
        histories[history_of(window)] += [n for n in mine if metrics[n].quantile is None]
    monthly: dict[str, Panel] = {}
    for history, mine in histories.items():
        monthly |= _panels(db, metrics, mine, by, where, history)
    seen.months |= {(Measure(n, where), dimension): panel for n, panel in monthly.items()}
    for window, told in groups.items():
        # What no entity has had in two years (employees have no topics) needs no asking month by month.
        mine = [n for n in told if n not in monthly or monthly[n].names]
        _add_window(db, seen, metrics, mine, where, window, dimension, monthly)
        rivalled = [n for n in mine if "peer" in compared[Measure(n, where)] and (SUBJECT, US) in where]
        _add_rows(db, seen, metrics, mine, where, window, dimension, rivalled)


def _add_window(
    db: Database, seen: Observations, metrics: Mapping[str, Metric], names: list[str], where: Where, window: Window,
    dimension: str, monthly: Mapping[str, Panel],
) -> None:  # fmt: skip
    by = () if dimension == ORGANISATION else (dimension,)
    sums = [n for n in names if metrics[n].quantile is None]
    if window.grain == "month":
        now = {n: _cut(monthly[n], window) for n in sums if n in monthly}
        then = {n: _cut(monthly[n], last_year(window)) for n in sums if n in monthly}
    else:
        now, then = _both_panels(db, metrics, sums, by, where, window)
        add_mix(db, seen, metrics, sums, where, window, dimension)
    seen.now |= {(Measure(n, where), dimension): panel for n, panel in now.items()}
    seen.then |= {(Measure(n, where), dimension): panel for n, panel in then.items()}


def _add_rows(
    db: Database, seen: Observations, metrics: Mapping[str, Metric], names: list[str], where: Where, window: Window,
    dimension: str, rivalled: list[str],
) -> None:  # fmt: skip
    """Small groups are hidden by the metric engine, with the groups that would give them away; others need no
    asking."""
    by = () if dimension == ORGANISATION else (dimension,)
    asked = [n for n in names if metrics[n].quantile or metrics[n].hide_below]
    asked += [n for n in rivalled if n not in asked]
    if asked:
        for row in ask(db, MetricRequest(tuple(asked), by=by, where=where, start=window.start, end=window.end)):
            entity = entity_of(dimension, next(iter(row.dimensions.values()), None))
            if entity[1] not in NOBODY:
                seen.rows[Measure(row.metric, where), entity] = row
    for name in names:
        panel = seen.now.get((Measure(name, where), dimension))
        if name not in asked and panel is not None:
            seen.rows |= {
                (Measure(name, where), entity_of(dimension, n)): _row(metrics[name], panel, n) for n in panel.names
            }


def _row(metric: Metric, panel: Panel, name: str | None) -> MetricRow:
    y, x = panel.clusters(name)
    top, bottom = float(y.sum()), float(x.sum())
    value = top if is_count(metric) and not is_state(metric) else top / bottom if bottom else None
    return MetricRow(metric.name, None, {}, value, top, bottom, panel.size(name), None, None, metric.unit)


def _panels(
    db: Database,
    metrics: Mapping[str, Metric],
    names: Iterable[str],
    by: tuple[str, ...],
    where: Where,
    window: Window,
) -> dict[str, Panel]:
    """Sums per cluster; a count has the denominator 1 in each."""
    ratios = tuple(n for n in names if metrics[n].denominator is not None)
    sums = cluster_sums(db, _request(ratios, by, where, window)) if ratios else {}
    panels = {name: Panel.of_sums(told) for name, told in sums.items()}
    return {**panels, **_counts(db, metrics, names, by, where, window)}


def _both_panels(
    db: Database,
    metrics: Mapping[str, Metric],
    names: Iterable[str],
    by: tuple[str, ...],
    where: Where,
    window: Window,
) -> tuple[dict[str, Panel], dict[str, Panel]]:
    """The window's panels and last year's. Days of both are read at once; weeks may lie in both and are not."""
    earlier = last_year(window)
    ratios = tuple(n for n in names if metrics[n].denominator is not None)
    if window.grain != "day" or not ratios:
        return tuple(_panels(db, metrics, names, by, where, span) for span in (window, earlier))  # type: ignore[return-value]
    asked = replace(_request(ratios, by, where, window), beside=(earlier.start, earlier.end))
    sums = cluster_sums(db, asked)
    now, then = (
        {
            **{name: Panel.of_sums(within(told, span)) for name, told in sums.items()},
            **_counts(db, metrics, names, by, where, span),
        }
        for span in (window, earlier)
    )
    return now, then


def _request(names: tuple[str, ...], by: tuple[str, ...], where: Where, window: Window) -> MetricRequest:
    return MetricRequest(names, by=by, grain=window.grain, where=where, start=window.start, end=window.end)  # type: ignore[arg-type]


def _counts(
    db: Database,
    metrics: Mapping[str, Metric],
    names: Iterable[str],
    by: tuple[str, ...],
    where: Where,
    window: Window,
) -> dict[str, Panel]:
    counts = tuple(n for n in names if is_count(metrics[n]))
    found: dict[str, list[Row]] = defaultdict(list)
    for row in ask(db, _request(counts, by, where, window)) if counts else ():
        if row.value is not None and row.period is not None:
            owner = next((str(v) for v in row.dimensions.values()), None)
            found[row.metric].append((owner, row.period, float(row.value), 1.0, float(row.value)))
    return {name: Panel.of(rows) for name, rows in found.items()}


def _cut(panel: Panel, window: Window) -> Panel:
    """The months of a window out of a longer panel."""
    columns = [i for i, day in enumerate(panel.days) if window.start <= day <= window.end]
    y, x = panel.y[:, columns], panel.x[:, columns]
    return Panel(panel.names, tuple(panel.days[i] for i in columns), y, x, (x > 0).sum(axis=1).astype(float))


def _rivals(db: Database, measure: Measure, window: Window) -> list[MetricRow]:
    """The same measure of every other subject."""
    rest = tuple(pair for pair in measure.where if pair[0] != SUBJECT)
    rows = ask(db, MetricRequest((measure.metric,), by=(SUBJECT,), where=rest, start=window.start, end=window.end))
    return [row for row in rows if row.dimensions[SUBJECT] not in (US, "market")]


def months_of(panel: Panel, name: str | None, window: Window) -> np.ndarray:
    """25 values, one a month, the period's last; NaN where a month has none."""
    places, values = _places(history_of(window)), panel.values(name)
    found = np.full(len(places), np.nan)
    for day, value in zip(panel.days, values, strict=True):
        if day in places:
            found[places[day]] = value
    return found


@lru_cache(maxsize=64)
def _places(history: Window) -> dict[date, int]:
    return {add_months(history.start, place): place for place in range(history.months)}
