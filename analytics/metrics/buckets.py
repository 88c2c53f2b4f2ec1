"""Quantiles of durations: nearest rank in log buckets, and Kaplan–Meier where some are still open."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, repeat
from math import ceil, log
from typing import Any

from analytics.metrics.model import GAMMA, Database, Metric, MetricRequest, Quantile
from analytics.metrics.plan import choose, conditions_of, cuts_of, period_of, span_for
from analytics.metrics.table import Frozen
from analytics.statistics.intervals import order_statistic_ranks
from analytics.statistics.survival import kaplan_meier

MANY = 5_000_000
"""From so many durations on the engine adds them up by bucket before anything is read."""
ZERO_BUCKET = -1000
_PACKED = 1 << 40
"""Counts stay below this, so a bucket and its count fit into one whole number of the engine."""
Key = tuple[date | None, tuple[Any, ...]]


# A release blanks the counts of what is withdrawn.
_COUNTED = "n is not null"


@dataclass(frozen=True)
class Answer:
    """A quantile with its sample and interval; ``pending`` counts what is still open."""

    value: float | None
    n: float
    low: float | None
    high: float | None
    pending: float | None = None


def representative(bucket: int) -> float:
    """The value a bucket stands for, within (γ−1)/(γ+1) of everything in it: 2·γ^b ÷ (γ+1); the zero bucket is 0.

    Source: Masson, Rim, Lee, "DDSketch", VLDB 12 (2019).
    """
    return 0.0 if bucket <= ZERO_BUCKET else 2 * GAMMA**bucket / (GAMMA + 1)


def bucket_of(value: float) -> int:
    """The bucket a duration falls into: ⌈ln(value) ÷ ln γ⌉; zero and less have one of their own."""
    return ceil(round(log(value) / log(GAMMA), 9)) if value > 0 else ZERO_BUCKET


def nearest_rank(n: int, q: float) -> int:
    """The rank (1 … n) of the q-quantile: ⌈q·n⌉, robust against the last digit of q·n."""
    return min(max(ceil(round(q * n, 9)), 1), n)


@dataclass(frozen=True)
class Histogram:
    """Buckets in ascending order, each packed into one number with its count, and the running sums of these numbers.

    The lower part of a running sum is the running count: nothing is unpacked but what a rank points at.
    """

    packed: Sequence[int]
    upto: Sequence[int]

    @classmethod
    def of(cls, counts: Iterable[tuple[int, int]]) -> Histogram:
        """From (bucket, count) in any order; buckets may come more than once."""
        return cls.of_packed([(b - ZERO_BUCKET) * _PACKED + n for b, n in counts if n > 0])

    @classmethod
    def of_packed(cls, numbers: Iterable[int]) -> Histogram:
        """From (bucket − zero bucket) · 2⁴⁰ + count, in any order."""
        ordered = sorted(numbers)
        return cls(ordered, tuple(accumulate(ordered)))

    @classmethod
    def of_array(cls, numbers: Any) -> Histogram:
        """The same from an array of whole numbers, whose running counts are kept alone."""
        numbers.sort()
        return cls(numbers, (numbers % _PACKED).cumsum())

    def at_rank(self, rank: int) -> float:
        """The value of the observation of that rank."""
        place = bisect_left(self.upto, rank, key=_count)
        return representative(int(self.packed[place]) // _PACKED + ZERO_BUCKET)

    def quantile(self, q: float) -> Answer:
        """The q-quantile with its order-statistic interval."""
        total = _count(self.upto[-1]) if len(self.upto) else 0
        if not total:
            return Answer(None, 0, None, None)
        ranks = (nearest_rank(total, q), *order_statistic_ranks(total, q))
        value, low, high = (None if rank is None else self.at_rank(rank) for rank in ranks)
        return Answer(value, total, low, high)


def _count(packed: int) -> int:
    return int(packed) % _PACKED


def quantiles(db: Database, metrics: Iterable[Metric], request: MetricRequest) -> dict[str, dict[Key, Answer]]:
    """Every quantile metric of a request, by period and cut; metrics that share a histogram are read at once."""
    answers: dict[str, dict[Key, Answer]] = {}
    groups: dict[tuple, list[tuple[Metric, Quantile]]] = defaultdict(list)
    for metric in metrics:
        if metric.quantile:
            rollup = choose(metric, metric.quantile.rollups, request)
            groups[(rollup, span_for(metric, request), metric.quantile.survival)].append((metric, metric.quantile))
    for (rollup, span, survival), members in groups.items():
        if survival:
            found = _durations(db, rollup, span, request)
            answers |= {m.name: {key: _survival(rows, q.q) for key, rows in found.items()} for m, q in members}
        else:
            counts = _histograms(db, rollup, span, request, {q.measure for _, q in members})
            for metric, quantile in members:
                mine = counts.get(quantile.measure, {})
                answers[metric.name] = {key: histogram.quantile(quantile.q) for key, histogram in mine.items()}
    return answers


def histogram_sql(
    rollup: Any, span: Any, request: MetricRequest, measures: Iterable[str | None]
) -> tuple[str, list[Any]]:
    """The counts per bucket, period, cut and measure."""
    return _histogram_sql(rollup, span, request, measures, "bucket, cast(sum(n) as bigint) as n")


def _histogram_sql(
    rollup: Any, span: Any, request: MetricRequest, measures: Iterable[str | None], told: str
) -> tuple[str, list[Any]]:
    conditions, parameters = conditions_of(rollup, request, span)
    named = sorted(m for m in measures if m)
    conditions += [f"measure in ({', '.join('?' for _ in named)})", _COUNTED]
    keys = ", ".join([*period_of(rollup, request.grain), *cuts_of(rollup, request.by), "measure"])
    return (
        f"select {keys}, {told} from {rollup.table} where {' and '.join(conditions)} group by all",
        parameters + named,
    )


def durations_sql(rollup: Any, span: Any, request: MetricRequest) -> tuple[str, list[Any]]:
    """Per period and cut: how many were filled, and how many were still open, after so many days."""
    conditions, parameters = conditions_of(rollup, request, span)
    keys = [*period_of(rollup, request.grain), *cuts_of(rollup, request.by)]
    where = f" where {' and '.join(conditions)}" if conditions else ""
    columns = ", ".join([*keys, "days", "sum(filled) as filled", "sum(censored) as censored"])
    return f"select {columns} from {rollup.table}{where} group by all", parameters


def _key(row: dict[str, Any], request: MetricRequest) -> Key:
    return row.get("period"), tuple(row[f"d{place}"] for place in range(len(request.by)))


def _histograms(
    db: Database, rollup: Any, span: Any, request: MetricRequest, measures: set[str | None]
) -> dict[str | None, dict[Key, Histogram]]:
    """Per measure and cut. The engine packs each histogram into one row, bucket and count into one number: most of
    what a quantile costs is numbers crossing into Python."""
    if isinstance(db, Frozen) and db.gives_arrays and (rollup.rows or MANY) < MANY:
        return _unadded(db, rollup, span, request, measures)
    counts, parameters = histogram_sql(rollup, span, request, measures)
    keys = [*(["period"] if request.grain else []), *(f"d{i}" for i in range(len(request.by))), "measure"]
    packed = f"array_agg((bucket - ({ZERO_BUCKET})) * {_PACKED} + n) as packed"
    found: dict[str | None, dict[Key, Histogram]] = defaultdict(dict)
    for row in db.rows(f"select {', '.join(keys)}, {packed} from ({counts}) group by all", parameters):
        found[row["measure"]][_key(row, request)] = Histogram.of_packed(row["packed"])
    return found


def _unadded(
    db: Frozen, rollup: Any, span: Any, request: MetricRequest, measures: set[str | None]
) -> dict[str | None, dict[Key, Histogram]]:
    """The same with buckets that come more than once: by month and topic nearly every duration is alone in its own, and
    adding them up would cost the engine more than sorting them does here."""
    conditions, parameters = conditions_of(rollup, request, span)
    named = sorted(m for m in measures if m)
    where = " and ".join([*conditions, f"measure in ({', '.join('?' for _ in named)})", _COUNTED])
    keys = ", ".join([*period_of(rollup, request.grain), *cuts_of(rollup, request.by), "measure"])
    packed = f"array_agg((bucket - ({ZERO_BUCKET})) * {_PACKED} + n) as packed"
    told = db.arrays(f"select {keys}, {packed} from {rollup.table} where {where} group by all", [*parameters, *named])
    periods = told["period"].astype("datetime64[D]").tolist() if request.grain else [None] * len(told["measure"])
    names = [told[f"d{place}"].tolist() for place in range(len(request.by))]
    cuts = zip(*names, strict=True) if names else repeat(())
    found: dict[str | None, dict[Key, Histogram]] = defaultdict(dict)
    for measure, period, cut, numbers in zip(told["measure"], periods, cuts, told["packed"], strict=False):
        found[measure][period, tuple(cut)] = Histogram.of_array(numbers)
    return found


def _durations(db: Database, rollup: Any, span: Any, request: MetricRequest) -> dict[Key, list[tuple]]:
    found: dict[Key, list[tuple]] = defaultdict(list)
    for row in db.rows(*durations_sql(rollup, span, request)):
        found[_key(row, request)].append((float(row["days"]), int(row["filled"] or 0), int(row["censored"] or 0)))
    return found


def _survival(rows: Sequence[tuple[float, int, int]], q: float) -> Answer:
    curve = kaplan_meier(rows)
    value, low, high = curve.quantile(q)
    return Answer(value, sum(f + c for _, f, c in rows), low, high, sum(c for _, _, c in rows))
