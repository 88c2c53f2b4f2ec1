"""Calls of a bank per five minutes: the forecast from one fixed origin beats the floor and uses no test value."""

from __future__ import annotations

import pytest

from benchmarks.forecasting import BANK_CALLS, bank_series, judge, without_test_values

pytestmark = pytest.mark.skipif(not BANK_CALLS.exists(), reason=f"{BANK_CALLS.name} is not here")


def test_the_error_from_one_origin_is_at_most_seven_and_a_half_per_cent() -> None:
    found = judge(BANK_CALLS)
    assert found.wape <= 0.075
    assert round(found.simple["seasonal_naive"], 4) == 0.1011
    assert round(found.simple["four_week_mean"], 4) == 0.0802
    assert 0.75 <= found.folds_coverage <= 0.85
    assert 0.75 <= found.rolling_coverage <= 0.85


def test_no_value_of_the_test_days_is_used() -> None:
    assert without_test_values(BANK_CALLS)


def test_all_calls_are_read() -> None:
    series, days = bank_series(BANK_CALLS)
    assert series.counts.sum() == 5_323_661
    assert len(days) == 164
