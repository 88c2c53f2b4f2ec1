"""Observations: every factor's sums per cluster, for the organisation and every entity, now and a year ago.

One query answers all metrics of one rollup for all values of one dimension; nothing is asked entity by entity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from analytics.metrics import Clusters, Metric, MetricRequest, MetricRow, ask, cluster_sums, shares_below
from analytics.metrics.model import Database
from analytics.metrics.periods import add_months
from analytics.metrics.targets import Target, target_for
from analytics.swot.model import ENTITY_DIMENSIONS, ORGANISATION, Entity, Window
from analytics.swot.windows import is_testable, last_year

MONTHS_BEFORE = 24
_NOBODY = ("unknown", "None", "")
Key = tuple[str, Entity]


@dataclass
class Side:
    """One side in time: the value as it is published, and its clusters for the test."""

    rows: dict[Key, MetricRow] = field(default_factory=dict)
    clusters: dict[Key, Clusters] = field(default_factory=dict)


@dataclass
class Observations:
    """This period, the same one last year, and per duration the share that kept its target."""

    now: Side
    then: Side
    windows: Mapping[str, Window]
    below_target: dict[Key, Clusters] = field(default_factory=dict)
    history: dict[Key, list[tuple[float, float]]] = field(default_factory=dict)
    """Value and denominator (or n) of each of the months before the window, oldest first."""

    def entities(self) -> list[Entity]:
        """The organisation first, then every entity that anything is known of, in a fixed order."""
        found = {entity for _, entity in self.now.rows}
        order = (ORGANISATION, *ENTITY_DIMENSIONS)
        return sorted(found, key=lambda e: (order.index(e[0]), e[1] or ""))


def observe(
    db: Database, metrics: Mapping[str, Metric], windows: Mapping[str, Window], targets: list[Target]
) -> Observations:
    """Everything the judges need, in a handful of queries."""
    earlier = {name: last_year(w) for name, w in windows.items()}
    seen = Observations(_side(db, metrics, windows), _side(db, metrics, earlier), windows)
    for name, window in windows.items():
        if (quantile := metrics[name].quantile) and not quantile.survival:
            seen.below_target |= _below_targets(db, seen.now, name, window, targets)
    _add_history(db, seen, metrics)
    return seen


def _add_history(db: Database, seen: Observations, metrics: Mapping[str, Metric]) -> None:
    """The months before the window, never the window itself: a baseline does not include what is judged."""
    groups: dict[Window, list[str]] = defaultdict(list)
    for name, window in seen.windows.items():
        if window.grain == "day":
            groups[window].append(name)
    for window, names in groups.items():
        for dimension in (ORGANISATION, *ENTITY_DIMENSIONS):
            asked = _with_dimension(names, metrics, dimension)
            for key, months in _months_before(db, asked, metrics, window, dimension).items():
                seen.history[key] = months


def _months_before(
    db: Database, names: list[str], metrics: Mapping[str, Metric], window: Window, dimension: str
) -> dict[Key, list[tuple[float, float]]]:
    by = () if dimension == ORGANISATION else (dimension,)
    start, end = add_months(window.start, -MONTHS_BEFORE), window.start - timedelta(days=1)
    found: dict[Key, list[tuple[float, float]]] = defaultdict(list)
    ratios = tuple(n for n in names if metrics[n].denominator is not None)
    if ratios:
        request = MetricRequest(ratios, by=by, grain="month", start=start, end=end)
        for name, cuts in cluster_sums(db, request).items():
            for cut, months in cuts.items():
                pairs = zip(months.numerators, months.denominators, strict=True)
                found[name, _entity(dimension, next(iter(cut), None))] = [(y / x, x) for y, x in pairs]
    durations = tuple(n for n in names if metrics[n].quantile)
    if durations:
        for row in ask(db, MetricRequest(durations, by=by, grain="month", start=start, end=end)):
            if row.value is not None and row.n:
                entity = _entity(dimension, next(iter(row.dimensions.values()), None))
                found[row.metric, entity].append((row.value, row.n))
    return found


def _below_targets(db: Database, side: Side, name: str, window: Window, targets: list[Target]) -> dict[Key, Clusters]:
    """Per entity and day: how many durations kept the entity's target."""
    limits: dict[str, dict[tuple[str, ...], float]] = defaultdict(dict)
    for metric, entity in side.rows:
        if metric == name and (target := target_for(targets, name, entity_of_target(entity), window.end)):
            limits[entity[0]][() if entity[1] is None else (entity[1],)] = target.value
    found: dict[Key, Clusters] = {}
    for dimension, values in limits.items():
        by = () if dimension == ORGANISATION else (dimension,)
        request = MetricRequest((name,), by=by, start=window.start, end=window.end)
        for cut, clusters in shares_below(db, request, values).items():
            found[name, _entity(dimension, next(iter(cut), None))] = clusters
    return found


def entity_of_target(entity: Entity) -> tuple[str, str] | None:
    """The entity as targets name it; the organisation is none in particular."""
    return (entity[0], entity[1]) if entity[1] is not None else None


def _side(db: Database, metrics: Mapping[str, Metric], windows: Mapping[str, Window]) -> Side:
    side = Side()
    groups: dict[Window, list[str]] = defaultdict(list)
    for name, window in windows.items():
        groups[window].append(name)
    for window, names in groups.items():
        for dimension in (ORGANISATION, *ENTITY_DIMENSIONS):
            _add(db, side, metrics, _with_dimension(names, metrics, dimension), window, dimension)
    return side


def _with_dimension(names: Iterable[str], metrics: Mapping[str, Metric], dimension: str) -> list[str]:
    able = [n for n in names if is_testable(metrics[n])]
    return [n for n in able if dimension == ORGANISATION or dimension in metrics[n].dimensions()]


def _add(
    db: Database, side: Side, metrics: Mapping[str, Metric], names: list[str], window: Window, dimension: str
) -> None:
    if not names:
        return
    by = () if dimension == ORGANISATION else (dimension,)
    request = MetricRequest(tuple(names), by=by, start=window.start, end=window.end)
    for row in ask(db, request):
        entity = _entity(dimension, next(iter(row.dimensions.values()), None))
        if entity[1] not in _NOBODY:
            side.rows[row.metric, entity] = row
    ratios = tuple(n for n in names if metrics[n].denominator is not None)
    if ratios:
        asked = MetricRequest(ratios, by=by, grain=window.grain, start=window.start, end=window.end)  # type: ignore[arg-type]
        for name, cuts in cluster_sums(db, asked).items():
            for cut, clusters in cuts.items():
                side.clusters[name, _entity(dimension, next(iter(cut), None))] = clusters
    for name in names:
        if (quantile := metrics[name].quantile) and not quantile.survival:
            _add_shares(db, side, name, by, window, dimension)


def _add_shares(db: Database, side: Side, name: str, by: tuple[str, ...], window: Window, dimension: str) -> None:
    """For quantiles: per day how many lay below the period's own quantile, which shows how days move together."""
    values: dict[tuple[str, ...], float] = {
        ((entity[1],) if entity[1] is not None else ()): row.value
        for (metric, entity), row in side.rows.items()
        if metric == name and entity[0] == dimension and row.value is not None
    }
    if values:
        request = MetricRequest((name,), by=by, start=window.start, end=window.end)
        for cut, clusters in shares_below(db, request, values).items():
            side.clusters[name, _entity(dimension, next(iter(cut), None))] = clusters


def _entity(dimension: str, value: object) -> Entity:
    return (dimension, None) if dimension == ORGANISATION else (dimension, str(value))
