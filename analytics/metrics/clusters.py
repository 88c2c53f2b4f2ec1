"""A metric's sums per day (or month) and cut: what tests that cluster by day are fed with.

Unlike `ask` nothing is hidden here, because these sums are never shown: only tests read them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analytics.metrics import arithmetic
from analytics.metrics.answers import sums_of
from analytics.metrics.asking import checked
from analytics.metrics.buckets import bucket_of
from analytics.metrics.model import Database, Metric, MetricRequest, Rollup
from analytics.metrics.plan import Span, choose, conditions_of, cuts_of, span_for
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


Sums = dict[str, dict[Cut, Clusters]]


def cluster_sums(db: Database, request: MetricRequest) -> Sums:
    """Per metric and cut, its clusters at the request's grain; clusters without a denominator are left out.

    Only for metrics that are ratios of sums; others raise `UsageError`.
    """
    return _split(db, request, lambda day: 0, 1)[0]


def cluster_sums_beside(db: Database, request: MetricRequest) -> tuple[Sums, Sums]:
    """The clusters of the request's span and of the one beside it, from one pass over the rollup."""
    assert request.start is not None and request.end is not None and request.beside is not None
    start, end = request.start, request.end
    now, beside = _split(db, request, lambda day: 0 if start <= day <= end else 1, 2)
    return now, beside


def _split(db: Database, request: MetricRequest, side_of: Callable[[date], int], sides: int) -> list[Sums]:
    metrics = checked(catalogue(db), request)
    for metric in metrics:
        if metric.denominator is None or request.grain is None:
            raise UsageError(f"{metric.name} is no ratio of sums per {request.grain}, so it has no clusters.")
    found: list[Sums] = [{} for _ in range(sides)]
    parts_of = sums_of(db, metrics, request)
    for metric in metrics:
        rows: list[dict[Cut, list[tuple[date, float, float, float]]]] = [defaultdict(list) for _ in range(sides)]
        for (day, cut), parts in parts_of[metric.name].items():
            top = arithmetic.evaluate(metric.numerator or "", parts)
            bottom = arithmetic.evaluate(metric.denominator or "", parts)
            if day is not None and top is not None and bottom:
                n = arithmetic.evaluate(metric.n, parts) if metric.n else 1.0
                row = (day, metric.scale * float(top), float(bottom), float(n or 0))
                rows[side_of(day)][tuple(map(str, cut))].append(row)
        for side, mine in zip(found, rows, strict=True):
            side[metric.name] = {cut: _clusters(told) for cut, told in mine.items()}
    return found


def _clusters(rows: list[tuple[date, float, float, float]]) -> Clusters:
    rows.sort()
    days, tops, bottoms, counts = zip(*rows, strict=True)
    return Clusters(days, tops, bottoms, sum(counts))


Limits = Mapping[Cut, float]


def shares_below(
    db: Database, request: MetricRequest, limits: Mapping[str, Sequence[Limits]]
) -> dict[str, list[dict[Cut, Clusters]]]:
    """Per quantile metric and list of limits, per cut and day: how many durations were at most the cut's limit, of how
    many. Every limit is counted in the same pass over the histogram; a cut without a limit is left out."""
    metrics, request = checked(catalogue(db), request), replace(request, grain="day")
    groups: dict[tuple[Rollup, Span], list[Metric]] = defaultdict(list)
    for metric in metrics:
        if metric.quantile is None or metric.quantile.survival:
            raise UsageError(f"{metric.name} is no quantile of a histogram.")
        if any(limits[metric.name]):
            groups[choose(metric, metric.quantile.rollups, request), span_for(metric, request)].append(metric)
    found: dict[str, list[dict[Cut, Clusters]]] = {m.name: [{} for _ in limits[m.name]] for m in metrics}
    for (rollup, span), members in groups.items():
        for name, place, cut, rows in _counted(db, rollup, span, request, members, limits):
            found[name][place][cut] = _clusters(rows)
    return found


def _counted(
    db: Database, rollup: Rollup, span: Span, request: MetricRequest, metrics: Sequence[Metric],
    limits: Mapping[str, Sequence[Limits]],
) -> Iterator[tuple[str, int, Cut, list[tuple[date, float, float, float]]]]:  # fmt: skip
    """(metric, place of the limits, cut, its days) of metrics that share a histogram."""
    conditions, parameters = conditions_of(rollup, request, span)
    cuts = [cut.rsplit(" as ", 1)[0] for cut in cuts_of(rollup, request.by)]
    columns = [f"{rollup.time} as day", "measure", *(f"{cut} as d{place}" for place, cut in enumerate(cuts))]
    sums, bound = ["sum(n) as n"], list[str | int]()
    places: list[tuple[Metric, int, Limits]] = []
    for metric in metrics:
        for place, mine in enumerate(limits[metric.name]):
            if mine:
                condition, values = _limits(cuts, {c: bucket_of(v / metric.scale) for c, v in mine.items()})
                sums.append(f"sum(case when measure = ? and bucket <= {condition} then n else 0 end) as b{len(places)}")
                bound += [_measure(metric), *values]
                places.append((metric, place, mine))
    named = sorted({_measure(metric) for metric in metrics})
    where = " and ".join([*conditions, f"measure in ({', '.join('?' for _ in named)})"])
    sql = f"select {', '.join([*columns, *sums])} from {rollup.table} where {where} group by all having sum(n) > 0"
    rows = db.rows(sql, [*bound, *parameters, *named])
    for number, (metric, place, mine) in enumerate(places):
        days: dict[Cut, list[tuple[date, float, float, float]]] = defaultdict(list)
        for row in rows:
            cut = tuple(str(row[f"d{at}"]) for at in range(len(cuts)))
            if row["measure"] == _measure(metric) and cut in mine:
                days[cut].append((row["day"], float(row[f"b{number}"]), float(row["n"]), float(row["n"])))
        yield from ((metric.name, place, cut, told) for cut, told in days.items())


def _measure(metric: Metric) -> str:
    assert metric.quantile is not None and metric.quantile.measure is not None
    return metric.quantile.measure


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
