"""Service level: when was it kept, how long did people wait, were promises kept, is work piling up?"""

from __future__ import annotations

from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components import shell
from dashboards.components.figure import Foot, empty, figure_section, plot
from dashboards.components.markup import Html
from dashboards.components.tables import Column, Table, TableMaker
from dashboards.components.words import plain
from dashboards.figures import service_level as figures
from dashboards.figures.bars import share_bars
from dashboards.figures.lines import line_figure
from dashboards.figures.overview import goal_of, points_of
from dashboards.figures.plotting import View
from dashboards.figures.series import LineChart, Series
from dashboards.figures.service_sentences import (
    conclusion,
    lede,
    waits_title,
    week_title,
)
from dashboards.figures.trend_sentences import trend_title
from dashboards.filters import Filters, shown_value
from dashboards.language import _
from dashboards.pages.nothing import no_level, no_line
from dashboards.pages.parts import data_link, definition_of, laid_out, rows_link
from dashboards.pages.service_sections import (
    backlog_section,
    judged_values,
    priorities_section,
    teams_section,
    variants_section,
    variants_table,
)
from dashboards.pages.withheld import rests_on
from dashboards.queries import service_level as queries
from dashboards.queries.about import about
from dashboards.queries.measures import Measure, measures
from dashboards.queries.overview import level_metric, level_target
from dashboards.queries.trends import Trend
from dashboards.reading import Reading

PATH = "/service-level"
CONTROLS = ("period", "compare", "channel", "team", "region", "topic")


def body(reading: Reading, filters: Filters, view: View) -> list[Any]:
    """The page below the bars."""
    level = level_metric(reading, filters)
    found = measures(reading, (level, "asa_seconds", "abandonment_rate"), filters, history=False)
    cells = queries.hours(reading, filters)
    sections = laid_out(
        ("rest-354", (_week, reading, filters, cells), (_worst, reading, filters, cells)),
        ("rest-420", (_trend, reading, filters, view), (_waits, reading, filters, view)),
        ("rest-420", (backlog_section, reading, filters, view), (priorities_section, reading, filters)),
        ("rest-420", (teams_section, reading, filters), (variants_section, reading, filters)),
    )
    return [_head(reading, filters, found, cells), *sections]


def tables(reading: Reading, filters: Filters) -> dict[str, TableMaker]:
    """The tables that can be downloaded."""
    return {
        "week": lambda: figures.hour_table(queries.hours(reading, filters)),
        "trend": lambda: _trend_table(queries.level_line(reading, filters)),
        "waits": lambda: figures.wait_table(queries.waits(reading, filters)),
        "backlog": lambda: figures.backlog_table(queries.backlog(reading, filters)),
        "priorities": lambda: judged_values(queries.by_priority(reading, filters), _("Priority"), "priority"),
        "teams": lambda: judged_values(queries.by_team(reading, filters), _("Team"), "team"),
        "variants": lambda: variants_table(reading, filters),
    }


def _head(reading: Reading, filters: Filters, found: dict[str, Measure], cells: list[queries.HourCell]) -> Html:
    level = found.get(level_metric(reading, filters))
    worst = queries.hardest_hour(cells, level.value if level else None)
    eyebrow = shell.joined([_("Service level"), filters.period.label, filters.scope])
    text = lede(level, found.get("asa_seconds"), found.get("abandonment_rate"), worst, filters)
    release = shell.release_block(about(reading), reading.settings.organisation.time_zone)
    return shell.page_head(eyebrow, conclusion(level, worst, filters), text, release, name=_("Service level"))


@rests_on("week", lambda: _("The week by hour"), "service_level", "service_level_f3")
def _week(reading: Reading, filters: Filters, cells: list[queries.HourCell]) -> Html:
    target = level_target(reading, dict(filters.values), filters.period.end)
    title = week_title(cells, target)
    if not cells:
        words = (
            _("No contact of this slice tells the time of its arrival.")
            if filters.values
            else _("A source of contacts or intervals would fill this figure.")
        )
        what = no_level(reading, filters, _("The week by hour is not kept this way."), words)
        return figure_section("week", title, "", what)
    if not figures.has_hours(cells):
        return figure_section("week", title, "", empty(_("No hour has ten contacts."), ""))
    sub = _(
        "Per cent answered inside the threshold by hour of arrival, {period}. "
        "Colour: points from target, in steps at 1, 3 and 5.",
        period=filters.period.label,
    )
    link = rows_link("fct_contacts", filters, weekday="WEEKDAY", hour="HOUR")
    total = sum(c.base for c in cells if c.hour is None)
    foot = Foot(
        note=_(
            "n {count} · dots: closed or no contacts; dashes: fewer than ten · a cell opens its rows",
            count=formats.count(total),
        ),
        definition=definition_of(reading, level_metric(reading, filters)),
        rows=rows_link("fct_contacts", filters),
        data=data_link(PATH, "week", filters),
    )
    return figure_section("week", title, sub, figures.heat_map(cells, target, link), foot)


