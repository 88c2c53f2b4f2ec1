"""A metric's sums per day (or month) and cut as columns: what tests that cluster by day are fed with.

Unlike `ask` nothing is hidden here, because these sums are never shown: only tests read them. Thousands of rows are
told as arrays; row by row they would cost more than the engine that adds them up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.metrics import arithmetic
from analytics.metrics.asking import checked
from analytics.metrics.model import Database, Metric, MetricRequest
from analytics.metrics.plan import Query, queries_for
from analytics.metrics.table import Frozen, catalogue
from warehouse.errors import UsageError

_DAYS = 1 << 24
"""More than any day's number: a row's key is its cut's number times this, and its day."""


@dataclass(frozen=True)
class Sums:
    """Per row its cut (a place in ``cuts``), day (days since 1970), numerator on the metric's scale, denominator and n.

    Rows without a numerator or denominator are left out; one with a numerator and nothing to divide by stays, for over
    a longer time there is something. ``n`` is 1 a row where the denominator counts no things.
    """

    cuts: tuple[tuple[str, ...], ...]
    cut: np.ndarray
    day: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray
    n: np.ndarray

    def within(self, first: int, last: int) -> Sums:
        """The rows of a span of days."""
        kept = (self.day >= first) & (self.day <= last)
        return Sums(self.cuts, self.cut[kept], self.day[kept], self.numerator[kept], self.denominator[kept],
                    self.n[kept])  # fmt: skip


def cluster_sums(db: Database, request: MetricRequest) -> dict[str, Sums]:
    """Per metric its sums per cut and cluster, at the request's grain, over its span and the one beside it.

    Only for metrics that are ratios of sums; others raise `UsageError`.
    """
    metrics = checked(catalogue(db), request)
    for metric in metrics:
        if metric.denominator is None or request.grain is None:
            raise UsageError(f"{metric.name} is no ratio of sums per {request.grain}, so it has no clusters.")
    queries, places = queries_for(metrics, request)
    cuts: dict[tuple[str, ...], int] = {}
    answers = {id(query): _answered(db, query, cuts) for query in queries}
    seen = {id(query): query.rows_columns() for query in queries}
    found = {}
    for metric in metrics:
        parts = {
            name: (answers[id(query)], column, seen[id(query)][column])
            for name, (query, column) in places[metric.name].items()
        }
        found[metric.name] = _sums(metric, parts, tuple(cuts))
    return found


@dataclass(frozen=True)
class _Answer:
    """What a query gave: a key a row, and its columns with NaN for null."""

    keys: np.ndarray
    columns: Mapping[str, np.ndarray]


def _answered(db: Database, query: Query, cuts: dict[tuple[str, ...], int]) -> _Answer:
    """The query's columns; every cut that is seen gets a number."""
    told = _arrays(db, *query.sql())
    if not len(told.get("period", ())):
        return _Answer(np.zeros(0, np.int64), defaultdict(lambda: np.zeros(0)))
    width = len(query.request.by)
    labels = list(zip(*(told.pop(f"d{place}").tolist() for place in range(width)), strict=True))
    days, known = _days(told.pop("period"))
    numbers = [cuts.setdefault(tuple(map(str, label)), len(cuts)) for label in labels]
    cut = np.array(numbers, np.int64) if width else np.full(len(days), cuts.setdefault((), 0), np.int64)
    return _Answer((cut * _DAYS + days)[known], {name: _floats(column)[known] for name, column in told.items()})


def _arrays(db: Database, sql: str, parameters: Sequence[Any]) -> dict[str, np.ndarray]:
    """The result as columns, from rows where the database can give nothing else."""
    if isinstance(db, Frozen) and db.gives_arrays:
        return db.arrays(sql, parameters)
    rows = db.rows(sql, parameters)
    return {name: np.array([row[name] for row in rows], object) for name in rows[0]} if rows else {}


def _days(column: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Days since 1970, and which rows have one."""
    if column.dtype == object:
        column = np.array([np.datetime64(day, "D") if day is not None else np.datetime64("NaT") for day in column],
                          "datetime64[D]")  # fmt: skip
    known = ~(np.ma.getmaskarray(column) | np.isnat(np.ma.getdata(column)))
    return np.ma.getdata(column).astype("datetime64[D]").astype(np.int64), known


def _floats(column: np.ndarray) -> np.ndarray:
    if column.dtype == object:
        return np.array([np.nan if value is None else float(value) for value in column], float)
    return np.where(np.ma.getmaskarray(column), np.nan, np.ma.getdata(column).astype(float))


def _sums(metric: Metric, parts: Mapping[str, tuple[_Answer, str, str]], cuts: tuple[tuple[str, ...], ...]) -> Sums:
    """The parts (an answer, its column, and the column that says how many rows it saw) made a ratio's two sides."""
    answers = {id(answer): answer for answer, _, _ in parts.values()}
    # Parts of two rollups meet by their keys; of one they stand beside each other.
    keys = np.unique(np.concatenate([answer.keys for answer in answers.values()]))
    places = {number: np.searchsorted(keys, answer.keys) for number, answer in answers.items()}
    values, any_seen = {}, np.zeros(len(keys), bool)
    for name, (answer, column, counted) in parts.items():
        seen = answer.columns[counted] > 0
        at = places[id(answer)][seen]
        values[name] = np.full(len(keys), np.nan)
        values[name][at] = answer.columns[column][seen]
        any_seen[at] = True
    for name, component in metric.components.items():
        if component.fill is not None and name in values:
            values[name] = np.where(np.isnan(values[name]) & any_seen, component.fill, values[name])
    return _divided(metric, keys, values, cuts)


def _divided(
    metric: Metric, keys: np.ndarray, values: Mapping[str, np.ndarray], cuts: tuple[tuple[str, ...], ...]
) -> Sums:
    size = len(keys)
    top = arithmetic.evaluate_columns(metric.numerator or "", values, size)
    bottom = arithmetic.evaluate_columns(metric.denominator or "", values, size)
    n = arithmetic.evaluate_columns(metric.n, values, size) if metric.n else np.ones(size)
    n = np.where(bottom != 0, n, 0.0)
    kept = ~np.isnan(top) & ~np.isnan(bottom) & ((bottom != 0) | (top != 0))
    return Sums(cuts, keys[kept] // _DAYS, keys[kept] % _DAYS, metric.scale * top[kept], bottom[kept],
                np.nan_to_num(n[kept]))  # fmt: skip
