"""What moved on a board, one row an item: from which quadrant to which, in words, with its value then and now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.marks import badge
from dashboards.components.markup import Html
from dashboards.figures import swot_words as words
from dashboards.figures.swot_marks import is_on_board
from dashboards.filters import Filters
from dashboards.language import _
from dashboards.queries.swot import QUADRANTS, Board


def movements(board: Board, filters: Filters, path: str, currency: str) -> Html:
    """Every move of the board; a click opens the item's evidence, where there is any."""
    # What only went from insufficient to watch comes last: it is on no board.
    told = sorted(board.moved, key=lambda move: move["change"] == "quadrant" and not is_on_board(move))
    return html.Ol([html.Li(_row(board, move, filters, path, currency)) for move in told], className="movements")


def _row(board: Board, move: Mapping[str, Any], filters: Filters, path: str, currency: str) -> Html:
    item = board.item(str(move["factor"]))
    places = [_place(move.get("before_quadrant")), html.Span("→"), _place(move.get("quadrant"))]
    parts = [
        html.Span(places, className="places", **{"aria-hidden": "true"}),
        html.P(words.did_sentence(move), className="finding"),
        html.Span(_values(move, (item.unit if item else None) or "", currency), className="num then-now"),
        html.Span(words.cause_words(move), className="second caption"),
    ]
    if item is None:
        return html.Div(parts, className="movement")
    return html.A(parts, href=path + filters.query(item=item.factor), className="movement go")


def _place(quadrant: str | None) -> Html:
    """The quadrant's badge; a hollow dot for what stands in none."""
    return badge(quadrant, small=True) if quadrant in QUADRANTS else html.Span(className="badge-mark none small")


def _values(move: Mapping[str, Any], unit: str, currency: str) -> str:
    """``3.9 % → 5.1 %``; one figure where both read alike, none where nothing is known of the item."""
    known = [move.get("before_value"), move.get("value")] if unit else []
    # Of a factor that is new in the catalogue nothing was asked before: there is one figure.
    known = known[1:] if move.get("before_quadrant") is None and move.get("cause") == "definition" else known
    told = [str(formats.quantity(float(v), unit, currency=currency)) if v is not None else _("no data") for v in known]
    return " → ".join(dict.fromkeys(told)) if any(v is not None for v in known) else ""