@rests_on("worst", lambda: _("Six lowest hours"), "service_level", "service_level_f3")
def _worst(reading: Reading, filters: Filters, cells: list[queries.HourCell]) -> Html:
    worst = queries.worst_hours(cells)
    head = [html.Th(_("Hour"), className="left"), html.Th("%"), html.Th(_("Interval")), html.Th(_("n"))]
    rows = []
    for cell in worst:
        low, high = cell.interval
        when = f"{formats.weekday_long(cell.weekday)}, {cell.hour:02}:00"
        link = html.A(
            when,
            href=rows_link("fct_contacts", filters, weekday=str(cell.weekday), hour=str(cell.hour)),
            className="link go",
        )
        rows.append(
            html.Tr(
                [
                    html.Td(link, className="left"),
                    html.Td(formats.number((cell.value or 0) * 100, 1), className="strong"),
                    html.Td(formats.interval(low or 0, high or 0, "ratio"), className="muted"),
                    html.Td(formats.count(cell.base), className="muted"),
                ]
            )
        )
    table = (
        html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="table-plain")
        if worst
        else empty(_("No hour has ten contacts."), "")
        if cells
        else no_level(reading, filters, _("The week by hour is not kept this way."))
    )
    return figure_section(
        "worst", _("Six lowest hours"), _("By the upper end of the interval; not tested against each other"), table
    )


@rests_on("trend", lambda: _("Service level over time"), "service_level", "service_level_f3")
def _trend(reading: Reading, filters: Filters, view: View) -> Html:
    trend = queries.level_line(reading, filters)
    rows, weekly = trend.rows, trend.is_weekly
    target = level_target(reading, dict(filters.values), filters.period.end)
    goal = goal_of(target, "ratio", inside=_("inside threshold"))
    name = shown_value("channel", filters.value("channel")) if filters.value("channel") else _("Service level")
    points = points_of(rows)
    known = [p for p in points if p.value is not None]
    if len(known) < 2:
        what = no_line() if known else no_level(reading, filters, _("No contacts were counted in this span."))
        return figure_section("trend", _("Service level over time"), "", what)
    verdict = target.verdict(known[-1].value, known[-1].low, known[-1].high) if target else "no-target"
    chart = LineChart(
        (Series("", points, verdict),), "ratio", "", goal, end_note=_("last week") if weekly else _("last month")
    )
    title = trend_title(name, points, goal, weekly=weekly)
    sub = (
        _("Share answered inside the threshold, weekly. Shaded: 95\u202f% interval.")
        if weekly
        else _("Share answered inside the threshold, monthly. Shaded: 95\u202f% interval.")
    )
    foot = Foot(
        note=_("n {count} in the figure", count=formats.count(sum(p.n or 0 for p in points))),
        definition=definition_of(reading, rows[0].metric),
        rows=rows_link("fct_contacts", filters),
        data=data_link(PATH, "trend", filters),
        has_picture=True,
    )
    return figure_section(
        "trend", title, sub, plot("trend", line_figure(chart, view, height=290), label=plain(title)), foot
    )


def _trend_table(trend: Trend) -> Table:
    columns = (
        Column("period", _("Week from") if trend.is_weekly else _("Month"), "date"),
        Column("value", _("Inside threshold"), "ratio", strong=True),
        Column("low", _("Interval from"), "ratio"),
        Column("high", _("Interval to"), "ratio"),
        Column("n", _("n"), "count"),
    )
    ordered = sorted((r for r in trend.rows if r.period), key=lambda r: str(r.period), reverse=True)
    return Table(
        columns, tuple({"period": r.period, "value": r.value, "low": r.low, "high": r.high, "n": r.n} for r in ordered)
    )


@rests_on("waits", lambda: _("How long people waited"), "wait_seconds_p50", "asa_seconds")
def _waits(reading: Reading, filters: Filters, view: View) -> Html:
    found = queries.waits(reading, filters)
    if not found:
        return figure_section(
            "waits",
            _("How long people waited"),
            "",
            empty(
                _("No single waits are known for this slice."),
                _("A list of contacts with their waits would fill this figure; sums by interval carry none."),
            ),
        )
    channel = filters.value("channel")
    threshold = reading.settings.threshold(channel).answer_within_seconds if channel else None
    title = waits_title(found)
    figure = share_bars(figures.wait_bars(found, threshold), view, height=290)
    foot = Foot(
        note=_("n {count} answered contacts", count=formats.count(sum(b.n for b in found))),
        definition=definition_of(reading, "wait_seconds_p50") or definition_of(reading, "asa_seconds"),
        rows=rows_link("fct_contacts", filters),
        data=data_link(PATH, "waits", filters),
        has_picture=True,
    )
    return figure_section(
        "waits",
        title,
        _("Share of answered contacts by wait, {period}", period=filters.period.label),
        plot("waits", figure, label=plain(title)),
        foot,
    )
