"""The lower half of the Service level page: backlog, promises by priority, teams, other formulas."""

from __future__ import annotations

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.figure import Foot, empty, figure_section, plot
from dashboards.components.judgedtable import judged_table
from dashboards.components.markup import Html
from dashboards.components.tables import Column, Table
from dashboards.components.words import plain
from dashboards.figures import service_level as figures
from dashboards.figures.lines import line_figure
from dashboards.figures.plotting import View
from dashboards.figures.service_sentences import backlog_title, priority_title, team_title, variants_title
from dashboards.filters import Filters, shown_value
from dashboards.language import _, current
from dashboards.pages.nothing import no_level
from dashboards.pages.parts import data_link, definition_of, metric_term, rows_link
from dashboards.pages.withheld import rests_on
from dashboards.queries import service_level as queries
from dashboards.reading import Reading

PATH = "/service-level"
SHOWN_TEAMS = 12


@rests_on("backlog", lambda: _("Backlog"), "backlog")
def backlog_section(reading: Reading, filters: Filters, view: View) -> Html:
    """Open tickets over time, and what came in and went out."""
    found = queries.backlog(reading, filters)
    rows, weekly = found.rows, found.is_weekly
    chart = figures.backlog_chart(rows)
    if not chart.series:
        return figure_section(
            "backlog",
            _("Backlog"),
            "",
            empty(_("No tickets were counted in this span."), _("A source of tickets would fill this figure.")),
        )
    title = backlog_title(chart.series[0].points, queries.tickets_begin(reading))
    flow = figures.flow_chart(rows)
    sub = (
        _("Open tickets at the end of each week; below, what came in and went out in it. Full count.")
        if weekly
        else _("Open tickets at the end of each month; below, what came in and went out in it. Full count.")
    )
    body = [plot("backlog", line_figure(chart, view, height=200), label=plain(title))]
    if flow.series:
        body.append(plot("flow", line_figure(flow, view, height=170), label=_("Tickets that came in and went out")))
    foot = Foot(
        note=_("yesterday + created + reopened − solved − deleted = today"),
        definition=definition_of(reading, "backlog"),
        rows=rows_link("fct_tickets", filters),
        data=data_link(PATH, "backlog", filters),
        has_picture=True,
    )
    return figure_section("backlog", title, sub, body, foot)


def judged_values(judged: list[queries.Judged], label: str, key: str) -> Table:
    """A judged table as raw values."""
    columns = (
        Column(key, label),
        Column("value", _("Value"), "ratio", strong=True),
        Column("low", _("Interval from"), "ratio"),
        Column("high", _("Interval to"), "ratio"),
        Column("n", _("n"), "count"),
        Column("target", _("Target"), "ratio"),
        Column("verdict", _("Verdict")),
    )
    rows = [
        {
            key: j.name,
            "value": j.row.value,
            "low": j.row.low,
            "high": j.row.high,
            "n": j.row.n,
            "target": j.target.value if j.target else None,
            "verdict": j.verdict,
        }
        for j in judged
    ]
    return Table(columns, tuple(rows))


@rests_on("priorities", lambda: _("Promises by priority"), "sla_attainment")
def priorities_section(reading: Reading, filters: Filters) -> Html:
    """Promises kept per priority."""
    judged = queries.by_priority(reading, filters)
    if not judged:
        return figure_section(
            "priorities",
            _("Promises by priority"),
            "",
            empty(_("No promise fell due in this period."), _("A ticket source with due times would fill this table.")),
        )
    foot = Foot(
        definition=definition_of(reading, "sla_attainment"),
        rows=rows_link("fct_tickets", filters),
        data=data_link(PATH, "priorities", filters),
        has_table=False,
    )
    sub = _("{period}, promises met of promises due, 95\u202f% interval", period=filters.period.label)
    return figure_section(
        "priorities",
        priority_title(judged),
        sub,
        judged_table(judged, _("Priority"), lambda name: shown_value("priority", name).capitalize()),
        foot,
    )


