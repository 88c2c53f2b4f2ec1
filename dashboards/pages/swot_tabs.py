"""The SWOT page's further tabs: chain, history, and how firm every rank is."""

from __future__ import annotations

from typing import Any

from analytics.metrics.periods import add_months
from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.chain import chain_row
from dashboards.components.figure import empty
from dashboards.components.filterbar import menu, option
from dashboards.components.marks import badge, pips
from dashboards.components.markup import Html
from dashboards.components.movements import movements
from dashboards.components.words import rich
from dashboards.figures import swot_sentences as words
from dashboards.figures import swot_words as further
from dashboards.filters import Filters
from dashboards.language import _
from dashboards.queries import swot as queries
from dashboards.queries import swot_moves as moves
from dashboards.reading import Reading


def chain(board: queries.Board, filters: Filters, path: str) -> list[Any]:
    """The stages in order, judged together, and the one that costs most."""
    if not board.chain:
        return [empty(_("The chain has not been judged."), _("A refresh judges it."))]
    notes = (
        [html.P(further.note("chain", board.notes["chain"]), className="second")] if board.notes.get("chain") else []
    )
    sentence = html.P(rich(further.chain_sentence(board.chain)), className="lede")
    return [html.Section([sentence, chain_row(board, filters, path), *notes], className="section chain-section")]


def history(reading: Reading, board: queries.Board, filters: Filters, path: str) -> list[Any]:
    """What moved since the judgement before or another one, and how dated statements came out."""
    first = _("Nothing moved, or this is the first judgement of its kind.")
    head = html.Div([html.H2(_("What moved")), _since(reading, board, filters, path)], className="line-head")
    rows = movements(board, filters, path, reading.currency) if board.moved else html.P(first, className="second")
    parts: list[Any] = [head, rows]
    if board.period and not moves.earlier(reading, board):
        # Earlier months are judged when they are asked for, which takes longer than a page may.
        earlier = add_months(board.period, -1)
        command = html.Code(f"swotlight swot --against {earlier:%Y-%m}")
        parts.append(html.P([_("Against any earlier month:"), " ", command], className="caption"))
    told = board.forecasts or {}
    labels = reading.metrics()
    statements = [
        html.Li(
            html.P(
                rich(
                    further.forecast_sentence(
                        one,
                        words.factor_name(one["factor"]),
                        further.told_unit(one["factor"], labels.get(one["metric"])),
                    )
                ),
                className="finding",
            )
        )
        for one in told.get("open", [])
    ]
    scores = [html.P(further.score_sentence(score), className="second") for score in told.get("scored", [])]
    dated = [html.H2(_("Dated statements")), html.Ol(statements) if statements else None, *scores]
    if not statements and not scores:
        dated.append(html.P(_("No outside item stands, so nothing is forecast."), className="second"))
    return [html.Section(parts, className="section tows-kind"), html.Section(dated, className="section tows-kind")]


def _since(reading: Reading, board: queries.Board, filters: Filters, path: str) -> Html | None:
    """Which judgement the board is held against: the one before, an earlier month, an earlier release."""
    offered = moves.earlier(reading, board)
    if not offered:
        return None
    chosen = _chosen(reading, board, filters)
    options = [option(_("The judgement before"), path + filters.query(since=None), chosen=chosen is None)]
    options += [option(_name(one), path + filters.query(since=one.code), chosen=one is chosen) for one in offered]
    is_set = chosen is not None
    return menu(
        _("Since"),
        _name(chosen) if chosen else _("The judgement before"),
        options,
        is_set=is_set,
        clear=path + filters.query(since=None) if is_set else None,
    )


def _chosen(reading: Reading, board: queries.Board, filters: Filters) -> moves.Earlier | None:
    since = filters.extra("since")
    return next((one for one in moves.earlier(reading, board) if one.code == since), None) if since else None


def since_words(reading: Reading, board: queries.Board, filters: Filters) -> str:
    """The judgement the address holds the board against, in words; empty for the one before."""
    chosen = _chosen(reading, board, filters)
    return _name(chosen) if chosen else ""


def _name(one: moves.Earlier) -> str:
    if one.period is not None:
        return formats.month_long(one.period)
    return _("Release {time}", time=formats.moment(one.built_at, short=True))


def robustness(board: queries.Board) -> Html:
    """How firmly each item holds a place among the first three, whatever the weights."""
    rows = [
        html.Tr(
            [
                html.Td([badge(name, small=True), html.Span(f" {words.factor_name(item.factor)}")], className="left"),
                html.Td(str(item.rank or "")),
                html.Td(formats.number(item.score or 0.0, 3)),
                html.Td(formats.percent(item.weight or 0.0, 1)),
                html.Td([pips(item.robustness), html.Span(f" {formats.percent(item.robustness or 0.0, 0)}")]),
            ]
        )
        for name in queries.QUADRANTS
        for item in board.items[name]
    ]
    if not rows:
        return html.P(_("No item is placed."), className="second")
    head = html.Tr(
        [
            html.Th(_("Item"), className="left"),
            html.Th(_("Rank")),
            html.Th(_("Score")),
            html.Th(_("Weight")),
            html.Th(_("In the top three")),
        ]
    )
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="table-plain")
    return html.Section(
        [html.H2(_("How firm the ranks are")), html.Div(table, className="table-scroll")], className="section"
    )
