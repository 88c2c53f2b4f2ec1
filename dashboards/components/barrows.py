"""Lying bars in rows: a name, a bar as long as its part of the longest, the value in words."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.components import markup as html
from dashboards.components.markup import Html


def bar_rows(rows: Sequence[tuple[str, float, str]]) -> Html:
    """Rows of (name, value, value in words); values are not negative. The longest bar fills its track."""
    most = max((value for _name, value, _words in rows), default=0) or 1
    return html.Div(
        [
            html.Div(
                [
                    html.Span(name, className="label"),
                    html.Span(html.I(style={"--w": f"{100 * value / most:.1f}"}), className="bar-track"),
                    html.Span(words, className="value num"),
                ],
                className="bar-row",
            )
            for name, value, words in rows
        ],
        className="bar-rows",
    )
