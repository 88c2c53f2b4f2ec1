"""Staffing's figures: people against work by week with the shortage hatched, people by volume."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from dashboards import formats
from dashboards.figures.plotting import BAND_ALPHA, Plot, View, finish, month_ticks, spread, value_axis
from dashboards.language import _
from dashboards.queries.staffing import Outlook, Week


def gap_figure(found: Outlook, view: View, *, height: int = 340) -> Plot:
    """Required in ink with its band, available in blue with its own, what is short hatched; what-if lines dashed."""
    weeks = found.weeks
    edges = [
        edge for w in weeks for edge in (*w.required, *w.available, w.with_plan, w.moved_required, w.moved_available)
    ]
    low, high = min(edges), max(edges)
    pad = max((high - low) * 0.1, 1)
    low, high = max(low - pad, 0.0), high + pad
    ink, good = view.colours["ink-1"], view.colours["good"]
    data = [
        _band(weeks, [w.required for w in weeks], view.colours["ink-2"]),
        _band(weeks, [w.available for w in weeks], good),
        *_shortage(weeks, view),
        _line(weeks, [w.with_plan for w in weeks], _("With the plan"), good, 1.25, dash="2px,3px"),
        _line(weeks, [w.required[1] for w in weeks], _("Required"), ink, 2.0),
        _line(weeks, [w.available[1] for w in weeks], _("Available"), good, 2.4),
    ]
    if found.moves.is_moved:
        data.append(_line(weeks, [w.moved_required for w in weeks], _("Required, what if"), ink, 1.2, dash="5px,4px"))
        data.append(
            _line(weeks, [w.moved_available for w in weeks], _("Available, what if"), good, 1.2, dash="5px,4px")
        )
    ticks, texts = value_axis(low, high, "", whole=True)
    months, names = month_ticks(weeks[0].day, weeks[-1].day, most=3 if view.is_phone else 8)
    layout: Plot = {
        "hovermode": "x unified",
        "yaxis": {"range": [low, high], "tickvals": ticks, "ticktext": texts, "tickmode": "array"},
        "xaxis": {
            "type": "date",
            "range": [weeks[0].day.isoformat(), weeks[-1].day.isoformat()],
            "tickvals": months,
            "ticktext": names,
            "tickmode": "array",
            "ticklabelposition": "outside right",
            "hoverformat": "%-d %b %Y",
        },
        "annotations": _ends(weeks[-1], view, low, high, height),
    }
    return finish({"data": data, "layout": layout}, view, height=height, right=114 if view.is_phone else None)


def _days(weeks: Sequence[Week]) -> list[str]:
    return [week.day.isoformat() for week in weeks]


def _band(weeks: Sequence[Week], bands: Sequence[tuple[float, float, float]], colour: str) -> Plot:
    days = _days(weeks)
    return {
        "type": "scatter",
        "mode": "none",
        "x": days + days[::-1],
        "y": [band[0] for band in bands] + [band[2] for band in bands][::-1],
        "fill": "toself",
        "fillcolor": f"{colour}{BAND_ALPHA}",
        "hoverinfo": "skip",
        "line": {"width": 0},
    }


def _line(weeks: Sequence[Week], values: Sequence[float], name: str, colour: str, width: float, dash: str = "") -> Plot:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": _days(weeks),
        "y": list(values),
        "line": {"color": colour, "width": width, "dash": dash or "solid"},
        "customdata": [formats.number(value, 1) for value in values],
        "hovertemplate": "%{customdata}",
    }


def _shortage(weeks: Sequence[Week], view: View) -> list[Plot]:
    """One hatched shape per run of weeks in which the middle runs cross, cut where they cross."""
    shapes: list[list[tuple[float, float, float]]] = []
    points = [(float(w.day.toordinal()), w.required[1], w.available[1]) for w in weeks]
    current: list[tuple[float, float, float]] = []
    for place, (x, need, have) in enumerate(points):
        if place:
            current, done = _crossing(points[place - 1], (x, need, have), current)
            shapes += [done] if done else []
        if need > have:
            current.append((x, need, have))
    return [_hatch(shape, view) for shape in [*shapes, current] if len(shape) > 1]


def _crossing(
    before: tuple[float, float, float], now: tuple[float, float, float], current: list[tuple[float, float, float]]
) -> tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]:
    first, second = before[1] - before[2], now[1] - now[2]
    if (first > 0) == (second > 0):
        return current, []
    share = first / (first - second)
    cut = tuple(a + share * (b - a) for a, b in zip(before, now, strict=True))
    point = (cut[0], cut[1], cut[1])
    return ([point], []) if second > 0 else ([], [*current, point])


def _hatch(shape: list[tuple[float, float, float]], view: View) -> Plot:
    def day(x: float) -> str:
        return (datetime.fromordinal(int(x)) + timedelta(days=x % 1)).isoformat(sep=" ", timespec="minutes")

    days = [day(x) for x, _need, _have in shape]
    return {
        "type": "scatter",
        "mode": "none",
        "x": days + days[::-1],
        "y": [need for _x, need, _have in shape] + [have for _x, _need, have in shape][::-1],
        "fill": "toself",
        "fillpattern": {"shape": "/", "fgcolor": view.colours["bad"], "bgcolor": view.colours["bad-soft"], "size": 6,
                        "solidity": 0.18},
        "hoverinfo": "skip",
        "line": {"width": 0},
    }  # fmt: skip


def _ends(last: Week, view: View, low: float, high: float, height: int) -> list[Plot]:
    told = [
        (_("Required {people}"), last.required[1], "ink-1"),
        (_("Available {people}"), last.available[1], "good"),
        (_("With the plan {people}"), last.with_plan, "ink-2"),
    ]
    pixels = (min(height, 270) if view.is_phone else height) - 48
    places = spread([value for _w, value, _c in told], [17 * (high - low) / pixels] * len(told))
    return [
        {
            "xref": "paper",
            "x": 1,
            "y": y,
            "xanchor": "left",
            "yanchor": "middle",
            "showarrow": False,
            "xshift": 8,
            "text": f"<b>{words.format(people=formats.number(value, 0))}</b>" if colour != "ink-2"
            else words.format(people=formats.number(value, 0)),
            "font": {"size": 12, "color": view.colours[colour]},
        }
        for (words, value, colour), y in zip(told, places, strict=True)
    ]  # fmt: skip


def curve_figure(points: Sequence[tuple[float, float]], view: View, *, height: int = 250) -> Plot:
    """People of live work by change of volume; today is marked."""
    top = max(y for _x, y in points) * 1.08
    ticks, texts = value_axis(0.0, top, "", whole=True)
    changes = [x - 1 for x, _y in points]
    line = {
        "type": "scatter",
        "mode": "lines",
        "name": _("People"),
        "x": changes,
        "y": [y for _x, y in points],
        "line": {"color": view.colours["ink-1"], "width": 2.0},
        "customdata": [formats.number(y, 1) for _x, y in points],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    now = next((y for x, y in points if abs(x - 1) < 1e-6), points[0][1])
    marker = {
        "type": "scatter",
        "mode": "markers",
        "x": [0],
        "y": [now],
        "marker": {"size": 8, "color": view.colours["ink-1"]},
        "hoverinfo": "skip",
    }
    shown = [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4]
    layout: Plot = {
        "yaxis": {"range": [0, top], "tickvals": ticks, "ticktext": texts, "tickmode": "array"},
        "xaxis": {
            "range": [changes[0], changes[-1]],
            "tickvals": shown,
            "ticktext": [formats.signed_percent(x, 0) if x else _("forecast") for x in shown],
            "tickmode": "array",
        },
        "annotations": [
            {
                "x": 0,
                "y": now,
                "yshift": 16,
                "showarrow": False,
                "text": f"<b>{formats.number(now, 1)}</b>",
                "font": {"size": 12, "color": view.colours["ink-1"]},
            }
        ],
    }
    return finish({"data": [line, marker], "layout": layout}, view, height=height, right=24)
