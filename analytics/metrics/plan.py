"""From a request to queries: the smallest fitting rollup for every part, and one query for all that share it.

Only names out of the catalogue enter the SQL; every value is a bound parameter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from analytics.metrics.model import (
    CLOCK_GRAINS,
    GRAINS,
    Component,
    Dimension,
    Grain,
    Metric,
    MetricRequest,
    Quantile,
    Rollup,
)
from analytics.metrics.periods import are_whole_months, whole_months
from analytics.metrics.table import unknown
from warehouse.errors import UsageError

TIME_OF_DAY = "minute_of_day"
ROWS_SEEN = "rows_seen"
TOLD_BY = "interval_minutes"
"""The column of a rollup that keeps quarters of an hour: the finest interval a row can speak to."""


@dataclass(frozen=True)
class Span:
    """The days asked for; either end may be open. ``beside`` is a second span of whole months."""

    start: date | None
    end: date | None
    beside: tuple[date, date] | None = None


@dataclass
class Query:
    """One scan of one rollup that answers several parts at once."""

    rollup: Rollup
    span: Span
    request: MetricRequest
    last_by: tuple[str, ...] | None = None
    members: dict[Component, str] = field(default_factory=dict)

    def add(self, component: Component) -> str:
        """The column a part is answered in; the same part is asked once."""
        return self.members.setdefault(component, f"c{len(self.members)}")

    def rows_columns(self) -> dict[str, str]:
        """Per part the column that tells how many rows it has seen. Parts with the same filter have seen the same."""
        if self.last_by is not None:
            return {alias: f"{alias}_rows" for alias in self.members.values()}
        shared, first = self._shared_filter(), dict[str | None, str]()
        for component, alias in self.members.items():
            first.setdefault(component.filter, ROWS_SEEN if component.filter in (None, shared) else f"{alias}_rows")
        return {alias: first[component.filter] for component, alias in self.members.items()}

    def sql(self) -> tuple[str, list[Any]]:
        """The statement and its parameters: a row per period and cut, a column per part, and how many rows it saw."""
        if self.last_by is not None:
            return self._state_sql(self.last_by)
        shared, seen = self._shared_filter(), self.rows_columns()
        conditions, parameters = conditions_of(self.rollup, self.request, self.span)
        columns = [*period_of(self.rollup, self.request.grain), *cuts_of(self.rollup, self.request.by)]
        for component, alias in self.members.items():
            own = component.filter if component.filter != shared else None
            condition = f" filter (where {own})" if own else ""
            columns += [f"{component.sql}{condition} as {alias}"]
            # Counted once a filter, for every column costs planning.
            columns += [f"count(*){condition} as {alias}_rows"] if seen[alias] == f"{alias}_rows" else []
        columns += [f"count(*) as {ROWS_SEEN}"]
        where = [*conditions, *([shared] if shared else [])]
        return _select(columns, self.rollup.table, where, grouped=self._is_cut()), parameters

    def _is_cut(self) -> bool:
        return self.request.grain is not None or bool(self.request.by)

    def _shared_filter(self) -> str | None:
        filters = {component.filter for component in self.members}
        return filters.pop() if len(filters) == 1 else None

    def _state_sql(self, last_by: tuple[str, ...]) -> tuple[str, list[Any]]:
        """States: first added up per day, then only the last day of each period (per each of ``last_by``) kept.

        A day's period is worked out for the few sums, not for every row. Filters stand at the sums and not in a WHERE:
        the last day is the source's, also where the slice asked for has nothing open any more on that day.
        """
        keys = [d.sql for name in last_by if (d := self.rollup.dimension(name))]
        cuts, period = (
            cuts_of(self.rollup, self.request.by),
            period_of(replace(self.rollup, time="day"), self.request.grain),
        )
        conditions, parameters = conditions_of(self.rollup, self.request, Span(None, None))
        sums, all_parameters = [], []
        for component, alias in self.members.items():
            own = [*conditions, *([component.filter] if component.filter else [])]
            condition = f" filter (where {' and '.join(own)})" if own else ""
            sums += [f"{component.sql}{condition} as {alias}", f"count(*){condition} as {alias}_rows"]
            all_parameters += 2 * parameters
        within, span_parameters = span_conditions(self.rollup, self.span)
        named = [f"{key} as k{place}" for place, key in enumerate(keys)]
        time = f"{self.rollup.time} as day"
        daily = _select([time, *named, *cuts, *sums], self.rollup.table, within, grouped=True)
        partition = [*(["period"] if period else []), *(f"k{place}" for place in range(len(keys)))]
        if not cuts:
            return self._last_rows_sql(daily, period, partition), all_parameters + span_parameters
        over = f"partition by {', '.join(partition)}" if partition else ""
        dated = _select(["*", *period], f"({daily})", [], grouped=False)
        marked = f"(select *, day = max(day) over ({over}) as is_last from ({dated}))"
        shown = [*(["period"] if period else []), *(f"d{place}" for place in range(len(cuts)))]
        totals = [total for alias in self.members.values() for total in _state_columns(alias)]
        return _select([*shown, *totals], marked, [], grouped=self._is_cut()), all_parameters + span_parameters

    def _last_rows_sql(self, daily: str, period: list[str], partition: list[str]) -> str:
        """The same without a cut: the last day of a period has one row then, found without a window."""
        levels = [
            column
            for alias in self.members.values()
            for column in (f"arg_max_null({alias}, day) as {alias}", f"sum({alias}_rows) as {alias}_rows")
        ]
        dated = _select(["*", *period], f"({daily})", [], grouped=False)
        last = _select([*partition, *levels], f"({dated})", [], grouped=True)
        totals = [total for alias in self.members.values() for total in _state_columns(alias, "")]
        return _select([*partition[: len(period)], *totals], f"({last})", [], grouped=self._is_cut())


def _state_columns(alias: str, on: str = " filter (where is_last)") -> list[str]:
    """A slice that was there in the period and has no row on the last day has nothing open: zero, not no data."""
    level = f"coalesce(sum({alias}){on}, 0)"
    return [f"case when sum({alias}_rows) > 0 then {level} end as {alias}", f"sum({alias}_rows) as {alias}_rows"]


def _select(columns: Sequence[str], source: str, where: Sequence[str], *, grouped: bool) -> str:
    text = f"select {', '.join(columns)} from {source}"
    if where:
        text += f" where {' and '.join(where)}"
    return text + (" group by all" if grouped else "")


def period_of(rollup: Rollup, grain: Grain | None) -> list[str]:
    """The period column, when a grain is asked for."""
    if grain is None:
        return []
    if grain in CLOCK_GRAINS:
        back = f"to_minutes(cast(quarter_minute % {CLOCK_GRAINS[grain]} as bigint))"
        return [f"interval_start_at - {back} as period"]
    if grain == rollup.grain:
        return [f"cast({rollup.time} as date) as period"]
    return [f"cast(date_trunc('{grain}', {rollup.time}) as date) as period"]


def cuts_of(rollup: Rollup, by: Sequence[str]) -> list[str]:
    """The columns of the dimensions asked for, under numbered names that no part can collide with."""
    return [f"{_dimension(rollup, name).sql} as d{place}" for place, name in enumerate(by)]


def _dimension(rollup: Rollup, name: str) -> Dimension:
    found = rollup.dimension(name)
    assert found is not None, f"{rollup.table} was chosen without {name}"
    return found


def span_conditions(rollup: Rollup, span: Span) -> tuple[list[str], list[Any]]:
    """The span as conditions on the rollup's own date."""
    start, end = whole_months(span.start, span.end) if rollup.grain == "month" else (span.start, span.end)
    conditions: list[str] = []
    parameters: list[Any] = []
    for day, sign in ((start, ">="), (end, "<=")):
        if day is not None:
            conditions.append(f"{rollup.time} {sign} ?")
            parameters.append(day)
    if span.beside is None:
        return conditions, parameters
    here = " and ".join(conditions) or "true"
    return [f"({here} or {rollup.time} between ? and ?)"], [*parameters, *span.beside]


