"""Business time the slow way: shift by shift over local days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.integration.dbt_story import HOLIDAYS, SHIFTS

DAY = timedelta(days=1)


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """UTC, without a zone, of a wall-clock instant; one that a clock change skipped lies as far behind the change."""
    return local.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)


def shifts(begin: datetime, zone: str) -> Iterator[tuple[datetime, datetime]]:
    """Open stretches from the local day before ``begin`` on, in UTC, without end."""
    place = ZoneInfo(zone)
    day = begin.replace(tzinfo=UTC).astimezone(place).replace(tzinfo=None, hour=0, minute=0, second=0) - DAY
    while True:
        if day.date() not in HOLIDAYS:
            for opens, closes in sorted(SHIFTS.get(day.isoweekday(), [])):
                start = instant(day + timedelta(minutes=opens), place)
                end = instant(day + timedelta(minutes=closes), place)
                if start < end:
                    yield start, end
        day += DAY


def open_minutes(begin: datetime, end: datetime, zone: str) -> float:
    """Business minutes between two instants."""
    total = 0.0
    for start, stop in shifts(begin, zone):
        if start >= end:
            return total / 60
        total += max((min(stop, end) - max(start, begin)).total_seconds(), 0)
    return total / 60


def open_until(begin: datetime, minutes: float, zone: str) -> datetime:
    """The first instant at which so many business minutes have passed."""
    left = minutes * 60
    for start, stop in shifts(begin, zone):
        here = max((stop - max(start, begin)).total_seconds(), 0)
        if here >= left:
            return max(start, begin) + timedelta(seconds=left)
        left -= here
    raise AssertionError("shifts never end")
