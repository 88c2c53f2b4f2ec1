"""A line chart's target: its line, the side that meets it, its words."""

from __future__ import annotations

from dashboards.figures.plotting import Plot, View
from dashboards.figures.series import LineChart

ROOM = 0.09
"""Share of a chart's height that the words of a target need."""


def target_shapes(chart: LineChart, view: View, low: float, high: float) -> list[Plot]:
    """The side of the target that meets it, shaded."""
    if chart.goal is None:
        return []
    edge = high if chart.goal.higher_meets else low
    side = {
        "type": "rect",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": chart.goal.value,
        "y1": edge,
        "layer": "below",
        "line": {"width": 0},
        "fillcolor": view.colours["good-soft"],
    }
    return [side]


def target_line(chart: LineChart, view: View) -> list[Plot]:
    """The target as a trace, because a shape would lie below the grid."""
    days = sorted({p.day for s in chart.series for p in s.points})
    if chart.goal is None or not days:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [days[0].isoformat(), days[-1].isoformat()],
            "y": [chart.goal.value, chart.goal.value],
            "line": {"color": view.colours["ink-1"], "width": 1.25},
            "hoverinfo": "skip",
        }
    ]


def target_words(chart: LineChart, view: View, low: float, high: float) -> list[Plot]:
    """The target's words inside the shaded side, once, away from where a line begins."""
    if chart.goal is None:
        return []
    above = chart.goal.higher_meets
    room = (high - chart.goal.value if above else chart.goal.value - low) / ((high - low) or 1)
    at = (high if above else low) if room > ROOM and not _is_crowded(chart, low, high) else chart.goal.value
    # On the axis itself the shaded side has no height: below the line stand the months.
    is_at_the_foot = not above and room <= ROOM
    anchor = "top" if above == (at != chart.goal.value) and not is_at_the_foot else "bottom"
    return [
        {
            "xref": "paper",
            "x": 0,
            "y": at,
            "xanchor": "left",
            "yanchor": anchor,
            "text": f"<b>{chart.goal.words}</b>",
            "showarrow": False,
            "xshift": 6,
            "yshift": -2 if anchor == "top" else 2,
            "font": {"size": 12, "color": view.colours["good"]},
        }
    ]


def _is_crowded(chart: LineChart, low: float, high: float) -> bool:
    """Whether a line begins where the words at the far end of the target's side would stand."""
    if chart.goal is None or chart.goal.higher_meets:
        return False
    first = [p.value for s in chart.series for p in s.points[: max(2, len(s.points) // 3)] if p.value is not None]
    room = 0.14 * ((high - low) or 1)
    return any(value < low + room for value in first) and not any(value > chart.goal.value - room for value in first)
