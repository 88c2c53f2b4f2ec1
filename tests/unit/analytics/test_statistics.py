"""Every formula against the worked numbers and against an oracle that shares no code with it."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy import stats

from analytics.statistics import distributions
from analytics.statistics.clustered import (
    Extra,
    difference,
    influence,
    mean_against,
    proportion_against,
    rate_against,
)
from analytics.statistics.families import benjamini_hochberg, simpson
from analytics.statistics.intervals import adjusted_wald_nps, mean_t, poisson_rate, wilson
from analytics.statistics.survival import kaplan_meier
from analytics.statistics.testing import design_effect, ratio_variance
from analytics.statistics.wander import wander
from analytics.swot.comparing import WANDER_DF


def test_wilson_of_nine_in_ten_and_of_450_in_500() -> None:
    assert [round(100 * end, 1) for end in wilson(9, 10)] == [59.6, 98.2]  # type: ignore[operator]
    assert [round(100 * end, 1) for end in wilson(450, 500)] == [87.1, 92.3]  # type: ignore[operator]
    for k, n in ((0, 7), (7, 7), (3, 50)):
        oracle = stats.binomtest(k, n).proportion_ci(method="wilson")
        assert wilson(k, n) == pytest.approx((oracle.low, oracle.high))
    assert wilson(0, 0) == (None, None)


def test_the_adjusted_interval_of_a_net_promoter_score() -> None:
    low, high = adjusted_wald_nps(50, 30, 20)
    assert (round(low or 0, 1), round(high or 0, 1)) == (14.1, 44.2)
    assert adjusted_wald_nps(0, 0, 0) == (None, None)


def test_the_mean_interval_is_students() -> None:
    values = np.array([4, 5, 3, 5, 5, 2.0])
    oracle = stats.t.interval(0.95, 5, values.mean(), stats.sem(values))
    assert mean_t(values.sum(), (values**2).sum(), 6) == pytest.approx(oracle)
    assert mean_t(4, 16, 1) == (None, None)


@pytest.mark.parametrize("events", [0, 1, 12, 499, 501, 20_000])
def test_the_rate_interval_is_garwoods(events: int) -> None:
    low, high = stats.gamma.ppf(0.025, events) if events else 0.0, stats.gamma.ppf(0.975, events + 1)
    assert poisson_rate(events, 10) == pytest.approx((low / 10, high / 10), rel=1e-4)


@pytest.mark.parametrize("p", [0.001, 0.025, 0.4, 0.9, 0.975, 0.9999])
def test_our_quantiles_are_scipys(p: float) -> None:
    for df in (1, 2.5, 9, 199, 201, 5000):
        assert distributions.student_t_quantile(p, df) == pytest.approx(stats.t.ppf(p, df), rel=1e-7)
    for shape in (0.3, 1, 7, 400):
        assert distributions.gamma_quantile(p, shape) == pytest.approx(stats.gamma.ppf(p, shape), rel=1e-8)
    for n, q in ((1, 0.5), (20, 0.9), (3000, 0.25)):
        assert distributions.binomial_quantile(p, n, q) == stats.binom.ppf(p, n, q)


def test_benjamini_hochberg_of_five() -> None:
    adjusted = benjamini_hochberg([0.001, 0.015, 0.025, 0.045, 0.20])
    assert adjusted == pytest.approx([0.005, 0.0375, 0.0417, 0.0563, 0.20], abs=5.1e-5)
    assert sum(p <= 0.05 for p in adjusted) == 3
    shuffled = benjamini_hochberg([0.20, 0.025, 0.001, 0.045, 0.015])
    assert sorted(shuffled) == adjusted and shuffled[2] == adjusted[0]
    assert benjamini_hochberg([]) == []
    values = np.random.default_rng(5).uniform(size=60) ** 3
    assert benjamini_hochberg(values.tolist()) == pytest.approx(stats.false_discovery_control(values))


def test_two_sides_whose_clusters_weigh_the_same_are_tested_by_welchs_t() -> None:
    rng = np.random.default_rng(2)
    a, b = rng.normal(5, 1, 12), rng.normal(5.7, 4, 40)
    oracle = stats.ttest_ind(a, b, equal_var=False)
    sides = [influence(a, np.ones(12)), influence(b, np.ones(40))]
    found = difference(a.mean(), b.mean(), sides, "Welch", n=12)
    assert (found.p, found.df) == (pytest.approx(oracle.pvalue), pytest.approx(oracle.df))
    interval = oracle.confidence_interval()
    # Degrees of freedom are cut down to a grid: a little wider, never narrower.
    assert interval.low - 0.01 < found.low <= interval.low and interval.high <= found.high < interval.high + 0.01


def test_a_blend_against_all_its_parts_is_flagged() -> None:
    found = simpson([(90, 100), (20, 50)], [(46, 50), (45, 100)])
    assert found.is_reversed
    assert (round(100 * found.first, 1), round(100 * found.second, 1)) == (73.3, 60.7)
    assert found.mix + found.rate == pytest.approx(found.first - found.second)
    assert found.rate < 0 < found.mix
    assert not simpson([(90, 100), (20, 50)], [(45, 50), (30, 100)]).is_reversed


def test_half_are_filled_in_thirty_days_when_two_are_still_open() -> None:
    curve = kaplan_meier([(20, 1, 0), (30, 1, 0), (90, 0, 1), (120, 0, 1)])
    assert [(s.time, s.survival) for s in curve.steps] == [(20, 0.75), (30, 0.5)]
    assert curve.quantile(0.5)[0] == 30
    assert curve.quantile(0.9)[0] is None


def test_kaplan_meier_is_scipys_also_with_ties() -> None:
    rng = np.random.default_rng(3)
    times, happened = rng.integers(1, 15, 80).astype(float), rng.uniform(size=80) < 0.6
    rows = [(float(t), int(h), int(not h)) for t, h in zip(times, happened, strict=True)]
    oracle = stats.ecdf(stats.CensoredData(uncensored=times[happened], right=times[~happened])).sf
    ours = {s.time: s.survival for s in kaplan_meier(rows).steps}
    theirs = dict(zip(oracle.quantiles.tolist(), oracle.probabilities.tolist(), strict=True))
    assert all(ours[t] == pytest.approx(theirs[t]) for t in ours)


def test_independent_observations_give_the_plain_score_test() -> None:
    # One observation a cluster and no extra variation: design effect 1, z² as in any textbook.
    y = np.array([1.0] * 450 + [0.0] * 50)
    found = proportion_against(y, np.ones(500), 0.85, "")
    assert found.design_effect == pytest.approx(1, abs=0.01)
    z = (0.9 - 0.85) / math.sqrt(0.85 * 0.15 / 500)
    assert found.p == pytest.approx(2 * stats.norm.sf(z), rel=0.1)
    assert (found.low + 0.85, found.high + 0.85) == pytest.approx(wilson(450, 500), abs=0.001)


def test_days_that_move_together_widen_the_interval_by_their_design_effect() -> None:
    days = [(95, 100), (65, 100)] * 15
    y, x = np.array(days, float).T
    found = proportion_against(y, x, 0.85, "")
    # By hand: residuals ±15, variance 30/29 · 30·225 ÷ 3000² against 0.8·0.2 ÷ 3000.
    assert found.design_effect == pytest.approx(30 / 29 * 30 * 225 / 3000**2 / (0.16 / 3000))
    assert found.p > 0.05 > 2 * stats.norm.sf(0.05 / math.sqrt(0.85 * 0.15 / 3000))


def test_the_variance_of_a_ratio_is_the_bootstraps() -> None:
    rng = np.random.default_rng(8)
    x = rng.poisson(200, 60).astype(float)
    y = x * np.clip(rng.normal(0.7, 0.1, 60), 0, 1)
    picks = rng.integers(0, 60, (4000, 60))
    resampled = y[picks].sum(axis=1) / x[picks].sum(axis=1)
    assert math.sqrt(ratio_variance(y, x)) == pytest.approx(resampled.std(), rel=0.08)


def _false_alarms(test: str) -> float:
    """How often a true null is rejected at 5 %: 30 days, day effects with an intraclass correlation near 0.03."""
    rng, alarms, runs = np.random.default_rng(11), 0, 1500
    a = 0.8 * (1 / 0.03 - 1)
    for _ in range(runs):
        n = rng.poisson(150, 30)
        p = rng.beta(a, a / 4, 30)
        y = rng.binomial(n, p)
        if test == "clustered":
            alarms += proportion_against(y, n, 0.8, "").p < 0.05
        else:
            z = (y.sum() / n.sum() - 0.8) / math.sqrt(0.16 / n.sum())
            alarms += abs(z) > 1.96
    return alarms / runs


def test_the_clustered_test_keeps_its_five_per_cent_where_the_naive_one_does_not() -> None:
    assert 0.03 <= _false_alarms("clustered") <= 0.07
    assert _false_alarms("naive") > 0.3


def test_a_rate_is_tested_with_its_own_dispersion() -> None:
    hours = np.full(30, 100.0)
    calm = rate_against(np.full(30, 10.0), hours, 0.12, "")
    wild = rate_against(np.array([0.0, 20] * 15), hours, 0.12, "")
    assert calm.design_effect == 1 and wild.design_effect == pytest.approx(30 * 10 / 29)
    assert calm.p < wild.p and calm.difference == pytest.approx(-0.02)
    # φ = 1: z = ln(10/12) ÷ (1/√300), judged by t with 29 degrees of freedom.
    assert calm.p == pytest.approx(2 * stats.t.sf(abs(math.log(10 / 12)) * math.sqrt(300), 29))
    assert 0 < rate_against(np.zeros(30), hours, 0.01, "").p < 1e-10


def test_a_share_without_any_variation_is_not_certain() -> None:
    for successes in (0.0, 40.0):
        found = proportion_against(np.full(3, successes), np.full(3, 40.0), 0.9, "")
        assert found.high - found.low > 0.02
    assert design_effect([40] * 3, [40] * 3) == 1


def test_adjustment_is_monotone_and_never_below_the_raw_p() -> None:
    for values in itertools.product([0.001, 0.02, 0.2, 1.0], repeat=4):
        adjusted = benjamini_hochberg(values)
        assert all(a >= p for a, p in zip(adjusted, values, strict=True)) and max(adjusted) <= 1


def test_clusters_that_do_not_vary_are_no_proof() -> None:
    still, tens = np.full(12, 3.0), np.full(12, 10.0)
    found = mean_against(still, tens, 0.5, "")
    assert found.p == 1.0 and math.isinf(found.low)
    assert difference(0.3, 0.5, [influence(still, tens), influence(tens / 2, tens)], "", n=120).p == 1.0


def _months(between: float, step: float = 0.0, seed: int = 6) -> tuple[list[float], list[float]]:
    """Two years of shares of 3,000: their own sampling, and a level that wanders by ``between``."""
    rng = np.random.default_rng(seed)
    levels = 0.8 + rng.normal(0, between, 24) + step * (np.arange(24) >= 18)
    return (rng.binomial(3000, levels) / 3000).tolist(), [0.16 / 3000] * 24


def test_wander_is_what_sampling_does_not_explain() -> None:
    still = [wander(*_months(0.0, seed=s)) or 0.0 for s in range(300)]
    moving = [wander(*_months(0.02, seed=s)) or 0.0 for s in range(300)]
    stepped = [wander(*_months(0.02, step=0.1, seed=s)) or 0.0 for s in range(300)]
    assert np.median(still) < 0.004**2
    assert np.mean(moving) == pytest.approx(0.02**2, rel=0.15)
    assert np.median(stepped) < 1.6 * np.median(moving), "a lasting step is an effect and no wander"


def test_wander_needs_a_year() -> None:
    assert wander([0.8] * 11, [1e-4] * 11) is None


def test_a_level_that_wanders_from_month_to_month_is_not_taken_for_an_effect() -> None:
    rng, naive, alarms, runs = np.random.default_rng(21), 0, 0, 400
    for seed in range(runs):
        values, variances = _months(0.02, seed=seed)
        n = rng.poisson(100, 30)
        y = rng.binomial(n, 0.8 + rng.normal(0, 0.02))
        naive += proportion_against(y, n, 0.8, "").p < 0.05
        strays = Extra(wander(values, variances) or 0.0, WANDER_DF)
        alarms += proportion_against(y, n, 0.8, "", [strays]).p < 0.05
    assert naive / runs > 0.25 and 0.02 < alarms / runs < 0.08
