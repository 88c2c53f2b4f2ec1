"""Why an answer is empty: a filter that names nobody, days without data, or a metric this release has no rows for.

Belongs here: sentences for people who typed a question. Pages choose from what there is and need none.
"""

from __future__ import annotations

import difflib
from dataclasses import replace

from analytics.metrics.answers import ask
from analytics.metrics.model import Database, MetricRequest, MetricRow
from warehouse.errors import UsageError

_LISTED = 12
# Metrics that most releases have, asked whether they know a value.
_TELLING = ("offered", "tickets_created", "headcount", "applications", "csat", "nps")


def why_nothing(db: Database, request: MetricRequest) -> list[str]:
    """A sentence for each metric of a request that has no number, as far as the release can tell why."""
    told: list[str] = []
    for name in dict.fromkeys(request.metrics):
        alone = replace(request, metrics=(name,))
        rows = ask(db, alone)
        if not any(row.value is not None or row.withdrawn_by or row.suppressed for row in rows):
            told += [sentence for sentence in _reasons(db, alone) if sentence not in told]
    return told


def _reasons(db: Database, request: MetricRequest) -> list[str]:
    name = request.metrics[0]
    ever = replace(request, grain=None, start=None, end=None, by=tuple(dict.fromkeys(n for n, _ in request.where)))
    everywhere = ask(db, replace(ever, where=()))
    if not any(_says(row) for row in everywhere):
        return [f"This release has no data for {name}."]
    strangers = [
        f"{name} has no data for {dimension} '{value}'."
        if _is_known(db, dimension, value)
        else _stranger(dimension, value, everywhere)
        for dimension, value in request.where
        if not any(str(row.dimensions[dimension]) == value for row in everywhere)
    ]
    return strangers or _known_span(db, request)


def _is_known(db: Database, dimension: str, value: str) -> bool:
    """Whether the release knows a value that this metric has no row for."""
    if dimension == "source":
        return bool(db.rows("select 1 from quality.sources where source = ?", [value]))
    for name in _TELLING:
        try:
            rows = ask(db, MetricRequest((name,), where=((dimension, value),)))
        except UsageError:
            continue
        if any(_says(row) and row.value != 0 for row in rows):
            return True
    return False


def _says(row: MetricRow) -> bool:
    return row.value is not None or row.suppressed or row.withdrawn_by is not None


def _stranger(dimension: str, value: str, rows: list[MetricRow]) -> str:
    there = sorted({str(row.dimensions[dimension]) for row in rows if row.dimensions[dimension] is not None})
    near = difflib.get_close_matches(value, there, n=3, cutoff=0.5)
    if near:
        return f"There is no {dimension} '{value}'. Did you mean {' or '.join(near)}?"
    more = f" and {len(there) - _LISTED} more" if len(there) > _LISTED else ""
    return f"There is no {dimension} '{value}'; there are {', '.join(there[:_LISTED])}{more}."


def _known_span(db: Database, request: MetricRequest) -> list[str]:
    """The months that have a number for this slice, where the days asked for have none."""
    known = sorted(row.period for row in _by_month(db, request) if row.value is not None and row.period is not None)
    name = request.metrics[0]
    if not known:
        return [f"{name} has no data for this slice."]
    return [f"{name} has data from {known[0]:%Y-%m} to {known[-1]:%Y-%m} only."]


def _by_month(db: Database, request: MetricRequest) -> list[MetricRow]:
    slice_of_all = replace(request, by=tuple(n for n in request.by if n in dict(request.where)), start=None, end=None)
    try:
        return ask(db, replace(slice_of_all, grain="month"))
    except UsageError:
        # Kept by the week, which no month is made of.
        return ask(db, replace(slice_of_all, grain="week"))
