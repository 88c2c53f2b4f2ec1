"""Twelve months as one number, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analytics.metrics.model import Metric, MetricRow
from analytics.metrics.periods import add_months
from analytics.metrics.trailing import added_up, is_yearly, year_to
from tests.unit.dashboards.made_up import made_up_reading


@pytest.fixture
def turnover() -> Metric:
    return replace(made_up_reading().metrics()["turnover_annualised"], scale=12.0)


def months(left: list[float | None], heads: float, first: date = date(2025, 11, 1)) -> list[MetricRow]:
    return [
        MetricRow("turnover_annualised", add_months(first, k), {}, None, count, heads, heads, None, None, "ratio")
        for k, count in enumerate(left)
    ]


def test_leavers_and_heads_are_added_up_and_divided_last(turnover: Metric) -> None:
    # 12 × 24 leavers ÷ 740 person-months = 38.9 %, exact Poisson 24.9 to 57.9 %.
    rows = months([2.0] * 12, 740 / 12)
    told = year_to(rows, date(2026, 10, 1), turnover)
    assert told is not None and told.period == date(2026, 10, 1)
    assert (told.numerator, told.denominator) == (24, pytest.approx(740))
    assert told.value == pytest.approx(0.38919, abs=1e-5)
    assert (told.low, told.high) == (pytest.approx(0.24936, abs=1e-5), pytest.approx(0.57908, abs=1e-5))


def test_a_month_in_which_nobody_left_is_no_year_of_nought(turnover: Metric) -> None:
    rows = months([1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], 38)
    told = year_to(rows, date(2026, 10, 1), turnover)
    assert told is not None and told.value == pytest.approx(12 * 2 / 456)
    assert told.high is not None and told.high < 0.2


def test_what_lies_outside_the_twelve_months_is_left_out(turnover: Metric) -> None:
    rows = months([9.0, *[1.0] * 12, 9.0], 50, date(2025, 10, 1))
    told = year_to(rows, date(2026, 10, 1), turnover)
    assert told is not None and told.numerator == 12


def test_a_whole_year_needs_every_month_and_none_gives_none(turnover: Metric) -> None:
    rows = months([1.0] * 7, 50, date(2026, 4, 1))
    assert year_to(rows, date(2026, 10, 1), turnover, whole=True) is None
    told = year_to(rows, date(2026, 10, 1), turnover)
    assert told is not None and told.value == pytest.approx(12 * 7 / 350)
    assert year_to(rows, date(2026, 3, 1), turnover) is None


def test_a_kind_of_leaving_that_nobody_told_of_is_no_nought(turnover: Metric) -> None:
    rows = months([None] * 12, 50)
    assert (added_up(rows, turnover).value, added_up(rows, turnover).low) == (None, None)
    assert added_up(months([1.0, 1.0, 1.0, *[None] * 9], 50), turnover).numerator == 3


def test_only_rates_of_a_year_are_told_over_one() -> None:
    yearly = [name for name, metric in made_up_reading().metrics().items() if is_yearly(metric)]
    assert yearly and all(name.endswith("_annualised") for name in yearly)
