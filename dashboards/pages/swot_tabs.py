"""The SWOT page's further tabs: TOWS, chain, history, method with the robustness of every rank."""

from __future__ import annotations

from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.figure import empty
from dashboards.components.marks import badge, pips
from dashboards.components.markup import Html
from dashboards.components.words import rich
from dashboards.figures import swot_sentences as words
from dashboards.figures import swot_words as further
from dashboards.filters import Filters
from dashboards.language import _, current
from dashboards.queries import swot as queries
from dashboards.reading import Reading

KINDS = ("SO", "WO", "ST", "WT")
SHOWN = 3
_BADGES = {"S": "strength", "W": "weakness", "O": "opportunity", "T": "threat"}


def tows(reading: Reading, board: queries.Board, filters: Filters, path: str) -> list[Any]:
    """Four kinds of pairs, each with the objective it proposes; and the objectives already adopted."""
    if board.tows:
        cells = [_kind(board, kind, filters, path) for kind in KINDS]
        shown = html.Div(cells, className="tows")
    else:
        shown = empty(
            _("No pair of an inside and an outside item stands."),
            _("A pair needs an outside item that bears on the theme of an inside one."),
        )
    return [shown, _objectives(reading)]


def _kind(board: queries.Board, kind: str, filters: Filters, path: str) -> Html:
    pairs = [pair for pair in board.tows if pair["kind"] == kind]
    marks = [badge(_BADGES[kind[0]], small=True), badge(_BADGES[kind[1]], small=True)]
    head = html.Div([*marks, html.H2(further.pair_kind(kind))], className="quadrant-head")
    rows = [
        html.Li(
            [
                html.P(rich(further.pair_sentence(pair)), className="finding"),
                html.P(
                    [
                        html.A(
                            words.factor_name(pair["inside_factor"]),
                            href=path + filters.query(tab=None, item=pair["inside_factor"]),
                            className="link go",
                        ),
                        " × ",
                        words.factor_name(pair["outside_factor"]),
                        " · ",
                        _("Owner: {owner}", owner=pair["owner_role"] or _("nobody yet")),
                    ],
                    className="caption",
                ),
                html.P([_("Adopt: "), html.Code(f'swotlight objectives adopt "{pair["pair"]}"')], className="caption"),
            ]
        )
        for pair in pairs[:SHOWN]
    ]
    body: Any = html.Ol(rows) if rows else html.P(_("No pair."), className="second")
    return html.Section([head, body], className="tows-kind")


def _objectives(reading: Reading) -> Html:
    rows = queries.objectives(reading)
    head = html.H2(_("Adopted objectives"))
    if not rows:
        return html.Section([head, html.P(_("None has been adopted yet."), className="second")], className="section")
    metrics = reading.metrics()
    parts = []
    for row in rows:
        metric = metrics.get(row["metric"])
        label, unit = (metric.label_in(current()), metric.unit) if metric else (row["metric"], "count")
        sentence = further.objective_sentence(row, label, unit, reading.currency)
        note = _("Owner: {owner}", owner=row["owner"]) + (f" · {row['actions']}" if row["actions"] else "")
        parts.append(html.Li([html.P(rich(sentence), className="finding"), html.P(note, className="caption")]))
    return html.Section([head, html.Ol(parts)], className="section tows-kind")


def chain(board: queries.Board) -> list[Any]:
    """The stages in order, judged together, and the one that costs most."""
    if not board.chain:
        return [empty(_("The chain has not been judged."), _("A refresh judges it."))]
    head = html.Tr(
        [
            html.Th(_("Stage"), className="left"),
            html.Th(_("Strengths")),
            html.Th(_("Weaknesses")),
            html.Th(_("On watch")),
            html.Th(_("Goes with less satisfaction by"), className="left"),
        ]
    )
    rows = [
        html.Tr(
            [
                html.Td(
                    [
                        html.B(further.stage_name(s["stage"]))
                        if s.get("is_weakest")
                        else further.stage_name(s["stage"]),
                        html.Span(f" · {_('weak link')}", className="bad") if s.get("is_weakest") else None,
                    ],
                    className="left",
                ),
                *[html.Td(formats.count(s[name])) for name in ("strengths", "weaknesses", "watch")],
                html.Td(further.stage_words(s), className="left"),
            ]
        )
        for s in board.chain
    ]
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="table-plain")
    notes = [html.P(board.notes["chain"], className="second")] if board.notes.get("chain") else []
    sentence = html.P(rich(further.chain_sentence(board.chain)), className="lede")
    return [html.Section([sentence, html.Div(table, className="table-scroll"), *notes], className="section")]


def history(reading: Reading, board: queries.Board) -> list[Any]:
    """What moved since the judgement before, and how dated statements came out."""
    moved = [html.Li(html.P(further.move_sentence(move), className="finding")) for move in board.moved]
    first = _("Nothing moved, or this is the first judgement of its kind.")
    parts = [html.H2(_("What moved")), html.Ol(moved) if moved else html.P(first, className="second")]
    told = board.forecasts or {}
    labels = reading.metrics()
    statements = [
        html.Li(
            html.P(
                rich(
                    further.forecast_sentence(
                        one,
                        words.factor_name(one["factor"]),
                        labels[one["metric"]].unit if one["metric"] in labels else "index",
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
