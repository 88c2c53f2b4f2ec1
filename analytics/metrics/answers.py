"""``ask``: run the queries of a request, divide last, attach n and interval, hide small groups, withdraw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from math import isfinite, nan
from typing import Any

from analytics.metrics import arithmetic
from analytics.metrics.asking import checked
from analytics.metrics.buckets import Answer, Key, quantiles
from analytics.metrics.model import Database, Metric, MetricRequest, MetricRow
from analytics.metrics.plan import Query, queries_for
from analytics.metrics.privacy import hide_small_groups
from analytics.metrics.table import catalogue
from analytics.metrics.withdrawing import withdrawals
from analytics.statistics.intervals import NONE, Interval, adjusted_wald_nps, mean_t, poisson_rate, wilson

Parts = dict[str, float | None]


def ask(db: Database, request: MetricRequest) -> list[MetricRow]:
    """Every number of a request, sorted by metric, period and dimensions. Days are local days of the source.

    A cut or period without a row in the rollup is left out; without any cut there is one row, null when there is no
    data. Raises `UsageError` for a name, grain or span that makes no sense.
    """
    metrics = checked(catalogue(db), request)
    sums = [m for m in metrics if m.quantile is None]
    found = sums_of(db, sums, request)
    measured = quantiles(db, metrics, request)
    withdrawn = withdrawals(db)
    rows: list[MetricRow] = []
    for metric in metrics:
        if metric.quantile:
            mine = [_quantile_row(metric, request, key, a) for key, a in measured[metric.name].items()]
            mine = mine or _no_data(metric, request)
        else:
            mine = [_row(metric, request, key, parts) for key, parts in found[metric.name].items()]
        mine = sorted(hide_small_groups(mine, metric.hide_below), key=_order)
        rows += [withdrawn.apply(row, request) for row in mine]
    return rows


def sums_of(db: Database, metrics: Iterable[Metric], request: MetricRequest) -> dict[str, dict[Key, Parts]]:
    """The parts of every metric by period and cut, before anything is divided."""
    metrics = list(metrics)
    queries, places = queries_for(metrics, request)
    results = {id(query): rows for query, rows in zip(queries, _run(db, queries), strict=True)}
    counted = {id(query): query.rows_columns() for query in queries}
    ungrouped = request.grain is None and not request.by
    found: dict[str, dict[Key, Parts]] = {}
    for metric in metrics:
        mine: dict[Key, Parts] = {(None, ()): {}} if ungrouped else {}
        for part, (query, column) in places[metric.name].items():
            seen = counted[id(query)][column]
            for key, row in results[id(query)].items():
                if row.get(seen):
                    mine.setdefault(key, {})[part] = _number(row[column])
        fills = {k: c.fill for k, c in metric.components.items() if c.fill is not None}
        found[metric.name] = {key: _filled(parts, fills) for key, parts in mine.items()} if fills else mine
    return found


def _filled(parts: Parts, fills: Mapping[str, float]) -> Parts:
    """Parts whose definition says that no rows mean a number (usually zero), where other parts have rows."""
    return {**parts, **{k: v for k, v in fills.items() if parts.get(k) is None}} if parts else parts


def _run(db: Database, queries: Sequence[Query]) -> list[dict[Key, dict[str, Any]]]:
    """Each query's rows by period and cut; a release is asked for several at a time."""
    questions = [query.sql() for query in queries]
    found = db.rows_of_each(questions) if hasattr(db, "rows_of_each") else [db.rows(*one) for one in questions]
    return [
        {(row.get("period"), tuple(row[f"d{i}"] for i in range(len(query.request.by)))): row for row in rows}
        for query, rows in zip(queries, found, strict=True)
    ]


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, Decimal) else value


def _row(metric: Metric, request: MetricRequest, key: Key, parts: Mapping[str, float | None]) -> MetricRow:
    top = arithmetic.evaluate(metric.numerator, parts) if metric.numerator else None
    bottom = arithmetic.evaluate(metric.denominator, parts) if metric.denominator else None
    n = arithmetic.evaluate(metric.n, parts) if metric.n else None
    low, high = _interval(metric, top, bottom, parts)
    value = _value(metric, top, bottom)
    return MetricRow(
        metric=metric.name,
        period=key[0],
        dimensions=dict(zip(request.by, key[1], strict=True)),
        value=value,
        numerator=top,
        denominator=bottom,
        n=n,
        low=low if value is not None else None,
        high=high if value is not None else None,
        unit=metric.unit,
        pending=parts.get(metric.parts["pending"]) if "pending" in metric.parts else None,
    )


def _value(metric: Metric, top: float | None, bottom: float | None) -> float | None:
    if metric.denominator is None:
        return top if top is None or metric.scale == 1 else top * metric.scale
    return None if top is None or not bottom else metric.scale * top / bottom


def _interval(metric: Metric, top: float | None, bottom: float | None, parts: Mapping[str, float | None]) -> Interval:
    """The 95 % interval of the metric's kind, on the scale of its value."""
    further = {part: parts.get(alias) for part, alias in metric.parts.items() if part != "pending"}
    match metric.interval:
        case "wilson" if top is not None and bottom:
            return _scaled(wilson(top, bottom), metric.scale)
        case "poisson" if top is not None and bottom:
            return _scaled(poisson_rate(top, bottom), metric.scale)
        case "t" if top is not None and bottom and isfinite(squares := _or_nan(further.get("squares"))):
            return _scaled(mean_t(top, squares, bottom), metric.scale)
        case "nps" if top is not None and bottom:
            return adjusted_wald_nps(*_spread_of(metric.scale * top / 100, bottom, further))
    return NONE


def _or_nan(value: float | None) -> float:
    return nan if value is None else value


def _spread_of(balance: float, n: float, told: Mapping[str, float | None]) -> tuple[float, float, float]:
    """Promoters, passives and detractors behind a score.

    Small groups of employees give their balance and hide how it came about: then nobody is taken for passive, which is
    the widest that the balance allows.
    """
    good, between, bad = (told.get(part) or 0.0 for part in ("promoters", "passives", "detractors"))
    if good + between + bad == n and good - bad == balance:
        return good, between, bad
    return (n + balance) / 2, 0.0, (n - balance) / 2


def _scaled(interval: Interval, scale: float) -> Interval:
    return tuple(None if end is None else end * scale for end in interval)  # type: ignore[return-value]


def _quantile_row(metric: Metric, request: MetricRequest, key: Key, answer: Answer) -> MetricRow:
    return MetricRow(
        metric=metric.name,
        period=key[0],
        dimensions=dict(zip(request.by, key[1], strict=True)),
        value=_by_scale(answer.value, metric),
        numerator=None,
        denominator=None,
        n=answer.n,
        low=_by_scale(answer.low, metric),
        high=_by_scale(answer.high, metric),
        unit=metric.unit,
        pending=answer.pending,
    )


def _by_scale(value: float | None, metric: Metric) -> float | None:
    return None if value is None else value * metric.scale


def _no_data(metric: Metric, request: MetricRequest) -> list[MetricRow]:
    if request.grain is not None or request.by:
        return []
    return [MetricRow(metric.name, None, {}, None, None, None, 0, None, None, metric.unit)]


def _order(row: MetricRow) -> tuple:
    return (str(row.period or ""), [(v is None, v if type(v) is str else _padded(v)) for v in row.dimensions.values()])


def _padded(value: Any) -> str:
    return f"{value:012}" if isinstance(value, int) else str(value)
