"""Staffing: people against work for the weeks ahead, half-hours, what moving an assumption does, the plan."""

from __future__ import annotations

from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components import shell
from dashboards.components.figure import Foot, empty, figure_section, plot
from dashboards.components.markup import Html
from dashboards.components.tables import TableMaker, table_view
from dashboards.components.words import plain
from dashboards.figures import staffing as figures
from dashboards.figures import staffing_heat as heat
from dashboards.figures import staffing_sentences as words
from dashboards.figures import staffing_tables as data
from dashboards.figures.plotting import View
from dashboards.filters import Filters
from dashboards.language import _
from dashboards.pages.parts import data_link, laid_out
from dashboards.pages.staffing_sections import curve_section, what_if_section, worst_section
from dashboards.queries import staffing as queries
from dashboards.queries.about import about
from dashboards.reading import Reading

PATH = "/staffing"
CONTROLS = ("team",)
# People of a wave that is added by the button.
WAVE = 2


def version(reading: Reading) -> str:
    """What the page rests on beside the release: a scenario that was saved makes it another page."""
    return " ".join(f"{one.name}@{one.saved_at}" for one in queries.scenarios(reading))


def body(reading: Reading, filters: Filters, view: View) -> list[Any]:
    """The page below the bars."""
    found = queries.outlook(reading, filters)
    first = found.summary.get("first_week_on")
    span = (
        _("{weeks} weeks from {day}", weeks=formats.count(len(found.weeks)), day=formats.date_long(first))
        if found.weeks and first
        else _("No weeks ahead yet")
    )
    head = shell.page_head(
        shell.joined([_("Staffing"), span, filters.scope]),
        words.conclusion(found),
        words.lede(found),
        shell.release_block(about(reading), reading.settings.organisation.time_zone),
        name=_("Staffing"),
    )
    if not found.weeks:
        return [head, *laid_out(("whole", (_nothing, reading)), ("whole", (_backtest, reading, filters, found)))]
    cells = queries.half_hours(reading, filters, found.worst.day)
    sections = laid_out(
        ("rest-354", (_gap, found, filters, view), (what_if_section, reading, found, filters)),
        ("rest-354", (_heat, cells, found, filters), (worst_section, cells)),
        ("whole", (_teams, reading, filters)),
        ("whole", (_plan, reading, filters)),
        ("halves", (_levers, reading, filters), (curve_section, reading, filters, view)),
        ("whole", (_backtest, reading, filters, found)),
    )
    return [head, *sections]


def tables(reading: Reading, filters: Filters) -> dict[str, TableMaker]:
    """The tables that can be downloaded."""
    return {
        "gap": lambda: data.week_table(queries.outlook(reading, filters)),
        "teams": lambda: data.team_table(queries.team_gaps(reading, filters)),
        "hours": lambda: data.heat_table(_cells(reading, filters)),
        "plan": lambda: data.plan_table(queries.plan(reading, filters), reading.currency),
        "levers": lambda: data.lever_table(queries.levers(reading)),
        "curve": lambda: data.curve_table(queries.need_curve(reading, filters)),
        "backtest": lambda: data.backtest_table(queries.backtest(reading)),
    }


def _cells(reading: Reading, filters: Filters) -> list[queries.Cell]:
    found = queries.outlook(reading, filters)
    return queries.half_hours(reading, filters, found.worst.day) if found.weeks else []


def _gap(found: queries.Outlook, filters: Filters, view: View) -> Html:
    title = words.gap_title(found)
    sub = _(
        "Full-time people required and available by week, after shrinkage, leaving and ramp-up. "
        "Line: middle of {runs} runs; band: 10th to 90th.",
        runs=formats.count(found.summary.get("runs") or 0),
    )
    foot = Foot(
        note=_(
            "Without further openings; dotted: with the plan below. What is short is shared by live and deferred work."
        ),
        definition=_definitions(),
        data=data_link(PATH, "gap", filters),
        has_picture=True,
    )
    drawn = [plot("gap", figures.gap_figure(found, view), label=plain(title)), heat.gap_strip(found)]
    return figure_section("gap", title, sub, drawn, foot)


