"""Kaplan–Meier with late entry, Cox's ratios and the hazard of leaving: by hand, and against another implementation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from scipy.stats import CensoredData, ecdf

from analytics.staffing import leaving_rows
from analytics.staffing.leaving import KNOTS, Hazard, leaving_hazard
from analytics.statistics.hazards import cox, kaplan_meier_entered
from analytics.statistics.survival import kaplan_meier
from tests.unit.staffing.made_up import AS_OF, company, spells_of

ARRAY = np.ndarray


def test_late_entry_by_hand() -> None:
    # Five people: seen from 0 to 2 (left), 0 to 4 (there), 1 to 5 (left), 3 to 6 (left), 5 to 8 (there).
    enter, leave = np.array([0.0, 0, 1, 3, 5]), np.array([2.0, 4, 5, 6, 8])
    happened = np.array([True, False, True, True, False])
    curve = kaplan_meier_entered(enter, leave, happened)
    # At 2: three there, one leaves → 2/3. At 5: two there (the last comes at 5) → 1/3. At 6: two there → 1/6.
    assert [(step.time, step.at_risk) for step in curve.steps] == [(2, 3), (5, 2), (6, 2)]
    assert [step.survival for step in curve.steps] == pytest.approx([2 / 3, 1 / 3, 1 / 6])


def test_without_late_entry_it_is_the_plain_curve() -> None:
    rng = np.random.default_rng(2)
    leave, happened = rng.integers(1, 60, 200).astype(float), rng.random(200) < 0.6
    late = kaplan_meier_entered(np.zeros(200), leave, happened)
    plain = kaplan_meier([(t, int(h), int(not h)) for t, h in zip(leave.tolist(), happened.tolist(), strict=True)])
    assert [s.survival for s in late.steps] == pytest.approx([s.survival for s in plain.steps])
    assert [s.low for s in late.steps] == pytest.approx([s.low for s in plain.steps])


def test_the_curve_is_that_of_another_implementation() -> None:
    rng = np.random.default_rng(5)
    leave, happened = rng.exponential(300, 400).round() + 1, rng.random(400) < 0.5
    sample = CensoredData(uncensored=leave[happened], right=leave[~happened])
    other = ecdf(sample).sf
    told = {step.time: step.survival for step in kaplan_meier_entered(np.zeros(400), leave, happened).steps}
    for time, survival in zip(other.quantiles, other.probabilities, strict=True):
        if time in told:
            assert told[time] == pytest.approx(survival, abs=1e-12)


def test_times_with_few_at_risk_give_no_step() -> None:
    enter, leave = np.array([0.0, 9, 9, 9, 9, 9]), np.array([5.0, 20, 21, 22, 23, 24])
    curve = kaplan_meier_entered(enter, leave, np.ones(6, bool), fewest=5)
    # The one leaver at 5 was alone: nothing is told of that time; at 20 five were there.
    assert [(step.time, step.survival) for step in curve.steps] == [(20, 0.8)]


def test_coxs_ratio_by_hand() -> None:
    # Two pairs: of each, the person of the group leaves first once and second once.
    enter, leave = np.zeros(4), np.array([1.0, 2, 3, 4])
    group = np.array([[1.0], [0], [0], [1]])
    happened = np.array([True, False, True, False])
    # L = e^b ÷ (2e^b + 2) · 1 ÷ (1 + e^b): greatest where e^b + 1 = 2e^b, b = 0.
    assert cox(enter, leave, happened, group).logs[0] == pytest.approx(0.0, abs=1e-9)
    # The first leaver alone: L = e^b ÷ (e^b + 3), penalised by b²: 3 ÷ (e^b + 3) = 2b.
    found = cox(enter, leave, np.array([True, False, False, False]), np.array([[1.0], [0], [0], [0]]), penalty=2.0)
    assert 3 / (np.exp(found.logs[0]) + 3) == pytest.approx(2 * found.logs[0])


def spells(seed: int, people: int = 300) -> tuple[ARRAY, ARRAY, ARRAY, ARRAY]:
    """People of two traits whose hazards are known: the first doubles it, the second halves it; seen late."""
    rng = np.random.default_rng(seed)
    traits = (rng.random((people, 2)) < 0.5).astype(float)
    life = rng.exponential(400 / np.exp(traits @ np.log([2.0, 0.5]))).round() + 1
    enter, until = rng.integers(0, 200, people).astype(float), rng.integers(250, 900, people).astype(float)
    seen = life > enter
    leave = np.minimum(life, until)
    return enter[seen], leave[seen], (life <= until)[seen], traits[seen]


def test_the_ratios_are_those_of_a_plain_likelihood() -> None:
    enter, leave, happened, traits = spells(3)

    def loss(logs: ARRAY) -> float:
        total = 0.5 * 4 * float((logs**2).sum())
        for who in np.flatnonzero(happened):
            there = (enter < leave[who]) & (leave >= leave[who])
            total -= float(traits[who] @ logs - np.log(np.exp(traits[there] @ logs).sum()))
        return total

    other = minimize(loss, np.zeros(2), method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-10})
    assert cox(enter, leave, happened, traits, penalty=4.0).logs == pytest.approx(other.x, abs=1e-5)


def test_the_planted_ratios_are_inside_their_intervals_nineteen_times_in_twenty() -> None:
    inside = []
    for seed in range(60):
        found = cox(*spells(seed, 200))
        inside += list(np.abs(found.logs - np.log([2.0, 0.5])) <= 1.96 * found.errors)
    assert np.mean(inside) >= 0.9


def grown(seed: int, people: int = 3000) -> Hazard:
    """A company whose new people leave at 1 a year in their first 90 days and at 0.3 later; South twice as often."""
    rng = np.random.default_rng(seed)
    rows = []
    for who in range(people):
        team, hired = ("North", "South")[who % 2], -int(rng.integers(0, 2200))
        factor, tenure = (1.0, 2.0)[who % 2], 0.0
        target = rng.exponential()
        early = factor * 90 / 365.25
        tenure = target / (factor / 365.25) if target < early else 90 + (target - early) / (factor * 0.3 / 365.25)
        left = hired + int(tenure)
        rows.append((team, AS_OF + timedelta(days=hired), None if left >= 0 else AS_OF + timedelta(days=left)))
    frame = pd.DataFrame(rows, columns=["team", "hired_on", "left_on"])
    frame["hired_on"], frame["left_on"] = pd.to_datetime(frame.hired_on), pd.to_datetime(frame.left_on)
    for name in ("role_type", "level", "tier"):
        frame[name] = "one"
    return leaving_hazard(replace(company(), spells=spells_of(frame)))


def test_the_planted_hazard_and_ratio_are_found_again() -> None:
    found = grown(1)
    ratios = {one.entity: one for one in found.ratios}
    assert ratios["South"].value / ratios["North"].value == pytest.approx(2.0, rel=0.15)
    north = found.daily * 365.25 * ratios["North"].value
    assert np.average(north[:3], weights=found.days[:3]) == pytest.approx(1.0, rel=0.2)
    assert np.average(north[4:8], weights=found.days[4:8]) == pytest.approx(0.3, rel=0.15)
    # Fewer than half of the South's new people stay for two years, most of the North's do.
    curves = {group.entity: group.curve for group in found.groups}
    at = {name: [s.survival for s in curve.steps if s.time <= 730][-1] for name, curve in curves.items()}
    truth = np.exp(-90 / 365.25 - 0.3 * 640 / 365.25)
    assert at["North"] == pytest.approx(truth, abs=0.04)
    assert at["South"] == pytest.approx(truth**2, abs=0.04)


def test_the_cumulative_hazard_is_the_sum_of_its_stretches() -> None:
    found = leaving_hazard(company())
    assert float(found.cumulative(np.array(100.0))) == pytest.approx(
        float((found.daily[:3] * np.diff(KNOTS)[:3]).sum() + 10 * found.daily[3])
    )
    assert found.rate(np.array([0.0, 30, 29.9])).tolist() == [found.daily[0], found.daily[1], found.daily[0]]


def test_who_rose_late_was_not_at_risk_as_such_before() -> None:
    day = pd.Timestamp(AS_OF)
    hired = day - timedelta(days=1000)
    rows = [
        (1, "agent", hired, hired, day - timedelta(days=100), False),
        (1, "supervisor", hired, day - timedelta(days=100), pd.NaT, False),
    ]
    frame = pd.DataFrame(rows, columns=["agent", "level", "hired_on", "begins_on", "ends_on", "is_leaving"])
    frame = frame.assign(team="North", role_type="one", tier="skill")
    found = leaving_hazard(replace(company(), spells=frame))
    # 730 days of one person; nobody left.
    assert found.days.sum() == 730
    assert found.leavers.sum() == 0
    assert found.groups == ()


def test_who_leaves_on_the_first_day_is_counted() -> None:
    day = pd.Timestamp(AS_OF) - timedelta(days=50)
    frame = pd.DataFrame({"agent": [1], "hired_on": [day], "begins_on": [day], "ends_on": [day], "is_leaving": [True]})
    frame = frame.assign(team="North", role_type="one", level="agent", tier="skill")
    assert leaving_hazard(replace(company(), spells=frame)).leavers.sum() == 1


def test_groups_of_fewer_than_five_leavers_are_not_told() -> None:
    inputs = company()
    few = inputs.spells[~inputs.spells.is_leaving | (inputs.spells.team == "North")]
    few = pd.concat([few, inputs.spells[inputs.spells.is_leaving & (inputs.spells.team == "South")].head(4)])
    hazard = leaving_hazard(replace(inputs, spells=few.reset_index(drop=True)))
    told = {(row[0], row[1]) for row in leaving_rows.curve_rows(hazard)}
    assert told == {(None, None), ("team", "North")}
    assert [row[1] for row in leaving_rows.leaving_facts(hazard) if row[0] == "leaving_ratio"] == ["team: North"]


def test_nobody_ever_seen_gives_the_usual_turnover() -> None:
    inputs = company()
    found = leaving_hazard(replace(inputs, spells=inputs.spells.iloc[:0]))
    assert float(found.rate(np.array(400.0))) * 365.25 == pytest.approx(0.3)
