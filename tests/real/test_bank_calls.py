"""Calls of a bank per five minutes: the forecast from one fixed origin beats the floor and uses no test value."""

from __future__ import annotations

import pytest

from analytics.staffing import combining
from benchmarks.forecasting import BANK_CALLS, Judged, bank_series, judge, without_test_values

pytestmark = pytest.mark.skipif(not BANK_CALLS.exists(), reason=f"{BANK_CALLS.name} is not here")


@pytest.fixture(scope="module")
def found() -> Judged:
    return judge(BANK_CALLS)


def test_the_error_from_one_origin_is_at_most_seven_and_a_half_per_cent(found: Judged) -> None:
    assert found.wape <= 0.075
    assert round(found.simple["seasonal_naive"], 4) == 0.1011
    assert round(found.simple["four_week_mean"], 4) == 0.0802
    assert 0.75 <= found.folds_coverage <= 0.85
    assert 0.75 <= found.rolling_coverage <= 0.85


def test_the_choice_is_made_on_training_folds_among_the_whole_grid(found: Judged) -> None:
    assert found.model == "combined"
    assert len(found.settings) == combining.BEST
    assert set(found.settings) <= set(combining.GRID)
    assert round(found.folds_wape, 4) == 0.0842


def test_choice_and_forecast_are_the_same_when_the_test_days_are_noise() -> None:
    assert without_test_values(BANK_CALLS)


def test_all_calls_are_read() -> None:
    series, days = bank_series(BANK_CALLS)
    assert series.counts.sum() == 5_323_661
    assert len(days) == 164
