"""Bars: shares of a whole by span, and flows per period. Bars start at zero."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dashboards import formats
from dashboards.figures.labels import width_of
from dashboards.figures.plotting import Plot, View, finish, value_axis

# Inside the axes of the narrow column and of a phone; what parts two labels; in pixels.
_WIDTH, _GAP = {False: 372.0, True: 312.0}, 8.0


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
    # A phone has room for every second label.
    every = 2 if view.is_phone and len(bars) > 6 else 1
    named = [bar.label for bar in bars][::every]
    layout: Plot = {
        "bargap": 0.28,
        "yaxis": {"range": [0, top], "tickvals": ticks, "ticktext": texts},
        "xaxis": {
            "type": "category",
            "tickvals": named,
            "ticktext": _in_two_lines(named, every * _WIDTH[view.is_phone] / max(1, len(bars))),
            "ticks": "",
            "title": {"text": axis, "font": {"size": 11, "color": ink["ink-3"]}, "standoff": 6},
        },
    }
    figure = finish({"data": data, "layout": layout}, view, height=height, right=8)
    if axis:
        figure["layout"]["margin"]["b"] = 44
    return figure


def _in_two_lines(labels: Sequence[str], room: float) -> list[str]:
    """The unit below its number where the labels would touch each other side by side."""
    if all(width_of(label) + _GAP <= room for label in labels):
        return list(labels)
    return [re.sub(r"[ \u00a0\u202f](?=\S+$)", "<br>", label) for label in labels]
