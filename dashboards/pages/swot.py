"""The SWOT board: what is better and what is worse than it should be, beyond chance and large enough to matter."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components import shell
from dashboards.components.boardpair import beside
from dashboards.components.boards import legend, not_placed, quadrant
from dashboards.components.figure import empty
from dashboards.components.marks import badge, glyph
from dashboards.components.markup import Html
from dashboards.components.tables import Column, Table
from dashboards.components.words import rich, serif
from dashboards.figures import swot_marks as marks
from dashboards.figures import swot_sentences as words
from dashboards.figures import swot_words as further
from dashboards.figures.plotting import View
from dashboards.filters import Filters
from dashboards.language import _, spoken
from dashboards.pages import swot_bar, swot_tabs, swot_tows
from dashboards.pages.swot_drawer import evidence_drawer, history_table
from dashboards.queries import objectives
from dashboards.queries import swot as queries
from dashboards.queries import swot_moves as moves
from dashboards.queries import swot_views as views
from dashboards.queries.about import About, about
from dashboards.reading import Reading

PATH = "/swot"
CONTROLS = ()


def bar(reading: Reading, filters: Filters) -> Html:
    """The entity selector, the month, and the views of the board in place of filters."""
    return swot_bar.bar(reading, filters, PATH)


def version(reading: Reading) -> Hashable:
    """What the page shows besides the release: the objectives of ``state/``."""
    return objectives.version(reading)


def body(reading: Reading, filters: Filters, view: View) -> list[Any]:
    """The page below the bars."""
    if not queries.periods(reading):
        head = _head(None, filters, about(reading))
        return [
            head,
            empty(
                _("No SWOT has been judged in this release."),
                _("Run a refresh; the board fills from the metrics that have targets or an earlier year."),
            ),
        ]
    board = views.narrowed(reading, queries.board(reading, filters), filters)
    board = replace(board, moved=moves.moved(reading, board, filters))
    item = board.item(filters.extra("item"))
    other = views.beside(reading, filters)
    since = swot_tabs.since_words(reading, board, filters)
    main = [_not_judged(board, filters), _head(board, filters, about(reading), other, since), _tabs(board, filters)]
    main += _tab(reading, board, filters)
    side = [evidence_drawer(reading, board, item, filters, view, PATH)] if item else []
    return [html.Div([html.Div(main, className="swot-main"), *side], className="swot-layout")]


def tables(reading: Reading, filters: Filters) -> dict[str, Table]:
    """The tables that can be downloaded."""
    board = views.narrowed(reading, queries.board(reading, filters), filters)
    columns = tuple(
        Column(key, key)
        for key in (
            "quadrant",
            "rank",
            "factor",
            "metric",
            "value",
            "comparator",
            "comparator_value",
            "difference",
            "low",
            "high",
            "n",
            "p_adjusted",
            "swd",
            "score",
            "robustness",
            "sentence",
        )
    )
    rows = [{column.key: item.told.get(column.key) for column in columns} for item in board.ordered()]
    item = board.item(filters.extra("item"))
    found = {"items": Table(columns, tuple(rows))}
    if item:
        found["history"] = history_table(reading, board, item)
    return found


def _entity_words(board: queries.Board | None) -> str:
    return _("Whole organisation") if board is None else words.whose(board)


def _head(
    board: queries.Board | None, filters: Filters, facts: About, other: queries.Board | None = None, since: str = ""
) -> Html:
    period = formats.month_long(board.period) if board and board.period else filters.period.label
    whose = [_entity_words(board), _("beside {other}", other=words.whose(other)) if other else ""]
    eyebrow = html.P(shell.joined([_("SWOT"), period, *whose]), className="eyebrow")
    failed = shell.checks_line(facts, brief=True)
    built = _(
        "Release {time}",
        time=formats.moment(facts.built_at, short=True),
    )
    release = html.A(
        [glyph(facts.state), html.B(built), html.Span(f" · {failed}")],
        href=spoken("/data-quality"),
        className="release-line go",
    )
    title = words.conclusion(board) if board else _("No SWOT has been judged yet.")
    lede = rich(f"{words.lede(board)} {marks.moved_words(board, since)}".rstrip()) if board else None
    parts = [
        html.Div([eyebrow, release], className="swot-eyebrow"),
        html.H1(serif(title)),
        html.P(lede, className="lede") if lede else None,
    ]
    return html.Div(parts, className="swot-head", **{"data-title": " · ".join([_("SWOT"), "Swotlight"])})


def _not_judged(board: queries.Board, filters: Filters) -> Html | None:
    """Says so when the month of the address was not judged."""
    if not filters.given or board.period is None or filters.period.start == board.period:
        return None
    words = _(
        "{asked} has not been judged; this is {shown}.",
        asked=filters.period.label,
        shown=formats.month_long(board.period),
    )
    asked: list[Any] = []
    if filters.period.is_month and filters.period.start < board.period:
        command = html.Code(f"swotlight swot --period {filters.period.start:%Y-%m}")
        asked = [" ", _("The command judges any month:"), " ", command]
    return html.Div([words, *asked], className="notice", role="status")


def _tab(reading: Reading, board: queries.Board, filters: Filters) -> list[Any]:
    match filters.extra("tab"):
        case "tows":
            return swot_tows.tows(reading, queries.with_decisions(reading, board), filters, PATH)
        case "chain":
            return swot_tabs.chain(queries.with_decisions(reading, board), filters, PATH)
        case "history":
            return swot_tabs.history(reading, queries.with_decisions(reading, board), filters, PATH)
        case "method":
            return [swot_tabs.robustness(board), *_method(board)]
    other = views.beside(reading, filters)
    if other is not None:
        return beside(board, views.narrowed(reading, other, filters), filters, PATH, reading.currency)
    return _board(reading, queries.with_trends(reading, board), filters)


def _tabs(board: queries.Board, filters: Filters) -> Html:
    here = filters.extra("tab") or "board"
    links = [
        html.A(
            name,
            href=PATH + filters.query(tab=None if code == "board" else code, item=None),
            role="tab",
            className="go",
            **{"aria-selected": "true" if here == code else "false"},
        )
        for code, name in (
            ("board", _("Board")),
            ("tows", _("TOWS")),
            ("chain", _("Chain")),
            ("history", _("History")),
            ("method", _("Method")),
        )
    ]
    ife, efe = (
        html.Span([name, html.B(formats.number(score, 2)), _("of 4")]) if score is not None else None
        for name, score in ((_("Internal (IFE)"), board.ife), (_("External (EFE)"), board.efe))
    )
    return html.Div(
        [html.Div(links, role="tablist", className="tabs"), html.Div([ife, efe], className="swot-scores")],
        className="swot-tabs",
    )


def _board(reading: Reading, board: queries.Board, filters: Filters) -> list[Any]:
    chosen = filters.extra("item")
    quads = [quadrant(board, name, filters, PATH, chosen, reading.currency) for name in queries.QUADRANTS]
    jump = html.Nav(
        [
            html.A(badge(name, small=True), href=f"#{name}", **{"aria-label": words.quadrant_name(name)})
            for name in queries.QUADRANTS
        ],
        className="quad-jump",
        **{"aria-label": _("Quadrants")},
    )
    axes = [
        html.Span(_("Helps us"), className="axis-top helps"),
        html.Span(_("Hurts us"), className="axis-top hurts"),
        html.Span(_("Inside"), className="axis-side inside"),
        html.Span(_("Outside"), className="axis-side outside"),
    ]
    return [
        legend(),
        jump,
        html.Div([*axes, *quads], className=f"matrix{' has-moves' if _shows_moves(board) else ''}"),
        not_placed(board, filters, PATH, chosen, reading.currency),
    ]


def _shows_moves(board: queries.Board) -> bool:
    """Whether any placed item bears a mark before its rank: then every rank gets the room."""
    placed = [item for found in board.items.values() for item in found]
    return any(marks.mark_of(board.move(item.factor))[0] for item in placed)


def _method(board: queries.Board) -> list[Any]:
    steps = (
        _(
            "A factor is measured over its period and held against its target, its peers, the same period a year "
            "before (with this year’s mix), its own trend, and what customers expect."
        ),
        _(
            "Each difference is tested; contacts of one day, one agent or one customer are not independent, so "
            "variances are clustered by day, agent and customer, and widened by how far the months wander."
        ),
        _(
            "All tests of a period are one family, adjusted together by Benjamini and Hochberg. "
            "Filtering a page never changes a verdict."
        ),
        _("An item needs an adjusted p of at most 0.05 and a difference beyond the smallest that matters."),
        _(
            "Inside, better is a strength and worse a weakness; outside, what moves in our favour is an opportunity "
            "and what moves against us a threat. Both ways is contested, neither is watch."
        ),
        _(
            "Rank: weight times the interval’s near end in smallest worthwhile differences. "
            "Pips: the share of 1,000 re-weightings in which it stays in the top three."
        ),
    )
    notes = [html.P(further.note(name, text), className="second") for name, text in board.notes.items()]
    return [
        html.Section(
            [
                html.H2(_("How an item comes about")),
                html.Ol([html.Li(step) for step in steps], className="method"),
                *notes,
            ],
            className="section",
        )
    ]
