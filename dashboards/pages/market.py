"""Market: where do the labour market, competitors, prices and rules move, and where do we stand beside them?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboards import formats
from dashboards.components import shell
from dashboards.components.figure import Foot, empty, figure_section, plot
from dashboards.components.markup import Html
from dashboards.components.tables import TableMaker, table_view
from dashboards.components.words import plain
from dashboards.figures import market as figures
from dashboards.figures import market_sentences as sentences
from dashboards.figures.lines import line_figure
from dashboards.figures.plotting import View
from dashboards.filters import Filters
from dashboards.language import _
from dashboards.pages.parts import cut_links, data_link, definition_of, laid_out
from dashboards.pages.withheld import rests_on
from dashboards.queries import market as queries
from dashboards.queries import market_vintages as vintages
from dashboards.queries.about import about
from dashboards.reading import Reading

PATH = "/market"
CONTROLS = ("period",)
SEASON = "season"


def body(reading: Reading, filters: Filters, view: View) -> list[Any]:
    """The page below the bars."""
    until, known = queries.horizon(reading, filters), vintages.known_on(filters)
    lines, standings, events = _lines(reading, filters), queries.standings(reading), queries.events(reading)
    as_known = _("as known on {day}", day=formats.date_long(known)) if known else ""
    eyebrow = shell.joined([part for part in (_("Market"), formats.month_long(until), as_known) if part])
    lede = sentences.lede(standings, events)
    if until != filters.period.end.replace(day=1):
        lede = " ".join([sentences.elsewhere(until, filters), lede])
    release = shell.release_block(about(reading), reading.settings.organisation.time_zone)
    head = shell.page_head(eyebrow, sentences.conclusion(lines), lede, release, name=_("Market"))
    left = [
        (_index, reading, lines, filters, view),
        (_standings, reading, standings, filters),
        (_prices, reading, filters),
    ]
    sections = laid_out(
        ("rest-420", left, [(_labour, reading, filters)]),
        ("halves", (_events, events, filters), (_shift, reading, filters)),
    )
    return [head, *sections]


def tables(reading: Reading, filters: Filters) -> dict[str, TableMaker]:
    """The tables that can be opened and downloaded."""
    currency = reading.currency
    return {
        "index": lambda: figures.index_table(_lines(reading, filters)),
        "series": lambda: figures.series_table(_newest(reading, filters), currency),
        "competitors": lambda: figures.standing_table(queries.standings(reading)),
        "prices": lambda: figures.price_table(_price_rows(reading, filters), currency),
        "events": lambda: figures.event_table(queries.events(reading)),
        "shift": lambda: figures.shift_table(queries.shifts(reading)),
    }


def _lines(reading: Reading, filters: Filters) -> list[queries.Line]:
    """The chart's series: the latest vintages, without their season, or as known on a day."""
    until, known = queries.horizon(reading, filters), vintages.known_on(filters)
    if known:
        return vintages.lines(reading, until, known, queries.lines(reading, until))
    return queries.lines(reading, until, adjusted=filters.extra("tab") == SEASON)


def _newest(reading: Reading, filters: Filters) -> list[dict[str, Any]]:
    until, known = queries.horizon(reading, filters), vintages.known_on(filters)
    rows = queries.newest(reading, until)
    return vintages.newest(reading, until, known, rows) if known else rows


def _price_rows(reading: Reading, filters: Filters) -> list[dict[str, Any]]:
    until, known = queries.horizon(reading, filters), vintages.known_on(filters)
    rows = queries.prices(reading, until)
    return vintages.newest(reading, until, known, rows) if known else rows


def _ways(reading: Reading, filters: Filters) -> Html:
    """Links to the ways the series can be read: latest, without season, as known on earlier days."""
    known, is_adjusted = vintages.known_on(filters), filters.extra("tab") == SEASON
    days = vintages.days(reading, queries.horizon(reading, filters))
    said = {day: formats.date_short(day, year=True) for day in days}
    ways: list[tuple[str, dict[str, str | None], bool]] = [
        (_("Latest figures"), {"tab": None, "known": None}, not known and not is_adjusted),
        (_("Season taken out"), {"tab": SEASON, "known": None}, is_adjusted and not known),
        *(
            (_("as known on {day}", day=said[one]), {"tab": None, "known": f"{one}"}, one == known)
            for one in days
        ),
    ]  # fmt: skip
    return cut_links(PATH, filters, ways)


