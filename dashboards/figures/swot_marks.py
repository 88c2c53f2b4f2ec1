"""What moved on a board: the mark before an item's rank, and the count of who came and went."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboards import formats
from dashboards.figures.swot_sentences import standing
from dashboards.language import _
from dashboards.queries.swot import QUADRANTS, Board

_LEFT = ("left", "gone")
_SIDES = {*QUADRANTS, "contested"}


def mark_of(move: Mapping[str, Any] | None) -> tuple[str, str]:
    """(sign, words) of a placed item's move: ``new``, ``↑2``, ``↓1``, ``↔``; two empty texts where it did not move."""
    if move is None:
        return "", ""
    was = was_words(move.get("before_quadrant"), move.get("before_rank"))
    match move["change"]:
        case "entered":
            return _("new"), "; ".join(part for part in (_("New on the board"), was) if part)
        case "quadrant":
            return "↔", was
        case "rank":
            steps = int(move.get("before_rank") or 0) - int(move.get("rank") or 0)
            return (f"↑{steps}" if steps > 0 else f"↓{-steps}" if steps else ""), was
    return "", ""


def is_on_board(move: Mapping[str, Any]) -> bool:
    """Whether an item went from one quadrant of the board to another; from insufficient to watch it stays beside it."""
    return move["change"] == "quadrant" and {move.get("quadrant"), move.get("before_quadrant")} <= _SIDES


def was_words(quadrant: str | None, rank: int | None) -> str:
    """``was Weakness 3``; empty where nothing was judged before."""
    return _("was {standing}", standing=standing(quadrant, rank)) if quadrant else ""


def moved_words(board: Board, since: str = "") -> str:
    """How many entered, left or changed place since the judgement before, as a sentence; empty where nobody did.

    ``since`` names the other judgement; left out, the month before is named by the moves themselves.
    """
    tally = {name: sum(1 for move in board.moved if move["change"] == name) for name in ("entered", "rank")}
    tally["quadrant"] = sum(1 for move in board.moved if is_on_board(move))
    left = sum(1 for move in board.moved if move["change"] in _LEFT)
    parts = (
        (tally["entered"], lambda n: _("{count} entered", count=n)),
        (left, lambda n: _("{count} left", count=n)),
        (tally["quadrant"], lambda n: _("{count} changed sides", count=n)),
        (tally["rank"], lambda n: _("{count} changed rank", count=n)),
    )
    said = [words(formats.count(amount)) for amount, words in parts if amount]
    if not said:
        return ""
    return _("Since {when}: {moves}.", when=since or _since(board), moves=formats.say_list(said))


def _since(board: Board) -> str:
    earlier = [str(move["before_period"])[:10] for move in board.moved if move.get("before_period")]
    month = date.fromisoformat(earlier[0]) if earlier else None
    if month is None or month == board.period:
        return _("the judgement before")
    return formats.month_long(month)
