"""Costs and benefit: sections of Customers and needs about money, each with its currency and period."""

from __future__ import annotations

from typing import Any

from dashboards.components import markup as html
from dashboards.components.figure import Foot, empty, figure_section
from dashboards.components.markup import Html
from dashboards.components.scorecard import measure_row
from dashboards.components.tables import TableMaker, table_view
from dashboards.components.words import plain
from dashboards.figures import benefit as figures
from dashboards.filters import Filters
from dashboards.language import _
from dashboards.pages.parts import data_link, definition_of
from dashboards.pages.withheld import rests_on
from dashboards.queries import benefit as queries
from dashboards.reading import Reading

PATH = "/customers"


def tables(reading: Reading, filters: Filters) -> dict[str, TableMaker]:
    """The tables of these sections."""
    return {
        "spending": lambda: figures.spending_table(queries.spending(reading, filters), reading.currency),
        "revenue": lambda: figures.revenue_table(queries.revenue(reading, filters), reading.currency),
    }


@rests_on("spending", lambda: _("What service costs"), "labour_cost_share", "cost_per_contact")
def spending_section(reading: Reading, filters: Filters) -> Html:
    """What was spent on what, against plan, and what one of each cost."""
    rows, costs = queries.spending(reading, filters), queries.unit_costs(reading, filters)
    if not rows:
        words = empty(_("No costs are known for this period."), _("A source of costs by month would fill this table."))
        return figure_section("spending", _("What service costs"), "", words)
    title = figures.spending_title(rows, queries.budget(reading, filters), reading.currency)
    parts: list[Any] = [table_view(figures.spending_table(rows, reading.currency), label=plain(title))]
    if costs:
        parts.append(html.Div([measure_row(one, reading.currency) for one in costs], className="measures"))
    apart = figures.without_contacts_words(queries.without_contacts(reading, filters), reading.currency)
    counts = _("Full counts, no interval · amounts in other currencies are left out: no rate of exchange is known")
    foot = Foot(
        note=" · ".join(part for part in (counts, apart) if part),
        definition=definition_of(reading, "budget_use"),
        data=data_link(PATH, "spending", filters),
        has_table=False,
    )
    sub = _(
        "{period}, in {currency}, the whole organisation; shares beside {before}",
        period=filters.period.label,
        currency=reading.currency,
        before=filters.comparison.label,
    )
    return figure_section("spending", title, sub, html.Div(parts, className="stacked"), foot)


@rests_on("revenue", lambda: _("Revenue kept"), "revenue_retained")
def revenue_section(reading: Reading, filters: Filters) -> Html:
    """What customers spend in a year, and how much of it stayed."""
    rows = queries.revenue(reading, filters)
    if not rows or rows[0].segment is not None:
        words = empty(_("No spend of customers is known."), _("Spend and leaving days of customers would fill this."))
        return figure_section("revenue", _("Revenue kept"), "", words)
    title = figures.revenue_title(rows, reading.currency)
    foot = Foot(
        note=_("Full count of customers whose spend is known; over several months, their months added up"),
        definition=definition_of(reading, "revenue_retained"),
        data=data_link(PATH, "revenue", filters),
        has_table=False,
    )
    sub = _(
        "{period}, in {currency} a year: spend of those who were customers at the month’s start, and of who stayed",
        period=filters.period.label,
        currency=reading.currency,
    )
    table = table_view(figures.revenue_table(rows, reading.currency), label=plain(title))
    return figure_section("revenue", title, sub, table, foot)
