"""Values over time: context in grey, one series of concern with its interval, the target as a line and a side."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from dashboards import formats
from dashboards.figures.labels import width_of
from dashboards.figures.plotting import BAND_ALPHA, Plot, View, finish, month_ticks, spread, value_axis, within
from dashboards.figures.series import LineChart, Point, Series
from dashboards.figures.targets import target_line, target_shapes, target_words
from dashboards.language import _

# How much wider an end label is than one of a point or a tick.
_BOLD = 6.7 / 5.9


def line_figure(chart: LineChart, view: View, *, height: int = 330, right: int | None = None) -> Plot:
    """The figure as a plain dictionary; empty series are left out."""
    low, high = value_range(chart)
    data = target_line(chart, view)
    for series in sorted(chart.series, key=lambda one: one.name == chart.focus):
        data += _focus(series, chart, view) if series.name == chart.focus else _context(series, chart, view)
    layout: Plot = {
        "hovermode": "x unified",
        "yaxis": _y_axis(chart, low, high),
        "xaxis": _x_axis(chart, view),
        "shapes": target_shapes(chart, view, low, high),
        "annotations": [*target_words(chart, view, low, high), *_end_labels(chart, view, low, high, height)],
    }
    return finish(
        {"data": data, "layout": layout},
        view,
        height=height,
        right=_room(layout, view, right),
        left=_left(layout, view),
    )


def _left(layout: Plot, view: View) -> int | None:
    """The margin at the left that holds the longest tick; the usual one where that is enough."""
    needed = round(max((width_of(text) for text in layout["yaxis"]["ticktext"]), default=0)) + 12
    return needed if needed > (36 if view.is_phone else 44) else None


def _room(layout: Plot, view: View, wanted: int | None) -> int | None:
    """The margin at the right that holds the longest end label; the usual one where that is enough."""
    if wanted is not None:
        return wanted
    ends = [note["text"].split("<br>")[0] for note in layout["annotations"] if note.get("x") == 1]
    # The labels are bold and larger than those of points: a letter is a seventh wider.
    longest = max((width_of(re.sub(r"<[^>]+>", "", text)) for text in ends), default=0)
    needed = round(longest * _BOLD) + 14
    return needed if needed > (88 if view.is_phone else 116) else None


def _values(chart: LineChart) -> list[float]:
    return [p.value for s in chart.series for p in s.points if p.value is not None]


def value_range(chart: LineChart) -> tuple[float, float]:
    """The ends of the value axis: all values, the target and the interval of concern, with some air."""
    seen = _values(chart) + ([chart.goal.value] if chart.goal else [])
    focus = next((s for s in chart.series if s.name == chart.focus), None)
    if focus:
        seen += [edge for p in focus.points for edge in (p.low, p.high) if edge is not None]
    low, high = (min(seen), max(seen)) if seen else (0.0, 1.0)
    pad = ((high - low) or abs(high) or 1) * 0.08
    bottom = 0.0 if chart.from_zero else low - pad
    top = high + pad * 1.6
    if chart.unit == "ratio":
        # A share is none below nought; a difference of shares may be.
        bottom = bottom if low < 0 else max(0.0, bottom)
        top = min(1.0, top) if high < 1 else 1.0 + pad / 4
    return bottom, top


def axis_scale(unit: str, high: float) -> tuple[float, str]:
    """By what values of a unit are multiplied for the axis, and the unit on its top tick."""
    if unit == "ratio":
        return 100.0, "%"
    if unit == "minutes":
        return (1.0, "minutes") if high < 180 else (1 / 60, "hours")
    if unit == "seconds":
        return (1.0, "seconds") if high < 180 else (1 / 60, "minutes")
    return 1.0, unit if unit in ("hours", "days") else ""


def _y_axis(chart: LineChart, low: float, high: float) -> Plot:
    scale, unit = axis_scale(chart.unit, high)
    ticks, texts = value_axis(low, high, unit, scale=scale, whole=chart.unit == "count")
    return {"range": [low, high], "tickvals": ticks, "ticktext": texts, "tickmode": "array"}


def _x_axis(chart: LineChart, view: View) -> Plot:
    days = sorted({p.day for s in chart.series for p in s.points})
    if not days:
        return {"visible": False}
    ticks, texts = month_ticks(days[0], days[-1], most=4 if view.is_phone or not chart.labels else 8)
    return {
        "type": "date",
        "range": [days[0].isoformat(), days[-1].isoformat()],
        "tickvals": ticks,
        "ticktext": texts,
        "tickmode": "array",
        "ticklabelposition": "outside right",
        "hoverformat": "%-d %b %Y",
    }


def _hover(series: Series, chart: LineChart) -> list[str]:
    texts = []
    for p in series.points:
        if p.value is None:
            texts.append(_("no data"))
            continue
        text = str(formats.quantity(p.value, chart.unit, currency=chart.currency))
        if p.low is not None and p.high is not None:
            text += f" ({formats.interval(p.low, p.high, chart.unit, currency=chart.currency)})"
        text += f" · n {formats.count(p.n)}" if p.n is not None else ""
        texts.append(" · ".join([text, _("still settling")]) if p.is_settling else text)
    return texts


def _hover_template(series: Series) -> str:
    return "%{customdata}" + ("" if series.name else "<extra></extra>")


def _line(series: Series, chart: LineChart, colour: str, width: float) -> Plot:
    """The line; what is still settling is hovered over with it and drawn apart."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": series.name,
        "x": [p.day.isoformat() for p in series.points],
        "y": [None if p.is_settling else p.value for p in series.points],
        "line": {"color": colour, "width": width, "shape": "linear"},
        "connectgaps": False,
        "customdata": _hover(series, chart),
        "hovertemplate": _hover_template(series),
    }


