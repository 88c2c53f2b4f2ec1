"""Durations by their quantiles: limits, the days' own shares, the target's share, last year, the others, the months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from analytics.metrics import Clusters, Metric, MetricRequest, MetricRow, ask, shares_below
from analytics.metrics.buckets import Answer, Histogram, histogram_sql
from analytics.metrics.model import Database
from analytics.metrics.periods import add_months
from analytics.metrics.plan import choose, span_for
from analytics.metrics.targets import Target, target_for
from analytics.swot.model import ENTITY_DIMENSIONS, ORGANISATION, Entity, Measure, Window
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
    known: Iterable[Key],
) -> None:
    """Fill ``found`` for every quantile among the measures."""
    for measure in sorted(windows):
        metric = metrics[measure.metric]
        if metric.quantile is None:
            continue
        for dimension in (ORGANISATION, *ENTITY_DIMENSIONS):
            if dimension == ORGANISATION or dimension in metric.dimensions():
                _observe(db, found, metric, measure, windows[measure], dimension, targets)


def _observe(
    db: Database, found: Durations, metric: Metric, measure: Measure, window: Window, dimension: str,
    targets: list[Target],
) -> None:  # fmt: skip
    by = () if dimension == ORGANISATION else (dimension,)
    for side, span in ((found.now, window), (found.then, last_year(window))):
        for row in ask(db, MetricRequest((metric.name,), by=by, where=measure.where, start=span.start, end=span.end)):
            side[measure, _entity(dimension, row)] = row
    _add_months(db, found, metric, measure, window, dimension)
    assert metric.quantile is not None
    if metric.quantile.survival:
        return
    _add_shares(db, found.own, _values(found.now, measure, dimension), measure, window, dimension)
    _add_shares(db, found.own_then, _values(found.then, measure, dimension), measure, last_year(window), dimension)
    limits = {
        cut: target.value
        for cut in _values(found.now, measure, dimension)
        if (target := target_for(targets, metric.name, (dimension, cut[0]) if cut else None, window.end))
    }
    _add_shares(db, found.target, limits, measure, window, dimension)
    if dimension != ORGANISATION:
        _add_others(db, found, metric, measure, window, dimension)


def _entity(dimension: str, row: MetricRow) -> Entity:
    return (dimension, None) if dimension == ORGANISATION else (dimension, str(next(iter(row.dimensions.values()))))


def _values(rows: Mapping[Key, MetricRow], measure: Measure, dimension: str) -> dict[tuple[str, ...], float]:
    return {
        (() if entity[1] is None else (entity[1],)): row.value
        for (mine, entity), row in rows.items()
        if mine == measure and entity[0] == dimension and row.value is not None
    }


def _add_shares(
    db: Database, into: dict[Key, Clusters], limits: Mapping[tuple[str, ...], float], measure: Measure,
    window: Window, dimension: str,
) -> None:  # fmt: skip
    if not limits:
        return
    by = () if dimension == ORGANISATION else (dimension,)
    request = MetricRequest((measure.metric,), by=by, where=measure.where, start=window.start, end=window.end)
    for cut, clusters in shares_below(db, request, limits).items():
        into[measure, (dimension, next(iter(cut), None))] = clusters


def _add_months(
    db: Database, found: Durations, metric: Metric, measure: Measure, window: Window, dimension: str
) -> None:
    by = () if dimension == ORGANISATION else (dimension,)
    history = history_of(window)
    places = {add_months(history.start, i): i for i in range(history.months)}
    request = MetricRequest(
        (metric.name,), by=by, grain="month", where=measure.where, start=history.start, end=history.end
    )
    for row in ask(db, request):
        key = measure, _entity(dimension, row)
        values, sizes = found.months.setdefault(key, (np.full(len(places), np.nan), np.zeros(len(places))))
        if row.value is not None and row.period in places:
            values[places[row.period]], sizes[places[row.period]] = row.value, row.n or 0


def _add_others(
    db: Database, found: Durations, metric: Metric, measure: Measure, window: Window, dimension: str
) -> None:
    """The quantile of all other entities together, from their buckets."""
    assert metric.quantile is not None
    request = MetricRequest((metric.name,), by=(dimension,), where=measure.where, start=window.start, end=window.end)
    rollup = choose(metric, metric.quantile.rollups, request)
    sql, parameters = histogram_sql(rollup, span_for(metric, request), request, {metric.quantile.measure})
    counts: dict[str, dict[int, int]] = defaultdict(dict)
    for row in _rows(db, sql, parameters):
        counts[str(row["d0"])][row["bucket"]] = int(row["n"])
    together: dict[int, int] = defaultdict(int)
    for mine in counts.values():
        for bucket, n in mine.items():
            together[bucket] += n
    if len(counts) < 2:
        return
    for name, mine in counts.items():
        rest = Histogram.of((bucket, n - mine.get(bucket, 0)) for bucket, n in together.items())
        found.others[measure, (dimension, name)] = rest.quantile(metric.quantile.q)


def _rows(db: Database, sql: str, parameters: list[Any]) -> list[dict[str, Any]]:
    return db.rows(sql, parameters)
