"""Figures of Customers and needs: satisfaction over time, importance–performance, gaps, importance and urgency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards import formats
from dashboards.figures.customers_words import attribute_name, item_name, need_name
from dashboards.figures.labels import Box, place_labels
from dashboards.figures.plotting import Plot, View, finish, value_axis
from dashboards.figures.series import Goal, LineChart, Point, Series
from dashboards.language import _
from dashboards.queries.customers import Month

Row = dict[str, Any]
HEIGHT, PHONE_HEIGHT = 360, 270
WIDE, NARROW, PHONE_WIDE = 836, 344, 282
"""Of the maps, in pixels: heights of the figure, and widths inside the axes in the wide column, the narrow one and on a
phone."""
ROW = 26


def satisfaction_chart(months: Sequence[Month], goal: Goal | None, verdict: str) -> LineChart:
    """The weighted share leads with its interval; as answered stands beside it in grey."""
    led = tuple(Point(m.day, m.weighted, m.low, m.high, m.n) for m in months)
    has_raw = any(m.raw is not None for m in months)
    name = _("Weighted") if has_raw else _("Satisfied")
    series = [Series(name, led, verdict)]
    if has_raw:
        series.append(Series(_("As answered"), tuple(Point(m.day, m.raw, n=m.n) for m in months)))
    return LineChart(tuple(series), "ratio", name, goal)


def performance_map(rows: Sequence[Row], view: View) -> Plot:
    """Importance up, performance to the right; the lines are the means, the bars the 95 % intervals."""
    ink = view.colours
    return _map(
        [r["performance"] for r in rows], [r["importance"] for r in rows],
        [attribute_name(r["attribute"]) for r in rows],
        [ink["bad"] if r["quarter"] == "concentrate here" and r["is_clear"] else ink["ink-1"] for r in rows],
        (rows[0]["performance_axis"], rows[0]["importance_axis"]),
        (_("Mean rating"), _("Share of what is explained")), view, width=WIDE,
        bars=([(r["performance_low"], r["performance_high"]) for r in rows],
              [(r["importance_low"], r["importance_high"]) for r in rows]),
    )  # fmt: skip


def needs_map(rows: Sequence[Row], view: View, named: int = 4) -> Plot:
    """Importance up, urgency to the right, each in per cent of the mean of its kind: topics and needs of comments are
    shares of different wholes. The most important of each kind carry their names."""
    known = [r for r in rows if r.get("place")]
    ranked = [
        r
        for kind in ("topics", "comments")
        for r in sorted((r for r in known if r["evidence"] == kind), key=lambda r: -r["importance"])[
            : 2 if view.is_phone else named
        ]
    ]
    ink = view.colours
    return _map(
        [r["urgency_of_mean"] for r in known], [r["importance_of_mean"] for r in known],
        [need_name(r["need"]) if r in ranked else "" for r in known],
        [ink["bad"] if r["place"] == "act now" else ink["peer"] for r in known],
        (1.0, 1.0),
        (_("Urgency, % of the mean"), _("Importance, % of the mean")), view, width=NARROW, percent_x=True,
        symbols=["diamond-open" if r["evidence"] == "comments" else "circle" for r in known],
    )  # fmt: skip


def _map(
    x: Sequence[float],
    y: Sequence[float],
    names: Sequence[str],
    colours: Sequence[str],
    axes: tuple[float, float],
    titles: tuple[str, str],
    view: View,
    *,
    width: int,
    bars: tuple[Sequence[tuple[float, float]], Sequence[tuple[float, float]]] | None = None,
    percent_x: bool = False,
    symbols: Sequence[str] = (),
) -> Plot:
    ink = view.colours
    ends = [_ends(values, mean, spans) for values, mean, spans in zip((x, y), axes, bars or ((), ()), strict=True)]
    x_ticks, x_texts = value_axis(*ends[0], "%" if percent_x else "", scale=100 if percent_x else 1)
    y_ticks, y_texts = value_axis(*ends[1], "%", scale=100)
    points: Plot = {
        "type": "scatter", "mode": "markers", "x": list(x), "y": list(y), "text": list(names), "cliponaxis": False,
        "marker": {"size": 9, "color": list(colours), "symbol": list(symbols) or "circle"},
        "hovertemplate": "%{text} %{x:.2f} · %{y:.0%}<extra></extra>",
    }  # fmt: skip
    if bars:
        for key, spans, centres in (("error_x", bars[0], x), ("error_y", bars[1], y)):
            points[key] = {
                "type": "data", "symmetric": False, "thickness": 1, "width": 0, "color": ink["peer"],
                "array": [high - c for (_low, high), c in zip(spans, centres, strict=True)],
                "arrayminus": [c - low for (low, _high), c in zip(spans, centres, strict=True)],
            }  # fmt: skip
    lines = [
        {"type": "line", "xref": "x", "yref": "paper", "x0": axes[0], "x1": axes[0], "y0": 0, "y1": 1},
        {"type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": axes[1], "y1": axes[1]},
    ]
    shapes = [{**line, "layer": "below", "line": {"color": ink["line-strong"], "width": 1}} for line in lines]
    layout: Plot = {
        "shapes": shapes,
        "xaxis": {"range": list(ends[0]), "tickvals": x_ticks, "ticktext": x_texts, "title": _title(titles[0], ink)},
        "yaxis": {"range": list(ends[1]), "tickvals": y_ticks, "ticktext": y_texts, "showgrid": False},
        "annotations": [{
            "text": titles[1], "xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom",
            "showarrow": False, "font": {"size": 11, "color": ink["ink-3"]},
        }, *_labels(x, y, names, _frame(ends, width, view), axes, bars, view)],
    }  # fmt: skip
    figure = finish({"data": [points], "layout": layout}, view, height=HEIGHT, right=24)
    figure["layout"]["margin"] |= {"b": 46, "t": 24, "l": 52}
    return figure


Frame = tuple[float, float, float, float, float, float]
"""Where the axes begin, and pixels to a unit, to the right and up; then the width and height inside the axes."""


def _frame(ends: list[tuple[float, float]], width: int, view: View) -> Frame:
    (left, right), (low, high) = ends
    inside = PHONE_WIDE if view.is_phone else width
    up = (PHONE_HEIGHT if view.is_phone else HEIGHT) - 70
    return left, inside / ((right - left) or 1.0), low, up / ((high - low) or 1.0), inside, up


def _labels(
    x: Sequence[float],
    y: Sequence[float],
    names: Sequence[str],
    frame: Frame,
    axes: tuple[float, float],
    bars: tuple[Sequence[tuple[float, float]], Sequence[tuple[float, float]]] | None,
    view: View,
) -> list[Plot]:
    """Names beside their points, clear of bars, of the lines at the means and of each other."""
    left, across, low, up, width, height = frame
    points = [((a - left) * across, (b - low) * up) for a, b in zip(x, y, strict=True)]
    spans: list[Box] = []
    for (a, b), (begins, ends), (bottom, top) in zip(points, *bars, strict=True) if bars else ():
        spans.append(((begins - left) * across, b - 1, (ends - left) * across, b + 1))
        spans.append((a - 1, (bottom - low) * up, a + 1, (top - low) * up))
    at_x, at_y = (axes[0] - left) * across, (axes[1] - low) * up
    lines: list[Box] = [(at_x - 1, 0, at_x + 1, height), (0, at_y - 1, width, at_y + 1)]
    return [
        {
            "text": names[k], "x": x[k], "y": y[k], "showarrow": False,
            "font": {"size": 11, "color": view.colours["ink-2"]}, "xanchor": place.anchor, "yanchor": "middle",
            "xshift": place.right, "yshift": place.up,
        }
        for k, place in enumerate(place_labels(points, names, (width, height), spans, lines, is_all=bars is not None))
        if place
    ]  # fmt: skip


def gaps_chart(rows: Sequence[Row], view: View) -> Plot:
    """Seen less expected, a row a dimension with its items below it; the line is what was expected."""
    ink, places = view.colours, list(range(len(rows)))
    known = [(r["gap"] if r["low"] is None else r["low"], r["gap"] if r["high"] is None else r["high"]) for r in rows]
    low, high = min(0.0, *(a for a, _b in known)), max(0.0, *(b for _a, b in known))
    pad = 0.08 * ((high - low) or 1.0)
    ticks, texts = value_axis(low - pad, high + pad, "", most=4)
    colours = [ink["bad"] if b < 0 else ink["good"] if a > 0 else ink["ink-1"] for a, b in known]
    is_item = [r["level"] == "item" for r in rows]
    points: Plot = {
        "type": "scatter", "mode": "markers", "x": [r["gap"] for r in rows], "y": places, "cliponaxis": False,
        "marker": {"size": [6 if item else 9 for item in is_item], "color": colours,
                   "symbol": ["circle-open" if item else "circle" for item in is_item]},
        "error_x": {"type": "data", "symmetric": False, "thickness": 1, "width": 0, "color": ink["peer"],
                    "array": [b - r["gap"] for r, (_a, b) in zip(rows, known, strict=True)],
                    "arrayminus": [r["gap"] - a for r, (a, _b) in zip(rows, known, strict=True)]},
        "text": [_gap_words(r) for r in rows], "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip
    names = [
        gap_name(r) if item or not any(is_item) else f"<b>{gap_name(r)}</b>"
        for r, item in zip(rows, is_item, strict=True)
    ]
    layout: Plot = {
        "shapes": [{"type": "line", "xref": "x", "yref": "paper", "x0": 0, "x1": 0, "y0": 0, "y1": 1, "layer": "below",
                    "line": {"color": ink["ink-1"], "width": 1.25}}],
        "xaxis": {"range": [low - pad, high + pad], "tickvals": ticks, "ticktext": texts,
                  "title": _title(_("Scale points below or above what is expected"), ink)},
        "yaxis": {"range": [len(rows) - 0.5, -0.5], "tickvals": places, "ticktext": names, "showgrid": False},
        "annotations": [{
            "text": f"<b>{formats.signed(r['gap'], 2)}</b>" if r["level"] != "item" else formats.signed(r["gap"], 2),
            "xref": "paper", "x": 1, "y": place, "xanchor": "left", "xshift": 6, "showarrow": False,
            "font": {"size": 11, "color": colours[place] if r["level"] != "item" else ink["ink-2"]},
        } for place, r in enumerate(rows)],
    }  # fmt: skip
    figure = finish({"data": [points], "layout": layout}, view, height=ROW * len(rows) + 62, right=44)
    figure["layout"]["height"] = ROW * len(rows) + 62
    figure["layout"]["margin"] |= {"l": 124, "b": 46}
    return figure


def _gap_words(row: Row) -> str:
    return _(
        "{name} {gap}: seen {seen}, expected {expected}, n {n}",
        name=gap_name(row),
        gap=formats.signed(row["gap"], 2),
        seen=formats.number(row["perception"], 2),
        expected=formats.number(row["expectation"], 2),
        n=formats.count(row["n"]),
    )


def gap_name(row: Row) -> str:
    """A dimension of service quality, or an item of one."""
    return item_name(row["item_or_dimension"]) if row["level"] == "item" else attribute_name(row["item_or_dimension"])


def _title(words: str, ink: dict[str, str]) -> Plot:
    return {"text": words, "font": {"size": 11, "color": ink["ink-3"]}, "standoff": 6}


def _ends(values: Sequence[float], mean: float, spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    seen = [*values, mean, *(end for span in spans for end in span)]
    low, high = min(seen), max(seen)
    pad = ((high - low) or abs(high) or 1.0) * 0.12
    return max(0.0, low - pad) if low >= 0 else low - pad, high + pad
