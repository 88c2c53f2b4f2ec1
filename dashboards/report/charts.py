"""Line charts and evidence marks of a report as SVG, drawn by matplotlib in the colours of the pages.

Letters are drawn as outlines, so that a chart looks the same in a browser and on paper; the figures themselves stand in
the table or the sentence beside it.
"""

from __future__ import annotations

import io
import re
from datetime import date
from functools import cache
from typing import Any

from dashboards import formats
from dashboards.figures.lines import axis_scale, value_range
from dashboards.figures.plotting import LIGHT, month_ticks, spread, value_axis
from dashboards.figures.series import LineChart, Point, Series
from dashboards.report.fonts import HAN, SANS, font_file
from dashboards.report.model import Mark

_COLOURS = {"met": LIGHT["good"], "missed": LIGHT["bad"]}
_REACH = 7.0


def line_svg(chart: LineChart, *, width: float = 7.0, height: float = 2.7) -> str:
    """The chart as SVG; `width` and `height` in inches."""
    figure, axes = _canvas(width, height)
    low, high = value_range(chart)
    axes.set_ylim(low, high)
    days = [p.day for s in chart.series for p in s.points]
    axes.set_xlim(min(days), max(days))
    _goal(axes, chart, low, high)
    for series in chart.series:
        if series.name == chart.focus:
            _focus(axes, series)
        else:
            axes.plot(*_xy(series.points), color=LIGHT["peer"], linewidth=0.9)
    _axes(axes, chart, min(days), max(days), low, high)
    _ends(axes, chart, low, high, height)
    return _svg(figure)


def mark_svg(mark: Mark, *, helps: bool, width: float = 1.5, height: float = 0.17) -> str:
    """An evidence strip: the comparator upright in the middle, the zone too small to matter, value and interval."""
    figure, axes = _canvas(width, height)
    axes.set_position((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(-_REACH, _REACH)
    axes.set_ylim(-1, 1)
    colour = LIGHT["good" if helps else "bad"]
    axes.axvspan(-1, 1, color=LIGHT["line"], linewidth=0)
    axes.plot([-_REACH, _REACH], [0, 0], color=LIGHT["line-strong"], linewidth=0.6)
    axes.plot([0, 0], [-1, 1], color=LIGHT["ink-1"], linewidth=1.0)
    if mark.low is not None and mark.high is not None:
        ends = [_inside(mark.low), _inside(mark.high)]
        axes.plot(ends, [0, 0], color=colour, alpha=0.38, linewidth=3.4, solid_capstyle="butt")
    face = colour if helps else LIGHT["surface"]
    axes.plot([_inside(mark.value)], [0], marker="o", markersize=5, color=colour, markerfacecolor=face)
    return _svg(figure)


def _inside(value: float) -> float:
    return max(-_REACH + 0.35, min(_REACH - 0.35, value))


@cache
def _fonts() -> list[str]:
    from matplotlib import font_manager

    families = []
    for path in (font_file(SANS), font_file(HAN)):
        font_manager.fontManager.addfont(str(path))
        families.append(font_manager.FontProperties(fname=str(path)).get_name())
    return families


def _canvas(width: float, height: float) -> tuple[Any, Any]:
    import matplotlib
    from matplotlib.figure import Figure

    matplotlib.rcParams.update(
        {"font.family": _fonts(), "font.size": 8, "svg.fonttype": "path", "svg.hashsalt": "report", "path.snap": False}
    )
    figure = Figure(figsize=(width, height))
    return figure, figure.add_axes((0.06, 0.12, 0.76, 0.82))


def _xy(points: tuple[Point, ...]) -> tuple[list[date], list[float]]:
    return [p.day for p in points], [float("nan") if p.value is None else p.value for p in points]


def _focus(axes: Any, series: Series) -> None:
    colour = _COLOURS.get(series.verdict, LIGHT["ink-1"])
    known = [p for p in series.points if p.low is not None and p.high is not None]
    if known:
        days, values = [p.day for p in known], ([p.low for p in known], [p.high for p in known])
        axes.fill_between(days, *values, color=colour, alpha=0.16, linewidth=0)
    axes.plot(*_xy(series.points), color=colour, linewidth=1.8)
    last = next((p for p in reversed(series.points) if p.value is not None), None)
    if last:
        face = LIGHT["surface"] if series.verdict in ("missed", "undecided") else colour
        axes.plot([last.day], [last.value], marker="o", color=colour, markerfacecolor=face, markersize=6, clip_on=False)


def _goal(axes: Any, chart: LineChart, low: float, high: float) -> None:
    if chart.goal is None:
        return
    axes.axhspan(*sorted((chart.goal.value, high if chart.goal.higher_meets else low)), color=LIGHT["good-soft"], lw=0)
    axes.axhline(chart.goal.value, color=LIGHT["ink-1"], linewidth=0.9)
    above = chart.goal.higher_meets
    axes.annotate(
        chart.goal.words,
        (0, 1 if above else 0),
        xycoords="axes fraction",
        xytext=(4, -3 if above else 3),
        textcoords="offset points",
        va="top" if above else "bottom",
        color=LIGHT["good"],
    )


def _axes(axes: Any, chart: LineChart, first: date, last: date, low: float, high: float) -> None:
    scale, unit = axis_scale(chart.unit, high)
    ticks, texts = value_axis(low, high, unit, scale=scale)
    axes.set_yticks(ticks, texts)
    days, names = month_ticks(first, last, most=7)
    axes.set_xticks([date.fromisoformat(day) for day in days], names)
    axes.grid(axis="y", color=LIGHT["line"], linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(LIGHT["control"])
    axes.tick_params(axis="y", length=0, colors=LIGHT["ink-3"], labelsize=7.5)
    axes.tick_params(axis="x", length=3, color=LIGHT["control"], labelcolor=LIGHT["ink-3"], labelsize=7.5)


def _ends(axes: Any, chart: LineChart, low: float, high: float, height: float) -> None:
    ends = []
    for series in chart.series:
        value = next((p.value for p in reversed(series.points) if p.value is not None), None)
        if value is not None:
            ends.append((series, value))
    size = (high - low) * 11 / (height * 72 * 0.82)
    for (series, value), y in zip(ends, spread([v for _s, v in ends], [size] * len(ends)), strict=True):
        focus = series.name == chart.focus
        colour = _COLOURS.get(series.verdict, LIGHT["ink-1"]) if focus else LIGHT["ink-2"]
        written = formats.quantity(value, chart.unit, currency=chart.currency)
        axes.annotate(
            f"{series.name} {written}".strip(),
            (1, y),
            xycoords=("axes fraction", "data"),
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            color=colour,
        )


def _svg(figure: Any) -> str:
    out = io.StringIO()
    figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    return re.sub(r"<metadata>.*?</metadata>", "", text[text.index("<svg") :], flags=re.DOTALL)