def conditions_of(rollup: Rollup, request: MetricRequest, span: Span) -> tuple[list[str], list[Any]]:
    """Span and filters; several values of one dimension are alternatives."""
    conditions, parameters = span_conditions(rollup, span)
    if request.known_on:
        conditions += ["known_from <= ?", "(known_until is null or known_until > ?)"]
        parameters += [request.known_on, request.known_on]
    if request.grain in CLOCK_GRAINS:
        conditions.append(f"{TOLD_BY} <= {CLOCK_GRAINS[request.grain]}")
    for name in dict.fromkeys(name for name, _ in request.where):
        values = [str(value) for given, value in request.where if given == name]
        dimension = _dimension(rollup, name)
        column = dimension.sql if dimension.text else f"cast({dimension.sql} as varchar)"
        conditions.append(f"{column} in ({', '.join('?' for _ in values)})")
        parameters += values
    return conditions, parameters


def span_for(metric: Metric, request: MetricRequest) -> Span:
    """The span the whole metric is asked over: whole months as soon as one of its parts is kept per month only."""
    sources: Iterable[Component | Quantile] = [*metric.components.values(), *filter(None, [metric.quantile])]
    monthly = any(all(r.grain == "month" for r in s.rollups) for s in sources)
    start, end = whole_months(request.start, request.end) if monthly else (request.start, request.end)
    return Span(start, end, request.beside)