def _definitions() -> list[tuple[str, str]]:
    required = _(
        "Agents per half-hour for the service level target (Erlang A; chats several at once), and tickets inside their "
        "promise, in full-time people of the week."
    )
    available = _(
        "Today’s people less leavers by tenure and team, and openings that stand as they are filled, begun and trained."
    )
    level = _(
        "What the share of the need that is there gives by the same formula, set to what was measured in 13 weeks."
    )
    shared = _(
        "Where at least half of the days are worked on several channels, these are one queue (the least need there can "
        "be); elsewhere each channel is staffed alone (the most)."
    )
    return [
        (_("Required"), required),
        (_("Available"), available),
        (_("Service level"), level),
        (_("Shared skills"), shared),
    ]


def _heat(cells: list[queries.Cell], found: queries.Outlook, filters: Filters) -> Html:
    if not cells:
        return figure_section("hours", _("Half-hours over and under"), "", empty(_("No live work in this slice."), ""))
    sub = _(
        "Available minus required, heads per half-hour, week of {day}, middle run. Dots: closed.",
        day=formats.date_long(found.worst.day),
    )
    foot = Foot(
        note=_("People are spread as they were at work in the last eight weeks."),
        data=data_link(PATH, "hours", filters),
    )
    return figure_section("hours", words.heat_title(cells), sub, heat.heat_map(cells), foot)


def _teams(reading: Reading, filters: Filters) -> Html:
    teams = queries.team_gaps(reading, filters)
    if not teams:
        return figure_section("teams", _("Gap by team"), "", empty(_("No team has people or work."), ""))
    sub = _("Available minus required by team and week, full-time people, middle run, without further openings")
    foot = Foot(note=_("Colour in steps at a half, two and five people."), data=data_link(PATH, "teams", filters))
    return figure_section("teams", words.team_title(teams), sub, heat.team_map(teams), foot)


def _plan(reading: Reading, filters: Filters) -> Html:
    rows = queries.plan(reading, filters)
    proposed = sum(row["people"] for row in rows if row["state"] == "proposed")
    approved = sum(row["people"] for row in rows if row["state"] == "approved")
    sub = _(
        "{approved} people approved, {proposed} proposed, at least cost for the middle run. “On time”: started by the "
        "day named or within two weeks of it.",
        approved=formats.count(approved),
        proposed=formats.count(proposed),
    )
    table = (
        html.Div(
            table_view(data.plan_table(rows, reading.currency), label=_("Hiring plan"), compact=False),
            className="hiring-plan",
        )
        if rows
        else empty(_("Nothing is open and nothing needs to be opened."), "")
    )
    foot = Foot(data=data_link(PATH, "plan", filters), has_table=False)
    return figure_section("plan", _("Hiring plan"), sub, table, foot, extra=_add_wave(filters))


def _add_wave(filters: Filters) -> Html:
    """One wave more among the assumptions above, from where it can be made larger and moved."""
    more = min(int(filters.extra("wave") or 0) + WAVE, 30)
    return html.A(_("+ Add wave"), href=PATH + filters.query(wave=str(more)), className="button go add-wave")


def _levers(reading: Reading, filters: Filters) -> Html:
    rows = queries.levers(reading)
    if not rows:
        return figure_section("levers", words.lever_title(rows), "", empty(_("People or work are not known."), ""))
    foot = Foot(
        note=_("Each alone, everything else as today."), data=data_link(PATH, "levers", filters), has_table=False
    )
    sub = _("Full-time people each lever is worth, whole organisation")
    table = table_view(data.lever_table(rows), label=_("What each lever would buy"))
    return figure_section("levers", words.lever_title(rows), sub, table, foot)


def _backtest(reading: Reading, filters: Filters, found: queries.Outlook) -> Html:
    rows = queries.chosen_models(reading)
    if not rows:
        return figure_section("backtest", _("Forecasts have not been judged yet"), "", empty(_("No contacts yet."), ""))
    sub = _(
        "Rolling origins, up to 26 weeks ahead at interval grain; a queue’s model is the one with the least error. "
        "Small queues miss more: much of it is chance."
    )
    foot = Foot(note=_("The table has every model and origin."), data=data_link(PATH, "backtest", filters))
    view = table_view(data.backtest_table(rows), label=_("Backtest of the forecasts"))
    return figure_section("backtest", words.backtest_title(found.summary), sub, view, foot)


def _nothing(reading: Reading) -> Html:
    missing = queries.insufficient(reading)
    told = [html.Li(words.missing_words(row)) for row in missing]
    what = _("People and work could not be held against each other.")
    return figure_section("gap", _("Required and available"), "", [empty(what, ""), html.Ul(told) if told else None])
