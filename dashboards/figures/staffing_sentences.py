"""Staffing in sentences: the conclusion, titles as findings, names of levers and models."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboards import formats
from dashboards.filters import shown_value
from dashboards.language import _, plural
from dashboards.queries.staffing import Cell, Outlook


def conclusion(found: Outlook) -> str:
    """The page's h1."""
    slots = found.slots
    if found.key == "insufficient" or not found.weeks:
        return _("There is not enough data to hold people against work.")
    pool, month = shown_value("channel", str(slots["pool"])), formats.month_long(_day(slots["month"]), year=False)
    target = formats.percent(slots["target"], 0)
    if found.key == "post":
        return plural(
            "Post one opening for {pool} by {day}, or service level falls below {target} in {month}.",
            "Post {people} openings for {pool} by {day}, or service level falls below {target} in {month}.",
            slots["people"],
            people=formats.number_word(slots["people"]),
            pool=pool,
            day=formats.date_short(_day(slots["by"])),
            target=target,
            month=month,
        )
    if found.key == "too_late":
        return _("{pool} stays below {target} in {month}; nobody hired now can change that.", pool=pool, target=target,
                 month=month)  # fmt: skip
    return _("People suffice in every month ahead; {month} is the thinnest.", month=month)


def lede(found: Outlook) -> str:
    """Probability, the worst week, and what the sentence rests on."""
    if not found.weeks or found.key == "insufficient":
        return _("Contacts, people’s working time and their service level of some weeks would fill this page.")
    worst, chance = found.worst, formats.percent(found.slots["probability"], 0)
    return _(
        "Probability **{chance}** without further openings. Work and people are furthest apart in the week of {week}: "
        "**{gap}** full-time people in the middle of {runs} runs.",
        chance=chance,
        week=formats.date_short(worst.day),
        gap=formats.signed(worst.gap, 1),
        runs=formats.count(found.summary.get("runs") or 0),
    )


def gap_title(found: Outlook) -> str:
    """How many weeks are short, and by how much."""
    short = found.short
    if not short:
        return _("Enough people in every week ahead")
    return plural(
        "Short in one week, by **{people}** people in the week of {day}",
        "Short in {weeks} of {all} weeks, most by **{people}** people in the week of {day}",
        len(short),
        weeks=formats.count(len(short)),
        all=formats.count(len(found.weeks)),
        people=formats.number(-found.worst.gap, 1),
        day=formats.date_short(found.worst.day),
    )


def team_title(teams: dict[str, list[tuple[date, float, float]]]) -> str:
    """The team that lacks most."""
    name, line = next(iter(teams.items()))
    mean = sum(gap for _day, gap, _share in line) / len(line)
    if mean > -0.5:
        return _("No team lacks half a person on average")
    return _("{team} lacks **{people}** people in the mean week", team=name, people=formats.number(-mean, 1))


def heat_title(cells: Sequence[Cell]) -> str:
    """Which half-hour is furthest under."""
    under = [cell for cell in cells if cell.gap <= -1]
    if not under:
        return _("No half-hour lacks a whole person")
    worst = min(cells, key=lambda cell: cell.gap)
    return _(
        "**{share}** of the half-hours lack a person or more; {day} {time} most",
        share=formats.percent(len(under) / len(cells), 0),
        day=formats.weekday_long(worst.weekday),
        time=clock(worst.minute),
    )


def clock(minute: int) -> str:
    """Minutes after midnight as hours and minutes."""
    return f"{minute // 60:02}:{minute % 60:02}"


def curve_title(points: Sequence[tuple[float, float]]) -> str:
    """What a tenth more contacts asks for."""
    now = next((y for x, y in points if abs(x - 1) < 1e-6), None)
    more = next((y for x, y in points if abs(x - 1.1) < 1e-6), None)
    if not now or more is None:
        return _("People needed by volume")
    return _("A tenth more contacts asks for **{people}** more people", people=formats.number(more - now, 1))


def lever_name(name: str) -> str:
    """A lever as it is moved."""
    return {
        "shrinkage": _("Shrinkage, one point less"),
        "handling_time": _("Handling time, 5\u202f% shorter"),
        "deflection": _("Contacts and tickets, 5\u202f% deflected"),
        "overtime": _("Overtime, one hour a week each"),
        "target": _("Service level target, five points lower"),
    }.get(name, name)


def lever_title(rows: Sequence[dict[str, Any]]) -> str:
    """The lever that is worth most."""
    if not rows:
        return _("What each lever would buy")
    return _(
        "{lever}: worth **{people}** people",
        lever=lever_name(rows[0]["lever"]),
        people=formats.number(rows[0]["people_mean"], 1),
    )


def missing_words(row: dict[str, Any]) -> str:
    """What could not be judged and why, in the page's language; what has no words of its own is said as it stands."""
    known = {
        "history": _("fewer than 14 days of history"),
        "people": _("nobody’s working time is known"),
        "work": _("handling time or history is lacking"),
        "deferred": _("items, or time on them, are lacking"),
        "time_to_fill": _("fewer than half of the openings were filled, or none is known"),
        "start_lag": _("no accepted offer has a first day of work"),
        "offer_acceptance": _("no offer declined or still open is known"),
    }
    told = known.get(str(row["assumption"])) or row.get("note") or _("insufficient data")
    scope = str(row["scope"])
    whose = _("Whole organisation") if scope == "organisation" else shown_value("channel", scope)
    return f"{whose}: {told}"


def model_name(name: str | None) -> str:
    """A model in words."""
    return {
        "seasonal_naive": _("last week again"),
        "four_week_mean": _("mean of four weeks"),
        "level_fast": _("level that follows quickly"),
        "level_slow": _("level that follows slowly"),
        "season": _("season and trend"),
        "blend": _("level and season together"),
        "combined": _("mean of the twenty best settings"),
    }.get(name or "", _("insufficient data"))


def backtest_title(summary: dict[str, Any]) -> str:
    """The forecast's error at the grain it is used at."""
    wape, inside = summary.get("wape"), summary.get("coverage")
    if wape is None or inside is None:
        return _("Forecasts have not been judged yet")
    return _(
        "Half-hours missed by **{wape}**; the 80\u202f% interval held **{inside}**",
        wape=formats.percent(wape, 1),
        inside=formats.percent(inside, 1),
    )


def plan_state(state: str) -> str:
    """Approved or proposed."""
    return _("Approved") if state == "approved" else _("Proposed")


def _day(text: str) -> date:
    return date.fromisoformat(text)
