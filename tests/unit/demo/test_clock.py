"""Local days, daylight saving and business time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demo.clock import BUSINESS, Clock, holidays
from demo.plan import Plan

CLOCK = Clock(Plan(1_000, 12, 7).calendar)
BERLIN = ZoneInfo("Europe/Berlin")


def instant(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp())


def by_the_minute(start: int, end: int) -> int:
    """Business minutes counted one by one: slow and independent."""
    minutes, named = 0, holidays(2025) | holidays(2026)
    for moment in range(start, end, 60):
        local = datetime.fromtimestamp(moment, BERLIN)
        span = BUSINESS[local.weekday()]
        if span and local.date() not in named and span[0] <= local.hour * 60 + local.minute < span[1]:
            minutes += 1
    return minutes


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-27 16:00", "2026-03-30 10:00"),
        ("2025-12-24 11:00", "2025-12-29 09:30"),
        ("2026-04-02 19:00", "2026-04-07 08:15"),
        ("2026-10-24 16:00", "2026-10-26 08:05"),
    ],
)
def test_business_time_agrees_with_counting_minutes(start: str, end: str) -> None:
    span = np.array([instant(start), instant(end)])
    assert np.diff(CLOCK.business(span))[0] / 60 == by_the_minute(*span.tolist())


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 300 * 86_400), seconds=st.integers(1, 200 * 3_600))
def test_what_is_done_after_business_time_happens_in_business_hours(at: int, seconds: int) -> None:
    start = np.array([CLOCK.base[0] + at])
    done = CLOCK.after_business(start, np.array([seconds]))
    assert CLOCK.business(done)[0] - CLOCK.business(start)[0] == pytest.approx(seconds, abs=2)
    local = datetime.fromtimestamp(float(done[0]), BERLIN)
    span = BUSINESS[local.weekday()]
    assert span is not None and span[0] <= local.hour * 60 + local.minute <= span[1]


def test_days_begin_at_local_opening_on_both_sides_of_daylight_saving() -> None:
    for day in (date(2026, 3, 28), date(2026, 3, 30), date(2026, 10, 24), date(2026, 10, 26)):
        index = (day - CLOCK.first_day).days
        assert CLOCK.base[index] + 8 * 3_600 == instant(f"{day} 08:00")


def test_holidays_are_the_fixed_ones_and_those_around_easter() -> None:
    days = holidays(2026)
    assert days[date(2026, 4, 3)] == "Good Friday" and days[date(2026, 5, 25)] == "Whit Monday"
    assert date(2026, 4, 3) + timedelta(1) not in days


def test_a_calendar_covers_its_months_and_no_more() -> None:
    assert CLOCK.days == 365
    assert CLOCK.month_days(11)[-1] == 364
