"""Customers and needs: how satisfied, what it hangs on, what people need, who they are, what makes them stay."""

from __future__ import annotations

from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components import shell
from dashboards.components.figure import Foot, empty, figure_section, plot
from dashboards.components.markup import Html
from dashboards.components.scorecard import measure_row
from dashboards.components.tables import TableMaker, table_view
from dashboards.components.words import plain
from dashboards.figures import customers as figures
from dashboards.figures import customers_said as speech
from dashboards.figures import customers_sentences as sentences
from dashboards.figures import customers_tables as tabled
from dashboards.figures.lines import line_figure
from dashboards.figures.overview import goal_of
from dashboards.figures.plotting import View
from dashboards.filters import Filters
from dashboards.language import _
from dashboards.pages import benefit
from dashboards.pages.customers_sections import (
    CUT_OF_TAB,
    answering_section,
    comments_section,
    complaints_section,
    few,
    kano_section,
    loyalty_section,
    response_section,
    segments_section,
    waves_section,
    words_section,
)
from dashboards.pages.parts import data_link, definition_of, laid_out, rows_link
from dashboards.pages.withheld import rests_on
from dashboards.queries import customers as queries
from dashboards.queries.about import about
from dashboards.queries.judging import target_for
from dashboards.reading import Reading

PATH = "/customers"
CONTROLS = ("period", "compare", "channel", "region", "topic")
Row = dict[str, Any]


def body(reading: Reading, filters: Filters, view: View) -> list[Any]:
    """The page below the bars."""
    scores, drivers = queries.scores(reading, filters), queries.drivers(reading)
    found = queries.weighted(reading, filters)
    head = shell.page_head(
        shell.joined([_("Customers and needs"), filters.period.label, filters.scope]),
        sentences.conclusion(scores.get("csat"), drivers, filters),
        sentences.lede(found, scores.get("response_rate"), queries.loyalty(reading), queries.fixes(reading)),
        shell.release_block(about(reading), reading.settings.organisation.time_zone),
        name=_("Customers and needs"),
    )
    sections = laid_out(
        ("rest-420", (_satisfaction, reading, filters, view), (_scores, scores, reading)),
        ("rest-420", (_drivers, drivers, filters, view), (_gaps, queries.gaps(reading), filters, view)),
        ("rest-420", (_needs, queries.needs(reading), filters), (_needs_map, queries.needs(reading), filters, view)),
        ("rest-420", (segments_section, reading, filters), (loyalty_section, reading, filters)),
        ("halves", (complaints_section, reading, filters), (answering_section, reading, filters)),
        (
            "halves",
            [(comments_section, reading, filters), (kano_section, reading, filters)],
            (words_section, reading, filters),
        ),
        ("halves", (benefit.spending_section, reading, filters), (benefit.revenue_section, reading, filters)),
        ("whole", (response_section, reading, filters)),
        ("whole", (waves_section, reading, filters)),
    )
    return [head, *sections]


def tables(reading: Reading, filters: Filters) -> dict[str, TableMaker]:
    """The tables that can be opened and downloaded."""
    cut = CUT_OF_TAB.get(filters.extra("tab") or "", "segment")
    return {
        "satisfaction": lambda: tabled.satisfaction_table(queries.months(reading, filters)),
        "drivers": lambda: tabled.drivers_table(queries.drivers(reading)),
        "gaps": lambda: tabled.gaps_table(queries.gaps(reading)),
        "needs": lambda: tabled.needs_table(queries.needs(reading)),
        "segments": lambda: tabled.segments_table(queries.segments(reading, cut), cut, reading.currency),
        "loyalty": lambda: tabled.loyalty_table(queries.loyalty(reading)),
        "fixes": lambda: tabled.fixes_table(queries.fixes(reading)),
        "complaints": lambda: tabled.topics_table(queries.complaint_topics(reading, filters)),
        "answering": lambda: tabled.bias_table(queries.bias(reading)),
        "words": lambda: speech.words_table(queries.terms(reading)),
        "comments": lambda: speech.comments_table(queries.examples(reading)),
        "kano": lambda: tabled.kano_table(queries.kano(reading)),
        "topics": lambda: speech.found_table(queries.found(reading)),
        "waves": lambda: tabled.waves_table(queries.results(reading), queries.waves(reading)),
        "response": lambda: tabled.response_table(queries.waves(reading)),
        **benefit.tables(reading, filters),
    }


@rests_on("satisfaction", lambda: _("Satisfaction over time"), "csat")
def _satisfaction(reading: Reading, filters: Filters, view: View) -> Html:
    months = queries.months(reading, filters)
    if len([m for m in months if m.weighted is not None]) < 2:
        words = empty(_("Two months with answers are needed."), _("A source of surveys would fill this figure."))
        return figure_section("satisfaction", _("Satisfaction over time"), "", words)
    target = target_for(reading, "csat", dict(filters.values), filters.period.end)
    last = months[-1]
    verdict = target.verdict(last.weighted, last.low, last.high) if target else "no-target"
    title = sentences.satisfaction_title(months)
    chart = figures.satisfaction_chart(months, goal_of(target, "ratio"), verdict)
    foot = Foot(
        note=_("n {count} answers in the figure", count=formats.count(sum(m.n for m in months))),
        definition=definition_of(reading, "csat"),
        data=data_link(PATH, "satisfaction", filters),
        rows=rows_link("fct_survey_answers", filters),
        has_picture=True,
    )
    sub = (
        _("Satisfied ÷ valid answers; shaded: 95\u202f% interval. Weighted: each channel by its share of requests.")
        if any(month.raw is not None for month in months)
        else _("Satisfied ÷ valid answers; shaded: 95\u202f% interval")
    )
    return figure_section(
        "satisfaction", title, sub, plot("satisfaction", line_figure(chart, view, height=320), label=plain(title)), foot
    )


