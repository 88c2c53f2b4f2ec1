"""Sections of People that are tables: funnel, sources, reasons, pay, facets, teams, training, roles, requirements."""

from __future__ import annotations

from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.figure import Foot, empty, figure_section
from dashboards.components.markup import Html
from dashboards.components.tables import Table, table_view
from dashboards.components.words import plain, rich
from dashboards.figures import people as figures
from dashboards.figures import people_demand as demand_figures
from dashboards.figures import people_sentences as sentences
from dashboards.figures import people_tables as tables
from dashboards.filters import Filters
from dashboards.language import _
from dashboards.pages.parts import data_link, definition_of
from dashboards.pages.withheld import rests_on
from dashboards.queries import people as queries
from dashboards.queries import people_demand as demand_queries
from dashboards.reading import Reading

PATH = "/people"


def _missing(name: str, title: str, words: str) -> Html:
    return figure_section(name, title, "", empty(_("No data yet."), words))


def _plain_table(name: str, title: str, sub: str, table: Table, filters: Filters, note: str = "") -> Html:
    foot = Foot(note=note, data=data_link(PATH, name, filters), has_table=False)
    return figure_section(name, title, sub, table_view(table, label=plain(title)), foot)


@rests_on("funnel", lambda: _("The way of applications"), "stage_conversion")
def funnel(reading: Reading, filters: Filters) -> Html:
    """Stages in their order; those still in them stand apart."""
    stages = queries.funnel(reading, filters)
    if not stages:
        return _missing("funnel", _("The way of applications"), _("A history of stages would fill this figure."))
    foot = Foot(
        note=_("By the month a stage was entered in; 95\u202f% Wilson interval"),
        definition=definition_of(reading, "stage_conversion"),
        data=data_link(PATH, "funnel", filters),
    )
    told = demand_figures.recruiting_words(demand_queries.recruiting(reading, filters, *queries.year_to(filters)))
    body = html.Div([figures.funnel_rows(stages), html.P(rich(told), className="aside-text") if told else None])
    sub = _("Applications by stage; openings, postings, applications and people are counted apart")
    return figure_section("funnel", sentences.funnel_title(stages), sub, body, foot)


def sources(reading: Reading, filters: Filters) -> Html:
    """Where people come from, down to who stays and how their customers rate them."""
    found = queries.sources(reading, filters)
    if not found:
        return _missing("sources", _("Where people come from"), _("Applications with their source would fill this."))
    sub = _("Applications of twelve months; who stays: everybody hired since leaving is recorded")
    note = _("Groups under five people are hidden")
    return _plain_table("sources", sentences.source_title(found), sub, tables.source_table(found), filters, note)


def reasons(reading: Reading, filters: Filters) -> Html:
    """Why people leave, and whether that changed."""
    rows = queries.reasons(reading)
    if not rows:
        return _missing("reasons", _("Why people leave"), _("Five leavers with a stated reason would fill this."))
    sub = _("Stated reasons of twelve months, whole organisation; under five people together")
    return _plain_table("reasons", sentences.reasons_title(rows), sub, tables.reason_table(rows), filters)


def pay(reading: Reading, filters: Filters) -> Html:
    """Our pay against the market's, city by city, in one currency and by the year."""
    rows = queries.pay(reading)
    if not rows:
        return _missing("pay", _("Pay beside the market"), _("Postings with pay, ours and others’, would fill this."))
    until = formats.date_long(rows[0]["until_on"])
    sub = _("Middle of posted ranges, full-time by the year, two years to {day}; upright: the median", day=until)
    foot = Foot(note=_("One currency a row; no rate of exchange is used"), data=data_link(PATH, "pay", filters))
    return figure_section("pay", sentences.pay_title(rows), sub, figures.pay_rows(rows), foot)


@rests_on("facets", lambda: _("What pleases the staff"), "employee_satisfaction")
def facets(reading: Reading, filters: Filters, found: list[Any]) -> Html:
    """What pleases the staff, least first."""
    if not found:
        return _missing("facets", _("What pleases the staff"), _("A survey of employees would fill this figure."))
    sub = _("Satisfied ÷ answers of twelve months; 95\u202f% interval")
    foot = Foot(
        note=_("From five respondents"),
        definition=definition_of(reading, "employee_satisfaction"),
        data=data_link(PATH, "facets", filters),
    )
    return figure_section("facets", sentences.facet_title(found), sub, figures.facet_rows(found), foot)


def teams(reading: Reading, filters: Filters) -> Html:
    """Four measures by team, and how much of the differences inside is more than chance."""
    rows = queries.teams(reading)
    if not rows:
        return _missing("teams", _("How teams do"), _("Contacts, ratings and checks by agent would fill this."))
    sub = _("Twelve months; the share of differences between people that is more than chance, by empirical Bayes")
    note = _("Teams under five people stand together; no single person is shown")
    return _plain_table(
        "teams", _("How teams do, and how alike their people are"), sub, tables.team_table(rows), filters, note
    )


def training(reading: Reading, filters: Filters) -> Html:
    """Training beside errors and handling time, and whether improvement plans worked."""
    rows = queries.training(reading)
    if not rows:
        return _missing("training", _("Training and how people do"), _("Training with its hours would fill this."))
    title = sentences.training_title(rows)
    words = html.P(rich(sentences.plan_words(queries.plans(reading))), className="aside-text")
    parts = html.Div([table_view(tables.training_table(rows), label=plain(title)), words])
    foot = Foot(
        note=_("A link, not a cause: people differ in more than training"),
        definition=definition_of(reading, "training_need_met"),
        data=data_link(PATH, "training", filters),
        has_table=False,
    )
    return figure_section("training", title, _("People by their hours of training over twelve months"), parts, foot)


def roles(reading: Reading, filters: Filters) -> Html:
    """The roles most sought, by the market and by us."""
    rows = queries.roles(reading)
    if not rows:
        return _missing("roles", _("Roles most sought"), _("Postings, ours and others’, would fill this table."))
    sub = _("People wanted in postings of the last 13 weeks; openings are counted once a requisition")
    return _plain_table("roles", sentences.roles_title(rows), sub, tables.role_table(rows), filters)


def requirements(reading: Reading, filters: Filters) -> Html:
    """What we ask for beside what the market asks for."""
    rows = queries.requirements(reading)
    if not rows:
        return _missing("requirements", _("What is asked for"), _("Postings with requirements would fill this table."))
    title = _("What we ask for beside what the market asks for")
    sub = _("Share of the postings that say anything about it, twelve months")
    return _plain_table("requirements", title, sub, tables.requirement_table(rows), filters)
