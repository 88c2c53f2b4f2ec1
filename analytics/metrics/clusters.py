"""A metric's sums per day (or month) and cut: what tests that cluster by day are fed with.

Unlike `ask` nothing is hidden here, because these sums are never shown: only tests read them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from analytics.metrics import arithmetic
from analytics.metrics.answers import sums_of
from analytics.metrics.asking import checked
from analytics.metrics.buckets import bucket_of
from analytics.metrics.model import Database, MetricRequest
from analytics.metrics.plan import choose, conditions_of, cuts_of, span_for
from analytics.metrics.table import catalogue
from warehouse.errors import UsageError

Cut = tuple[str, ...]


@dataclass(frozen=True)
class Clusters:
    """Numerators (already on the metric's scale) and denominators per cluster, in order of time; ``n`` in all.

    ``n`` is the number of clusters where the denominator counts no things.
    """

    days: tuple[date, ...]
    numerators: tuple[float, ...]
    denominators: tuple[float, ...]
    n: float

    @property
    def value(self) -> float:
        """Σ numerators ÷ Σ denominators."""
        return sum(self.numerators) / sum(self.denominators)


def cluster_sums(db: Database, request: MetricRequest) -> dict[str, dict[Cut, Clusters]]:
    """Per metric and cut, its clusters at the request's grain; clusters without a denominator are left out.

    Only for metrics that are ratios of sums; others raise `UsageError`.
    """
    metrics = checked(catalogue(db), request)
    for metric in metrics:
        if metric.denominator is None or request.grain is None:
            raise UsageError(f"{metric.name} is no ratio of sums per {request.grain}, so it has no clusters.")
    found: dict[str, dict[Cut, Clusters]] = {}
    parts_of = sums_of(db, metrics, request)
    for metric in metrics:
        rows: dict[Cut, list[tuple[date, float, float, float]]] = defaultdict(list)
        for (day, cut), parts in parts_of[metric.name].items():
            top = arithmetic.evaluate(metric.numerator or "", parts)
            bottom = arithmetic.evaluate(metric.denominator or "", parts)
            if day is not None and top is not None and bottom:
                n = arithmetic.evaluate(metric.n, parts) if metric.n else 1.0
                rows[tuple(map(str, cut))].append((day, metric.scale * float(top), float(bottom), float(n or 0)))
        found[metric.name] = {cut: _clusters(mine) for cut, mine in rows.items()}
    return found


def _clusters(rows: list[tuple[date, float, float, float]]) -> Clusters:
    rows.sort()
    days, tops, bottoms, counts = zip(*rows, strict=True)
    return Clusters(days, tops, bottoms, sum(counts))


def shares_below(db: Database, request: MetricRequest, values: Mapping[Cut, float]) -> dict[Cut, Clusters]:
    """Per cut and day: how many durations were at most the cut's value, of how many. One quantile metric, grain day."""
    (metric,) = checked(catalogue(db), request)
    if metric.quantile is None or metric.quantile.survival:
        raise UsageError(f"{metric.name} is no quantile of a histogram.")
    request = replace(request, grain="day")
    rollup = choose(metric, metric.quantile.rollups, request)
    conditions, parameters = conditions_of(rollup, request, span_for(metric, request))
    cuts = [cut.rsplit(" as ", 1)[0] for cut in cuts_of(rollup, request.by)]
    limits, limit_parameters = _limits(cuts, {cut: bucket_of(value / metric.scale) for cut, value in values.items()})
    columns = [f"{rollup.time} as day", *(f"{cut} as d{place}" for place, cut in enumerate(cuts))]
    where = " and ".join([*conditions, "measure = ?"])
    sql = (
        f"select {', '.join(columns)}, sum(case when bucket <= {limits} then n else 0 end) as below, sum(n) as n "
        f"from {rollup.table} where {where} group by all having sum(n) > 0"
    )
    found: dict[Cut, list[tuple[date, float, float, float]]] = defaultdict(list)
    for row in db.rows(sql, [*limit_parameters, *parameters, metric.quantile.measure]):
        cut = tuple(str(row[f"d{place}"]) for place in range(len(cuts)))
        if cut in values:
            found[cut].append((row["day"], float(row["below"]), float(row["n"]), float(row["n"])))
    return {cut: _clusters(rows) for cut, rows in found.items()}


def _limits(cuts: list[str], buckets: Mapping[Cut, int]) -> tuple[str, list[str | int]]:
    """The bucket that closes the share, per cut, as a CASE over bound values."""
    if not cuts:
        return "?", [next(iter(buckets.values()), 0)]
    parameters: list[str | int] = []
    branches = []
    for cut, limit in buckets.items():
        branches.append("when " + " and ".join(f"cast({name} as varchar) = ?" for name in cuts) + " then ?")
        parameters += [*cut, limit]
    return (f"case {' '.join(branches)} end" if branches else "null"), parameters
