"""Where an item of the SWOT stood in each month that was judged: the last part of the evidence drawer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.figures import swot_sentences as words
from dashboards.language import _

_SHOWN = 12
_LOWEST = 5


def standings_part(standings: Sequence[Mapping[str, Any]]) -> list[Any]:
    """A mark per judged month, the higher the better ranked; nothing where none is kept."""
    if not standings:
        return []
    shown = list(standings)[-_SHOWN:]
    marks = [html.Li(_mark(row, shown[place - 1] if place else None)) for place, row in enumerate(shown)]
    return [html.Div([html.H3(_("History")), html.Ol(marks, className="standings")], className="drawer-part")]


def _mark(row: Mapping[str, Any], before: Mapping[str, Any] | None) -> list[Any]:
    """The rank in its quadrant's form, at its height, and below it the month; a new quadrant is named."""
    quadrant, rank = str(row["quadrant"]), row.get("rank")
    said = words.standing(quadrant, rank)
    height = min(int(rank), _LOWEST) - 1 if rank else _LOWEST
    sign = html.Span(
        str(rank or ""),
        className=f"standing {quadrant if rank else 'unplaced'}",
        style={"--at": f"{height}"},
        role="img",
        title=said,
        **{"aria-label": said},
    )
    is_named = before is None or before["quadrant"] != quadrant
    name = words.standing(quadrant, None) if is_named else ""
    return [
        html.Div(sign, className="standing-place"),
        html.Span(formats.month_axis(row["period"], year=True), className="caption"),
        html.Span(name, className="caption"),
    ]
