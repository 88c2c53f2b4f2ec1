"""Observations: every measure's sums per cluster, for the organisation and every entity, now, a year ago, and by month.

One query answers all metrics of one slice and rollup for all values of one dimension; nothing is asked entity by
entity. Everything comes through the semantic layer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import numpy as np

from analytics.metrics import Metric, MetricRequest, MetricRow, ask, cluster_sums, withdrawals
from analytics.metrics.model import Database
from analytics.metrics.periods import add_months
from analytics.metrics.targets import Target
from analytics.swot.durations import Durations, observe_durations
from analytics.swot.layers import Layers, read_layers
from analytics.swot.model import ENTITY_DIMENSIONS, ORGANISATION, WHOLE, Entity, Measure, Window
from analytics.swot.panels import NOBODY, Panel, Row, Strata
from analytics.swot.windows import by_slice, history_of, is_count, is_state, last_year

Place = tuple[Measure, str]
MIX = {"channel": "topic"}
"""What a dimension's mix is made of; everything but a channel is mixed of channels."""
SUBJECT, US = "subject", "us"


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
    seen = Observations(windows, withdrawn=withdrawals(db))
    groups: dict[tuple[Window, tuple[tuple[str, str], ...]], list[str]] = defaultdict(list)
    for window in sorted(set(windows.values()), key=lambda w: (w.grain, w.months)):
        for where, names in by_slice(m for m in sorted(windows) if windows[m] == window).items():
            groups[window, where] = names
    for (window, where), names in groups.items():
        for dimension in (ORGANISATION, *ENTITY_DIMENSIONS):
            asked = [n for n in names if dimension == ORGANISATION or can_be_cut(metrics[n], dimension)]
            if dimension != ORGANISATION:
                # Where the whole has too few to judge, no part of it has enough.
                asked = [n for n in asked if _is_enough(seen, Measure(n, where), fewest)]
            if asked:
                every = set().union(*(compared[Measure(n, where)] for n in asked))
                _add(db, seen, metrics, asked, where, window, dimension, every)
        for name in names:
            if "peer" in compared[Measure(name, where)] and (SUBJECT, US) in where:
                seen.rivals[Measure(name, where)] = _rivals(db, name, where, window)
    observe_durations(db, seen.durations, metrics, windows, targets, set(seen.rows))
    days = {w for w in windows.values() if w.grain != "month"}
    seen.layers = read_layers(db, days | {last_year(w) for w in days})
    return seen


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
    where: tuple[tuple[str, str], ...],
    window: Window,
    dimension: str,
    compared: set[str],
) -> None:
    by = () if dimension == ORGANISATION else (dimension,)
    sums = [n for n in names if metrics[n].quantile is None]
    monthly = _panels(db, metrics, sums, by, where, history_of(window))
    seen.months |= {(Measure(n, where), dimension): panel for n, panel in monthly.items()}
    if window.grain == "month":
        now = {n: _cut(panel, window) for n, panel in monthly.items()}
        then = {n: _cut(panel, last_year(window)) for n, panel in monthly.items()}
    else:
        now = _panels(db, metrics, sums, by, where, window)
        then = _panels(db, metrics, sums, by, where, last_year(window))
        _add_mix(db, seen, metrics, sums, where, window, dimension)
    seen.now |= {(Measure(n, where), dimension): panel for n, panel in now.items()}
    seen.then |= {(Measure(n, where), dimension): panel for n, panel in then.items()}
    # Small groups are hidden by the metric engine, with the groups that would give them away; others need no asking.
    asked = [n for n in names if metrics[n].quantile or metrics[n].hide_below]
    asked += [n for n in names if n not in asked and "peer" in compared and (SUBJECT, US) in where]
    if asked:
        for row in ask(db, MetricRequest(tuple(asked), by=by, where=where, start=window.start, end=window.end)):
            entity = entity_of(dimension, next(iter(row.dimensions.values()), None))
            if entity[1] not in NOBODY:
                seen.rows[Measure(row.metric, where), entity] = row
    for name in sums:
        if name not in asked and name in now:
            seen.rows |= {
                (Measure(name, where), entity_of(dimension, n)): _row(metrics[name], now[name], n)
                for n in now[name].names
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
    where: tuple[tuple[str, str], ...],
    window: Window,
) -> dict[str, Panel]:
    """Sums per cluster; a count has the denominator 1 in each."""
    found: dict[str, list[Row]] = defaultdict(list)
    grain = window.grain
    ratios = tuple(n for n in names if metrics[n].denominator is not None)
    if ratios:
        asked = MetricRequest(ratios, by=by, grain=grain, where=where, start=window.start, end=window.end)  # type: ignore[arg-type]
        for name, cuts in cluster_sums(db, asked).items():
            for cut, clusters in cuts.items():
                size = clusters.n / sum(clusters.denominators)
                for day, top, bottom in zip(clusters.days, clusters.numerators, clusters.denominators, strict=True):
                    found[name].append((next(iter(cut), None), day, top, bottom, size * bottom))
    counts = tuple(n for n in names if is_count(metrics[n]))
    if counts:
        asked = MetricRequest(counts, by=by, grain=grain, where=where, start=window.start, end=window.end)  # type: ignore[arg-type]
        for row in ask(db, asked):
            if row.value is not None and row.period is not None:
                owner = next((str(v) for v in row.dimensions.values()), None)
                found[row.metric].append((owner, row.period, float(row.value), 1.0, float(row.value)))
    return {name: Panel.of(rows) for name, rows in found.items()}