def _scores(scores: dict[str, Any], reading: Reading) -> Html:
    shown = [measure for measure in scores.values() if measure.state != "not-cut"]
    if not shown:
        return figure_section("scores", _("Surveys and complaints"), "", empty(_("No measure is in the release."), ""))
    rows = [measure_row(measure, reading.currency) for measure in shown]
    met, judged = sum(m.verdict == "met" for m in shown), sum(m.judged for m in shown)
    title = _("{met} of {all} targets met", met=met, all=judged) if judged else _("Surveys and complaints")
    sub = _("Value and target; half-filled: the interval holds the target")
    return figure_section("scores", title, sub, html.Div(rows, className="measures"))


def _drivers(rows: list[Row], filters: Filters, view: View) -> Html:
    if len(rows) < 2:
        words = empty(
            _("No attributes were rated beside an overall question."),
            _("A survey that asks for both, from 30 complete answers on, would fill this map."),
        )
        return figure_section("drivers", _("What satisfaction hangs on"), "", words)
    title = sentences.map_title(rows)
    foot = Foot(
        note=_(
            "n {count} · explained: {r2} of the variance · lines: the means, {x} and {y}",
            count=formats.count(rows[0]["n"]),
            r2=formats.percent(rows[0]["r2"], 0),
            x=formats.number(rows[0]["performance_axis"], 2),
            y=formats.percent(rows[0]["importance_axis"], 0),
        ),
        data=data_link(PATH, "drivers", filters),
        has_picture=True,
    )
    sub = _(
        "Shapley (LMG) shares of the explained variance against mean ratings; bars: 95\u202f% intervals. All waves."
    )
    return figure_section(
        "drivers", title, sub, plot("drivers", figures.performance_map(rows, view), label=plain(title)), foot
    )


def _gaps(rows: list[Row], filters: Filters, view: View) -> Html:
    if not rows:
        words = empty(_("No pairs of expectation and perception."), _("A SERVQUAL survey would fill this figure."))
        return figure_section("gaps", _("Expected and seen"), "", words)
    title = sentences.gaps_title(rows)
    asked = formats.count(max(r["n"] for r in rows))
    foot = Foot(
        note=_("n {count} · all together: by the points customers give", count=asked),
        data=data_link(PATH, "gaps", filters),
        has_picture=True,
    )
    sub = _("Seen − expected on the scale, one observation a respondent; bars: 95\u202f% intervals")
    return figure_section("gaps", title, sub, plot("gaps", figures.gaps_chart(rows, view), label=plain(title)), foot)


def _needs(rows: list[Row], filters: Filters) -> Html:
    if not rows:
        words = empty(_("No topics are known."), _("Tickets or contacts with a topic would fill this table."))
        return figure_section("needs", _("What customers need"), "", words)
    title = sentences.needs_list_title(rows)
    opened = "needs" in (filters.extra("more") or "")
    shown = rows if opened else rows[:10]
    table = tabled.needs_table(shown)
    kept = few(table, "need", "theme", "kind", "frequency", "trend", "csat_met", "place")
    parts: list[Any] = [table_view(kept, label=plain(title))]
    if len(rows) > 10:
        more = _("Fewer needs") if opened else _("{count} more needs", count=len(rows) - 10)
        href = PATH + filters.query(more=None if opened else "needs")
        parts.append(html.P(html.A(more, href=href, className="link go caption"), className="more-rows"))
    foot = Foot(data=data_link(PATH, "needs", filters), has_table=False)
    sub = _("Last twelve months, topics and comments; satisfied when met: of those whose matter was solved")
    return figure_section("needs", title, sub, parts, foot)


def _needs_map(rows: list[Row], filters: Filters, view: View) -> Html:
    if len([r for r in rows if r.get("place")]) < 2:
        words = empty(_("No topic has both coordinates."), _("Answers and tickets with a topic would place them."))
        return figure_section("needs-map", _("Importance and urgency"), "", words)
    title = sentences.needs_title(rows)
    foot = Foot(
        note=_(
            "lines: the means, {words}",
            words=sentences.axes_words(rows),
        ),
        data=data_link(PATH, "needs", filters),
        has_picture=True,
    )
    sub = _("Dots: topics; diamonds: needs of comments. Lines: the mean of each kind; top right wants acting on first")
    return figure_section(
        "needs-map", title, sub, plot("needs-map", figures.needs_map(rows, view), label=plain(title)), foot
    )
