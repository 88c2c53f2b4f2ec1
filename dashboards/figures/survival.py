"""Survival curves: how many still wait after so many days, those not there yet counted as waiting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards import formats
from dashboards.components.tables import Column, Table
from dashboards.figures.people_sentences import wait_brief, wait_name
from dashboards.figures.plotting import Plot, View, finish, value_axis
from dashboards.language import _
from dashboards.queries.people import Waiting

LONGEST_DAYS = 180
# So far to the right of the slowest curve stand the names, in days.
NAME_DAYS = 9


def survival_figure(waits: Sequence[Waiting], view: View) -> Plot:
    """Kaplan–Meier: the share still waiting by days; the first curve with its interval."""
    ink, longest = view.colours, min(LONGEST_DAYS, max(w.curve.steps[-1].time for w in waits) * 1.08)
    data: list[Plot] = []
    for place, one in enumerate(waits):
        steps = [step for step in one.curve.steps if step.time <= longest]
        days, shares = [0.0, *(s.time for s in steps), longest], [1.0, *(s.survival for s in steps)]
        shares.append(shares[-1])
        leads = place == 0
        if leads:
            waiting = [step for step in steps if step.survival > 0]
            end = longest if len(waiting) == len(steps) else steps[len(waiting)].time
            data.append(interval_band(waiting, end, ink["ink-1"]))
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": wait_name(one.kind),
                "x": days,
                "y": shares,
                "line": {"color": ink["ink-1" if leads else "peer"], "width": 2.4 if leads else 1.25, "shape": "hv"},
                "customdata": [formats.percent(share, 0) for share in shares],
                "hovertemplate": "%{customdata}",
            }
        )
    ticks, texts = value_axis(0, 1, "%", scale=100)
    days_ticks = [day for day in (0, 30, 60, 90, 120, 150, 180) if day <= longest]
    words = [formats.count(day) for day in days_ticks]
    words[-1] = _("{days} days", days=words[-1])
    layout: Plot = {
        "hovermode": "x unified",
        "yaxis": {"range": [0, 1.04], "tickvals": ticks, "ticktext": texts},
        "xaxis": {"range": [0, longest], "tickvals": days_ticks, "ticktext": words, "hoverformat": ".0f"},
        "annotations": _names(waits, view),
    }
    return finish({"data": data, "layout": layout}, view, height=300, right=12, left=46)


def interval_band(steps: Sequence[Any], end: float, colour: str) -> Plot:
    """The interval of a curve as a light area, from the first day to ``end``, a step at each of its times."""
    x, low, high = [0.0], [1.0], [1.0]
    for step in steps:
        x += [step.time, step.time]
        low += [low[-1], step.low]
        high += [high[-1], step.high]
    x, low, high = [*x, end], [*low, low[-1]], [*high, high[-1]]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x + x[::-1],
        "y": high + low[::-1],
        "fill": "toself",
        "fillcolor": colour + "1F",
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _names(waits: Sequence[Waiting], view: View) -> list[Plot]:
    """Each curve's name to the right of all curves, at a height of its own, with a thin line to its curve."""
    by_speed = sorted(waits, key=lambda one: one.curve.quantile(0.5)[0] or 1e9)
    notes = []
    for place, one in enumerate(by_speed):
        share = 0.80 - 0.22 * place
        own, last = _day_at(one, share), max(_day_at(other, share) for other in waits)
        leads = one is waits[0]
        notes.append(
            {
                "x": own,
                "y": share,
                "ax": last + NAME_DAYS,
                "ay": share,
                "axref": "x",
                "ayref": "y",
                "xanchor": "left",
                "showarrow": True,
                "arrowhead": 6,
                "arrowsize": 0.8,
                "arrowwidth": 0.8,
                "arrowcolor": view.colours["ink-3"],
                "text": f"<b>{wait_brief(one.kind)}</b>" if leads else wait_brief(one.kind),
                "font": {"size": 12, "color": view.colours["ink-1" if leads else "ink-2"]},
            }
        )
    return notes


def _day_at(one: Waiting, share: float) -> float:
    """The day on which a curve falls to a share; its last one where it never does."""
    return next((step.time for step in one.curve.steps if step.survival <= share), one.curve.steps[-1].time)


def waits_table(waits: Sequence[Waiting]) -> Table:
    """The curves in figures."""
    columns = (
        Column("kind", _("From – to")),
        Column("p25", _("A quarter"), "days"),
        Column("median", _("Half"), "days", strong=True),
        Column("low", _("From"), "days"),
        Column("high", _("To"), "days"),
        Column("p75", _("Three quarters"), "days"),
        Column("n", _("n"), "count"),
        Column("waiting", _("Still waiting"), "count"),
    )
    rows = []
    for one in waits:
        value, low, high = one.curve.quantile(0.5)
        rows.append(
            {
                "kind": wait_name(one.kind),
                "p25": one.curve.quantile(0.25)[0],
                "median": value,
                "low": low,
                "high": high,
                "p75": one.curve.quantile(0.75)[0],
                "n": one.n,
                "waiting": one.waiting,
                "_missing": _("not reached"),
            }
        )
    return Table(columns, tuple(rows))
