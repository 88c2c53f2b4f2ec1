"""Local days and the periods they belong to; a period is named by its first local day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from analytics.metrics.model import Grain


def first_of(day: date, grain: Grain) -> date:
    """The first day of the period that ``day`` lies in; weeks begin on Monday."""
    match grain:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
        case "year":
            return date(day.year, 1, 1)
        case _:
            raise ValueError(f"{grain} is a part of a day and begins on none.")


# A page asks for the same few hundred days some thousand times.
@lru_cache(maxsize=4096)
def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where it has no such day."""
    month = day.year * 12 + day.month - 1 + months
    first = date(month // 12, month % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), last_of_month(first))


@lru_cache(maxsize=4096)
def last_of_month(day: date) -> date:
    """The last day of the month of ``day``."""
    following = day.replace(day=28) + timedelta(days=4)
    return following.replace(day=1) - timedelta(days=1)


def next_period(first: date, grain: Grain) -> date:
    """The first day of the period after the one that begins on ``first``."""
    match grain:
        case "day":
            return first + timedelta(days=1)
        case "week":
            return first + timedelta(days=7)
        case "month":
            return add_months(first, 1)
        case "quarter":
            return add_months(first, 3)
        case "year":
            return add_months(first, 12)
        case _:
            raise ValueError(f"{grain} is a part of a day and begins on none.")


def whole_months(start: date | None, end: date | None) -> tuple[date | None, date | None]:
    """The span narrowed to the months that lie wholly inside it; figures kept per month cannot be cut finer."""
    if start is not None and start.day != 1:
        start = add_months(start.replace(day=1), 1)
    if end is not None and end != last_of_month(end):
        end = end.replace(day=1) - timedelta(days=1)
    return start, end


def are_whole_months(start: date | None, end: date | None) -> bool:
    """Whether the span begins on a first and ends on a last day of a month."""
    return (start, end) == whole_months(start, end)


def previous_span(start: date, end: date) -> tuple[date, date]:
    """The span of equal length just before: whole months give whole months, else as many days."""
    if are_whole_months(start, end):
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        return add_months(start, -months), start - timedelta(days=1)
    days = (end - start).days + 1
    return start - timedelta(days=days), start - timedelta(days=1)


def same_span_last_year(start: date, end: date) -> tuple[date, date]:
    """The same dates one year before; a last day of a month stays one."""
    last = add_months(end, -12)
    return add_months(start, -12), last_of_month(last) if end == last_of_month(end) else last