def _index(reading: Reading, lines: list[queries.Line], filters: Filters, view: View) -> Html:
    if not lines:
        return figure_section(
            "index",
            _("No series of the market reaches back to a common month"),
            "",
            empty(_("Nothing to draw."), _("A source of market indicators with two years of months would fill this.")),
            extra=_ways(reading, filters),
        )
    title = sentences.index_title(lines)
    known, month = vintages.known_on(filters), formats.month_long(lines[0].base_on)
    if known:
        sub = _("Index, {month} = 100; published figures as known on {day}.", month=month, day=formats.date_long(known))
    else:
        sub = _("Index, {month} = 100, latest vintages; market series of the sector nearest to our work.", month=month)
    is_adjusted = filters.extra("tab") == SEASON and not known
    note = (
        _("Season taken out: median ratio to a moving average of twelve months; series under three years left out")
        if is_adjusted
        else _("Full counts and published figures · season not taken out")
    )
    foot = Foot(
        note=note,
        data=data_link(PATH, "index", filters),
        has_picture=True,
    )
    chart = line_figure(figures.index_chart(lines), view, height=360, right=None if view.is_phone else 164)
    return figure_section(
        "index", title, sub, plot("index", chart, label=plain(title)), foot, extra=_ways(reading, filters)
    )


def _labour(reading: Reading, filters: Filters) -> Html:
    rows = _newest(reading, filters)
    shown = queries.leading(rows, queries.homes(reading, queries.horizon(reading, filters)))
    if not shown:
        words = empty(_("No figure of the market is known."), _("Job openings, wages and employment would stand here."))
        return figure_section("series", _("The labour market"), "", words)
    gone = sum(row["is_gone"] for row in rows)
    note = _("{all} series in the table, {gone} ended", all=formats.count(len(rows)), gone=formats.count(gone))
    foot = Foot(note=note, definition=definition_of(reading, "market_growth"), data=data_link(PATH, "series", filters))
    sub = _("Last published value and its change on the year; vintages are kept")
    if known := vintages.known_on(filters):
        day = formats.date_long(known)
        sub = _("As known on {day}: value, change on the year, and how far it was revised since", day=day)
    return figure_section(
        "series", sentences.labour_title(rows), sub, figures.labour_rows(shown, reading.currency), foot
    )


@rests_on("competitors", lambda: _("Competitors"), "attribute_score")
def _standings(reading: Reading, standings: list[queries.Standing], filters: Filters) -> Html:
    if not standings:
        words = empty(_("No competitor was rated."), _("Scores per attribute with their n would stand here."))
        return figure_section("competitors", _("Competitors"), "", words)
    sub = _(
        "Our mean score less theirs, twelve months of waves, 95\u202f% interval; "
        "grey zone: under {swd} points, too small to matter",
        swd=formats.number(queries.SWD_SCORE, 1),
    )
    foot = Foot(
        note=_("All comparisons held together to a false-discovery rate of 5\u202f%"),
        definition=definition_of(reading, "attribute_score"),
        data=data_link(PATH, "competitors", filters),
    )
    title = sentences.standing_title(standings)
    return figure_section("competitors", title, sub, figures.standing_rows(standings), foot)


def _prices(reading: Reading, filters: Filters) -> Html:
    rows = _price_rows(reading, filters)
    if not rows:
        words = empty(_("No prices are known."), _("List prices of competitors and our own would stand here."))
        return figure_section("prices", _("Prices"), "", words)
    title = sentences.price_title(rows)
    table = figures.price_table(rows, reading.currency)
    foot = Foot(data=data_link(PATH, "prices", filters), has_table=False)
    sub = _("List prices as last published")
    return figure_section("prices", title, sub, table_view(table, label=plain(title)), foot)


def _events(events: list[dict[str, Any]], filters: Filters) -> Html:
    if not events:
        words = empty(
            _("No dated rule or programme is known."), _("Rules, standards, programmes and newcomers go here.")
        )
        return figure_section("events", _("Rules and programmes"), "", words)
    title = sentences.events_title(events)
    foot = Foot(data=data_link(PATH, "events", filters), has_table=False)
    sub = _("Rules, standards, support programmes and newcomers, the latest first")
    return figure_section("events", title, sub, table_view(figures.event_table(events), label=plain(title)), foot)


def _shift(reading: Reading, filters: Filters) -> Html:
    rows = queries.shifts(reading)
    if not rows:
        words = empty(_("Two years of contacts are needed."), _("Shares of channels and topics would stand here."))
        return figure_section("shift", _("Channels and topics inside our contacts"), "", words)
    title = sentences.shift_title(rows)
    shown = [r for r in rows if r["dimension"] == "channel"] + [r for r in rows if r["dimension"] == "topic"][:6]
    sub = _("Shares of twelve complete months beside the twelve before; topics: the six that moved most")
    foot = Foot(note=_("95\u202f% interval of independent contacts, in points"), data=data_link(PATH, "shift", filters))
    whole = figures.shift_table(shown)
    # The year before follows from share and change; half a page has no room for it, the opened table has.
    half = replace(whole, columns=tuple(column for column in whole.columns if column.key != "before"))
    both = table_view(half, label=plain(title))
    return figure_section("shift", title, sub, both, foot)
