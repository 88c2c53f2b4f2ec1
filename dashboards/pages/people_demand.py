"""Sections of People: who is sought on the labour market week by week, and how long our people stay."""

from __future__ import annotations

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.figure import Foot, empty, figure_section, plot
from dashboards.components.markup import Html
from dashboards.components.tables import Table, table_view
from dashboards.components.words import plain
from dashboards.figures import people_demand as figures
from dashboards.figures.lines import line_figure
from dashboards.figures.plotting import View
from dashboards.filters import Filters
from dashboards.language import _
from dashboards.names import dimension_label
from dashboards.pages.parts import cut_links, data_link, definition_of
from dashboards.queries import people_demand as queries
from dashboards.reading import Reading

PATH = "/people"
SHOWN = 8


def sought(reading: Reading, filters: Filters, view: View) -> Html:
    """Postings by week of the most sought values of a cut, and their ranking."""
    found = queries.demand(reading, filters)
    if not found.rows or found.until is None:
        words = empty(_("No data yet."), _("Postings, ours and others’, would fill this figure."))
        return figure_section("sought", _("Postings by week"), "", words)
    ways = [
        (dimension_label(cut), {"by": None if cut == queries.CUTS[0] else cut}, cut == found.cut)
        for cut in queries.CUTS
    ]
    sub = _(
        "Postings a week, mean of four weeks, a year to {day}; ranked by people wanted in the last 13 weeks",
        day=formats.date_long(found.until),
    )
    title, table = figures.demand_title(found), figures.demand_table(found)
    chart = plot("sought", line_figure(figures.demand_chart(found), view, height=240), label=plain(title))
    shown = Table(table.columns, table.rows[:SHOWN], table.currency)
    foot = Foot(
        note=_("Openings are counted once a requisition"),
        definition=definition_of(reading, "postings_published"),
        data=data_link(PATH, "sought", filters),
        has_picture=True,
    )
    parts = html.Div([chart, table_view(shown, label=plain(title))])
    return figure_section("sought", title, sub, parts, foot, extra=cut_links(PATH, filters, ways))


def staying(reading: Reading, filters: Filters, view: View) -> Html:
    """The curve of tenure with the teams behind it, and how groups differ once everything else is alike."""
    found = queries.stays(reading)
    if not found:
        words = empty(_("Fewer than five people left."), _("Agents with first and last days would fill this figure."))
        return figure_section("staying", _("How long people stay"), "", words)
    title, whole = figures.stay_title(found), found[0]
    sub = _("Share still there by tenure, Kaplan–Meier over two years; grey: teams of five leavers or more")
    note = _(
        "{leavers} leavers of {people} people; ratios after Cox, drawn to one by four leavers",
        leavers=formats.count(whole.leavers),
        people=formats.count(whole.people),
    )
    foot = Foot(note=note, data=data_link(PATH, "staying", filters), has_picture=True)
    rows = queries.ratios(reading)
    table = table_view(figures.ratio_table(rows), label=_("How groups differ")) if rows else None
    parts = html.Div([plot("staying", figures.stay_figure(found, view), label=plain(title)), table])
    return figure_section("staying", title, sub, parts, foot)
