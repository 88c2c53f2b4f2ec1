"""Service level's figures: the heat map of the week, bars of waits, lines of backlog, and the tables behind them."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.metrics import MetricRow
from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.markup import Html
from dashboards.components.tables import Column, Table
from dashboards.figures.bars import Bar
from dashboards.figures.overview import points_of
from dashboards.figures.sentences import tidy
from dashboards.figures.series import LineChart, Series
from dashboards.language import _
from dashboards.queries.judging import Target
from dashboards.queries.service_level import FLOWS, SMALL_CELL, HourCell, WaitBin
from dashboards.queries.trends import Trend

HEAT_STEPS = (1, 3, 5)


def heat_class(value: float | None, target: float | None) -> str:
    """The step of a cell by its distance from the target in points; the middle one where there is no target."""
    if value is None:
        return "closed"
    if target is None:
        return ""
    distance = round((value - target) * 100, 1)
    step = sum(abs(distance) >= edge for edge in HEAT_STEPS)
    return "" if not step else f"{'g' if distance > 0 else 'b'}{step}"


def has_hours(cells: Sequence[HourCell]) -> bool:
    """Whether any hour has contacts enough to be drawn."""
    return any(c.hour is not None and c.base >= SMALL_CELL for c in cells)


def heat_map(cells: Sequence[HourCell], target: Target | None, link: str) -> Html:
    """Hours across, weekdays down, the share printed in each cell; `link` has slots for weekday and hour."""
    by_place = {(c.weekday, c.hour): c for c in cells}
    open_hours = sorted({c.hour for c in cells if c.hour is not None and c.base >= SMALL_CELL})
    columns = list(range(open_hours[0], open_hours[-1] + 1)) if open_hours else []
    goal = target.value if target else None
    head = (
        [html.Span(className="axis")]
        + [html.Span(f"{hour:02}", className="axis hour") for hour in columns]
        + [html.Span(_("Day"), className="axis total muted")]
    )
    rows: list[Html] = []
    for weekday in range(1, 8):
        rows.append(html.Span(formats.weekday_short(weekday), className="axis day"))
        rows += [_cell(by_place.get((weekday, hour)), weekday, hour, goal, link) for hour in columns]
        total = by_place.get((weekday, None))
        rows.append(
            html.Span(
                formats.number(total.value * 100, 1) if total and total.value is not None else "·",
                className="axis total",
            )
        )
    style = {"gridTemplateColumns": f"36px repeat({len(columns)}, minmax(24px, 1fr)) 48px"}
    return html.Div(html.Div([*head, *rows], className="heat", style=style), className="table-scroll")


def _cell(cell: HourCell | None, weekday: int, hour: int, goal: float | None, link: str) -> Html:
    when = f"{formats.weekday_long(weekday)}, {hour:02}:00–{hour + 1:02}:00"
    if cell is None or cell.value is None:
        return html.Span("·", className="cell closed", title=_("{when}: no contacts", when=when))
    if cell.base < SMALL_CELL:
        return html.Span(
            "–", className="cell closed", title=_("{when}: only {n} contacts", when=when, n=formats.count(cell.base))
        )
    low, high = cell.interval
    words = _(
        "{when}: {value}, interval {interval}, n {n}",
        when=when,
        value=formats.percent(cell.value),
        interval=formats.interval(low or 0, high or 0, "ratio"),
        n=formats.count(cell.base),
    )
    href = link.replace("WEEKDAY", str(weekday)).replace("HOUR", str(hour))
    return html.A(
        formats.number(cell.value * 100, 0),
        href=href,
        title=words,
        className=f"cell go {heat_class(cell.value, goal)}".strip(),
        **{"aria-label": words},
    )


def hour_table(cells: Sequence[HourCell]) -> Table:
    """The heat map as rows."""
    columns = (
        Column("weekday", _("Weekday")),
        Column("hour", _("Hour")),
        Column("value", _("Inside threshold"), "ratio", strong=True),
        Column("low", _("Interval from"), "ratio"),
        Column("high", _("Interval to"), "ratio"),
        Column("n", _("n"), "count"),
    )
    ordered = sorted((c for c in cells if c.hour is not None), key=lambda c: (c.weekday, c.hour))
    rows = [
        {
            "weekday": formats.weekday_long(c.weekday),
            "hour": f"{c.hour:02}:00",
            "value": c.value,
            "low": c.interval[0],
            "high": c.interval[1],
            "n": c.base,
        }
        for c in ordered
    ]
    return Table(columns, tuple(rows))


def wait_bars(bins: Sequence[WaitBin], threshold: float | None) -> list[Bar]:
    """Bars of waits; those wholly inside the threshold meet."""
    bars = []
    for one in bins:
        meets = None if threshold is None else one.end is not None and one.end <= threshold
        bars.append(Bar(span_words(one), one.share, meets, one.n))
    return bars


def span_words(one: WaitBin) -> str:
    """``0–5 s``, ``1–2 min``, ``over 10 min``."""
    if one.end is None:
        return _("over {span}", span=tidy(one.start, "seconds"))
    if one.start >= 60:
        return formats.with_unit(f"{formats.number(one.start / 60)}–{formats.number(one.end / 60)}", "minutes")
    return formats.with_unit(f"{formats.number(one.start)}–{formats.number(one.end)}", "seconds")


def wait_table(bins: Sequence[WaitBin]) -> Table:
    """The bars as rows."""
    columns = (
        Column("wait", _("Wait")),
        Column("n", _("Contacts"), "count"),
        Column("share", _("Share"), "ratio", strong=True),
    )
    return Table(columns, tuple({"wait": span_words(b), "n": b.n, "share": b.share} for b in bins))


def backlog_chart(rows: Sequence[MetricRow]) -> LineChart:
    """Open tickets over time, from zero."""
    name = _("Open")
    points = points_of([row for row in rows if row.metric == "backlog"])
    return LineChart((Series(name, points),) if points else (), "count", name, from_zero=True)


def flow_chart(rows: Sequence[MetricRow]) -> LineChart:
    """What came in against what was solved, from zero; deleted tickets and returns where there were any."""
    series = []
    for metric, name in flow_names().items():
        points = points_of([row for row in rows if row.metric == metric])
        if any(point.value for point in points):
            series.append(Series(name, points))
    return LineChart(tuple(series), "count", _("Solved"), from_zero=True)


def flow_names() -> dict[str, str]:
    """The flows of the backlog in words, those that add to it first."""
    return dict(zip(FLOWS, (_("Created"), _("Reopened"), _("Solved"), _("Deleted")), strict=True))


def backlog_table(trend: Trend) -> Table:
    """A row per period: what came in and went out, and what is open at its end."""
    columns = (
        Column("period", _("Week from") if trend.is_weekly else _("Month"), "date"),
        *(Column(metric, name, "count") for metric, name in flow_names().items()),
        Column("backlog", _("Open at the end"), "count", strong=True),
    )
    periods = sorted({row.period for row in trend.rows if row.period}, reverse=True)
    values = {(row.period, row.metric): row.value for row in trend.rows}
    return Table(columns, tuple({"period": p, **{m: values.get((p, m)) for m in (*FLOWS, "backlog")}} for p in periods))
