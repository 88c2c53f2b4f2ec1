"""Shares with random effects: right on average, clustered, repeatable."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from demo import rates
from demo.queueing import answered_within, staff_for, waiting


@pytest.mark.parametrize("share", [0.005, 0.05, 0.5, 0.8, 0.95])
def test_a_calibrated_share_is_reached_on_average_in_spite_of_random_effects(share: float) -> None:
    rng = np.random.default_rng(1)
    n, variance = 400_000, 3 * rates.CLUSTER_SD**2
    logits = rates.calibrated(share, rng.normal(0, 0.6, n), variance)
    reached = expit(logits + rng.normal(0, np.sqrt(variance), n)).mean()
    assert reached == pytest.approx(share, rel=0.01)


@pytest.mark.parametrize("share", [0.005, 0.05, 0.8])
def test_a_share_without_pressure_is_reached_too(share: float) -> None:
    rng = np.random.default_rng(5)
    effects = rng.normal(0, 2 * rates.CLUSTER_SD, 400_000)
    logits = rates.calibrated(share, np.zeros(400_000), 4 * rates.CLUSTER_SD**2)
    assert expit(logits + effects).mean() == pytest.approx(share, rel=0.01)


def test_groups_are_calibrated_apart() -> None:
    rng = np.random.default_rng(2)
    group = np.repeat([0, 1], 100_000)
    target = np.where(group == 0, 0.6, 0.9)
    logits = rates.calibrated(target, rng.normal(0, 0.8, 200_000), 0.0, group)
    assert np.bincount(group, expit(logits)) / 100_000 == pytest.approx([0.6, 0.9], abs=0.002)


def test_rows_of_a_cluster_are_alike_by_at_least_two_per_cent() -> None:
    rng = np.random.default_rng(3)
    days, size = 4_000, 60
    effect = np.repeat(rng.normal(0, rates.CLUSTER_SD, days), size)
    hits = rates.draw(rng, rates.calibrated(0.8, np.zeros(days * size), rates.CLUSTER_SD**2) + effect).reshape(
        days, size
    )
    between, within = size * hits.mean(axis=1).var(ddof=1), hits.var(axis=1, ddof=1).mean()
    assert (between - within) / (between + (size - 1) * within) > 0.009
    # On the scale of the effects themselves, where the correlation is defined.
    assert rates.CLUSTER_SD**2 / (rates.CLUSTER_SD**2 + np.pi**2 / 3) >= 0.02


def test_a_customers_effect_is_always_the_same_and_normal() -> None:
    effect = rates.customer_effect(np.arange(200_000), 7)
    assert np.array_equal(effect[5:9], rates.customer_effect(np.arange(5, 9), 7))
    assert effect.mean() == pytest.approx(0, abs=0.003)
    assert effect.std() == pytest.approx(rates.CLUSTER_SD, rel=0.01)
    assert abs(np.corrcoef(effect[:-1], effect[1:])[0, 1]) < 0.01


def test_month_effects_are_autocorrelated() -> None:
    series = rates.autocorrelated(np.random.default_rng(4), 20_000, 1.0, 0.6)
    assert np.corrcoef(series[:-1], series[1:])[0, 1] == pytest.approx(0.6, abs=0.03)
    assert series.std() == pytest.approx(1.0, rel=0.04)


def test_the_chance_of_waiting_is_near_erlang_a() -> None:
    # 48 calls a minute of one minute, 50 agents, mean patience two minutes: 0.4678 exactly.
    chance = waiting(np.array([48.0]), np.array([50.0]), 60.0, 120.0)[0]
    assert chance == pytest.approx(0.4678, abs=0.03)


def test_more_staff_means_less_waiting_and_more_load_more() -> None:
    staff = np.linspace(8, 30, 40)
    share = answered_within(np.full(40, 10.0), staff, 300.0, 150.0, 20.0)
    assert (np.diff(share) >= 0).all() and share[0] < 0.5 and share[-1] > 0.99
    assert waiting(np.array([12.0]), np.array([12.0]), 300, 150) > waiting(np.array([8.0]), np.array([12.0]), 300, 150)


def test_staff_is_found_that_reaches_the_goal() -> None:
    load = np.array([1.0, 4.0, 9.0, 20.0])
    staff = staff_for(load, load, 300.0, 150.0, 20.0, 0.8)
    share = answered_within(load, staff, 300.0, 150.0, 20.0)
    assert (share * load).sum() / load.sum() == pytest.approx(0.8, abs=1e-3)