def _settling(series: Series, chart: LineChart, colour: str, width: float) -> list[Plot]:
    """What is still settling, dashed from the last point that is through."""
    first = next((place for place, p in enumerate(series.points) if p.is_settling), None)
    if first is None:
        return []
    tail = replace(series, points=series.points[max(first - 1, 0) :])
    dashed = {"color": colour, "width": width, "shape": "linear", "dash": "3px,3px"}
    hover = ["", *_hover(replace(series, points=series.points[first:]), chart)][-len(tail.points) :]
    return [
        _line(tail, chart, colour, width)
        | {"y": [p.value for p in tail.points], "line": dashed, "customdata": hover, "showlegend": False}
    ]


def _context(series: Series, chart: LineChart, view: View) -> list[Plot]:
    colour = view.colours["peer"]
    return [_line(series, chart, colour, 1.25), *_settling(series, chart, colour, 1.25), *_alone(series, colour)]


def _alone(series: Series, colour: str) -> list[Plot]:
    """Points between gaps, which no line would show."""
    values = [None, *(p.value for p in series.points), None]
    around = zip(series.points, values, values[2:], strict=False)
    alone = [p for p, before, after in around if p.value is not None and before is None and after is None]
    if not alone:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [p.day.isoformat() for p in alone],
            "y": [p.value for p in alone],
            "hoverinfo": "skip",
            "cliponaxis": False,
            "marker": {"size": 5, "color": colour},
        }
    ]


def focus_colour(verdict: str, view: View) -> str:
    """Blue when it meets, orange when it misses, ink otherwise."""
    return view.colours[{"met": "good", "missed": "bad"}.get(verdict, "ink-1")]


def _focus(series: Series, chart: LineChart, view: View) -> list[Plot]:
    colour = focus_colour(series.verdict, view)
    parts = [*_bands(series, colour), _line(series, chart, colour, 2.4)]
    if chart.marks:
        parts[-1] |= {"mode": "lines+markers", "marker": {"size": 4, "color": colour}}
    parts += [*_settling(series, chart, colour, 2.0), *_alone(series, colour)]
    last = next((p for p in reversed(series.points) if p.value is not None), None)
    if last:
        filled = series.verdict not in ("missed", "undecided") and not last.is_settling
        parts.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [last.day.isoformat()],
                "y": [last.value],
                "hoverinfo": "skip",
                "cliponaxis": False,
                "marker": {
                    "size": 9,
                    "color": colour if filled else view.colours["canvas"],
                    "line": {"color": colour, "width": 2},
                },
            }
        )
    return parts


def _bands(series: Series, colour: str) -> list[Plot]:
    """The interval as closed shapes, one for each run of months without a gap."""
    bands, run = [], []
    for point in [*series.points, Point(date.max, None)]:
        if point.low is not None and point.high is not None:
            run.append(point)
            continue
        if len(run) > 1:
            days = [p.day.isoformat() for p in run]
            bands.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": days + days[::-1],
                    "y": [p.high for p in run] + [p.low for p in reversed(run)],
                    "fill": "toself",
                    "fillcolor": colour + BAND_ALPHA,
                    "line": {"width": 0},
                    "hoverinfo": "skip",
                }
            )
        run = []
    return bands


def _end_labels(chart: LineChart, view: View, low: float, high: float, height: int) -> list[Plot]:
    ends: list[tuple[Series, float]] = []
    for series in chart.series:
        last = next((p.value for p in reversed(series.points) if p.value is not None), None)
        if last is not None:
            ends.append((series, last))
    pixels = (min(height, 270) if view.is_phone else height) - 48
    per_pixel = ((high - low) or 1) / pixels
    sizes = [(32 if chart.end_note and series.name == chart.focus else 16) * per_pixel for series, _value in ends]
    places = within(spread([value for _series, value in ends], sizes), sizes, low, high)
    notes: list[dict[str, Any]] = []
    for (series, value), y in zip(ends, places, strict=True):
        focus = series.name == chart.focus
        colour = focus_colour(series.verdict, view) if focus else view.colours["ink-2"]
        text = _end_text(series, value, chart, focus=focus)
        notes.append(
            {
                "xref": "paper",
                "x": 1,
                "y": y,
                "xanchor": "left",
                "yanchor": "middle",
                "align": "left",
                "showarrow": False,
                "xshift": 9,
                "text": text,
                "font": {"size": 12, "color": colour},
            }
        )
    return notes


def _end_text(series: Series, value: float, chart: LineChart, *, focus: bool) -> str:
    written = str(formats.quantity(value, chart.unit, currency=chart.currency))
    if not series.name:
        return f"<b>{written}</b>"
    if not focus:
        plain = formats.number(value * 100, 0) if chart.unit == "ratio" else written
        return f"{series.name} <b>{plain}</b>" if chart.labels else ""
    words = f"<b>{series.name} {written}</b>" if chart.labels else f"<b>{written}</b>"
    return f'{words}<br><span style="font-size:11px">{chart.end_note}</span>' if chart.end_note else words
