"""People: who leaves, who comes and from where, how long it takes, what they are paid, how they fare."""

from __future__ import annotations

from typing import Any

from dashboards import formats
from dashboards.components import shell
from dashboards.components.figure import Foot, empty, figure_section, plot
from dashboards.components.markup import Html
from dashboards.components.tables import TableMaker
from dashboards.components.words import plain
from dashboards.figures import people as figures
from dashboards.figures import people_demand as demand_figures
from dashboards.figures import people_sentences as sentences
from dashboards.figures import people_tables, survival
from dashboards.figures.lines import line_figure
from dashboards.figures.plotting import View
from dashboards.filters import Filters
from dashboards.language import _
from dashboards.pages import people_demand
from dashboards.pages import people_sections as sections
from dashboards.pages.parts import data_link, definition_of, laid_out
from dashboards.pages.withheld import rests_on
from dashboards.queries import people as queries
from dashboards.queries import people_demand as demand_queries
from dashboards.queries.about import about
from dashboards.reading import Reading

PATH = "/people"
CONTROLS = ("period", "team", "region")


def body(reading: Reading, filters: Filters, view: View) -> list[Any]:
    """The page below the bars."""
    facts = queries.facts(reading, filters)
    facets, waits = queries.facets(reading, filters), queries.waiting(reading, filters)
    here = (reading, filters)
    rows = laid_out(
        ("rest-420", [(_turnover, *here, facts, view), (sections.funnel, *here)], [(_facts, *here, facts)]),
        (
            "rest-420",
            [(_waits, reading, filters, waits, view), (sections.sources, *here)],
            [(sections.reasons, *here), (sections.facets, *here, facets)],
        ),
        ("halves", [(people_demand.staying, *here, view)], [(sections.training, *here), (sections.pay, *here)]),
        ("halves", [(people_demand.sought, *here, view), (sections.roles, *here)], [(sections.requirements, *here)]),
        ("whole", [(sections.teams, *here)]),
    )
    return [_head(reading, filters, facts, facets, waits), *rows]


def tables(reading: Reading, filters: Filters) -> dict[str, TableMaker]:
    """The tables that can be opened and downloaded."""
    return {
        "turnover": lambda: figures.turnover_table(queries.turnover_lines(reading, filters)),
        "facts": lambda: figures.fact_table(list(queries.facts(reading, filters).values()), reading.currency),
        "funnel": lambda: figures.funnel_table(queries.funnel(reading, filters)),
        "waits": lambda: survival.waits_table(queries.waiting(reading, filters, tuple(queries.DURATIONS))),
        "sources": lambda: people_tables.source_table(queries.sources(reading, filters)),
        "pay": lambda: people_tables.pay_table(queries.pay(reading)),
        "facets": lambda: people_tables.facet_table(queries.facets(reading, filters)),
        "reasons": lambda: people_tables.reason_table(queries.reasons(reading)),
        "training": lambda: people_tables.training_table(queries.training(reading)),
        "teams": lambda: people_tables.team_table(queries.teams(reading)),
        "roles": lambda: people_tables.role_table(queries.roles(reading)),
        "sought": lambda: demand_figures.demand_table(demand_queries.demand(reading, filters)),
        "staying": lambda: demand_figures.stay_table(demand_queries.stays(reading)),
        "requirements": lambda: people_tables.requirement_table(queries.requirements(reading)),
    }


def _head(
    reading: Reading, filters: Filters, facts: dict[str, queries.Fact], facets: list[Any], waits: list[queries.Waiting]
) -> Html:
    eyebrow = shell.joined([_("People"), _("twelve months to {period}", period=filters.period.label), filters.scope])
    release = shell.release_block(about(reading), reading.settings.organisation.time_zone)
    words = sentences.lede(facts, waits, queries.pay(reading))
    return shell.page_head(eyebrow, sentences.conclusion(facts, facets), words, release, name=_("People"))


@rests_on("turnover", lambda: _("Turnover of twelve months"), "turnover_annualised")
def _turnover(reading: Reading, filters: Filters, facts: dict[str, queries.Fact], view: View) -> Html:
    rows = queries.turnover_lines(reading, filters)
    fact = facts.get(queries.TURNOVER)
    chart = figures.turnover_chart(rows, fact)
    if not chart.series:
        words = empty(_("Twelve months are needed."), _("A source of agents with first and last days would fill this."))
        return figure_section("turnover", _("Turnover of twelve months"), "", words)
    title = sentences.turnover_title(fact)
    sub = _("Leavers ÷ average headcount, twelve months to each month; 95\u202f% Poisson interval")
    foot = Foot(
        note=_("n {count} person-months", count=formats.count(fact.row.n)) if fact and fact.row.n else "",
        definition=definition_of(reading, queries.TURNOVER),
        data=data_link(PATH, "turnover", filters),
        has_picture=True,
    )
    return figure_section("turnover", title, sub, plot("turnover", line_figure(chart, view), label=plain(title)), foot)


def _facts(reading: Reading, filters: Filters, facts: dict[str, queries.Fact]) -> Html:
    found = [facts[name] for name in queries.FACTS if name in facts]
    if not found:
        words = empty(_("Nothing is known of the people."), _("Agents, training and costs would stand here."))
        return figure_section("facts", _("The people in figures"), "", words)
    sub = _("Twelve months, change on the twelve before; costs in {currency}", currency=reading.currency)
    foot = Foot(note=_("Small groups are hidden, n < 5"), data=data_link(PATH, "facts", filters))
    return figure_section("facts", _("The people in figures"), sub, figures.fact_rows(found, reading.currency), foot)


@rests_on("waits", lambda: _("How long filling takes"), "time_to_fill_days_p50")
def _waits(reading: Reading, filters: Filters, waits: list[queries.Waiting], view: View) -> Html:
    if not waits:
        words = empty(_("Fewer than five openings were filled."), _("Requisitions and offers would fill this figure."))
        return figure_section("waits", _("How long filling takes"), "", words)
    title = sentences.waits_title(waits)
    open_yet = waits[0].waiting
    note = _("n {count}, {open} still waiting", count=formats.count(waits[0].n), open=formats.count(open_yet))
    foot = Foot(note=note, data=data_link(PATH, "waits", filters), has_picture=True)
    sub = _("Share not there yet by days, Kaplan–Meier with the still open; 95\u202f% band of the first curve")
    chart = plot("waits", survival.survival_figure(waits, view), label=plain(title))
    return figure_section("waits", title, sub, chart, foot)
