"""The tables behind staffing's figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboards import formats
from dashboards.components.tables import Column, Table
from dashboards.figures.staffing_sentences import clock, lever_name, model_name, plan_state
from dashboards.filters import shown_value
from dashboards.language import _
from dashboards.queries.staffing import Cell, Outlook


def week_table(found: Outlook) -> Table:
    """The weeks behind the figure."""
    columns = (
        Column("week", _("Week from"), "date"),
        Column("required_p10", _("Required, 10th")),
        Column("required_p50", _("Required, middle"), strong=True),
        Column("required_p90", _("Required, 90th")),
        Column("available_p10", _("Available, 10th")),
        Column("available_p50", _("Available, middle"), strong=True),
        Column("available_p90", _("Available, 90th")),
        Column("gap", _("Gap")),
        Column("probability_short", _("Runs short"), "ratio"),
        Column("with_plan", _("With the plan")),
        Column("service_level", _("Service level"), "ratio"),
    )
    rows = [
        {
            "week": w.day,
            **{f"required_p{p}": round(w.required[k], 1) for k, p in enumerate((10, 50, 90))},
            **{f"available_p{p}": round(w.available[k], 1) for k, p in enumerate((10, 50, 90))},
            "gap": round(w.gap, 1),
            "probability_short": w.probability_short,
            "with_plan": round(w.with_plan, 1),
            "service_level": w.level,
        }
        for w in found.weeks
    ]
    return Table(tuple(_counted(column) for column in columns), tuple(rows))


def _counted(column: Column) -> Column:
    plain = column.kind == "text"
    return Column(column.key, column.label, "index" if plain else column.kind, strong=column.strong)


def team_table(teams: dict[str, list[tuple[date, float, float]]]) -> Table:
    """The weeks of the teams as rows."""
    columns = (
        Column("team", _("Team")),
        Column("week", _("Week from"), "date"),
        Column("gap", _("Gap"), "index", strong=True),
        Column("probability_short", _("Runs short"), "ratio"),
    )
    rows = [
        {"team": team, "week": day, "gap": round(gap, 1), "probability_short": share}
        for team, line in teams.items()
        for day, gap, share in line
    ]
    return Table(columns, tuple(rows))


def heat_table(cells: Sequence[Cell]) -> Table:
    """The heat map as rows."""
    columns = (
        Column("weekday", _("Weekday")),
        Column("time", _("Half-hour")),
        Column("required", _("Required"), "index"),
        Column("available", _("Available"), "index"),
        Column("gap", _("Gap"), "index", strong=True),
    )
    rows = [
        {
            "weekday": formats.weekday_long(c.weekday),
            "time": clock(c.minute),
            "required": c.required,
            "available": round(c.available, 1),
            "gap": round(c.gap, 1),
        }
        for c in cells
    ]
    return Table(columns, tuple(rows))


def plan_table(rows: Sequence[dict[str, Any]], currency: str) -> Table:
    """The hiring plan."""
    columns = (
        Column("wave", _("Wave")),
        Column("team", _("Team")),
        Column("people", _("People"), "count", strong=True),
        Column("open_by", _("Open by"), "date"),
        Column("offers_by", _("Offers by"), "date"),
        Column("start_on", _("Start"), "date"),
        Column("productive_on", _("Productive"), "date"),
        Column("covers", _("Covers")),
        Column("cost_a_month", _("Cost a month"), "currency"),
        Column("on_time_probability", _("On time"), "ratio"),
        Column("state", _("State")),
    )
    shown = [
        {
            **row,
            "state": plan_state(row["state"]),
            "covers": formats.say_list([shown_value("channel", part) for part in row["covers"].split(" + ")]),
        }
        for row in rows
    ]
    return Table(columns, tuple(shown), currency)


def lever_table(rows: Sequence[dict[str, Any]]) -> Table:
    """What each lever buys."""
    columns = (
        Column("lever", _("Lever")),
        Column("people_mean", _("People, mean week"), "index", strong=True),
        Column("people_worst_week", _("People, worst week"), "index"),
        Column("worst_gap_after", _("Worst gap then"), "index"),
    )
    shown = [
        {
            "lever": lever_name(row["lever"]),
            **{key: round(row[key], 1) for key in ("people_mean", "people_worst_week", "worst_gap_after")},
        }
        for row in rows
    ]
    return Table(columns, tuple(shown))


def backtest_table(rows: Sequence[dict[str, Any]]) -> Table:
    """The chosen model of every queue beside the naive one."""
    columns = (
        Column("channel", _("Queue")),
        Column("model", _("Model")),
        Column("wape", _("Error (WAPE)"), "ratio", strong=True),
        Column("naive", _("Last week again"), "ratio"),
        Column("coverage", _("Inside 80\u202f%"), "ratio"),
        Column("origins", _("Origins"), "count"),
        Column("left_out", _("Days left out"), "count"),
    )
    shown = [
        {**row, "channel": queue_name(row), "model": model_name(row["model"])}
        for row in rows
    ]  # fmt: skip
    return Table(columns, tuple(shown))


def queue_name(row: dict[str, Any]) -> str:
    """A queue by its channel, with the pool where that says more."""
    if row["channel"] == "tickets":
        return _("Tickets, items a day")
    name = shown_value("channel", row["channel"])
    known = shown_value("channel", row["pool"])
    return f"{name} · {row['pool']}" if known == row["pool"] and row["pool"] != row["channel"] else name


def curve_table(points: Sequence[tuple[float, float]]) -> Table:
    """The curve as rows."""
    columns = (Column("change", _("Change of volume"), "ratio"), Column("people", _("People"), "count", strong=True))
    return Table(columns, tuple({"change": round(x - 1, 4), "people": round(y, 1)} for x, y in points))
