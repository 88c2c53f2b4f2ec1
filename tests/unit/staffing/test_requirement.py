"""Agents for an interval: whole, the fewest, alike however they are sought; nonsense is refused in a sentence."""

from __future__ import annotations

import heapq
from time import process_time

import numpy as np
import pytest

from analytics.staffing import erlang, patience
from analytics.staffing.requirement import Targets, Work, agents_for, meets, required, service_level
from warehouse.errors import UsageError

LOADS = np.random.default_rng(5).uniform(0.1, 120, 400)


LEVEL, WAIT, BUSY = Targets(0.8, 20), Targets(None, 20, asa_seconds=15), Targets(0.9, 10, occupancy=0.85)
LOST = Targets(None, abandonment=0.03)


@pytest.mark.parametrize("case", ["level", "wait", "busy", "impatient level", "impatient wait", "impatient lost"])
def test_so_many_reach_the_target_and_one_fewer_does_not(case: str) -> None:
    work = Work(300, 90 if "impatient" in case else None)
    targets = {"level": LEVEL, "wait": WAIT, "busy": BUSY, "lost": LOST}[case.split()[-1]]
    agents = required(LOADS, work, targets)
    assert meets(agents, LOADS, work, targets).all()
    assert not meets(agents - 1, LOADS, work, targets).any()


def test_each_load_alone_gives_what_all_together_give() -> None:
    work, targets = Work(240, 180), Targets(0.8, 20)
    together = required(LOADS, work, targets)
    assert together.tolist() == [int(required(np.array([load]), work, targets)[0]) for load in LOADS]


def test_the_climb_and_the_capacity_agree() -> None:
    climbed = erlang.required_patient(LOADS, 1, 1, 0.8, 20 / 300)
    assert (climbed == required(LOADS, Work(300), Targets(0.8, 20))).all()


def test_a_year_of_half_hours_for_fifty_queues_takes_under_two_seconds() -> None:
    loads = np.random.default_rng(1).uniform(0.1, 500, 876_000)
    begun = process_time()
    assert required(loads, Work(300, 240), Targets(0.8, 20)).min() >= 1
    assert process_time() - begun < 2


def test_ten_thousand_erlangs_are_no_harder() -> None:
    told = agents_for(100_000, 1800, Work(180, 300), Targets(0.8, 20))
    assert told["service_level"] == pytest.approx(0.8005, abs=1e-4)
    # A large overloaded queue loses what it cannot carry: 1 − n/a.
    assert told["abandonment"] == pytest.approx(1 - told["agents"] / 10_000, rel=1e-6)
    assert agents_for(100_000, 1800, Work(180), Targets(0.8, 20))["agents"] == 10_013


@pytest.mark.parametrize(
    ("calls", "agents", "within", "mean"), [(100, 12, 20, 300), (400, 50, 15, 900), (10, 1, 30, 150)]
)
def test_the_closed_form_is_the_stationary_queue(calls: float, agents: int, within: float, mean: float) -> None:
    slow = erlang.impatient(calls, 1800, 240, agents, within, mean)
    load = calls * 240 / 1800
    told = patience.outcome(load, agents, 240, mean, within)
    assert float(told.service_level) == pytest.approx(slow.service_level, rel=1e-9)
    assert float(told.abandonment) == pytest.approx(slow.abandonment, rel=1e-9)
    assert float(patience.served_wait(load, agents, 240, mean)) == pytest.approx(slow.asa_seconds, rel=1e-6)


@pytest.mark.parametrize(("agents", "mean"), [(10, 60.0), (14, 300.0)])
def test_a_simulated_queue_agrees_within_its_error(agents: int, mean: float) -> None:
    batches = np.array([simulate(agents, mean, seed) for seed in range(12)])
    error = batches.std(axis=0, ddof=1) / np.sqrt(len(batches))
    told = patience.outcome(10.0, agents, 180.0, mean, 20.0)
    expected = np.array([told.service_level, told.abandonment, told.waiting])
    assert (np.abs(batches.mean(axis=0) - expected) <= 4 * error).all()


