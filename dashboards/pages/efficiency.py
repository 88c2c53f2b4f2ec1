"""Efficiency: how long does a contact take, where does paid time go, what does it cost, and was it the mix?"""

from __future__ import annotations

from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components import shell
from dashboards.components.barrows import bar_rows
from dashboards.components.figure import Foot, empty, figure_section, plot
from dashboards.components.marks import chip
from dashboards.components.markup import Html
from dashboards.components.scorecard import measure_row
from dashboards.components.tables import TableMaker, table_view
from dashboards.components.words import plain
from dashboards.figures import efficiency as figures
from dashboards.figures import efficiency_sentences as sentences
from dashboards.figures.lines import line_figure
from dashboards.figures.plotting import View
from dashboards.figures.sentences import targets_tally
from dashboards.filters import Filters, shown_value
from dashboards.language import _, current
from dashboards.pages.nothing import no_line
from dashboards.pages.parts import data_link, definition_of, laid_out, rows_link
from dashboards.pages.withheld import rests_on
from dashboards.queries import efficiency as queries
from dashboards.queries.about import about
from dashboards.queries.measures import Measure
from dashboards.reading import Reading

PATH = "/efficiency"
CONTROLS = ("period", "compare", "channel", "team", "region", "topic")


def body(reading: Reading, filters: Filters, view: View) -> list[Any]:
    """The page below the bars."""
    found = queries.all_measures(reading, filters)
    sections = laid_out(
        ("rest-420", (_parts, reading, filters, view), (_measures, reading, found)),
        ("rest-420", (_agents, reading, filters, view), (_shrinkage, reading, filters, found)),
        ("rest-420", (_splits, reading, filters), (_costs, reading, filters)),
        ("whole", (_teams, reading, filters, found)),
    )
    return [_head(reading, filters, found), *sections]


def tables(reading: Reading, filters: Filters) -> dict[str, TableMaker]:
    """The tables that can be opened and downloaded."""
    return {
        "parts": lambda: figures.parts_table(queries.handling_over_time(reading, filters)),
        "agents": lambda: figures.agent_table(
            queries.productive(reading, filters, queries.agents(reading, filters) or [])
        ),
        "shrinkage": lambda: figures.shrinkage_table(queries.shrinkage_parts(reading, filters)),
        "splits": lambda: figures.split_table(
            queries.splits(reading, filters), _labels(reading, queries.SPLIT), reading.currency
        ),
        "costs": lambda: figures.cost_table(_cost_rows(reading, filters), reading.currency),
        "teams": lambda: figures.team_table(queries.teams(reading, filters), _labels(reading, queries.TEAM_MEASURES)),
    }


def _labels(reading: Reading, names: tuple[str, ...]) -> dict[str, str]:
    known = reading.metrics()
    return {name: known[name].label_in(current()) for name in names if name in known}


def _cost_rows(reading: Reading, filters: Filters) -> list[queries.CostRow]:
    return queries.costs(reading, filters, queries.all_measures(reading, filters).get("cost_per_contact"))


def _head(reading: Reading, filters: Filters, found: dict[str, Measure]) -> Html:
    return shell.page_head(
        shell.joined([_("Efficiency"), filters.period.label, filters.scope]),
        sentences.conclusion(found.get(queries.HANDLING), filters),
        sentences.lede(found, reading.currency),
        shell.release_block(about(reading), reading.settings.organisation.time_zone),
        name=_("Efficiency"),
    )


@rests_on("parts", lambda: _("Handling time"), "aht_seconds")
def _parts(reading: Reading, filters: Filters, view: View) -> Html:
    found = queries.handling_over_time(reading, filters)
    chart = figures.parts_chart(found)
    if not chart.series:
        words = _("A source of contacts with talk, hold and after-contact time would fill this figure.")
        known = any(row.value is not None for row in found.rows)
        what = no_line() if known else empty(_("No handling time is known."), words)
        return figure_section("parts", _("Handling time"), "", what)
    last = {s.name: next((p.value for p in reversed(s.points) if p.value is not None), None) for s in chart.series}
    values = [(name, last[name] or 0) for name in figures.part_names() if last.get(name)]
    title = sentences.parts_title(values, last.get(_("Handling")))
    sub = (
        _("Seconds per handled contact, weekly. Shaded: 95\u202f% interval of the whole.")
        if found.is_weekly
        else _("Seconds per handled contact, monthly. Shaded: 95\u202f% interval of the whole.")
    )
    n = sum(row.n or 0 for row in found.rows if row.metric == queries.HANDLING)
    foot = Foot(
        note=_("n {count} in the figure", count=formats.count(n)),
        definition=definition_of(reading, queries.HANDLING),
        data=data_link(PATH, "parts", filters),
        rows=rows_link("fct_contacts", filters),
        has_picture=True,
    )
    figure = plot("parts", line_figure(chart, view, height=400), label=plain(title))
    return figure_section("parts", title, sub, figure, foot)


def _measures(reading: Reading, found: dict[str, Measure]) -> Html:
    shown = [measure for name, measure in found.items() if name in queries.MEASURES]
    rows = [measure_row(measure, reading.currency) for measure in shown if measure.state != "no-data"]
    lacking = [m.metric.label_in(current()) for m in shown if m.state == "no-data"]
    note = (
        html.P(_("No data: {list}.", list=formats.say_list(lacking)), className="caption more-rows")
        if lacking
        else None
    )
    parts = [html.Div(rows, className="measures"), note]
    judged = [m for m in shown if m.judged]
    verdicts = [m.verdict for m in judged]
    tally = targets_tally(verdicts.count("met"), len(judged), verdicts.count("undecided")).rstrip("。.")
    title = tally if judged else _("Measures of efficiency")
    sub = _("Full counts have no interval; a name shows its definition")
    return figure_section("measures", title, sub, html.Div(parts))


