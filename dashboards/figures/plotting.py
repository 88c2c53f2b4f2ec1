"""The Plotly templates and the one `finish` every figure goes through. Figures are plain dictionaries.

Colours are the tokens of ``assets/tokens.css`` (a test holds the two together); Plotly cannot read custom properties,
so the page is drawn again when the theme changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards import formats

Plot = dict[str, Any]

LIGHT = {
    "canvas": "#FBFBF9",
    "surface": "#FFFFFF",
    "sunken": "#F2F2EE",
    "line": "#E3E3DD",
    "line-strong": "#C6C6BE",
    "control": "#7B8088",
    "ink-1": "#15171C",
    "ink-2": "#454A54",
    "ink-3": "#656A74",
    "ink-inverse": "#FFFFFF",
    "good": "#1655A2",
    "good-mid": "#8DB3DF",
    "good-soft": "#E4EDF8",
    "bad": "#AD4200",
    "bad-mid": "#E6A274",
    "bad-soft": "#FBEBE0",
    "peer": "#7C828C",
}
DARK = {
    "canvas": "#0F1114",
    "surface": "#15181D",
    "sunken": "#1D2127",
    "line": "#2A2F37",
    "line-strong": "#434A55",
    "control": "#7A818D",
    "ink-1": "#F2F3F1",
    "ink-2": "#BCC1CA",
    "ink-3": "#949BA7",
    "ink-inverse": "#0F1114",
    "good": "#82B5F6",
    "good-mid": "#3D6DA8",
    "good-soft": "#16283F",
    "bad": "#F59C5F",
    "bad-mid": "#97562A",
    "bad-soft": "#382316",
    "peer": "#7A818D",
}
FAMILY = 'Inter, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'
BAND_ALPHA = "29"  # 16 % as the last two digits of an #RRGGBBAA colour


@dataclass(frozen=True)
class View:
    """How the browser at hand shows pages: its theme and whether it is a phone."""

    theme: str = "light"
    width: str = "wide"

    @property
    def colours(self) -> dict[str, str]:
        """The tokens of the theme."""
        return DARK if self.theme == "dark" else LIGHT

    @property
    def is_phone(self) -> bool:
        """Whether the page is narrower than 768 px."""
        return self.width == "phone"


def template(view: View) -> Plot:
    """``swotlight_light`` or ``swotlight_dark``: greys only, so that a forgotten series is never blue."""
    ink = view.colours
    axis = {
        "tickfont": {"size": 11, "color": ink["ink-3"]},
        "gridcolor": ink["line"],
        "zeroline": False,
        "tickangle": 0,
        "fixedrange": True,
        "automargin": False,
    }
    return {
        "layout": {
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FAMILY, "size": 12, "color": ink["ink-2"]},
            "showlegend": False,
            "colorway": [ink["peer"], ink["ink-2"], ink["ink-3"], ink["line-strong"]],
            "xaxis": {
                **axis,
                "showgrid": False,
                "showline": True,
                "linecolor": ink["control"],
                "linewidth": 1,
                "ticks": "outside",
                "ticklen": 4,
                "tickcolor": ink["control"],
            },
            "yaxis": {**axis, "showgrid": True, "gridwidth": 1, "showline": False, "ticks": "", "ticklabelstandoff": 6},
            "hoverlabel": {
                "bgcolor": ink["ink-1"],
                "bordercolor": ink["ink-1"],
                "align": "left",
                "font": {"family": FAMILY, "size": 12, "color": ink["ink-inverse"]},
            },
        }
    }


def finish(figure: Plot, view: View, *, height: int = 330, right: int | None = None, left: int | None = None) -> Plot:
    """Template, margins and height by width; the last step of every figure."""
    layout = figure.setdefault("layout", {})
    sides = (36, 88, 270) if view.is_phone else (44, 116, height)
    layout["template"] = template(view)
    layout["height"] = min(height, sides[2])
    layout["margin"] = {
        "l": sides[0] if left is None else left,
        "r": sides[1] if right is None else right,
        "t": 16,
        "b": 32,
        "pad": 0,
    }
    layout.setdefault("dragmode", False)
    layout.setdefault("autosize", True)
    return figure


CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False, "showTips": False}


def value_axis(
    low: float, high: float, unit: str, *, scale: float = 1.0, most: int = 5, whole: bool = False
) -> tuple[list[float], list[str]]:
    """At most five ticks between low and high; the unit stands once, on the top one."""
    ticks = formats.nice_steps(low * scale, high * scale, most, whole=whole)
    # As many decimals as tell every tick as it is: steps of a quarter need two.
    decimals = next((d for d in (0, 1) if all(abs(t - round(t, d)) < 1e-9 for t in ticks)), 2)
    texts = [formats.number(tick, decimals) for tick in ticks]
    if texts and unit:
        texts[-1] = formats.with_unit(texts[-1], unit)
    return [tick / scale for tick in ticks], texts


def month_ticks(first: date, last: date, *, most: int = 8) -> tuple[list[str], list[str]]:
    """Ticks at the first day of months, the year only where it changes; as many as there is room for."""
    from analytics.metrics.periods import add_months

    start = first if first.day <= 7 else add_months(first.replace(day=1), 1)
    months = [start.replace(day=1)]
    while add_months(months[-1], 1) <= last:
        months.append(add_months(months[-1], 1))
    every = next((k for k in (1, 2, 3, 6, 12, 24, 36, 60) if len(months) / k <= most), 120)
    shown, year = [], None
    for month in months[::every]:
        shown.append((max(month, first), formats.month_axis(month, year=month.year != year)))
        year = month.year
    return [day.isoformat() for day, _text in shown], [text for _day, text in shown]


def spread(wanted: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Centres near the wanted ones for labels of the given sizes, in the same order and without overlap."""
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    places = [wanted[k] for k in order]
    for _round in range(80):
        moved = False
        for k in range(len(places) - 1):
            lack = (sizes[order[k]] + sizes[order[k + 1]]) / 2 - (places[k + 1] - places[k])
            if lack > 1e-9:
                places[k] -= lack / 2
                places[k + 1] += lack / 2
                moved = True
        if not moved:
            break
    result = [0.0] * len(wanted)
    for k, place in zip(order, places, strict=True):
        result[k] = place
    return result


def within(places: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """The same centres moved as little as needed to stay between low and high, still without overlap.

    A label beyond the axis would not be drawn at all.
    """
    result = list(places)
    order = sorted(range(len(result)), key=lambda k: result[k])
    limit = high
    for k in reversed(order):
        result[k] = min(result[k], limit)
        limit = result[k] - sizes[k]
    limit = low
    for k in order:
        result[k] = max(result[k], limit)
        limit = result[k] + sizes[k]
    return result