@pytest.mark.parametrize("agents", [12, 14])
def test_a_simulated_queue_of_patient_callers_agrees_with_erlang_c(agents: int) -> None:
    # Long waits hang together for a long time: batches are long, and their mean is compared with its own error.
    batches = np.array([simulate(agents, np.inf, seed, 20_000) for seed in range(12)])
    error = batches.std(axis=0, ddof=1) / np.sqrt(len(batches))
    told = erlang.patient(100, 1800, 180, agents, 20)
    expected = np.array([told.service_level, 0.0, told.probability_of_waiting])
    assert (np.abs(batches.mean(axis=0) - expected) <= 4 * error).all()
    assert error.max() < 0.02


@pytest.mark.parametrize("agents", [6, 10, 14])
def test_a_simulated_group_of_lines_agrees_with_erlang_b(agents: int) -> None:
    # Nobody waits: whoever finds all lines busy is lost.
    batches = np.array([simulate(agents, 1e-9, seed)[1] for seed in range(12)])
    error = batches.std(ddof=1) / np.sqrt(len(batches))
    assert abs(batches.mean() - erlang.erlang_b(agents, 10.0)) <= 4 * error
    assert error < 0.005


def simulate(agents: int, mean_patience: float, seed: int, calls: int = 6_000) -> tuple[float, float, float]:
    """(answered in 20 s, hung up, waited) of a queue run event by event: 100 calls in 30 minutes, 180 s each."""
    rng = np.random.default_rng(seed)
    arrivals = np.cumsum(rng.exponential(18.0, calls))
    work, patient = rng.exponential(180.0, calls), mean_patience * rng.standard_exponential(calls)
    free = [0.0] * agents
    in_time = lost = waited = 0
    for arrival, duration, limit in zip(arrivals, work, patient, strict=True):
        begin = max(arrival, free[0])
        waited += begin > arrival
        if begin - arrival > limit:
            lost += 1
            continue
        heapq.heapreplace(free, begin + duration)
        in_time += begin - arrival <= 20
    return in_time / calls, lost / calls, waited / calls


def test_fractions_of_an_agent_lie_between_whole_ones() -> None:
    levels = service_level(np.full(3, 5.0), np.array([6.0, 6.5, 7.0]), Work(300, 200), 20)
    assert levels[0] < levels[1] < levels[2]


def test_without_calls_nobody_is_needed() -> None:
    told = agents_for(0, 1800, Work(180), Targets())
    assert (told["agents"], told["scheduled"], told["service_level"]) == (0, 0, None)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Work(-180), "Handling time is in seconds above zero"),
        (lambda: Work(180, 0), "leave it out for callers who never hang up"),
        (lambda: Targets(1.0), "no finite number of agents"),
        (lambda: Targets(0), "lies between 0 and 1"),
        (lambda: Targets(None), "Name at least one target"),
        (lambda: Targets(0.8, -1), "threshold"),
        (lambda: agents_for(-1, 1800, Work(180), Targets()), "number of calls"),
        (lambda: agents_for(1, 0, Work(180), Targets()), "interval"),
        (lambda: agents_for(1, 1800, Work(180), Targets(), 1.0), "Shrinkage"),
        (lambda: required(np.array([np.inf]), Work(180), Targets()), "finite"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_a_sentence(make: object, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        make()  # type: ignore[operator]


def test_patience_is_found_again_from_censored_waits() -> None:
    rng = np.random.default_rng(3)
    patient, offered = rng.exponential(200, 40_000), rng.exponential(30, 40_000)
    gone = patient < offered
    found = patience.estimate_patience(float(np.minimum(patient, offered).sum()), int(gone.sum()))
    assert found.low is not None
    assert found.high is not None
    assert found.low < 200 < found.high
    # The mean wait of those who hung up would be far off.
    assert patient[gone].mean() < 60


def test_too_few_hang_ups_say_nothing_about_patience() -> None:
    assert patience.estimate_patience(1000.0, 19).seconds is None


def test_patience_by_hand() -> None:
    # 80 people waited 50 s each and were answered, 20 hung up after 70 s: (4000 + 1400) ÷ 20.
    assert patience.estimate_patience(5400.0, 20).seconds == 270
