"""Market's figures from its frames: the index chart, the strips of competitors, the tables behind them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from analytics.metrics.periods import add_months
from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.marks import evidence_strip
from dashboards.components.markup import Html
from dashboards.components.tables import Column, Table
from dashboards.figures.market_sentences import (
    attribute_name,
    event_kind,
    event_state,
    growth_words,
    indicator_name,
    line_name,
    written,
)
from dashboards.figures.series import LineChart, Point, Series
from dashboards.filters import dimension_label, shown_value
from dashboards.language import _
from dashboards.queries.market import SWD_SCORE, Line, Standing

LATE = 3
"""Months a published figure may lag behind another and still be the newest."""


def index_chart(lines: Sequence[Line]) -> LineChart:
    """Every series with the common month at 100; ours is the one the title speaks of."""
    last = max((one.points[-1][0] for one in lines), default=None)
    series = [Series(_ended(one, last), tuple(Point(day, value) for day, value in one.points)) for one in lines]
    focus = next((_ended(one, last) for one in lines if one.is_own), series[0].name if series else None)
    return LineChart(tuple(series), "index", focus, marks=False)


def _ended(line: Line, last: date | None) -> str:
    """The series by its name; one that ended a quarter before the others says when."""
    until = line.points[-1][0]
    if last is None or until >= add_months(last, -LATE):
        return line_name(line)
    return f"{line_name(line)}, {formats.month_axis(until, year=True)}"


def index_table(lines: Sequence[Line]) -> Table:
    """The chart as rows: a month a row, a column a series."""
    months = sorted({day for line in lines for day, _value in line.points}, reverse=True)
    values = {(line.indicator, day): value for line in lines for day, value in line.points}
    columns = (
        Column("month", _("Month"), "date"),
        *(Column(line.indicator, line_name(line), "index") for line in lines),
    )
    return Table(
        columns, tuple({"month": m, **{one.indicator: values.get((one.indicator, m)) for one in lines}} for m in months)
    )


def place_words(row: dict[str, Any]) -> str:
    """Segment and region of a series, where it has them."""
    parts = [row["segment"] if row["segment"] != "all" else "", row["region"] if row["region"] != "all" else ""]
    return " · ".join(part for part in parts if part)


def labour_rows(rows: Sequence[dict[str, Any]], currency: str) -> Html:
    """Indicator, last value with its month, change on the year; revised figures say so."""
    head = [
        html.Th(_("Indicator"), className="left"),
        html.Th(_("Value")),
        html.Th(_("On the year")),
        html.Th(_("Month")),
    ]
    body = []
    for row in rows:
        name = [html.Span(indicator_name(row["indicator"])), html.Div(place_words(row), className="caption")]
        month = [formats.month_axis(row["month_on"], year=True)]
        if row["revised_by"]:
            change = formats.signed_percent(row["revised_by"])
            month.append(html.Div(_("revised {change}", change=change), className="caption"))
        if row.get("revised_since"):
            change = formats.signed_percent(row["revised_since"])
            month.append(html.Div(_("since {change}", change=change), className="caption"))
        known = row["growth_year"] is not None
        body.append(
            html.Tr(
                [
                    html.Td(name, className="left"),
                    html.Td(written(row["value"], row["unit"], currency), className="strong nowrap"),
                    html.Td(growth_words(row), className="nowrap" if known else "muted"),
                    html.Td(month, className="muted nowrap"),
                ]
            )
        )
    return html.Div(
        html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="table-plain market-table"),
        className="table-scroll",
    )


def series_table(rows: Sequence[dict[str, Any]], currency: str) -> Table:
    """Every series of the market, as its publisher names it."""
    columns = (
        Column("indicator", _("Indicator")),
        Column("subject", _("Whose")),
        Column("segment", _("Segment")),
        Column("region", _("Region")),
        Column("month", _("Month"), "date"),
        Column("value", _("Value"), "words"),
        Column("growth", _("On the year"), "words"),
        Column("adjusted", _("Season taken out"), "words"),
        Column("published", _("Published"), "date"),
        Column("revisions", _("Revisions"), "count"),
        Column("state", _("State")),
    )
    return Table(columns, tuple(_series_row(row, currency) for row in rows))


def _series_row(row: dict[str, Any], currency: str) -> dict[str, Any]:
    adjusted = row["seasonally_adjusted"]
    reasons = {"under three years": _("under three years"), "not above zero": _("not above zero")}
    return {
        "indicator": indicator_name(row["indicator"]),
        "subject": row["subject"],
        "segment": _("all") if row["segment"] == "all" else row["segment"],
        "region": row["region"],
        "month": row["month_on"],
        "value": written(row["value"], row["unit"], currency),
        "growth": growth_words(row),
        "adjusted": written(adjusted, row["unit"], currency)
        if adjusted is not None
        else reasons.get(row["adjustment"]),
        "published": row["published_on"],
        "revisions": row["revisions"],
        "state": _("ended") if row["is_gone"] else _("goes on"),
    }


_STATES = {"ahead": "helps", "behind": "hurts", "undecided": "watch", "insufficient": "insufficient"}


def standing_word(verdict: str) -> str:
    """The verdict on a comparison with a competitor."""
    return {
        "ahead": _("ahead"),
        "behind": _("behind"),
        "undecided": _("could be chance"),
    }.get(verdict, _("n is not said"))


def standing_rows(standings: Sequence[Standing]) -> Html:
    """A strip per attribute and competitor: our score less theirs, in smallest worthwhile differences."""
    head = [
        html.Th(_("Attribute"), className="left"),
        html.Th(_("Competitor"), className="left"),
        html.Th(_("They lead · we lead"), className="left"),
        html.Th(_("Difference")),
        html.Th(_("n, theirs")),
        html.Th("", className="left"),
    ]
    body, last = [], None
    for one in standings:
        name = attribute_name(one.attribute) if one.attribute != last else ""
        last = one.attribute
        body.append(html.Tr(_standing_cells(one, name)))
    return html.Div(
        html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="table-plain market-table"),
        className="table-scroll",
    )


def _standing_cells(one: Standing, name: str) -> list[Html]:
    scaled = [x / SWD_SCORE if x is not None else None for x in (one.difference, one.low, one.high)]
    words = f"{attribute_name(one.attribute)}, {one.subject}: {standing_word(one.verdict)}"
    marks = [(scaled[0], scaled[1], scaled[2])] if scaled[0] is not None and one.verdict != "insufficient" else []
    written_difference = formats.signed(one.difference, 2) if one.difference is not None else _("no data")
    return [
        html.Td(name, className="left strong"),
        html.Td(" · ".join([one.subject, *([_("nearest")] if one.is_nearest else [])]), className="left nowrap"),
        html.Td(evidence_strip(marks, state=_STATES[one.verdict], words=words), className="left"),
        html.Td(written_difference, className="strong nowrap"),
        html.Td(formats.count(one.n) if one.n is not None else _("not said"), className="muted"),
        html.Td(standing_word(one.verdict), className="left muted nowrap"),
    ]


def standing_table(standings: Sequence[Standing]) -> Table:
    """The comparisons as rows, with intervals and adjusted p."""
    columns = (
        Column("attribute", _("Attribute")),
        Column("subject", _("Competitor")),
        Column("ours", _("Ours"), "score"),
        Column("our_n", _("n, ours"), "count"),
        Column("value", _("Theirs"), "score"),
        Column("n", _("n, theirs"), "count"),
        Column("difference", _("Difference"), "words"),
        Column("low", _("From"), "words"),
        Column("high", _("To"), "words"),
        Column("p", _("p, adjusted"), "words"),
        Column("verdict", _("Verdict")),
    )
    rows = tuple(
        {
            "attribute": attribute_name(s.attribute),
            "subject": s.subject,
            "ours": s.our_value,
            "our_n": s.our_n,
            "value": s.value,
            "n": s.n,
            "difference": None if s.difference is None else formats.signed(s.difference, 2),
            "low": None if s.low is None else formats.signed(s.low, 2),
            "high": None if s.high is None else formats.signed(s.high, 2),
            "p": None if s.p_adjusted is None else formats.p_value(s.p_adjusted),
            "verdict": standing_word(s.verdict),
        }
        for s in standings
    )
    return Table(columns, rows)


def price_table(rows: Sequence[dict[str, Any]], currency: str) -> Table:
    """List prices: ours first in each plan."""
    columns = (
        Column("plan", _("Plan")),
        Column("subject", _("Whose")),
        Column("price", _("Price"), "words", strong=True),
        Column("growth", _("On the year"), "words"),
        Column("month", _("Since"), "date"),
    )
    found = tuple(
        {
            "plan": row["segment"],
            "subject": _("ours") if row["subject"] == "us" else row["subject"],
            "price": written(row["value"], row["unit"], currency),
            "growth": growth_words(row),
            "month": row["month_on"],
        }
        for row in rows
    )
    return Table(columns, found)


def event_table(rows: Sequence[dict[str, Any]]) -> Table:
    """Dated rules, standards, programmes and newcomers."""
    columns = (
        Column("event", _("What")),
        Column("kind", _("Kind")),
        Column("state", _("State"), strong=True),
        Column("holds", _("From"), "date"),
        Column("until", _("Until"), "words"),
        Column("announced", _("Announced"), "date"),
    )
    found = tuple(
        {
            "event": row["event"],
            "kind": event_kind(row["kind"]),
            "state": event_state(row["state"]),
            "holds": row["holds_from"],
            "until": formats.date_short(row["until_on"], year=True) if row["until_on"] else _("no end"),
            "announced": row["announced_on"],
        }
        for row in rows
    )
    return Table(columns, found)


def shift_table(rows: Sequence[dict[str, Any]]) -> Table:
    """Shares of channels and topics in our contacts, and how they moved."""
    columns = (
        Column("cut", _("Cut")),
        Column("entity", _("What")),
        Column("share", _("Share"), "ratio", strong=True),
        Column("before", _("Year before"), "ratio"),
        Column("change", _("Change"), "change", "unit", strong=True),
        Column("low", _("from"), "change", "unit"),
        Column("high", _("to"), "change", "unit"),
        Column("n", _("n"), "count"),
    )
    return Table(columns, tuple(_shift_row(row) for row in rows))


def _shift_row(row: dict[str, Any]) -> dict[str, Any]:
    ends = {key: row[key] for key in ("change", "low", "high")}
    state = {"new": _("new"), "gone": _("gone")}.get(row["state"])
    return {
        "cut": dimension_label(row["dimension"]), "entity": shown_value(row["dimension"], row["entity"]),
        "share": row["share"], "before": row["share_before"], **({} if state else ends), "_missing": state,
        "unit": "ratio", "n": row["contacts"],
    }  # fmt: skip