def _cut(panel: Panel, window: Window) -> Panel:
    """The months of a window out of a longer panel."""
    columns = [i for i, day in enumerate(panel.days) if window.start <= day <= window.end]
    y, x = panel.y[:, columns], panel.x[:, columns]
    return Panel(panel.names, tuple(panel.days[i] for i in columns), y, x, (x > 0).sum(axis=1).astype(float))


def _add_mix(
    db: Database,
    seen: Observations,
    metrics: Mapping[str, Metric],
    names: Iterable[str],
    where: tuple[tuple[str, str], ...],
    window: Window,
    dimension: str,
) -> None:
    """The strata of each entity, this year's and last year's. What a slice names is no stratum."""
    if dimension == ORGANISATION:
        return
    by = tuple(sorted((dimension, MIX.get(dimension, "channel"))))
    named = {name for name, _ in where}
    able = tuple(
        n
        for n in names
        if metrics[n].denominator is not None and set(by) <= set(metrics[n].dimensions()) and not named & set(by)
    )
    if not able or (dimension == "channel" and all((Measure(n, where), by) in seen.crossed for n in able)):
        return
    for n in able:
        seen.crossed.add((Measure(n, where), by))
    sides = [_crossed(db, able, by, where, span) for span in (window, last_year(window))]
    for name in able:
        crossed = [side.get(name, {}) for side in sides]
        for place, kind in enumerate(by):
            if MIX.get(kind, "channel") == by[1 - place]:
                _keep_mix(seen, Measure(name, where), kind, [_strata(side, place) for side in crossed])
        if by == ("channel", "topic"):
            whole = [{None: _sum(_strata(side, 0))} for side in crossed]
            _keep_mix(seen, Measure(name, where), ORGANISATION, whole)


Crossed = dict[tuple[str, ...], tuple[float, float]]


def _crossed(
    db: Database, names: tuple[str, ...], by: tuple[str, ...], where: tuple[tuple[str, str], ...], span: Window
) -> dict[str, Crossed]:
    asked = MetricRequest(names, by=by, grain="month", where=where, start=span.start, end=span.end)
    return {
        name: {cut: (round(sum(c.numerators), 6), round(sum(c.denominators), 6)) for cut, c in cuts.items()}
        for name, cuts in cluster_sums(db, asked).items()
    }


def _strata(crossed: Crossed, place: int) -> dict[str | None, dict[str, tuple[float, float]]]:
    found: dict[str | None, dict[str, tuple[float, float]]] = defaultdict(dict)
    for cut in sorted(crossed):
        found[cut[place]][cut[1 - place]] = crossed[cut]
    return found


def _sum(strata: Mapping[str | None, Mapping[str, tuple[float, float]]]) -> dict[str, tuple[float, float]]:
    return {
        str(kind): (sum(y for y, _ in mine.values()), sum(x for _, x in mine.values())) for kind, mine in strata.items()
    }


def _keep_mix(seen: Observations, measure: Measure, dimension: str, sides: list) -> None:
    for name in sides[0].keys() & sides[1].keys():
        entity = entity_of(dimension, name)
        seen.mix[measure, entity] = sides[0][name], sides[1][name]


def _rivals(db: Database, name: str, where: tuple[tuple[str, str], ...], window: Window) -> list[MetricRow]:
    """The same measure of every other subject."""
    rest = tuple(pair for pair in where if pair[0] != SUBJECT)
    rows = ask(db, MetricRequest((name,), by=(SUBJECT,), where=rest, start=window.start, end=window.end))
    return [row for row in rows if row.dimensions[SUBJECT] not in (US, "market")]


def entity_of(dimension: str, value: object) -> Entity:
    """The entity of a value of a dimension."""
    return (dimension, None) if dimension == ORGANISATION else (dimension, str(value))


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
