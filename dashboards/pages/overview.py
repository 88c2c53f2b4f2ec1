"""The Overview: did service hold its promise, on which channel not, and how do the four dimensions stand?"""

from __future__ import annotations

from typing import Any

from analytics.metrics.periods import add_months
from dashboards import formats
from dashboards.components import markup as html
from dashboards.components import shell
from dashboards.components.figure import Foot, figure_foot, figure_section, plot
from dashboards.components.marks import glyph, target_strip
from dashboards.components.markup import Html
from dashboards.components.qualitystrip import quality_strip
from dashboards.components.scorecard import score_column
from dashboards.components.scoretable import scorecard_table
from dashboards.components.tables import TableMaker
from dashboards.components.words import plain, rich
from dashboards.figures import overview as figures
from dashboards.figures import sentences
from dashboards.figures.lines import line_figure
from dashboards.figures.plotting import View
from dashboards.figures.swot_sentences import finding
from dashboards.figures.trend_sentences import decline, trend_title
from dashboards.filters import Filters, shown_value
from dashboards.language import _, current
from dashboards.pages.nothing import no_level, no_line
from dashboards.pages.parts import data_link, definition_of, laid_out, rows_link
from dashboards.pages.withheld import rests_on
from dashboards.queries import overview as queries
from dashboards.queries import scorecard, swot
from dashboards.queries.about import about, files
from dashboards.queries.measures import history_of
from dashboards.reading import Reading

PATH = "/"
CONTROLS = ("period", "compare", "channel", "team", "region", "topic")


def body(reading: Reading, filters: Filters, view: View) -> list[Any]:
    """The page below the bars."""
    scores = queries.scorecard(reading, filters)
    channels = queries.channel_levels(reading, filters)
    sections = laid_out(
        ("whole", (_scorecard, reading, filters, view, scores)),
        ("rest-420", (_trend, reading, filters, view, channels), (_channels, reading, filters, channels)),
    )
    return [
        _head(reading, filters, scores, channels),
        *sections,
        quality_strip(about(reading), files(reading), reading.local),
    ]


def tables(reading: Reading, filters: Filters) -> dict[str, TableMaker]:
    """The tables that can be downloaded."""
    return {
        "scorecard": lambda: scorecard_table(scorecard.rows(reading, filters), reading.metrics(), reading.currency),
        "trend": lambda: figures.trend_table(queries.level_trend(reading, filters)),
        "channels": lambda: figures.channel_table(queries.channel_levels(reading, filters)),
    }


def _head(
    reading: Reading, filters: Filters, scores: list[queries.Scores], channels: list[queries.ChannelLevel]
) -> Html:
    lead = {s.dimension: s.lead for s in scores}
    whole = lead.get("service_quality")
    whole = whole if whole and whole.metric.name.startswith(queries.LEVEL) else None
    title = sentences.conclusion(whole, channels, scores, filters)
    text = sentences.lede(whole, channels, _falling(reading, filters, channels), _csat(scores), scores)
    eyebrow = shell.joined([_("Overview"), filters.period.label, filters.scope])
    return shell.page_head(
        eyebrow,
        title,
        text,
        shell.release_block(about(reading), reading.settings.organisation.time_zone),
        name=_("Overview"),
    )


def _csat(scores: list[queries.Scores]) -> Any:
    return next((m for s in scores for m in (s.lead, *s.further) if m and m.metric.name == "csat"), None)


def _falling(reading: Reading, filters: Filters, channels: list[queries.ChannelLevel]) -> int:
    missed = [c for c in channels if c.channel and c.verdict == "missed"]
    if not missed:
        return 0
    metric, end = missed[-1].row.metric, filters.period.end
    where = (*[pair for pair in filters.values if pair[0] != "channel"], ("channel", str(missed[-1].channel)))
    rows = reading.ask((metric,), grain="month", where=where, start=add_months(end.replace(day=1), -12), end=end)
    return decline([value for _day, value in history_of(rows, metric, end)])


def _scorecard(reading: Reading, filters: Filters, view: View, scores: list[queries.Scores]) -> Html:
    standings = scorecard.standings(reading, filters)
    columns = [
        score_column(one, filters, reading.currency, folded=view.is_phone, standings=standings) for one in scores
    ]
    foot = _(
        "Lines: 13 months to {month}, dotted at the target. Strips: value and 95\u202f% interval against the target "
        "(upright); the shaded side meets it.",
        month=formats.month_long(filters.period.end),
    )
    return html.Section(
        [
            html.H2(_("Scorecard"), className="visually-hidden"),
            html.Div(columns, className="section scorecard"),
            *figure_foot("scorecard", Foot(note=foot, data=data_link(PATH, "scorecard", filters))),
        ]
    )


