"""The state of a page is its address; what the release does not know is ignored and said."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.metrics.periods import add_months
from dashboards.filters import Choices, Filters, Period

MONTHS = tuple(add_months(date(2024, 5, 1), k) for k in range(30))
CHOICES = Choices(
    MONTHS,
    date(2026, 10, 1),
    {"channel": ("chat", "voice"), "team": ("Hanoi chat",), "region": (), "topic": ("Billing & co",)},
)


def test_an_empty_address_is_the_last_full_month_against_the_one_before() -> None:
    state = Filters.parse("", CHOICES)
    assert (state.period.code, state.comparison.code, state.values, state.ignored) == ("2026-10", "2026-09", (), ())


def test_a_state_survives_the_address() -> None:
    state = Filters.parse("?period=2026-Q3&compare=year&channel=chat&topic=Billing+%26+co", CHOICES)
    assert state.comparison.code == "2025-Q3"
    assert dict(state.values) == {"channel": "chat", "topic": "Billing & co"}
    assert Filters.parse(state.query(), CHOICES) == state


def test_equal_states_have_equal_addresses() -> None:
    one = Filters.parse("?topic=Billing+%26+co&channel=chat", CHOICES).query()
    assert one == Filters.parse("?channel=chat&topic=Billing+%26+co", CHOICES).query()


@pytest.mark.parametrize(
    "search",
    [
        "?channel=fax", "?period=2031-01", "?period=soon", "?compare=never", "?colour=red", "?team=' or 1=1 --",
        "?page=-1",
        "?fact=../../x",
        "?hour=;drop", "?period=2026-13", "?period=0000", "?channel=%ff%fe",
    ],
)  # fmt: skip
def test_a_forged_value_is_ignored_and_said(search: str) -> None:
    state = Filters.parse(search, CHOICES)
    assert len(state.ignored) == 1
    assert (state.period.code, state.compare, state.values, state.extras) == ("2026-10", "previous", (), ())


def test_a_very_long_address_is_cut() -> None:
    state = Filters.parse("?channel=" + "x" * 100_000, CHOICES)
    assert len(state.ignored) == 1 and len(state.ignored[0]) < 200


def test_taking_a_filter_off_leaves_the_others() -> None:
    state = Filters.parse("?channel=chat&compare=year", CHOICES)
    assert state.query(channel=None) == "?compare=year"
    assert state.query(compare=None) == "?channel=chat"


def test_another_page_keeps_the_filters_but_not_the_open_item() -> None:
    state = Filters.parse("?channel=chat&item=service_level&tab=method", CHOICES)
    assert state.carried().query() == "?channel=chat"


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_period_knows_its_days(code: str, first: str, last: str) -> None:
    period = Period.parse(code)
    assert period is not None
    assert (period.start.isoformat(), period.end.isoformat(), period.code) == (first, last, code)


def test_quarters_and_years_are_offered_only_when_whole() -> None:
    assert [p.code for p in CHOICES.years()] == ["2025"]
    assert CHOICES.quarters()[0].code == "2026-Q3"
    assert CHOICES.quarters()[-1].code == "2024-Q3"


def test_the_last_weeks_end_with_the_week_of_the_periods_end() -> None:
    assert Filters.parse("", CHOICES).weeks_back(26) == date(2026, 5, 4)
