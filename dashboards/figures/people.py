"""People's figures from its frames: turnover, survival curves, strips of stages, facets and pay, and their tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.metrics import MetricRow
from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.marks import Scale, target_strip
from dashboards.components.markup import Html
from dashboards.components.tables import Column, Table
from dashboards.figures.overview import goal_of
from dashboards.figures.people_sentences import facet_name, role_name
from dashboards.figures.series import LineChart, Point, Series
from dashboards.language import _, current
from dashboards.queries.people import LINES, TURNOVER, Fact, Stage


def turnover_chart(rows: Sequence[MetricRow], fact: Fact | None) -> LineChart:
    """Turnover of twelve months with its interval, its two parts beside it, the target as a line."""
    names = {
        LINES[0]: _("Turnover"),
        LINES[1]: _("Voluntary"),
        LINES[2]: _("Involuntary"),
    }
    series = []
    for metric, name in names.items():
        points = tuple(
            Point(row.period, row.value, row.low, row.high, row.n)
            for row in rows
            if row.metric == metric and row.period
        )
        if sum(point.value is not None for point in points) >= 2:
            series.append(Series(name, points, fact.verdict if fact and metric == TURNOVER else "no-target"))
    goal = goal_of(fact.target, "ratio") if fact else None
    return LineChart(tuple(series), "ratio", _("Turnover"), goal, from_zero=True, marks=False)


def turnover_table(rows: Sequence[MetricRow]) -> Table:
    """A row per month: the twelve months to it."""
    columns = (
        Column("period", _("Twelve months to"), "date"),
        Column(LINES[0], _("Turnover"), "ratio", strong=True),
        Column(LINES[1], _("Voluntary"), "ratio"),
        Column(LINES[2], _("Involuntary"), "ratio"),
    )
    values = {(row.period, row.metric): row.value for row in rows}
    periods = sorted({row.period for row in rows if row.period}, reverse=True)
    return Table(columns, tuple({"period": p, **{m: values.get((p, m)) for m in LINES}} for p in periods))


def fact_rows(found: Sequence[Fact], currency: str) -> Html:
    """Measure, value with its interval, and the change on the twelve months before."""
    head = [
        html.Th(_("Twelve months"), className="left"),
        html.Th(_("Value")),
        html.Th(_("Change")),
    ]
    return html.Div(
        html.Table(
            [html.Thead(html.Tr(head)), html.Tbody([html.Tr(_fact_cells(one, currency)) for one in found])],
            className="table-plain market-table",
        ),
        className="table-scroll",
    )


def _fact_cells(one: Fact, currency: str) -> list[Html]:
    row, unit = one.row, one.metric.unit
    name = one.metric.label_in(current())
    low, high = row.low, row.high
    note = "" if low is None or high is None else formats.interval(low, high, unit, currency=currency)
    words = [html.Span(name), html.Div(note, className="caption") if note else None]
    value = (
        _("hidden, n < 5")
        if row.suppressed
        else _("no data")
        if row.value is None
        else str(formats.quantity(row.value, unit, currency=currency))
    )
    change = _("no year before")
    if one.change is not None and row.value is not None:
        change = formats.change(one.change.difference, unit, currency=currency, like=row.value)
    return [
        html.Td(words, className="left"),
        html.Td(value, className="strong nowrap"),
        html.Td(change, className="muted nowrap"),
    ]


def fact_table(found: Sequence[Fact], currency: str) -> Table:
    """The measures as rows."""
    columns = (
        Column("measure", _("Measure")),
        Column("value", _("Value"), unit_key="unit", strong=True),
        Column("low", _("From"), unit_key="unit"),
        Column("high", _("To"), unit_key="unit"),
        Column("n", _("n"), "count"),
        Column("before", _("Year before"), unit_key="unit"),
    )
    rows = tuple(
        {
            "measure": one.metric.label_in(current()),
            "unit": one.metric.unit,
            "value": one.row.value,
            "low": one.row.low,
            "high": one.row.high,
            "n": one.row.n,
            "before": one.change.earlier if one.change else None,
        }
        for one in found
    )
    return Table(columns, rows, currency)


def funnel_rows(stages: Sequence[Stage]) -> Html:
    """A strip per stage: who passed of those who left it; who is in it still stands apart."""
    head = [
        html.Th(_("Stage"), className="left"),
        html.Th(_("Entered")),
        html.Th(_("Passed of those who left"), className="left"),
        html.Th("%"),
        html.Th(_("Still in it")),
    ]
    body = []
    for one in stages:
        row = one.row
        shown = row.value is not None
        words = f"{one.name}: {formats.percent(row.value or 0)}"
        strip = target_strip(row.value, row.low, row.high, scale=(0, 1), verdict="no-target", words=words)
        body.append(
            html.Tr(
                [
                    html.Td(one.name, className="left nowrap"),
                    html.Td(formats.count(one.entered)),
                    html.Td(strip, className="strip-cell"),
                    html.Td(formats.number((row.value or 0) * 100, 1) if shown else _("no data"), className="strong"),
                    html.Td(formats.count(row.pending or 0), className="muted"),
                ]
            )
        )
    return _table(head, body)


def _table(head: Sequence[Html], body: Sequence[Html]) -> Html:
    rows = [html.Thead(html.Tr(list(head))), html.Tbody(list(body))]
    return html.Div(html.Table(rows, className="table-plain market-table"), className="table-scroll")


def funnel_table(stages: Sequence[Stage]) -> Table:
    """The funnel as rows."""
    columns = (
        Column("stage", _("Stage")),
        Column("entered", _("Entered"), "count"),
        Column("passed", _("Passed"), "count"),
        Column("left", _("Left it"), "count"),
        Column("still", _("Still in it"), "count"),
        Column("conversion", _("Passed ÷ left"), "ratio", strong=True),
        Column("low", _("From"), "ratio"),
        Column("high", _("To"), "ratio"),
    )
    rows = tuple(
        {
            "stage": one.name,
            "entered": one.entered,
            "passed": one.row.numerator,
            "left": one.row.denominator,
            "still": one.row.pending,
            "conversion": one.row.value,
            "low": one.row.low,
            "high": one.row.high,
        }
        for one in stages
    )
    return Table(columns, rows)


def facet_rows(facets: Sequence[tuple[MetricRow, MetricRow | None]]) -> Html:
    """A strip per facet and the change on the year before."""
    lows = [row.low if row.low is not None else row.value or 0 for row, _then in facets]
    highs = [row.high if row.high is not None else row.value or 1 for row, _then in facets]
    scale: Scale = (max(0.0, min(lows) - 0.05), min(1.0, max(highs) + 0.05))
    head = [html.Th(_("Facet"), className="left"), html.Th(""), html.Th("%"), html.Th(_("n")), html.Th(_("Change"))]
    body = []
    for row, then in facets:
        name = facet_name(str(row.dimensions["dimension"]))
        words = f"{name}: {formats.percent(row.value or 0)}"
        strip = target_strip(row.value, row.low, row.high, scale=scale, verdict="no-target", words=words)
        moved = _("no year before")
        if then is not None and then.value is not None and row.value is not None:
            moved = formats.points(row.value - then.value)
        cells = [
            html.Td(name, className="left nowrap"),
            html.Td(strip, className="strip-cell"),
            html.Td(formats.number((row.value or 0) * 100, 1), className="strong"),
            html.Td(formats.count(row.n or 0), className="muted"),
            html.Td(moved, className="muted nowrap"),
        ]
        body.append(html.Tr(cells))
    return _table(head, body)


def pay_rows(rows: Sequence[dict[str, Any]]) -> Html:
    """A strip per role and city: the market's middle half as a bar, its median upright, our pay as the dot."""
    head = [
        html.Th(_("Role and city"), className="left"),
        html.Th(_("Middle half of the market, our pay"), className="left"),
        html.Th(_("Ours")),
        html.Th(_("Gap")),
        html.Th(_("n, theirs")),
    ]
    return _table(head, [html.Tr(_pay_cells(row)) for row in rows])


def _pay_cells(row: dict[str, Any]) -> list[Html]:
    name = f"{row['city']}, {role_name(row)}"
    known = row["gap"] is not None
    verdict = {"below": "missed", "above": "met", "inside": "undecided"}.get(row["standing"], "no-target")
    ours = str(formats.money(row["own_pay"], row["currency"]))
    strip: Any = html.Span(_("fewer than five postings of others"), className="caption")
    if known:
        middle = row["market_pay_p50"]
        reach = max(abs(row[key] - middle) for key in ("own_pay", "market_pay_p25", "market_pay_p75")) * 1.25
        strip = target_strip(
            row["own_pay"],
            row["market_pay_p25"],
            row["market_pay_p75"],
            scale=(middle - reach, middle + reach),
            verdict=verdict,
            target=middle,
            words=f"{name}: {ours}",
        )
    gap = formats.signed_percent(row["gap"]) if known else _("no data")
    return [
        html.Td(name, className="left"),
        html.Td(strip, className="strip-cell"),
        html.Td(ours, className="strong nowrap"),
        html.Td(gap, className="nowrap" if known else "muted"),
        html.Td(formats.count(row["market_postings"]), className="muted"),
    ]
