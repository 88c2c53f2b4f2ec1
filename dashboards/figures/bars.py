"""Bars: shares of a whole by span, and flows per period. Bars start at zero."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dashboards import formats
from dashboards.figures.labels import width_of
from dashboards.figures.plotting import Plot, View, finish, value_axis

# Inside the axes of the narrow column and of a phone; what parts two labels; in pixels.
_WIDTH, _GAP = {False: 372.0, True: 312.0}, 2.5


@dataclass(frozen=True)
class Bar:
    """One bar: its label below, its value, whether it meets (True), misses (False) or is not judged (None)."""

    label: str
    value: float
    meets: bool | None = None
    n: float | None = None


def share_bars(bars: Sequence[Bar], view: View, *, height: int = 270, axis: str = "") -> Plot:
    """Upright bars of shares with their value on top."""
    ink = view.colours
    colours = {True: ink["good"], False: ink["bad-mid"], None: ink["peer"]}
    top = max((bar.value for bar in bars), default=1) * 1.14
    ticks, texts = value_axis(0, top, "%", scale=100)
    data = [
        {
            "type": "bar",
            "x": [bar.label for bar in bars],
            "y": [bar.value for bar in bars],
            "marker": {"color": [colours[bar.meets] for bar in bars]},
            "text": [formats.number(bar.value * 100, 1) for bar in bars],
            "textposition": "outside",
            "cliponaxis": False,
            "textangle": 0,
            "textfont": {"size": 11, "color": ink["ink-2"]},
            "customdata": [formats.count(bar.n or 0) for bar in bars],
            "hovertemplate": "%{x}: " + formats.with_unit("%{text}", "%") + " · n %{customdata}<extra></extra>",
        }
    ]
    named = _named_bars([bar.label for bar in bars], _WIDTH[view.is_phone])
    layout: Plot = {
        "bargap": 0.28,
        "yaxis": {"range": [0, top], "tickvals": ticks, "ticktext": texts},
        "xaxis": {
            "type": "category",
            "tickvals": list(named),
            "ticktext": list(named.values()),
            "ticks": "",
            "title": {"text": axis, "font": {"size": 11, "color": ink["ink-3"]}, "standoff": 6},
        },
    }
    figure = finish({"data": data, "layout": layout}, view, height=height, right=8)
    if axis:
        figure["layout"]["margin"]["b"] = 44
    return figure


def _named_bars(labels: Sequence[str], width: float) -> dict[str, str]:
    """What stands below the bars: whole labels, else the unit below its number, else that of every second bar."""
    room = width / max(1, len(labels))
    folded = [re.sub(r"[ \u00a0\u202f](?=\S+$)", "<br>", label) for label in labels]
    for every in (1, 2):
        for written in (labels, folded):
            if all(_width(text) + _GAP <= every * room for text in written[::every]):
                return dict(zip(labels[::every], written[::every], strict=True))
    return dict(zip(labels[::2], folded[::2], strict=True))


def _width(text: str) -> float:
    """The widest line of a label, in pixels; a figure is a letter and an eighth wide."""
    return max(width_of(line) + 0.8 * sum(letter.isdigit() for letter in line) for line in text.split("<br>"))