@rests_on("trend", lambda: _("Service level by channel"), "service_level", "service_level_f3")
def _trend(reading: Reading, filters: Filters, view: View, channels: list[queries.ChannelLevel]) -> Html:
    trend = queries.level_trend(reading, filters)
    rows, weekly = trend.rows, trend.is_weekly
    target = queries.level_target(reading, dict(filters.values), filters.period.end)
    chart = figures.channel_chart(rows, channels, target, weekly=weekly)
    if not chart.series:
        return figure_section(
            "trend",
            _("Service level by channel"),
            "",
            no_line()
            if any(row.value is not None for row in rows)
            else no_level(
                reading,
                filters,
                _("No contacts were counted in this span."),
                _("A source of contacts or queue intervals would fill this figure."),
            ),
        )
    focus = next(s for s in chart.series if s.name == chart.focus)
    title = trend_title(focus.name, focus.points, chart.goal, weekly=weekly)
    first, last = min(p.day for s in chart.series for p in s.points), filters.period.end
    span = {"start": formats.date_short(first), "end": formats.date_long(last)}
    sub = (
        _(
            "Share answered inside the channel’s threshold, weekly, {start} to {end}. Shaded: 95\u202f% interval.",
            **span,
        )
        if weekly
        else _(
            "Share answered inside the channel’s threshold, monthly, {start} to {end}. Shaded: 95\u202f% interval.",
            **span,
        )
    )
    return figure_section(
        "trend",
        title,
        sub,
        plot("trend", line_figure(chart, view), label=plain(title)),
        _trend_foot(reading, filters, channels),
    )


def _trend_foot(reading: Reading, filters: Filters, channels: list[queries.ChannelLevel]) -> Foot:
    counted = sum(c.row.n or 0 for c in channels if c.channel)
    note = _("{count} contacts in {period}", count=formats.count(counted), period=filters.period.label)
    return Foot(
        note=shell.joined([note, figures.thresholds_note(channels)]),
        definition=definition_of(reading, queries.level_metric(reading, filters)),
        rows=rows_link("fct_contacts", filters),
        data=data_link(PATH, "trend", filters),
        has_picture=True,
    )


@rests_on("channels", lambda: _("Service level by channel"), "service_level", "service_level_f3")
def _channels(reading: Reading, filters: Filters, channels: list[queries.ChannelLevel]) -> Html:
    title = sentences.channels_title(channels, filters.period.label)
    if not channels:
        what = no_level(reading, filters, _("No contacts were counted in this period."))
        return figure_section("channels", title, "", what)
    target = channels[-1].target
    head = [
        html.Th(""),
        html.Th(_("Channel"), className="left", style={"paddingLeft": "8px"}),
        html.Th(_("Target {value}", value=sentences.tidy(target.value, "ratio")) if target else ""),
    ]
    head += [html.Th("%"), html.Th(_("n"))]
    low = min(min(c.row.low or c.row.value or 0, c.target.value if c.target else 1) for c in channels)
    scale = (max(0.0, low - 0.05), 1.0)
    body = [html.Tr(_channel_cells(channel, scale)) for channel in channels]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="table-plain channel-table")
    sub = _("{period}, share inside threshold, 95\u202f% interval", period=filters.period.label)
    foot = Foot(
        definition=definition_of(reading, channels[0].row.metric),
        rows=rows_link("fct_contacts", filters),
        data=data_link(PATH, "channels", filters),
        has_table=False,
    )
    return figure_section("channels", title, sub, table, foot, tail=_on_the_board(reading, filters, channels))


def _on_the_board(reading: Reading, filters: Filters, channels: list[queries.ChannelLevel]) -> Html | None:
    """What the SWOT board says of the worst channel, else of the organisation: the first weaknesses, as links."""
    if not swot.periods(reading):
        return None
    worst = next((c.channel for c in reversed(channels) if c.channel and c.verdict == "missed"), None)
    asked = filters.with_(entity=f"channel:{worst}") if worst in swot.kinds(reading).get("channel", []) else filters
    board = swot.board(reading, asked)
    found = board.items["weakness"][:2]
    if not found or not found[0].sentence:
        return None
    carried = filters.carried().with_(entity=asked.extra("entity"))
    links: list[Any] = []
    for item in found:
        words = _("Weakness {rank}", rank=item.rank)
        links += [html.A(words, href="/swot" + carried.query(item=item.factor), className="link go"), _(", ")]
    head = html.B(_("On the board, {month}: ", month=formats.month_long(board.period)) if board.period else "")
    stop = "。" if current() == "zh" else "."
    return html.P(
        [head, *rich(finding(board, found[0], elsewhere=True)), " ", _("See "), *links[:-1], stop],
        className="aside-text",
    )


def _channel_cells(one: queries.ChannelLevel, scale: tuple[float, float]) -> list[Html]:
    name: list[Any] = [shown_value("channel", one.channel) if one.channel else _("All")]
    if one.threshold_seconds is not None:
        name.append(html.Span(f" {sentences.tidy(one.threshold_seconds, 'seconds')}", className="muted"))
    row, target = one.row, one.target
    strip = target_strip(
        row.value,
        row.low,
        row.high,
        scale=scale,
        verdict=one.verdict,
        target=target.value if target else None,
        higher_meets=target.higher_meets if target else True,
        words=f"{name[0]} {formats.percent(row.value or 0)}",
    )
    n = formats.count(row.n) if row.n is not None else _("full count")
    return [
        html.Td(glyph(one.verdict)),
        html.Td(name, className="name"),
        html.Td(strip, className="strip-cell"),
        html.Td(formats.number((row.value or 0) * 100, 1), className="strong"),
        html.Td(n, className="count"),
    ]
