"""Numbers, dates and intervals are written by the table of the design."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards import formats
from dashboards.language import speaking


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.8242, "82.4\u202f%"),
        (0.0071, "0.71\u202f%"),
        (0.0, "0.0\u202f%"),
        (-0.162, "−16.2\u202f%"),
        (1.0, "100.0\u202f%"),
    ],
)
def test_a_share_has_one_decimal_and_two_under_one_per_cent(share: float, written: str) -> None:
    assert formats.percent(share) == written


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (26, "26\u202fs"), (1, "1\u202fs"), (4.26, "4.3\u202fs"), (59.6, "60\u202fs"), (340, "5:40\u202fmin"),
        (60, "1:00\u202fmin"),
        (11160, "3.1\u202fh"), (3599.6, "1.0\u202fh"), (42 * 86400, "42\u202fdays"), (0, "0\u202fs"),
    ],
)  # fmt: skip
def test_a_duration_is_told_by_its_size(seconds: float, written: str) -> None:
    assert str(formats.quantity(seconds, "seconds")) == written


def test_minutes_are_durations_too() -> None:
    assert str(formats.quantity(186, "minutes")) == "3.1\u202fh"


def test_a_change_always_carries_its_sign_and_minus_is_no_hyphen() -> None:
    assert formats.change(0.016, "ratio") == "+1.6\u202fpoints"
    assert formats.change(-0.011, "ratio") == "−1.1\u202fpoints"
    assert formats.change(-12, "seconds") == "−12\u202fs"
    assert formats.change(-0.18, "currency") == "−€\u202f0.18"
    assert formats.change(-2, "points") == "−2"
    assert formats.change(-0.001, "score") == formats.change(0.001, "score") == "0.00"


def test_a_change_of_a_small_share_is_as_exact_as_the_share() -> None:
    assert formats.change(0.0021, "ratio", like=0.0071) == "+0.21\u202fpoints"
    assert formats.change(0.0021, "ratio", like=0.83) == "+0.2\u202fpoints"


def test_an_interval_has_an_en_dash_and_the_word_to_where_there_are_signs() -> None:
    assert formats.interval(0.821, 0.828, "ratio") == "82.1–82.8"
    assert formats.interval(-20, -17.4, "points") == "−20 to −17"
    assert formats.interval(0.004, 0.0092, "ratio") == "0.40–0.92"
    assert formats.interval(20, 31, "seconds") == "20–31\u202fs"
    assert formats.interval(55, 90, "seconds") == "55\u202fs–1:30\u202fmin"


def test_money_is_told_by_its_size() -> None:
    assert str(formats.money(4.12, "EUR")) == "€\u202f4.12"
    assert str(formats.money(21600, "EUR")) == "€\u202f21,600"
    assert str(formats.money(1_240_000, "USD")) == "$\u202f1.2 million"


def test_a_p_value_has_three_decimals() -> None:
    assert formats.p_value(0.00004) == "< 0.001"
    assert formats.p_value(0.0213) == "0.021"


def test_the_same_numbers_in_chinese_and_vietnamese() -> None:
    day = date(2026, 11, 2)
    with speaking("zh"):
        assert formats.percent(0.824) == "82.4%"
        assert formats.span("−20.0", "−17.4") == "−20.0 至 −17.4"
        assert (formats.date_long(day), formats.date_short(day)) == ("2026 年 11 月 2 日", "11 月 2 日")
        assert (formats.month_axis(day, year=True), str(formats.money(4.12, "EUR"))) == ("26年11月", "4.12\u202f欧元")
    with speaking("vi"):
        assert formats.number(48912.5, 1) == "48.912,5"
        assert formats.percent(0.824) == "82,4%"
        assert (formats.date_long(day), formats.date_short(day)) == ("2 tháng 11, 2026", "2/11")
        assert str(formats.money(4.12, "EUR")) == "4,12\u202f€"
    assert (formats.date_long(day), formats.date_short(day)) == ("2 November 2026", "2 Nov")


@pytest.mark.parametrize(("low", "high"), [(55, 95), (0.2, 0.21), (0, 7), (-30, 12), (0, 1_200_000), (76.4, 100)])
def test_an_axis_has_two_to_five_round_ticks_inside_its_range(low: float, high: float) -> None:
    ticks = formats.nice_steps(low, high)
    assert 2 <= len(ticks) <= 5
    assert all(low - 1e-9 <= tick <= high + 1e-9 for tick in ticks)
    assert ticks == sorted(ticks)


def test_an_axis_without_a_range_does_not_fail() -> None:
    assert formats.nice_steps(3, 3) == [3]