def choose(metric: Metric, rollups: Sequence[Rollup], request: MetricRequest) -> Rollup:
    """The smallest rollup with every dimension asked for, fine enough for the grain and the span.

    Raises `UsageError` that says what the metric can be cut by, or which grains it has.
    """
    needed = {*request.by, *(name for name, _ in request.where)}
    for name in sorted(needed):
        if name not in metric.dimensions():
            raise unknown("dimension", name, metric.dimensions())
    able = [r for r in rollups if all(r.dimension(name) for name in needed)]
    cut = able if request.grain in CLOCK_GRAINS else _whole(able)
    if not cut:
        raise UsageError(
            f"{metric.name} cannot be cut by {' and '.join(sorted(needed))} at once; ask for one of them.",
            code="unknown_dimension",
            key=metric.name,
        )
    fine = [r for r in cut if _is_fine_enough(r, request.grain)]
    if not fine:
        grains = [g for g in (*CLOCK_GRAINS, *GRAINS) if any(_is_fine_enough(r, g) for r in cut)]
        raise UsageError(
            f"{metric.name} is not known by {request.grain}; ask for {', '.join(grains)}.",
            code="unknown_grain",
            key=request.grain,
        )
    exact = [r for r in fine if r.grain != "month" or are_whole_months(request.start, request.end)] or fine
    return min(enumerate(exact), key=lambda pair: (_size(pair[1]), -pair[0]))[1]


def _whole(rollups: list[Rollup]) -> list[Rollup]:
    """Rollups by the time of day lack sources that report days or months, and an empty one beside a full one was not
    built: both answer only when nothing else can."""
    coarse = [r for r in rollups if r.dimension(TIME_OF_DAY) is None] or rollups
    return [r for r in coarse if r.rows != 0] or coarse


def _size(rollup: Rollup) -> float:
    return float("inf") if rollup.rows is None else rollup.rows


def _is_fine_enough(rollup: Rollup, grain: Grain | None) -> bool:
    if grain in CLOCK_GRAINS:
        return rollup.dimension(TOLD_BY) is not None
    if grain is None or rollup.grain == "day":
        return True
    if rollup.grain == "week":
        return grain == "week"
    return GRAINS.index(grain) >= GRAINS.index(rollup.grain)


def queries_for(metrics: Sequence[Metric], request: MetricRequest) -> tuple[list[Query], dict[str, dict[str, tuple]]]:
    """The fewest queries for all parts, and where each metric finds its parts: {metric: {part: (query, column)}}."""
    queries: dict[tuple, Query] = {}
    places: dict[str, dict[str, tuple]] = {}
    for metric in metrics:
        span = span_for(metric, request)
        for name, component in metric.components.items():
            rollup = choose(metric, component.rollups, request)
            if request.known_on and metric.vintages:
                rollup = replace(rollup, table=metric.vintages)
            key = (rollup.table, span, component.last_by)
            query = queries.setdefault(key, Query(rollup, span, request, component.last_by))
            places.setdefault(metric.name, {})[name] = (query, query.add(component))
    return list(queries.values()), places
