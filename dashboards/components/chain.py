"""The chain from contact to after-care: a column per stage with the items that stand there and what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.marks import badge, chip
from dashboards.components.markup import Html
from dashboards.components.words import capital
from dashboards.figures import swot_sentences as words
from dashboards.figures import swot_words as further
from dashboards.filters import Filters
from dashboards.language import _
from dashboards.queries.swot import QUADRANTS, Board


def chain_row(board: Board, filters: Filters, path: str) -> Html:
    """The stages in their order, each leading to the next."""
    stages = [html.Li(_stage(board, stage, filters, path), className=_classes(stage)) for stage in board.chain]
    return html.Ol(stages, className="chain")


def _classes(stage: Mapping[str, Any]) -> str:
    return "is-weakest" if stage.get("is_weakest") else ""


def _stage(board: Board, stage: Mapping[str, Any], filters: Filters, path: str) -> list[Any]:
    placed = [i for name in QUADRANTS for i in board.items[name] if i.chain_stage == stage["stage"]]
    items = [
        html.Li(
            [
                badge(item.quadrant, small=True),
                html.A(
                    words.factor_name(item.factor),
                    href=path + filters.query(tab=None, item=item.factor),
                    className="link go",
                    title=words.standing(item.quadrant, item.rank),
                ),
            ]
        )
        for item in placed
    ]
    weak = chip("missed", capital(_("weak link"))) if stage.get("is_weakest") else None
    watch = _("{count} on watch", count=formats.count(stage["watch"])) if stage.get("watch") else ""
    return [
        html.Div([html.H3(further.stage_name(stage["stage"])), weak], className="chain-head"),
        html.Ul(items) if items else html.P(_("No item stands here."), className="caption"),
        html.P(watch, className="caption") if watch else None,
        html.P(capital(further.stage_words(stage)), className="caption cost"),
    ]
