"""Explore's figures: lines per period, bars per cut, the table of the answer, and its title."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from analytics.metrics import Metric, MetricRow
from analytics.metrics.periods import next_period
from dashboards import formats
from dashboards.components.tables import Column, Table
from dashboards.figures.overview import goal_of, points_of
from dashboards.figures.sentences import withheld_title
from dashboards.figures.series import LineChart, Series
from dashboards.filters import dimension_label, shown_value
from dashboards.language import _, current
from dashboards.queries.explore import SHOWN_BARS, SHOWN_SERIES, Question
from dashboards.queries.judging import Target


def line_chart(
    rows: Sequence[MetricRow],
    asked: Question,
    target: Target | None,
    currency: str,
    settling_from: date | None = None,
) -> LineChart:
    """A line for the whole, or for each of the largest parts; dashed where it is still settling."""
    series = []
    for name, mine in _largest(rows, asked.by):
        points = points_of(mine, settling_from)
        if sum(point.value is not None for point in points) >= 2:
            verdict = _verdict(target, points[-1]) if not asked.by else "no-target"
            series.append(Series(name, points, "no-target" if points[-1].is_settling else verdict))
    focus = series[0].name if series else None
    unit, note = asked.metric.unit, _("still settling") if any(one.points[-1].is_settling for one in series) else ""
    return LineChart(tuple(series), unit, focus, goal_of(target, unit), unit == "count", note, currency=currency)


def settled(rows: Sequence[MetricRow], asked: Question, settling_from: date | None) -> Sequence[MetricRow]:
    """The rows of periods that are through; all of them where none is, or where there is but one."""
    if settling_from is None or asked.grain is None:
        return rows
    grain: Any = asked.grain
    through = [row for row in rows if row.period and next_period(row.period, grain) <= settling_from]
    return through if len({row.period for row in through}) > 1 else rows


def _verdict(target: Target | None, point: object) -> str:
    value = getattr(point, "value", None)
    if target is None or value is None:
        return "no-target"
    return target.verdict(value, getattr(point, "low", None), getattr(point, "high", None))


def _largest(rows: Sequence[MetricRow], by: str | None) -> list[tuple[str, list[MetricRow]]]:
    """Rows per value of the cut, the values with most behind them first."""
    if by is None:
        return [("", list(rows))]
    groups: dict[str, list[MetricRow]] = {}
    for row in rows:
        groups.setdefault(str(row.dimensions.get(by)), []).append(row)
    size = {value: sum(row.n or row.denominator or row.value or 0 for row in mine) for value, mine in groups.items()}
    chosen = sorted(groups, key=lambda value: -size[value])[:SHOWN_SERIES]
    return [(shown_value(by, value), groups[value]) for value in chosen]


def title(rows: Sequence[MetricRow], asked: Question, period: str, currency: str) -> str:
    """The value, or the highest and the lowest of the cut, or how it moved."""
    label = asked.metric.label_in(current())
    known = [row for row in rows if row.value is not None]
    if not known and any(row.withdrawn_by for row in rows):
        return withheld_title(asked.metric, period)
    if not known:
        return _("{label}: no data", label=label)
    if asked.grain and not asked.by and len(known) > 1:
        return _moved(label, known[0], known[-1], asked, currency)
    if not asked.by:
        value = _written(known[-1], asked.metric, currency)
        return _("{label}: {value} in {period}", label=label, value=value, period=period)
    if asked.grain:
        return _("{label} by {dimension}", label=label, dimension=dimension_label(asked.by).lower())
    ordered = sorted(known, key=lambda row: -(row.value or 0))
    names = [shown_value(asked.by, row.dimensions.get(asked.by)) for row in (ordered[0], ordered[-1])]
    if len(ordered) == 1:
        value = _written(ordered[0], asked.metric, currency)
        return _("{label}: {name} {value}", label=label, name=names[0], value=value)
    return _(
        "{label}: {first} highest at {high}, {last} lowest at {low}",
        label=label,
        first=names[0],
        high=_written(ordered[0], asked.metric, currency),
        last=names[1],
        low=_written(ordered[-1], asked.metric, currency),
    )


def _moved(label: str, first: MetricRow, last: MetricRow, asked: Question, currency: str) -> str:
    values = {
        "last": _written(last, asked.metric, currency),
        "first": _written(first, asked.metric, currency),
    }
    later, earlier = (_period_name(row.period, asked.grain) for row in (last, first))
    if not later or not earlier:
        return _("{label}: {last} in the last period, {first} in the first", label=label, **values)
    return _("{label}: {last} in {later}, {first} in {earlier}", label=label, later=later, earlier=earlier, **values)


def _period_name(day: date | None, grain: str | None) -> str | None:
    """A month, quarter or year as one says it; days and weeks have no short name."""
    if day is None:
        return None
    match grain:
        case "month":
            return formats.month_long(day)
        case "quarter":
            return f"Q{(day.month + 2) // 3} {day.year}"
        case "year":
            return str(day.year)
    return None


def _written(row: MetricRow, metric: Metric, currency: str) -> str:
    return str(formats.quantity(row.value or 0, metric.unit, currency=currency))


def cut_bars(rows: Sequence[MetricRow], asked: Question, currency: str) -> list[tuple[str, float, str]]:
    """Name, value and value in words of each part of a cut, the largest first; none where bars would say nothing."""
    known = [(row, row.value) for row in rows if row.value is not None]
    if not asked.by or asked.grain or not 2 <= len(known) <= SHOWN_BARS or any(value < 0 for _row, value in known):
        return []
    ordered = sorted(known, key=lambda pair: -pair[1])
    return [
        (shown_value(asked.by, row.dimensions.get(asked.by)), value, _written(row, asked.metric, currency))
        for row, value in ordered
    ]


def table(rows: Sequence[MetricRow], asked: Question, currency: str, *, named: str | None = None) -> Table:
    """Every number of the answer with what it is made of. ``named`` is a shorter name for the value's column."""
    unit = asked.metric.unit
    columns = [Column("period", _("Period from"), "date")] if asked.grain else []
    columns += [Column("cut", dimension_label(asked.by))] if asked.by else []
    columns += [
        Column("value", named or asked.metric.label_in(current()), unit, strong=True),
        Column("low", _("Interval from"), unit),
        Column("high", _("Interval to"), unit),
        Column("n", _("n"), "count"),
    ]
    made = [
        {
            "period": row.period,
            "cut": shown_value(asked.by, row.dimensions.get(asked.by)) if asked.by else "",
            "value": row.value,
            "low": row.low,
            "high": row.high,
            "n": row.n,
            "_missing": _missing(row),
        }
        for row in rows
    ]
    order = sorted(made, key=lambda cells: str(cells["period"]), reverse=True) if asked.grain else made
    return Table(tuple(columns), tuple(order), currency)


def _missing(row: MetricRow) -> str:
    if row.withdrawn_by:
        return _("withheld")
    if row.suppressed:
        return _("hidden, n < 5")
    return _("no data") if row.value is None else _("full count")
