"""Findings of Service level in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analytics.metrics import MetricRow
from analytics.metrics.periods import add_months
from dashboards import formats
from dashboards.components.words import capital
from dashboards.figures.sentences import gap_words, tidy, withheld_title
from dashboards.figures.series import Point
from dashboards.filters import Filters, shown_value
from dashboards.language import _
from dashboards.queries.judging import Target
from dashboards.queries.measures import Measure
from dashboards.queries.service_level import SMALL_CELL, HourCell, Judged, WaitBin

# A backlog fills up where the data begin: what grows then is what is known of it.
_FILLING_MONTHS = 2


def _when(cell: HourCell) -> str:
    return _("{weekday} at {hour}", weekday=formats.weekday_long(cell.weekday), hour=f"{cell.hour:02}:00")


def conclusion(level: Measure | None, worst: HourCell | None, filters: Filters) -> str:
    """Whether the promise was kept, and the hour where it was furthest from it."""
    if level is not None and level.state == "withdrawn":
        return withheld_title(level.metric, filters.period.label)
    if level is None or level.state != "shown" or level.value is None:
        return _("There is no service level for {period}.", period=filters.period.label)
    slots = {
        "value": formats.percent(level.value),
        "period": filters.period.short,
        "when": _when(worst) if worst else "",
    }
    match level.verdict, worst is not None:
        case "met", True:
            return _("{value} were answered in time in {period}; {when} was hardest.", **slots)
        case "met", False:
            return _("{value} were answered in time in {period}.", **slots)
        case "missed", True:
            return _("Only {value} were answered in time in {period}; {when} was hardest.", **slots)
        case "missed", False:
            return _("Only {value} were answered in time in {period}.", **slots)
        case "undecided", _any:
            return _("{value} were answered in time in {period}, too close to the target to call.", **slots)
    return _("{value} of contacts were answered in time in {period}.", **slots)


def lede(
    level: Measure | None, asa: Measure | None, abandoned: Measure | None, worst: HourCell | None, filters: Filters
) -> str:
    """Distance to the target, the wait, who gave up, the worst hour."""
    said = []
    if level and level.judged and level.target:
        said.append(
            _("That is **{gap}** of {target}.", gap=gap_words(level, ""), target=tidy(level.target.value, "ratio"))
            if level.verdict != "undecided"
            else _("The interval holds the target of {target}.", target=tidy(level.target.value, "ratio"))
        )
    if level and level.change and level.value is not None:
        said.append(change_words(level, filters))
    if asa and asa.value is not None:
        said.append(_("People waited **{wait}** on average.", wait=formats.quantity(asa.value, asa.metric.unit)))
    if abandoned and abandoned.value is not None:
        said.append(_("**{share}** gave up.", share=formats.percent(abandoned.value)))
    if worst and worst.value is not None:
        said.append(
            _(
                "{when}, **{value}** were answered in time.",
                when=capital(_when(worst)),
                value=formats.percent(worst.value),
            )
        )
    return " ".join(said)


def change_words(level: Measure, filters: Filters) -> str:
    """How the level moved against the comparison, and whether that could be chance."""
    change = level.change
    if change is None:
        return ""
    size = formats.points(change.difference, sign=False, like=level.value or 1)
    slots = {"size": size, "period": filters.comparison.label}
    if change.is_sure is False:
        return _("The difference to {period} could be chance.", **slots)
    if change.difference < 0:
        return _("It was {size} higher in {period}.", **slots)
    return _("It was {size} lower in {period}.", **slots)


def week_title(cells: Sequence[HourCell], target: Target | None) -> str:
    """Which part of the week is below target."""
    if not cells:
        return _("The week by hour")
    if target is None:
        return _("The week by hour, without a target to judge it by")
    drawn = {cell.hour for cell in cells if cell.hour is not None and cell.base >= SMALL_CELL}
    hours: dict[int, list[HourCell]] = {}
    for cell in cells:
        if cell.hour in drawn and cell.hour is not None and cell.value is not None:
            hours.setdefault(cell.hour, []).append(cell)
    below = [hour for hour, found in hours.items() if _is_below(found, target.value)]
    if not hours:
        return _("No hour of the week has ten contacts")
    if not below:
        return _("No hour of the day is clearly below target over the week")
    if len(below) == len(hours):
        return _("Every hour of the day is below target over the week")
    run = _heaviest_run(sorted(below), {hour: sum(c.base for c in found) for hour, found in hours.items()})
    return _("{start} to {end} is below target over the week", start=f"{run[0]:02}:00", end=f"{run[-1] + 1:02}:00")


def _is_below(cells: Sequence[HourCell], target: float) -> bool:
    """Whether an hour of the day, over the week, lies below the target with its whole interval."""
    whole = HourCell(0, None, sum(c.met for c in cells), sum(c.base for c in cells))
    high = whole.interval[1]
    return high is not None and high < target


def _heaviest_run(hours: Sequence[int], weights: dict[int, float]) -> list[int]:
    """Of the runs of neighbouring hours, the one with the most contacts."""
    runs: list[list[int]] = []
    for hour in hours:
        if runs and hour == runs[-1][-1] + 1:
            runs[-1].append(hour)
        else:
            runs.append([hour])
    return max(runs, key=lambda run: sum(weights[hour] for hour in run))


def waits_title(bins: Sequence[WaitBin]) -> str:
    """How many were answered inside 20 seconds and how many waited over two minutes."""
    quick = sum(b.share for b in bins if b.end is not None and b.end <= 20)
    slow = sum(b.share for b in bins if b.start >= 120)
    return _(
        "{quick} waited at most 20\u202fs, {slow} over two minutes",
        quick=formats.percent(quick),
        slow=formats.percent(slow),
    )


def backlog_title(points: Sequence[Point], begins: date | None) -> str:
    """Where the backlog went over the figure; nowhere while it fills up, in the months in which the data `begins`."""
    known = [p for p in points if p.value is not None]
    if len(known) < 2 or not known[0].value:
        return _("Open tickets")
    first, last = known[0].value or 0, known[-1].value or 0
    change = (last - first) / first
    since = formats.month_long(known[0].day)
    if begins and known[0].day < add_months(begins, _FILLING_MONTHS):
        return _(
            "**{count}** are open; the data begin in {month}",
            count=formats.count(last),
            month=formats.month_long(begins),
        )
    if abs(change) >= 1:
        return _(
            "The backlog went from {first} to {count} open since {month}",
            first=formats.count(first),
            count=formats.count(last),
            month=since,
        )
    if abs(change) < 0.05:
        return _("The backlog is where it was in {month}: {count} open", month=since, count=formats.count(last))
    slots = {"size": formats.percent(abs(change), 0), "month": since, "count": formats.count(last)}
    return (
        _("The backlog grew by {size} since {month}, to {count} open", **slots)
        if change > 0
        else _("The backlog shrank by {size} since {month}, to {count} open", **slots)
    )


def priority_title(judged: Sequence[Judged]) -> str:
    """Which priorities missed their promise, and which are too close to call."""
    close = [shown_value("priority", j.name).lower() for j in judged if j.verdict == "undecided"]
    missed = [shown_value("priority", j.name).lower() for j in judged if j.verdict == "missed"]
    if not any(j.target for j in judged):
        worst = min(judged, key=lambda j: j.row.value or 0)
        return _(
            "{priority} tickets had the most broken promises", priority=capital(shown_value("priority", worst.name))
        )
    if not missed and not close:
        return _("Every priority kept its promise")
    if not missed and len(close) == len(judged):
        return _("Every priority is too close to its promise to call")
    slots = {"missed": formats.say_list(missed), "close": formats.say_list(close)}
    if not missed:
        return (
            _("No priority missed its promise; {close} is too close to call", **slots)
            if len(close) == 1
            else _("No priority missed its promise; {close} are too close to call", **slots)
        )
    if len(missed) == len(judged):
        return _("Every priority missed its promise")
    if not close:
        return capital(_("{missed} tickets missed their promise", **slots))
    return capital(
        _("{missed} tickets missed their promise; {close} is too close to call", **slots)
        if len(close) == 1
        else _("{missed} tickets missed their promise; {close} are too close to call", **slots)
    )


def team_title(judged: Sequence[Judged]) -> str:
    """How many teams kept the target and which was lowest."""
    lowest = judged[0]
    slots = {
        "team": shown_value("team", lowest.name),
        "value": formats.percent(lowest.row.value or 0),
        "all": formats.number_word(len(judged)),
    }
    if len(judged) == 1:
        return _("{team} answered {value} in time", **slots)
    if not any(j.target for j in judged):
        return _("{team} was lowest at {value}", **slots)
    slots["met"] = capital(formats.number_word(sum(j.verdict == "met" for j in judged)))
    return _("{met} of {all} teams met the target; {team} was lowest at {value}", **slots)


def variants_title(rows: Sequence[MetricRow]) -> str:
    """The span between the formulas, and whether the main one is the most flattering of all."""
    values = [row.value for row in rows if row.value is not None]
    main = next((row.value for row in rows if row.metric == "service_level"), None)
    if main is not None and len(values) > 1 and main >= max(values):
        return _(
            "The main formula is the most flattering: the others go down to {low}", low=formats.percent(min(values))
        )
    return _("Other formulas give {low} to {high}", low=formats.percent(min(values)), high=formats.percent(max(values)))