@rests_on("teams", lambda: _("Teams"), "service_level", "service_level_f3")
def teams_section(reading: Reading, filters: Filters) -> Html:
    """Teams with their level and what belongs to it."""
    judged = queries.by_team(reading, filters)
    if not any(one.name != "unknown" for one in judged):
        return figure_section(
            "teams",
            _("Teams"),
            "",
            empty(_("Contacts carry no team in this period."), _("The contacts’ queue or agent would name it.")),
        )
    extra = [
        (metric_term(reading, name), name)
        for name in queries.TEAM_METRICS
        if name in reading.metrics() and any(name in j.others for j in judged)
    ]
    opened = "teams" in (filters.extra("more") or "")
    shown = judged if opened else judged[:SHOWN_TEAMS]
    table = judged_table(
        shown, _("Team"), lambda name: shown_value("team", name), extra=extra, currency=reading.currency
    )
    if len(judged) > SHOWN_TEAMS:
        href = "/service-level" + filters.query(more=None if opened else "teams")
        words = _("Fewer teams") if opened else _("{count} more teams", count=len(judged) - SHOWN_TEAMS)
        table = html.Div([table, html.P(html.A(words, href=href, className="link go caption"), className="more-rows")])
    foot = Foot(
        definition=definition_of(reading, judged[0].row.metric),
        rows=rows_link("fct_contacts", filters),
        data=data_link(PATH, "teams", filters),
        has_table=False,
    )
    return figure_section(
        "teams",
        team_title(judged),
        _("{period}, lowest first, 95\u202f% interval", period=filters.period.label),
        table,
        foot,
    )


def variants_table(reading: Reading, filters: Filters) -> Table:
    """The formulas as a table."""
    columns = (
        Column("name", _("Variant")),
        Column("value", _("Level"), "ratio", strong=True),
        Column("low", _("Interval from"), "ratio"),
        Column("high", _("Interval to"), "ratio"),
        Column("n", _("n"), "count"),
    )
    rows = [
        {"name": r.metric, "value": r.value, "low": r.low, "high": r.high, "n": r.n}
        for r in queries.variants(reading, filters)
    ]
    return Table(columns, tuple(rows))


@rests_on("variants", lambda: _("The same contacts by other formulas"), "service_level")
def variants_section(reading: Reading, filters: Filters) -> Html:
    """The same contacts by the other formulas in use."""
    rows = queries.variants(reading, filters)
    known = [row for row in rows if row.value is not None]
    if not known:
        return figure_section(
            "variants",
            _("The same contacts by other formulas"),
            "",
            no_level(reading, filters, _("No contacts were counted in this period.")),
        )
    head = [html.Th(_("Formula"), className="left"), html.Th("%"), html.Th(_("n"))]
    body = []
    for row in rows:
        metric = reading.metrics()[row.metric]
        words = [
            html.B(variant_name(row.metric)),
            html.Br(),
            html.Span(formula_words(metric.description_in(current())), className="caption"),
        ]
        if row.value is None:
            numbers = [html.Td(_("no data"), colSpan=2, className="muted nowrap")]
        else:
            share = html.Td(formats.number(row.value * 100, 1), className="strong")
            numbers = [share, html.Td(formats.count(row.n or 0), className="muted")]
        body.append(html.Tr([html.Td(words, className="left wide"), *numbers]))
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="table-plain")
    foot = Foot(data=data_link(PATH, "variants", filters), has_table=False)
    return figure_section(
        "variants",
        variants_title(known),
        _("{period}; the main formula leads everywhere else", period=filters.period.label),
        table,
        foot,
    )


def variant_name(name: str) -> str:
    """``Main`` or ``F1``."""
    return _("Main formula") if name == "service_level" else name.rsplit("_", 1)[-1].upper()


def formula_words(description: str) -> str:
    """The formula out of a description: its first sentence without ``Variant F1:``."""
    first = description.split(". ")[0]
    return first.split(": ", 1)[-1].rstrip(".")
