"""Explore: any metric, cut and per period as one likes, with the table and the SQL of the answer."""

from __future__ import annotations

from typing import Any

from analytics.metrics import GRAINS
from dashboards import formats
from dashboards.components import markup as html
from dashboards.components import shell
from dashboards.components.barrows import bar_rows
from dashboards.components.figure import Foot, empty, figure_section, plot
from dashboards.components.filterbar import filter_bar, menu, option
from dashboards.components.markup import Html
from dashboards.components.tables import TableMaker, table_view
from dashboards.components.words import plain
from dashboards.figures import explore as figures
from dashboards.figures.lines import line_figure
from dashboards.figures.plotting import View
from dashboards.filters import Filters, dimension_label
from dashboards.language import _, current, plural
from dashboards.pages.parts import data_link, definition_of, laid_out
from dashboards.pages.withheld import withheld_words
from dashboards.queries import explore as queries
from dashboards.queries.about import about
from dashboards.queries.judging import target_for
from dashboards.queries.settling import settling_from
from dashboards.reading import Reading

PATH = "/explore"
CONTROLS = ("period", "channel", "team", "region", "topic")


def bar(reading: Reading, filters: Filters) -> Html:
    """What to ask: metric, cut, grain; then the period and the filters the metric knows."""
    asked = queries.question(reading, filters)
    if asked is None:
        return filter_bar(PATH, filters, reading.choices(), ("period",))
    known = reading.metrics()
    named = sorted(known, key=lambda name: known[name].label_in(current()).lower())
    options: list[Any] = [
        html.Input(type="search", className="search", placeholder=_("Search"), **{"aria-label": _("Search")})
    ]
    options += [
        option(
            known[name].label_in(current()),
            PATH + filters.query(metric=name, by=None),
            chosen=name == asked.metric.name,
        )
        for name in named
    ]
    own = [
        menu(_("Measure"), asked.metric.label_in(current()), options, is_set=True),
        _choice(_("By"), "by", {name: dimension_label(name) for name in asked.metric.dimensions()}, asked.by, filters),
        _choice(
            _("Per"),
            "grain",
            {grain: grain_name(grain) for grain in GRAINS},
            asked.grain,
            filters,
            nothing=None if asked.by else queries.WHOLE,
        ),
    ]
    controls = ("period", *queries.filters_of(asked))
    rest = filter_bar(PATH, filters, reading.choices(), controls)
    return html.Div([html.Div(own, className="bar-inner own-bar"), rest])


def _choice(
    name: str, key: str, values: dict[str, str], chosen: str | None, filters: Filters, *, nothing: str | None = None
) -> Html:
    options = [option(_("Nothing"), PATH + filters.query(**{key: nothing}), chosen=chosen is None)]
    options += [
        option(words, PATH + filters.query(**{key: value}), chosen=value == chosen) for value, words in values.items()
    ]
    return menu(name, values[chosen] if chosen in values else _("nothing"), options, is_set=chosen is not None)


def grain_name(grain: str) -> str:
    """A grain in words."""
    return {
        "day": _("Day"),
        "week": _("Week"),
        "month": _("Month"),
        "quarter": _("Quarter"),
        "year": _("Year"),
    }[grain]


def body(reading: Reading, filters: Filters, view: View) -> list[Any]:
    """The page below the bars."""
    asked = queries.question(reading, filters)
    release = shell.release_block(about(reading), reading.settings.organisation.time_zone)
    eyebrow = shell.joined([_("Explore"), filters.period.label, filters.scope])
    if asked is None:
        head = shell.page_head(eyebrow, _("This release has no metrics to explore."), "", release, name=_("Explore"))
        return [head]
    rows = queries.rows(reading, asked)
    through = figures.settled(rows, asked, settling_from(reading, asked.metric))
    heading = figures.title(through, asked, filters.period.label, reading.currency)
    lede = asked.metric.description_in(current())
    return [
        shell.page_head(eyebrow, heading, lede, release, name=_("Explore")),
        *laid_out(("whole", (_answer, reading, filters, view, asked, rows)), ("whole", (_sql, reading, asked))),
    ]


def tables(reading: Reading, filters: Filters) -> dict[str, TableMaker]:
    """The answer as a file."""
    asked = queries.question(reading, filters)
    if asked is None:
        return {}
    return {"answer": lambda: figures.table(queries.rows(reading, asked), asked, reading.currency)}


def _answer(reading: Reading, filters: Filters, view: View, asked: queries.Question, rows: list[Any]) -> Html:
    if not any(row.value is not None for row in rows):
        held = withheld_words(reading, asked.metric.name)
        what = empty(
            held or _("Nothing was counted."), "" if held else _("Another period, or another cut, may have some.")
        )
        return figure_section("answer", _("Withheld") if held else _("No data for this question"), "", what)
    target = target_for(reading, asked.metric.name, dict(asked.where), asked.end)
    begins = settling_from(reading, asked.metric)
    chart = figures.line_chart(rows, asked, target, reading.currency, begins) if asked.grain else None
    foot = Foot(
        note=plural("{count} number", "{count} numbers", len(rows), count=formats.count(len(rows))),
        definition=definition_of(reading, asked.metric.name),
        data=data_link(PATH, "answer", filters),
        has_picture=chart is not None and bool(chart.series),
        has_table=chart is not None and bool(chart.series),
    )
    span = {"start": formats.date_long(asked.start), "end": formats.date_long(asked.end)}
    sub = (
        _("{start} to {end}; bands are 95\u202f% intervals where there is a sample", **span)
        if asked.grain
        else _("{start} to {end}; 95\u202f% intervals, where there is a sample, in the table", **span)
    )
    if begins and asked.end >= begins:
        sub += ". " + _("From {day} on still settling (dashed): quick cases come first", day=formats.date_long(begins))
    name = asked.metric.label_in(current())
    if chart is None or not chart.series:
        bars = figures.cut_bars(rows, asked, reading.currency)
        table = table_view(figures.table(rows, asked, reading.currency, named=_("Value")), label=name)
        shown: Any = html.Div([html.Div(bar_rows(bars), className="cut-bars"), table]) if bars else table
    else:
        shown = plot("answer", line_figure(chart, view), label=plain(name))
    return figure_section("answer", name, sub, shown, foot)


def _sql(reading: Reading, asked: queries.Question) -> Html:
    told = queries.told(reading, asked)
    if not told:
        return html.Section("", className="section")
    formula = told["definition"].removeprefix(asked.metric.description).strip()
    words = [
        html.P([asked.metric.description_in(current()), " ", html.Code(formula)], className="second"),
        html.P(_("From {rollup}", rollup=told["rollup"]), className="caption rollup-name"),
        html.Pre(html.Code(told["sql"]), tabIndex=0, className="sql-text"),
    ]
    return figure_section(
        "sql", _("How it is computed"), _("The SQL runs as it stands on this release."), html.Div(words)
    )
