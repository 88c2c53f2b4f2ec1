"""Figures of Customers and needs: satisfaction over time, importance–performance, importance and urgency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards.figures.customers_words import attribute_name
from dashboards.figures.plotting import Plot, View, finish, spread, value_axis
from dashboards.figures.series import Goal, LineChart, Point, Series
from dashboards.filters import shown_value
from dashboards.language import _
from dashboards.queries.customers import Month

Row = dict[str, Any]
HEIGHT, PHONE, LINE = 360, 270, 14
"""Of the maps, on a phone, and of a line of their labels, in pixels."""


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
        (_("Mean rating"), _("Share of what is explained")), view,
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
        [str(shown_value("topic", r["need"])) if r in ranked else "" for r in known],
        [ink["bad"] if r["place"] == "act now" else ink["peer"] for r in known],
        (1.0, 1.0),
        (_("Urgency, % of the mean"), _("Importance, % of the mean")), view, percent_x=True,
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
        }, *_labels(x, y, names, ends, view)],
    }  # fmt: skip
    figure = finish({"data": [points], "layout": layout}, view, height=HEIGHT, right=24)
    figure["layout"]["margin"] |= {"b": 46, "t": 24, "l": 52}
    return figure


def _labels(
    x: Sequence[float], y: Sequence[float], names: Sequence[str], ends: list[tuple[float, float]], view: View
) -> list[Plot]:
    """Names above their points, to the left in the figure's right part, moved up or down until none covers another."""
    (left, right), (low, high) = ends
    pixels = ((PHONE if view.is_phone else HEIGHT) - 70) / ((high - low) or 1.0)
    made: list[Plot] = []
    for is_right in (False, True):
        mine = [k for k, name in enumerate(names) if name and (x[k] > left + 0.62 * (right - left)) == is_right]
        wanted = [y[k] * pixels + 9 for k in mine]
        for k, place in zip(mine, spread(wanted, [LINE] * len(mine)), strict=True):
            made.append({
                "text": names[k], "x": x[k], "y": y[k], "showarrow": False,
                "font": {"size": 11, "color": view.colours["ink-2"]},
                "xanchor": "right" if is_right else "left", "yanchor": "middle", "xshift": -7 if is_right else 7,
                "yshift": round(place - y[k] * pixels, 1),
            })  # fmt: skip
    return made


def _title(words: str, ink: dict[str, str]) -> Plot:
    return {"text": words, "font": {"size": 11, "color": ink["ink-3"]}, "standoff": 6}


def _ends(values: Sequence[float], mean: float, spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    seen = [*values, mean, *(end for span in spans for end in span)]
    low, high = min(seen), max(seen)
    pad = ((high - low) or abs(high) or 1.0) * 0.12
    return max(0.0, low - pad) if low >= 0 else low - pad, high + pad
