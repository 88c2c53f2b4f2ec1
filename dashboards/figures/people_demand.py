"""Postings by week and how long people stay: the figures, titles and tables of two sections of People."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards import formats
from dashboards.components.tables import Column, Table
from dashboards.figures.plotting import Plot, View, finish, value_axis
from dashboards.figures.series import LineChart, Point, Series
from dashboards.figures.survival import interval_band
from dashboards.language import _
from dashboards.names import dimension_label, shown_value
from dashboards.queries.people_demand import Demand, Stay

LINES = 4
MOST_DAYS = 1_460
# Days between two ticks of a tenure axis, and how many years, months or days that is.
_TICKS = ((365.0, 1), (91.25, 3), (30.0, 30))


def entity_name(dimension: str, value: str) -> str:
    """A value of a cut in words."""
    known = {
        "inbound_service": _("Inbound service"),
        "outbound_sales": _("Outbound sales"),
        "agent": _("Agents"),
        "supervisor": _("Supervisors"),
        "manager": _("Managers"),
        "senior_manager": _("Senior managers"),
        "skill": _("Skill"),
        "technical": _("Technical"),
        "management": _("Management"),
    }
    return known.get(value, shown_value(dimension, value))


def demand_title(found: Demand) -> str:
    """What is sought most, and how its share stands."""
    first = found.rows[0]
    total = sum(one.openings for one in found.rows)
    name = entity_name(found.cut, first.entity)
    if not total:
        return _("Postings by week")
    share = formats.percent(first.openings / total, 0)
    if found.is_own:
        return _("We seek most: {role}, **{share}** of openings", role=name, share=share)
    return _("Most sought: {name}, **{share}** of the market’s openings", name=name, share=share)


def demand_chart(found: Demand) -> LineChart:
    """The four most sought values, mean of four weeks; the first is the one the title speaks of."""
    series = [
        Series(entity_name(found.cut, one.entity), tuple(Point(day, value) for day, value in one.weeks))
        for one in found.rows[:LINES]
    ]
    focus = series[0].name if series else None
    return LineChart(tuple(series), "score", focus, from_zero=True, marks=False)


def demand_table(found: Demand) -> Table:
    """All values in their order: openings, postings, the change on the quarter before."""
    columns = (
        Column("place", _("Rank"), "count"),
        Column("entity", dimension_label(found.cut)),
        Column("openings", _("Openings"), "count", strong=True),
        Column("postings", _("Postings"), "count"),
        Column("a_week", _("Postings a week"), "score"),
        Column("change", _("On 13 weeks before"), "words"),
    )
    rows = tuple(
        {
            "place": place,
            "entity": entity_name(found.cut, one.entity),
            "openings": one.openings,
            "postings": one.postings,
            "a_week": one.postings / 13,
            "change": _("none before") if one.change is None else formats.signed_percent(one.change, 0),
        }
        for place, one in enumerate(found.rows, 1)
    )
    return Table(columns, rows)


def recruiting_words(told: dict[str, float]) -> str:
    """Four counts that are not each other, in a sentence; empty where one is not known."""
    if not {"openings", "own_postings", "applications", "applicants"} <= set(told):
        return ""
    words = _(
        "**{openings}** openings in {postings} postings; {applications} applications by {people} people",
        openings=formats.count(told["openings"]),
        postings=formats.count(told["own_postings"]),
        applications=formats.count(told["applications"]),
        people=formats.count(told["applicants"]),
    )
    each = told.get("candidates_per_opening")
    if each is None:
        return words
    return _("{words}: **{each}** candidates per opening.", words=words, each=formats.number(each, 1))


def stay_title(found: Sequence[Stay]) -> str:
    """How many are still there after a year."""
    whole = found[0].curve
    after = [step for step in whole.steps if step.time <= 365]
    if not after:
        return _("How long people stay")
    step = after[-1]
    span = formats.span(formats.percent(step.low, 0), formats.percent(step.high, 0))
    return _("**{share}** are still there after a year ({span})", share=formats.percent(step.survival, 0), span=span)


def stay_figure(found: Sequence[Stay], view: View) -> Plot:
    """Everybody's curve with its interval, the teams behind it in grey."""
    ink = view.colours
    whole = found[0]
    longest = min(MOST_DAYS, max(step.time for step in whole.curve.steps))
    data = [_line(one, longest, ink["peer"], 1.25) for one in found if one.dimension == "team"]
    seen = [step for step in whole.curve.steps if step.time <= longest]
    data += [interval_band(seen, longest, ink["ink-1"]), _line(whole, longest, ink["ink-1"], 2.4)]
    ticks, texts = value_axis(0, 1, "%", scale=100)
    places, words = stay_ticks(longest)
    layout: Plot = {
        "hovermode": "x unified",
        "yaxis": {"range": [0, 1.04], "tickvals": ticks, "ticktext": texts},
        "xaxis": {"range": [0, longest], "tickvals": places, "ticktext": words, "hoverformat": ".0f"},
    }
    return finish({"data": data, "layout": layout}, view, height=260, right=12, left=46)


