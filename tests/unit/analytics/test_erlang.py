"""Erlang B, C and A against published values, each other, and a simulation of the queue."""

from __future__ import annotations

import heapq

import numpy as np
import pytest

from analytics.staffing.erlang import (
    compound,
    erlang_b,
    erlang_c,
    impatient,
    patient,
    required_patient,
    scheduled,
)
from warehouse.errors import UsageError


def test_a_hundred_calls_in_half_an_hour_need_fourteen() -> None:
    failing, enough = patient(100, 1800, 180, 13, 20), patient(100, 1800, 180, 14, 20)
    assert round(failing.service_level, 4) == 0.7956 and round(enough.service_level, 4) == 0.8884
    assert round(enough.probability_of_waiting, 4) == 0.1741
    assert round(enough.asa_seconds, 2) == 7.84 and round(enough.occupancy, 3) == 0.714
    assert required_patient(100, 1800, 180, 0.8, 20) == 14
    assert scheduled(14, 0.30) == 20 and scheduled(14, 0.25) == 19


def test_published_values_of_b_and_c() -> None:
    assert erlang_b(1, 1.0) == 0.5 and erlang_b(2, 1.0) == 0.2
    assert round(erlang_c(25, 20.0), 4) == 0.2091
    busy = patient(360, 1800, 240, 55, 15)
    assert round(busy.probability_of_waiting, 4) == 0.2387
    assert round(busy.asa_seconds, 2) == 8.18 and round(busy.service_level, 4) == 0.8459


def test_staffing_for_the_mean_fails_the_busy_interval() -> None:
    assert required_patient(np.array([40, 80, 60]), 1800, 180, 0.8, 20).tolist() == [7, 11, 9]
    assert round(patient(80, 1800, 180, 9, 20).service_level, 3) == 0.415


def test_shrinkage_compounds_and_divides() -> None:
    assert compound(0.2, 0.15) == pytest.approx(0.32)
    # 21 ÷ 0.7 is 30.000000000000004 in binary digits, and still nobody stands beside the thirty.
    assert scheduled(21, 0.30) == 30
    with pytest.raises(UsageError, match="below 1"):
        scheduled(14, 1.0)


def test_erlang_a_of_fifty_agents() -> None:
    found = impatient(48, 60, 60, 50, 20, 120)
    assert round(found.probability_of_waiting, 4) == 0.4678 and round(found.abandonment, 4) == 0.0309
    assert round(found.mean_wait_seconds, 2) == 3.71 and round(found.occupancy, 3) == 0.930


def test_erlang_a_with_endless_patience_is_erlang_c() -> None:
    a, c = impatient(100, 1800, 180, 14, 20, 1e9), patient(100, 1800, 180, 14, 20)
    for name in ("service_level", "probability_of_waiting", "asa_seconds", "occupancy"):
        assert getattr(a, name) == pytest.approx(getattr(c, name), rel=1e-5), name


def test_whoever_is_not_served_has_hung_up() -> None:
    found = impatient(48, 60, 60, 50, 100_000, 120)
    assert found.service_level == pytest.approx(1 - found.abandonment, abs=1e-9)


def _simulated(agents: int, seed: int, arrivals: int = 40_000) -> tuple[float, float, float]:
    """48 calls and 60 s each, patience 120 s: answered in 5 s, abandonment, mean wait of the served, by simulation."""
    rng = np.random.default_rng(seed)
    times = np.cumsum(rng.exponential(60 / 48, arrivals))
    handling, limits = rng.exponential(60, arrivals), rng.exponential(120, arrivals)
    free = [0.0] * agents
    in_time, waits = 0, []
    for now, need, limit in zip(times, handling, limits, strict=True):
        wait = max(free[0] - now, 0.0)
        if wait > limit:
            continue
        heapq.heapreplace(free, now + wait + need)
        in_time += wait <= 5
        waits.append(wait)
    return in_time / arrivals, 1 - len(waits) / arrivals, float(np.mean(waits))


@pytest.mark.parametrize("agents", [45, 50, 55])
def test_erlang_a_agrees_with_a_simulated_queue_within_its_error(agents: int) -> None:
    runs = np.array([_simulated(agents, seed) for seed in range(12)])
    found = impatient(48, 60, 60, agents, 5, 120)
    errors = runs.std(axis=0, ddof=1) / np.sqrt(len(runs))
    off = np.abs(runs.mean(axis=0) - [found.service_level, found.abandonment, found.asa_seconds])
    assert (off < 4 * errors).all() and (errors < [0.01, 0.002, 0.4]).all()


@pytest.mark.parametrize("within", [0.5, 5, 60])
def test_erlang_a_answers_what_the_density_of_the_virtual_wait_says(within: float) -> None:
    # Closed form: v(x) ∝ exp(λ/θ·(1 − e^(−θx)) − nμx), an arrival is served by t with ∫₀ᵗ v(x)·e^(−θx) dx.
    arrive, leave, serve = 48 / 60, 1 / 120, 50 / 60
    x = np.linspace(0, 900, 900_001)
    density = np.exp(arrive / leave * (1 - np.exp(-leave * x)) - serve * x)
    found = impatient(48, 60, 60, 50, within, 120)
    served = (density * np.exp(-leave * x))[x <= within].sum() / density.sum() * found.probability_of_waiting
    assert found.service_level == pytest.approx(1 - found.probability_of_waiting + served, abs=2e-4)


def test_ten_thousand_erlangs_are_stable() -> None:
    assert 10_000 < required_patient(100_000, 1800, 180, 0.8, 20) < 10_100
    assert 0 < impatient(100_000, 1800, 180, 9_900, 20, 120).abandonment < 0.02
    assert 0 < erlang_b(10_000, 10_000.0) < 0.01


def test_climbing_together_gives_what_each_load_needs_alone() -> None:
    calls = np.random.default_rng(1).uniform(0.1, 400, 200)
    together = required_patient(calls, 1800, 180, 0.8, 20)
    for one, needed in zip(calls, together, strict=True):
        assert patient(one, 1800, 180, needed, 20).service_level >= 0.8
        assert needed == 1 or patient(one, 1800, 180, needed - 1, 20).service_level < 0.8


@pytest.mark.parametrize(
    ("what", "says"),
    [
        (lambda: patient(100, 1800, -180, 14, 20), "above zero"),
        (lambda: patient(-1, 1800, 180, 14, 20), "negative load"),
        (lambda: required_patient(100, 1800, 180, 1.0, 20), "between 0 and 1"),
        (lambda: impatient(48, 60, 60, 50, 20, 0), "Patience"),
    ],
)
def test_nonsense_is_refused_in_a_sentence(what: object, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        what()  # type: ignore[operator]


def test_nobody_answers_an_empty_desk() -> None:
    assert impatient(10, 60, 60, 0, 20, 120).abandonment == 1.0
    assert erlang_c(3, 5.0) == 1.0
    assert patient(100, 600, 60, 5, 20).service_level == 0.0
