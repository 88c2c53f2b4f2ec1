"""Cleaning, holidays, models and backtests on series whose truth is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from analytics.staffing import combining
from analytics.staffing.backtest import backtest, forecast, judges, origins
from analytics.staffing.holidays import easter
from analytics.staffing.models import MODELS, pattern_of
from analytics.staffing.series import HOLIDAY, Series, clean, day_classes, recurring

MONDAY = date(2024, 1, 1)
SHAPE = np.concatenate([np.zeros(16), 10 + 10 * np.sin(np.linspace(0, np.pi, 20)), np.zeros(12)])
WEEK = np.array([1.2, 1.1, 1.0, 1.0, 0.9, 0.4, 0.0])


def made(days: int, seed: int = 1, growth: float = 0.0, holidays: frozenset[date] = frozenset()) -> Series:
    """Poisson counts per half-hour: weekday × shape × growth a year, nothing on holidays."""
    expected = WEEK[np.arange(days) % 7, None] * SHAPE * np.exp(growth * np.arange(days) / 365.25)[:, None]
    for day in holidays:
        if 0 <= (day - MONDAY).days < days:
            expected[(day - MONDAY).days] = 0
    counts = np.random.default_rng(seed).poisson(expected).astype(float)
    return Series("made", MONDAY, counts, 30, holidays)


def test_an_outage_is_filled_with_what_was_usual_and_counted() -> None:
    series = made(90)
    # A Monday morning without calls: four half-hours in which a hundred were usual.
    series.counts[49, 20:24] = 0
    cleaned = clean(series)
    assert dict(cleaned.cleaned)["outage intervals"] == 4
    assert cleaned.counts[49, 20:24].sum() == pytest.approx(1.2 * SHAPE[20:24].sum(), rel=0.15)


def test_a_day_without_rows_is_missing_and_a_closed_one_is_not() -> None:
    series = made(90)
    series.counts[51] = 0
    told = dict(clean(series).cleaned)
    assert told["missing days"] == 1
    assert np.isnan(clean(series).totals[51])
    assert clean(series).totals[6] == 0


def test_one_wild_day_is_left_out_and_two_in_a_row_are_news() -> None:
    series = made(120)
    series.counts[71] *= 6
    assert dict(clean(series).cleaned)["outlier days"] == 1
    series.counts[72] *= 6
    assert dict(clean(series).cleaned)["outlier days"] == 0


def test_a_holiday_is_no_outlier() -> None:
    off = frozenset({MONDAY + timedelta(days=50)})
    told = dict(clean(made(120, holidays=off)).cleaned)
    assert told == {"missing days": 0, "outage intervals": 0, "outlier days": 0}


def test_the_tuesday_after_a_free_monday_is_as_a_monday() -> None:
    days = np.datetime64("2024-01-08") + np.arange(3)
    assert day_classes(days, frozenset({date(2024, 1, 8)})).tolist() == [HOLIDAY, 0, 2]


@pytest.mark.parametrize(("year", "day"), [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28))])
def test_easter(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)


def test_listed_holidays_go_on_by_their_pattern() -> None:
    christmas = {date(2024, 12, 25), date(2025, 12, 25)}
    listed = frozenset(christmas | {date(2025, 4, 18), date(2026, 4, 3), date(2025, 6, 13), date(2026, 7, 1)})
    found = recurring(listed, date(2027, 12, 31))
    # Christmas and Good Friday recur; the works outing of 13 June 2025 does not.
    assert sorted(found - listed) == [date(2026, 12, 25), date(2027, 3, 26), date(2027, 12, 25)]


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_model_sees_nothing_after_its_origin(name: str) -> None:
    series = made(200)
    other = replace(series, counts=np.where(np.arange(200)[:, None] < 150, series.counts, 999.0))
    assert np.array_equal(MODELS[name](series.until(150), 28, None), MODELS[name](other.until(150), 28, None))


@pytest.mark.parametrize("name", sorted(set(MODELS) - {"seasonal_naive"}))
def test_a_model_finds_weekday_and_profile(name: str) -> None:
    made_up = MODELS[name](made(140), 14, None)
    truth = np.tile(WEEK, 2)[:, None] * SHAPE
    assert np.abs(made_up - truth).sum() / truth.sum() < {"four_week_mean": 0.16}.get(name, 0.11)
    assert made_up[6].sum() == 0


def test_growth_is_carried_on_and_dies_out() -> None:
    series = made(760, growth=0.2)
    ahead = MODELS["season"](series, 182, None)
    truth = WEEK[(760 + np.arange(182)) % 7, None] * SHAPE * np.exp(0.2 * (760 + np.arange(182)) / 365.25)[:, None]
    assert ahead.sum() / truth.sum() == pytest.approx(1.0, abs=0.04)


def test_the_chosen_model_has_the_least_error_of_all_origins() -> None:
    judged = backtest(made(400, growth=0.3), 91)
    means = {name: judged.mean(name) for name in MODELS}
    assert means[judged.chosen] == min(value for value in means.values() if value is not None)
    assert len(judged.folds) == 4 * len(MODELS)


def test_the_interval_holds_four_in_five_of_days_it_never_saw() -> None:
    inside = []
    for seed in range(6):
        series = made(420, seed=seed)
        known = series.until(329)
        judged = backtest(known, 91)
        _middle, low, high = forecast(known, 91, judged)
        seen = SHAPE > 0
        actual = series.counts[329:]
        open_days = actual.sum(axis=1) > 0
        inside.append(((actual >= low) & (actual <= high))[open_days][:, seen].mean())
    assert 0.75 <= float(np.mean(inside)) <= 0.85


def test_folds_overlap_rather_than_start_before_four_weeks() -> None:
    assert origins(65, 21) == [30, 37, 44]
    assert origins(915, 182) == [460, 551, 642, 733]
    assert origins(20, 182) == [13]
    assert origins(6, 182) == []


def test_origins_that_had_seen_a_year_decide_once_today_has() -> None:
    # Three years: all four have. Two: two had. Fifteen months: none, and later ones do.
    assert judges(origins(1095, 182), 1095) == [640, 731, 822, 913]
    assert judges(origins(730, 182), 730) == [457, 548]
    assert judges(origins(460, 182), 460) == [387, 409, 432]
    assert judges(origins(390, 182), 390) == origins(390, 182)


def test_a_season_is_taken_that_no_origin_of_the_whole_way_could_have_seen() -> None:
    waves = np.exp(0.4 * np.sin(2 * np.pi * np.arange(460 + 182) / 365.25))
    whole = made(460 + 182)
    counts = np.random.default_rng(4).poisson(WEEK[np.arange(460 + 182) % 7, None] * SHAPE * waves[:, None])
    whole = replace(whole, counts=counts.astype(float))
    known = whole.until(460)
    judged = backtest(known, 182)
    assert judged.chosen == "season"
    off = {name: np.abs(MODELS[name](known, 182, None) - whole.counts[460:]).sum() for name in MODELS}
    assert off["season"] == min(off.values())
    # How sure it is was told by origins that look the whole way ahead.
    assert judged.week_errors.shape == (4, 26)


def test_a_short_series_borrows_the_pattern_of_the_long_ones() -> None:
    long, short = made(300), made(18, seed=9)
    alone = MODELS["level_slow"](short, 28, None)
    helped = MODELS["level_slow"](short, 28, pattern_of(long))
    truth = WEEK[(18 + np.arange(28)) % 7, None] * SHAPE
    assert np.abs(helped - truth).sum() < np.abs(alone - truth).sum()


def test_the_profile_follows_when_people_call_at_other_hours() -> None:
    series = made(300)
    # In the last sixteen weeks everybody calls two hours later.
    series.counts[-112:] = np.roll(series.counts[-112:], 4, axis=1)
    ahead = MODELS["level_slow"](series, 7, None)[1]
    later = np.roll(SHAPE, 4) / SHAPE.sum()
    assert np.abs(ahead / ahead.sum() - later).sum() < 0.2
    assert np.abs(ahead / ahead.sum() - SHAPE / SHAPE.sum()).sum() > 0.3


def test_a_short_history_combines_settings_and_its_error_is_told_without_the_fold() -> None:
    series = made(100)
    judged = backtest(series, 28)
    assert {fold.model for fold in judged.folds} == {*combining.FLOORS, combining.NAME}
    assert judged.chosen == combining.NAME
    stands = combining.dense_origins(100, 28, 7)
    assert stands == list(range(28, 94, 5))
    *picks, whole = combining.best_of(series, stands, 28, None)
    assert judged.settings == whole
    told = next(fold.wape for fold in judged.folds if fold.model == combining.NAME)
    ahead = combining.combined(series.until(28), 28, picks[0], None)
    actual = series.counts[28:56]
    assert told == pytest.approx(np.abs(ahead - actual).sum() / actual.sum())


def test_what_is_combined_does_not_depend_on_the_fold_it_is_judged_on() -> None:
    series = made(70)
    stands = [30, 60]
    wild = replace(series, counts=np.where(np.arange(70)[:, None] < 60, series.counts, 500.0))
    before, after = (combining.best_of(one, stands, 10, None) for one in (series, wild))
    # Without its own fold the choice at day 60 knows nothing of what came then.
    assert before[1] == after[1]
    assert before[0] != after[0]


def test_origins_of_a_short_history_are_many_and_end_a_week_before_it() -> None:
    assert combining.dense_origins(65, 28, 7) == list(range(28, 59, 2))
    assert combining.dense_origins(30, 28, 7) == []
