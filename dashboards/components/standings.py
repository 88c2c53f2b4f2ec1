"""Where an item of the SWOT stood in each month that was judged: the last part of the evidence drawer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.figures import swot_sentences as words
from dashboards.language import _


def standings_part(standings: Sequence[Mapping[str, Any]]) -> list[Any]:
    """A line per judged month; nothing where none is kept."""
    if not standings:
        return []
    rows = [
        html.Li(
            [
                html.Span(formats.month_axis(row["period"], year=True)),
                html.B(words.standing(row["quadrant"], row.get("rank"))),
            ]
        )
        for row in standings
    ]
    return [html.Div([html.H3(_("History")), html.Ul(rows, className="check-list")], className="drawer-part")]
