"""Durations by their quantiles: limits, the days' own shares, the target's share, last year, the others, the months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from analytics.metrics import Clusters, Metric, MetricRequest, MetricRow, ask, shares_below
from analytics.metrics.buckets import Answer, Histogram, histogram_sql
from analytics.metrics.model import Database, Quantile
from analytics.metrics.periods import add_months
from analytics.metrics.plan import choose, span_for
from analytics.metrics.targets import Target, target_for
from analytics.swot.model import ORGANISATION, Entity, Measure, Where, Window
from analytics.swot.windows import history_of, last_year

Key = tuple[Measure, Entity]


@dataclass
class Durations:
    """Per measure and entity. ``own`` and ``target``: per day how many lay at most at the own quantile, the target."""

    now: dict[Key, MetricRow] = field(default_factory=dict)
    then: dict[Key, MetricRow] = field(default_factory=dict)
    own: dict[Key, Clusters] = field(default_factory=dict)
    own_then: dict[Key, Clusters] = field(default_factory=dict)
    target: dict[Key, Clusters] = field(default_factory=dict)
    others: dict[Key, Answer] = field(default_factory=dict)
    months: dict[Key, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)
    """Value and n of each of 25 months; NaN and 0 where there is none."""


def observe_durations(
    db: Database,
    found: Durations,
    metrics: Mapping[str, Metric],
    windows: Mapping[Measure, Window],
    targets: list[Target],
    known: Mapping[Key, MetricRow],
    dimension: str,
) -> None:
    """Fill ``found`` for every quantile among the measures, cut by the dimension; ``known`` are the values asked for
    already."""
    groups: dict[tuple, list[str]] = defaultdict(list)
    for measure in sorted(m for m in windows if metrics[m.metric].quantile):
        groups[measure.where, windows[measure]].append(measure.metric)
    mine = {k: row for k, row in list(known.items()) if k[1][0] == dimension and metrics[k[0].metric].quantile}
    found.now |= mine
    for (where, window), names in groups.items():
        able = [n for n in names if any(measure == Measure(n, where) for measure, _ in mine)]
        if able:
            _observe(db, found, metrics, able, where, window, dimension, targets)


def _observe(
    db: Database, found: Durations, metrics: Mapping[str, Metric], names: list[str], where: Where, window: Window,
    dimension: str, targets: list[Target],
) -> None:  # fmt: skip
    by = () if dimension == ORGANISATION else (dimension,)
    span = last_year(window)
    for row in ask(db, MetricRequest(tuple(names), by=by, where=where, start=span.start, end=span.end)):
        found.then[Measure(row.metric, where), _entity(dimension, row)] = row
    _add_months(db, found, names, where, window, dimension)
    binned = [n for n in names if not (q := metrics[n].quantile) or not q.survival]
    own, then = (
        {name: _values(side, Measure(name, where), dimension) for name in binned} for side in (found.now, found.then)
    )
    goals = {name: _goals(targets, name, dimension, own[name], window) for name in binned}
    here, there = (
        MetricRequest(tuple(binned), by=by, where=where, start=days.start, end=days.end) for days in (window, span)
    )
    if binned:
        shares = shares_below(db, here, {name: (own[name], goals[name]) for name in binned})
        earlier = shares_below(db, there, {name: (then[name],) for name in binned})
        for name in binned:
            for into, clusters in zip(
                (found.own, found.target, found.own_then), (*shares[name], *earlier[name]), strict=True
            ):
                into |= {(Measure(name, where), (dimension, next(iter(cut), None))): c for cut, c in clusters.items()}
    if dimension != ORGANISATION and binned:
        _add_others(db, found, [metrics[n] for n in binned], where, window, dimension)


def _entity(dimension: str, row: MetricRow) -> Entity:
    return (dimension, None) if dimension == ORGANISATION else (dimension, str(next(iter(row.dimensions.values()))))


def _values(rows: Mapping[Key, MetricRow], measure: Measure, dimension: str) -> dict[tuple[str, ...], float]:
    return {
        (() if entity[1] is None else (entity[1],)): row.value
        for (mine, entity), row in list(rows.items())
        if mine == measure and entity[0] == dimension and row.value is not None
    }


def _goals(
    targets: list[Target], name: str, dimension: str, cuts: Mapping[tuple[str, ...], float], window: Window
) -> dict[tuple[str, ...], float]:
    """The target of each cut that has one."""
    told = {cut: target_for(targets, name, (dimension, cut[0]) if cut else None, window.end) for cut in cuts}
    return {cut: target.value for cut, target in told.items() if target}


def _add_months(db: Database, found: Durations, names: list[str], where: Where, window: Window, dimension: str) -> None:
    by = () if dimension == ORGANISATION else (dimension,)
    history = history_of(window)
    places = {add_months(history.start, i): i for i in range(history.months)}
    request = MetricRequest(tuple(names), by=by, grain="month", where=where, start=history.start, end=history.end)
    for row in ask(db, request):
        key = Measure(row.metric, where), _entity(dimension, row)
        values, sizes = found.months.setdefault(key, (np.full(len(places), np.nan), np.zeros(len(places))))
        if row.value is not None and row.period in places:
            values[places[row.period]], sizes[places[row.period]] = row.value, row.n or 0


def _add_others(
    db: Database, found: Durations, metrics: list[Metric], where: Where, window: Window, dimension: str
) -> None:
    """The quantile of all other entities together, from their buckets."""
    request = MetricRequest(
        tuple(m.name for m in metrics), by=(dimension,), where=where, start=window.start, end=window.end
    )
    groups: dict[Any, list[tuple[str, Quantile]]] = defaultdict(list)
    for metric in metrics:
        assert metric.quantile is not None
        rollup = choose(metric, metric.quantile.rollups, request)
        groups[rollup, span_for(metric, request)].append((metric.name, metric.quantile))
    for (rollup, span), members in groups.items():
        sql, parameters = histogram_sql(rollup, span, request, {q.measure for _, q in members})
        counts: dict[str, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
        for row in db.rows(sql, parameters):
            counts[row["measure"]][str(row["d0"])][row["bucket"]] = int(row["n"])
        for name, quantile in members:
            for entity, answer in _without_each(counts[str(quantile.measure)], quantile.q).items():
                found.others[Measure(name, where), (dimension, entity)] = answer


def _without_each(counts: Mapping[str, Mapping[int, int]], q: float) -> dict[str, Answer]:
    """Per entity the quantile of all the others; none where there is only one."""
    together: dict[int, int] = defaultdict(int)
    for mine in counts.values():
        for bucket, n in mine.items():
            together[bucket] += n
    return {
        name: Histogram.of((bucket, n - mine.get(bucket, 0)) for bucket, n in together.items()).quantile(q)
        for name, mine in counts.items()
        if len(counts) > 1
    }
