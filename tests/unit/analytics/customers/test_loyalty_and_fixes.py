"""The loyalty link, the chance of leaving, and whether a fix helped."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest

from analytics.customers.complaints import judged
from analytics.customers.interruptions import interrupted
from analytics.customers.loyalty import Loyal, churn_risk, link


def test_ninety_of_a_hundred_stay_against_seventy_of_a_hundred() -> None:
    found = link(Loyal("satisfied", 100, 90), Loyal("dissatisfied", 100, 70))
    assert found is not None
    assert found.difference == pytest.approx(0.2)
    # Newcombe's method 10 by hand: Wilson [.8256, .9448] and [.6042, .7811].
    assert (found.low, found.high) == (pytest.approx(0.0900, abs=2e-3), pytest.approx(0.3058, abs=2e-3))
    assert found.odds_ratio == pytest.approx(90.5 * 30.5 / 10.5 / 70.5, abs=1e-6)
    assert found.p == pytest.approx(0.00041, abs=3e-5)


def test_four_customers_make_no_link() -> None:
    assert link(Loyal("satisfied", 100, 90), Loyal("dissatisfied", 4, 1)) is None


def test_ten_leavers_in_a_hundred_customer_years() -> None:
    found = churn_risk(10, 100)
    assert found is not None
    # Garwood's limits of 10 events: 4.7954 and 18.3904.
    expected = [1 - math.exp(-x / 100) for x in (10, 4.7954, 18.3904)]
    assert [found.chance, found.low, found.high] == pytest.approx(expected, abs=1e-5)
    assert churn_risk(0, 0) is None


def series(step: float, n: int = 52, seed: int = 3) -> list[float]:
    rng = np.random.default_rng(seed)
    noise = [0.0]
    for _ in range(n):
        noise.append(0.5 * noise[-1] + rng.normal(0, 0.01))
    return [0.2 + (step if k >= n // 2 else 0.0) + noise[k] for k in range(n)]


def test_a_planted_step_is_found_inside_its_interval() -> None:
    found = interrupted(series(-0.08), 26)
    assert found is not None
    assert found.step_low <= -0.08 <= found.step_high and found.fell and found.step_p < 0.001


def test_a_series_without_a_step_shows_one_in_an_eighth_of_trials_at_most() -> None:
    wrong = 0
    for seed in range(200):
        found = interrupted(series(0.0, seed=seed), 26)
        assert found is not None
        wrong += found.step_p < 0.05
    # 52 weeks with autocorrelation 0.5: Newey and West alone are wrong in 38 of these 200, this in about 20.
    assert wrong <= 25


def test_exact_numbers_of_a_hand_made_series() -> None:
    # Level 10, then 6 from the ninth period on, no noise: step −4 exactly.
    found = interrupted([10.0] * 8 + [6.0] * 4, 8)
    assert found is not None
    assert (found.before, found.step, found.slope_change) == (pytest.approx(10), pytest.approx(-4), pytest.approx(0))


def test_three_weeks_after_are_too_early() -> None:
    assert interrupted([1.0] * 20, 17) is None
    weeks = {date(2026, 1, 5) + timedelta(weeks=k): {"Invoice": [3.0, 20.0], "Other": [1.0, 20.0]} for k in range(30)}
    fix = {"topic": "Invoice", "fixed_on": date(2026, 7, 8), "what": "", "owner": ""}
    assert judged(fix, weeks, date(2026, 8, 1))["verdict"] == "too early"


def test_a_topic_that_was_mended_falls_while_the_others_stay() -> None:
    monday, rng = date(2026, 1, 5), np.random.default_rng(2)
    weeks = {
        monday + timedelta(weeks=k): {
            "Invoice": [float(rng.binomial(200, 0.3 if k < 26 else 0.1)), 200.0],
            "Other": [float(rng.binomial(400, 0.1)), 400.0],
        }
        for k in range(50)
    }
    fix = {"topic": "Invoice", "fixed_on": monday + timedelta(weeks=26, days=2), "what": "", "owner": ""}
    found = judged(fix, weeks, date(2027, 1, 1))
    assert found["verdict"] == "fell" and found["low"] <= -0.2 <= found["high"]
    assert (found["weeks_before"], found["weeks_after"]) == (26, 23)
    assert abs(found["other_step"]) < 0.05
