"""``explain``: the SQL a number comes from, ready to be run, the rollup it reads and the definition in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from analytics.metrics.asking import checked
from analytics.metrics.buckets import ZERO_BUCKET, durations_sql, histogram_sql
from analytics.metrics.compile import replace_words
from analytics.metrics.model import GAMMA, Database, Metric, MetricRequest, Quantile, Rollup
from analytics.metrics.plan import Query, choose, queries_for, span_for
from analytics.metrics.table import catalogue, spelt_out


def explain(db: Database, request: MetricRequest) -> dict[str, Any]:
    """``{sql, rollup, definition}`` of one metric; a list of them under ``metrics`` when several are asked for.

    The SQL gives the same value as `ask` when it is run on the same release (intervals, hiding of small groups and
    withdrawal come after it).
    """
    metrics = checked(catalogue(db), request)
    told = [_one(metric, request) for metric in metrics]
    return told[0] if len(told) == 1 else {**told[0], "metrics": told}


def _one(metric: Metric, request: MetricRequest) -> dict[str, Any]:
    sql, tables = statement(metric, request)
    return {
        "metric": metric.name,
        "sql": sql,
        "rollup": ", ".join(dict.fromkeys(tables)),
        "definition": definition_of(metric),
        "definition_hash": metric.definition_hash,
    }


def definition_of(metric: Metric) -> str:
    """The definition in one paragraph: the description, then the formula over the rollup's columns."""
    if metric.quantile:
        kind = "Kaplan–Meier quantile" if metric.quantile.survival else "nearest-rank quantile of log buckets"
        formula = f"{kind}, q = {metric.quantile.q:g}, of {metric.quantile.measure or 'days'}"
    else:
        formula = str(spelt_out(metric, metric.numerator))
        if metric.denominator:
            formula += f" ÷ {spelt_out(metric, metric.denominator)}"
        if metric.scale != 1:
            formula = f"{metric.scale:g} × {formula}"
    return f"{metric.description} Formula: {formula}.".strip()


def statement(metric: Metric, request: MetricRequest, *, together: bool = False) -> tuple[str, list[str]]:
    """One runnable statement for one metric (columns: period, the dimensions, value), and the rollups it reads.

    ``together``: one value over all periods, the mean of a count and the shares' sums divided last.
    """
    if metric.quantile:
        return _quantile_statement(metric, metric.quantile, request)
    queries, places = queries_for([metric], request)
    names = {id(query): f"q{place}" for place, query in enumerate(queries)}
    columns = {part: f"{names[id(query)]}.{column}" for part, (query, column) in places[metric.name].items()}
    parts = {k: _filled(columns[k], c.fill) for k, c in metric.components.items() if k in columns}
    top = replace_words(metric.numerator or "null", parts)
    value = f"avg({top})" if together else top
    if metric.denominator:
        bottom = replace_words(metric.denominator, parts)
        above, below = (f"sum({top})", f"sum({bottom})") if together else (f"({top})", bottom)
        value = f"{above} * {metric.scale!r} / nullif({below}, 0)"
    elif metric.scale != 1:
        value = f"({value}) * {metric.scale!r}"
    keys = _keys(request)
    shown = [] if together else [f"{key} as {name}" for key, name in keys]
    source = _joined(queries, [key for key, _ in keys])
    ctes = ",\n".join(f"{names[id(q)]} as (\n  {inlined(*q.sql())}\n)" for q in queries)
    order = f"\norder by {', '.join(str(i + 1) for i in range(len(keys)))}" if keys and not together else ""
    return (
        f"with {ctes}\nselect {', '.join([*shown, f'{value} as value'])}\nfrom {source}{order}",
        [q.rollup.table for q in queries],
    )


def _filled(column: str, fill: float | None) -> str:
    return column if fill is None else f"coalesce({column}, {fill!r})"


def _keys(request: MetricRequest) -> list[tuple[str, str]]:
    period = [("period", "period")] if request.grain else []
    return period + [(f"d{place}", name) for place, name in enumerate(request.by)]


def _joined(queries: list[Query], keys: list[str]) -> str:
    if not keys:
        return " cross join ".join(f"q{place}" for place in range(len(queries)))
    return "q0" + "".join(f" full join q{place} using ({', '.join(keys)})" for place in range(1, len(queries)))


def _quantile_statement(metric: Metric, quantile: Quantile, request: MetricRequest) -> tuple[str, list[str]]:
    rollup: Rollup = choose(metric, quantile.rollups, request)
    span = span_for(metric, request)
    keys = _keys(request)
    if quantile.survival:
        return _survival_statement(metric, quantile, inlined(*durations_sql(rollup, span, request)), keys), [
            rollup.table
        ]
    counts = inlined(*histogram_sql(rollup, span, request, [quantile.measure]))
    partition = f"partition by {', '.join(key for key, _ in keys)}" if keys else ""
    shown = "".join(f"{key} as {name}, " for key, name in keys)
    return (
        f"with counts as (\n  {counts}\n),\nrunning as (\n"
        f"  select *, sum(n) over ({partition} order by bucket) as upto, sum(n) over ({partition}) as total\n"
        f"  from counts\n)\n"
        f"select {shown}{metric.scale!r} * case when min(bucket) <= {ZERO_BUCKET} then 0 "
        f"else 2 * pow({GAMMA}, min(bucket)) / ({GAMMA} + 1) end as value\n"
        f"from running where upto >= ceil(round({quantile.q!r} * total, 9))\ngroup by all"
        + (f"\norder by {', '.join(str(i + 1) for i in range(len(keys)))}" if keys else ""),
        [rollup.table],
    )


def _survival_statement(metric: Metric, quantile: Quantile, counts: str, keys: list[tuple[str, str]]) -> str:
    """The product-limit curve, and the first day by which the share has happened; none where it never does."""
    names = ", ".join(key for key, _ in keys)
    partition = f"partition by {names} " if keys else ""
    shown = "".join(f"{key} as {name}, " for key, name in keys)
    return (
        f"with counts as (\n  {counts}\n),\nrisks as (\n"
        f"  select *, sum(filled + censored) over ({partition}order by days desc) as at_risk from counts\n),\n"
        f"curve as (\n"
        f"  select *, product(1 - filled / at_risk) over ({partition}order by days) as still_open from risks\n)\n"
        f"select {shown}{metric.scale!r} * min(days) filter (\n"
        f"  where filled > 0 and still_open <= {1 - quantile.q!r} + 1e-12\n) as value\nfrom curve"
        + (f"\ngroup by {names}\norder by {', '.join(str(i + 1) for i in range(len(keys)))}" if keys else "")
    )


def inlined(sql: str, parameters: list[Any]) -> str:
    """A statement with its parameters written in as literals, for people to read and run; never for `ask` itself."""
    pieces = sql.split("?")
    literals = [_literal(value) for value in parameters] + [""]
    return "".join(piece + literal for piece, literal in zip(pieces, literals, strict=True))


def _literal(value: Any) -> str:
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    return "'" + str(value).replace("'", "''") + "'"