def stay_ticks(longest: float) -> tuple[list[float], list[str]]:
    """Places and words of a tenure axis: years, or months and days where it is too short for two of them."""
    days, each = next((one for one in _TICKS if 2 * one[0] <= 0.93 * longest), _TICKS[-1])
    counts = [k for k in range(5) if days * k <= 0.93 * longest]
    words = [formats.count(k * each) for k in counts]
    units = {
        1: _("{years} years", years=words[-1]),
        3: _("{months} months", months=words[-1]),
        30: _("{days} days", days=words[-1]),
    }
    return [days * k for k in counts], [*words[:-1], units[each]]


def _line(one: Stay, longest: float, colour: str, width: float) -> Plot:
    steps = [step for step in one.curve.steps if step.time <= longest]
    shares = [1.0, *(step.survival for step in steps)]
    end = longest if one.dimension is None else (steps[-1].time if steps else 0.0)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": one.name or _("Everybody"),
        "x": [0.0, *(step.time for step in steps), end],
        "y": [*shares, shares[-1]],
        "line": {"color": colour, "width": width, "shape": "hv"},
        "customdata": [formats.percent(share, 0) for share in [*shares, shares[-1]]],
        "hovertemplate": "%{customdata}",
    }


def ratio_table(rows: Sequence[dict[str, Any]]) -> Table:
    """How many times as often people of a group leave, everything else alike."""
    columns = (
        Column("group", _("Group")),
        Column("ratio", _("Leaves × as often"), "score", strong=True),
        Column("low", _("From"), "score"),
        Column("high", _("To"), "score"),
        Column("leavers", _("Leavers"), "count"),
    )
    found = tuple(
        {
            "group": f"{dimension_label(row['dimension'])}: {entity_name(row['dimension'], row['entity'])}",
            "ratio": row["value"],
            "low": row["low"],
            "high": row["high"],
            "leavers": row["n"],
        }
        for row in rows
    )
    return Table(columns, found)


def stay_table(found: Sequence[Stay]) -> Table:
    """Who is still there after three months, one, two and three years, by group."""
    days = (90, 365, 730, 1_095)
    columns = (
        Column("group", _("Group")),
        Column("people", _("People"), "count"),
        Column("leavers", _("Leavers"), "count"),
        *(Column(f"d{day}", _("After {days} days", days=formats.count(day)), "ratio") for day in days),
    )
    rows = tuple(
        {
            "group": _("Everybody") if one.name is None else entity_name(one.dimension or "", one.name),
            "people": one.people,
            "leavers": one.leavers,
            **{f"d{day}": one.curve.at(day) for day in days},
            "_missing": _("not reached"),
        }
        for one in found
    )
    return Table(columns, rows)
