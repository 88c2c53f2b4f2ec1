"""How many durations of a day and cut lay below a limit: what tests of quantiles that cluster by day are fed with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

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
