"""The simulated gap gives back what was planted; little data gives a state, not a number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from analytics.staffing import building, plan_rows
from analytics.staffing.demand import forecast_demand
from analytics.staffing.headline import headline, risks_of, still_short
from analytics.staffing.outlook import Outlook, look_ahead
from analytics.staffing.pools import find_pools
from analytics.staffing.requirement import Targets, Work, required
from analytics.staffing.supply import read_supply, years_turnover
from tests.unit.staffing.made_up import AHT, AS_OF, CALLS, HEADS, OPEN, PAID, PATIENCE, TURNOVER, company


@pytest.fixture(scope="module")
def made() -> Outlook:
    return look_ahead(company(), 7)


def test_required_is_what_the_planted_arrivals_ask_for(made: Outlook) -> None:
    agents = int(required(np.array([CALLS * AHT / 1800]), Work(AHT, PATIENCE), Targets(0.8, 20))[0])
    people = agents * len(OPEN) / 2 * 5 / (PAID * 0.7)
    assert made.gap is not None
    told = np.median(made.gap.required.sum(axis=2), axis=0)
    assert told.mean() == pytest.approx(people, rel=0.04)


def test_available_falls_as_the_planted_turnover_says(made: Outlook) -> None:
    assert made.gap is not None
    assert made.supply is not None
    told = made.gap.available.sum(axis=2)
    hazard, tenure = made.supply.hazard, made.supply.agent_tenure
    gone = [hazard.cumulative(tenure + 7 * (week + 1)) - hazard.cumulative(tenure) for week in range(26)]
    expected = np.exp(-made.supply.agent_ratio * np.array(gone)).sum(axis=1)
    error = told.std(axis=0) / np.sqrt(len(told))
    assert (np.abs(told.mean(axis=0) - expected) <= 4 * error + 0.25).all()
    # Planted: 36 % a year, of whatever tenure and team.
    assert years_turnover(made.supply) == pytest.approx(TURNOVER, abs=0.09)
    half_a_year = sum(HEADS.values()) * np.exp(-TURNOVER / 2)
    assert told.mean(axis=0)[-1] == pytest.approx(half_a_year, abs=2.0)


def test_the_plan_closes_what_openings_can_still_close(made: Outlook) -> None:
    assert made.gap is not None
    short = np.median(made.gap.required, axis=0) - np.median(made.gap.available, axis=0)
    after = short - made.plan_effect
    assert sum(wave.people for wave in made.waves) >= 1
    # From the week in which new people can be productive, no team is short by a whole person on average.
    assert (after[16:].mean(axis=0) < 1).all()


def test_openings_become_people_and_the_headline_names_a_month(made: Outlook) -> None:
    assert headline(made).key in {"post", "too_late", "enough"}
    assert headline(made).sentence.endswith(".")


def test_the_same_inputs_give_the_same_bytes() -> None:
    first, second = (building.all_rows(look_ahead(company(), 11)) for _ in range(2))
    assert first == second


def test_more_people_less_shortage() -> None:
    many = look_ahead(company(heads={"North": 60, "South": 45}), 7)
    assert many.gap is not None
    assert (many.gap.available.sum(axis=2) > many.gap.required.sum(axis=2)).mean() > 0.95
    assert headline(many).key == "enough"
    assert many.waves == []


def test_one_week_of_history_is_insufficient() -> None:
    made = look_ahead(company(days=7), 7)
    assert made.works == []
    assert ("history", "voice: voice") in {(what, where) for what, where, _ in made.missing}
    rows = building.all_rows(made)
    assert {row[-1] for row in rows["forecast_backtest"]} == {"insufficient data"}
    assert rows["staffing_supply_demand"] == []
    assert headline(made).key == "insufficient"


def test_a_team_with_work_and_nobody_in_it_is_named() -> None:
    inputs = company()
    made = look_ahead(replace(inputs, agents=inputs.agents[inputs.agents.team == "North"]), 7)
    assert ("people", "South", "The team has work and no employed person.") in made.missing
    rows = building.all_rows(made)["staffing_supply_demand"]
    south = [row for row in rows if row[1] == "South"]
    assert all(row[7] == 0 and row[3] > 0 for row in south)


def test_the_need_of_a_team_without_people_is_told_in_people_who_work_as_long_as_the_others(made: Outlook) -> None:
    inputs = company()
    emptied = look_ahead(replace(inputs, agents=inputs.agents[inputs.agents.team != "South"]), 7)
    assert made.gap is not None and emptied.gap is not None
    place = emptied.gap.teams.index("South")
    with_people, without = (float(np.median(one.required[:, :, place])) for one in (made.gap, emptied.gap))
    assert without == pytest.approx(with_people, rel=0.05)


def test_nobody_at_all_still_tells_the_need() -> None:
    inputs = company()
    made = look_ahead(replace(inputs, agents=inputs.agents.iloc[:0]), 7)
    assert made.gap is None
    rows = building.all_rows(made)
    assert rows["staffing_intervals"]
    assert {(row[5], row[8]) for row in rows["staffing_intervals"]} == {(None, None)}
    assert headline(made).key == "insufficient"


def test_a_requisition_closed_before_it_opened_is_left_out_and_counted() -> None:
    inputs = company()
    day = pd.Timestamp(AS_OF)
    posts = pd.DataFrame(
        {"requisition_id": ["1", "2"], "team": ["North"] * 2, "opened_on": [day - timedelta(days=20)] * 2,
         "closed_on": [day - timedelta(days=40), pd.NaT], "filled_on": [pd.NaT] * 2, "status": ["closed", "open"],
         "openings": [1, 2]}
    )  # fmt: skip
    supply = read_supply(replace(inputs, postings=posts))
    assert supply is not None
    assert supply.refused == (("requisitions closed before they were opened", 1),)
    assert [one.elapsed for one in supply.openings] == [20, 20]


def test_a_partners_line_is_forecast_and_its_gap_is_not_told() -> None:
    inputs = company()
    night = inputs.arrivals.assign(team="Partner")
    both = replace(inputs, arrivals=pd.concat([inputs.arrivals, night]))
    pools = find_pools(both)
    assert [(pool.name, pool.is_staffed) for pool in pools] == [("voice", True), ("Partner", False)]
    assert {queue.pool for queue in forecast_demand(both, pools).queues} == {"voice", "Partner"}


def test_groups_under_five_are_not_told(made: Outlook) -> None:
    told = {(row[0], row[1]): row[2:] for row in building.all_rows(made)["staffing_people"]}
    assert told["team", "North"] == (HEADS["North"], float(HEADS["North"]))
    assert told["skill", "voice"] == (7, 3.5)
    assert told["skill", "mail"] == (6, 3.0)
    few = look_ahead(replace(company(), skills=company().skills.iloc[:4]), 7)
    assert not [row for row in building.all_rows(few)["staffing_people"] if row[0] in {"skill", "language"}]


def test_so_many_openings_keep_the_month_and_one_fewer_does_not(made: Outlook) -> None:
    told = headline(made)
    assert told.sentence == (
        "Post four openings for voice by 10 May, or its service level falls below 80\u202f% in July, probability 0.5."
    )
    risk = next(r for r in risks_of(made) if r.month.isoformat() == told.slots["month"])
    by, people = date.fromisoformat(told.slots["by"]), told.slots["people"]
    assert risk.probability >= 0.5
    assert still_short(made, risk, people, by) <= 0.25 < still_short(made, risk, people - 1, by)


def test_the_rota_is_the_need_over_what_shrinkage_leaves(made: Outlook) -> None:
    rows = building.all_rows(made)["staffing_intervals"]
    # 30 % absence: 22 ÷ 0.7 = 31.4, 24 ÷ 0.7 = 34.3.
    assert {(22, 32), (24, 35)} < {(row[4], row[5]) for row in rows}


def test_shrinkage_compounds_over_its_components() -> None:
    inputs = company()
    # Of 40 hours 20 % are absence, and 15 % of the other 32 are breaks: 32 % in all.
    time = inputs.time.assign(absence=0.2 * inputs.time.paid, breaks=0.12 * inputs.time.paid)
    supply = read_supply(replace(inputs, time=time))
    assert supply is not None
    assert supply.shrinkage_of_rest == pytest.approx({"absence": 0.2, "breaks": 0.15})
    assert supply.total_shrinkage == pytest.approx(0.32)
    facts = {row[:2]: row[2] for row in plan_rows.supply_rows(supply)}
    assert facts["shrinkage", "compound"] == 0.32
    assert facts["shrinkage_of_rest", "breaks"] == 0.15


def test_people_who_move_between_teams_are_lost_to_one_and_gained_by_the_other() -> None:
    inputs = company()
    still = look_ahead(inputs, 7)
    moves = pd.DataFrame({"from_team": ["North"], "to_team": ["South"], "moves": [26.0]})
    moved = look_ahead(replace(inputs, moves=moves), 7)
    assert still.gap is not None
    assert moved.gap is not None
    change = moved.gap.available.mean(axis=0) - still.gap.available.mean(axis=0)
    # One every two weeks: 13 of 26 in half a year, of the North's 26.
    assert change[25] == pytest.approx([-13, 13], abs=0.7)
    assert change[3] == pytest.approx([-2, 2], abs=0.5)