@rests_on("agents", lambda: _("Agents beside their peers"), "aht_seconds")
def _agents(reading: Reading, filters: Filters, view: View) -> Html:
    found = queries.agents(reading, filters)
    if not found:
        words = (
            _("Agents are kept by channel, team and region; take the other filters off to see them.")
            if found is None
            else _("A source of contacts that names who handled them would fill this figure.")
        )
        return figure_section("agents", _("Agents beside their peers"), "", empty(_("No agents to show."), words))
    title = sentences.agents_title(found)
    sub = _(
        "Handling time against what peers take for the same channels, {period}. Bars: 95\u202f% interval over days; "
        "coloured where the difference holds at a false-discovery rate of 5\u202f%.",
        period=filters.period.label,
    )
    foot = Foot(
        note=_(
            "n {agents} agents with ten contacts or more, {contacts} contacts · pseudonyms",
            agents=formats.count(len(found)),
            contacts=formats.count(sum(agent.contacts for agent in found)),
        ),
        definition=definition_of(reading, queries.HANDLING),
        data=data_link(PATH, "agents", filters),
        has_picture=True,
    )
    return figure_section("agents", title, sub, plot("agents", figures.agent_scatter(found, view), label=title), foot)


@rests_on("shrinkage", lambda: _("Where paid time goes"), "shrinkage")
def _shrinkage(reading: Reading, filters: Filters, found: dict[str, Measure]) -> Html:
    parts = queries.shrinkage_parts(reading, filters)
    title = sentences.shrinkage_title(parts)
    if not parts:
        words = _("A source of agents’ paid time, by channel, team and region, would fill this figure.")
        return figure_section("shrinkage", title, "", empty(_("Paid time is not known here."), words))
    rows = [(sentences.part_name(part.part), part.share, formats.percent(part.share)) for part in parts]
    planned = queries.planned_parts(found)
    labels = _labels(reading, queries.SHRINKAGE_PARTS)
    note = sentences.compounding(planned, labels, found.get("shrinkage"), parts)
    foot = Foot(
        note=note,
        definition=definition_of(reading, "shrinkage"),
        data=data_link(PATH, "shrinkage", filters),
        has_table=False,
    )
    sub = _("Paid time not open to contacts, {period}. Full count.", period=filters.period.label)
    return figure_section("shrinkage", title, sub, bar_rows(rows), foot)


def _splits(reading: Reading, filters: Filters) -> Html:
    found = queries.splits(reading, filters)
    labels = _labels(reading, queries.SPLIT)
    title = sentences.splits_title(found, labels)
    if not found:
        words = _("Two parts with contacts in both periods are needed.")
        return figure_section("splits", title, "", empty(_("There is nothing to split."), words))
    sub = _(
        "Change from {then} to {now}. Mix: other shares of the parts at their mean rates; rate: the parts’ own change "
        "at their mean shares. Both add up to the change.",
        then=filters.comparison.label,
        now=filters.period.label,
    )
    table = table_view(figures.split_table(found, labels, reading.currency), label=title)
    flags = [chip("neutral", _("Reversal"), "contested")] if any(s.is_reversed for s in found) else []
    foot = Foot(
        note=_("Symmetric split (Kitagawa); a reversal is a blend that moves against all of its parts (Simpson)"),
        data=data_link(PATH, "splits", filters),
        has_table=False,
    )
    return figure_section("splits", title, sub, html.Div([*flags, table]), foot)


@rests_on("costs", lambda: _("Cost per contact"), "cost_per_contact")
def _costs(reading: Reading, filters: Filters) -> Html:
    found = _cost_rows(reading, filters)
    title = sentences.costs_title(found, reading.currency)
    if not found:
        words = _("A source of costs by month would fill this figure.")
        return figure_section("costs", title, "", empty(_("No costs are known for this slice."), words))
    sub = _("{period}, shared costs allocated by handling time. Full count.", period=filters.period.label)
    table = table_view(figures.cost_table(found, reading.currency), label=title)
    foot = Foot(
        note=sentences.costs_note(found, filters.comparison.label),
        definition=definition_of(reading, "cost_per_contact"),
        data=data_link(PATH, "costs", filters),
        has_table=False,
    )
    return figure_section("costs", title, sub, table, foot)


@rests_on("teams", lambda: _("Teams beside each other"), "contacts_per_paid_hour")
def _teams(reading: Reading, filters: Filters, all_measures: dict[str, Measure]) -> Html:
    found = queries.teams(reading, filters)
    lead = queries.TEAM_MEASURES[0]
    known = [(team, cells[lead].value or 0) for team, cells in found if lead in cells]
    title = (
        sentences.teams_title(
            shown_value("team", known[0][0]), shown_value("team", known[-1][0]), known[0][1], known[-1][1]
        )
        if len(known) > 1
        else _("Teams beside each other")
    )
    if not found:
        return figure_section("teams", title, "", empty(_("No team has handled contacts in this slice."), ""))
    labels = _labels(reading, queries.TEAM_MEASURES)
    table = table_view(figures.team_table(found, labels), label=title)
    sub = _("{period}; interval of contacts per paid hour: Poisson, 95\u202f%", period=filters.period.label)
    foot = Foot(
        note=sentences.teams_note(found, all_measures.get(lead)),
        definition=definition_of(reading, lead),
        data=data_link(PATH, "teams", filters),
        has_table=False,
    )
    return figure_section("teams", title, sub, table, foot)
