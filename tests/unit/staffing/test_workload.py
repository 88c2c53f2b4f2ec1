"""Deferred work inside its promise, pooled and separate bounds, learning curves: by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.staffing.deferred import work_off
from analytics.staffing.demand import forecast_demand
from analytics.staffing.pools import find_pools
from analytics.staffing.supply import ramp_curve, weeks_to_full
from analytics.staffing.workload import channel_work, pool_work
from tests.unit.staffing.made_up import company


def test_a_peak_is_spread_over_its_promise() -> None:
    # 12 on the first day may be done by the third: 4 a day, and the 3 of the fourth day when it comes.
    assert work_off(np.array([12.0, 0, 0, 0, 0]), 0, 2).tolist() == [4, 4, 4, 0, 0]


def test_what_came_before_the_first_day_is_due_as_well() -> None:
    # Ten a day, each due two days later, and ten from each of the two days before: ten a day, not a slow beginning.
    steady = work_off(np.full(6, 10.0), 0, 2, waiting=np.array([10.0, 10]))
    assert steady == pytest.approx(np.full(6, 10.0))
    assert work_off(np.full(6, 10.0), 0, 2)[:3].sum() < 30


def test_a_backlog_is_worked_off_inside_the_promise() -> None:
    assert work_off(np.zeros(4), 8.0, 1).tolist() == [4, 4, 0, 0]


def test_nothing_can_be_done_before_it_comes() -> None:
    # 9 come on the third day and are due on the fourth.
    assert work_off(np.array([0, 0, 9.0, 0, 0]), 0, 1).tolist() == [0, 0, 4.5, 4.5, 0]


def test_nobody_works_on_a_closed_day() -> None:
    done = work_off(np.array([12.0, 0, 0, 0]), 0, 3, np.array([1.0, 0, 1, 1]))
    assert done.tolist() == [4, 0, 4, 4]


def test_work_of_a_steady_growth_follows_it_from_the_first_week_to_the_last() -> None:
    # A tenth more items by the end: work that stays so many days behind them grows as much, week by week.
    arrivals = np.linspace(100, 110, 150)
    done = work_off(arrivals, 0, 10, waiting=np.full(10, 100.0))[20:130]
    assert done == pytest.approx(arrivals[10:120], rel=0.01)


def test_what_is_due_is_always_done() -> None:
    rng = np.random.default_rng(2)
    arrivals = rng.poisson(10, 60).astype(float)
    done = np.cumsum(work_off(arrivals, 25, 4))
    due = 25 + np.concatenate([np.zeros(4), np.cumsum(arrivals)[:-4]])
    assert (done[4:] >= due[4:] - 1e-9).all()
    assert (done <= 25 + np.cumsum(arrivals) + 1e-9).all()


def test_at_once_is_contact_time_over_agents_time() -> None:
    inputs = company()
    time = inputs.time.assign(handling=inputs.time.handling.where(~inputs.time.is_recent, 0.0))
    busy = float(inputs.work.handling_seconds.sum()) / 2
    time.loc[time.index[0], "handling"] = busy
    assert channel_work(replace(inputs, time=time), "voice", ("North", "South")).at_once == pytest.approx(2.0)


def two_channels(shared: float) -> tuple[float, float, float]:
    """Used, pooled and separate heads of a pool whose people share two channels on so many days."""
    inputs = company()
    chat = inputs.arrivals.assign(channel="chat", offered=inputs.arrivals.offered // 10)
    inputs = replace(
        inputs,
        arrivals=pd.concat([inputs.arrivals, chat]),
        work=pd.concat([inputs.work, inputs.work.assign(channel="chat")]),
        time=pd.concat([inputs.time, inputs.time.assign(channel="chat")]),
        shared=pd.DataFrame({"team": ["North", "South"], "share": [shared] * 2, "agent_days": [100.0] * 2}),
        channels=pd.concat([inputs.channels, inputs.channels.assign(channel="chat")]),
    )
    pools = find_pools(inputs)
    assert [pool.channels for pool in pools] == [("chat", "voice")]
    work = pool_work(inputs, forecast_demand(inputs, pools), pools[0])
    assert work is not None
    return work.required.sum(), work.required_pooled.sum(), work.required_separate.sum()


def test_shared_skills_lie_between_the_pooled_and_the_separate_bound() -> None:
    used, pooled, separate = two_channels(0.9)
    assert used == pooled < separate
    used, pooled, separate = two_channels(0.1)
    assert used == separate > pooled


def test_the_learning_curve_is_found_again() -> None:
    # New people take 320 s, then 250 s, then 200 s; the others 200 s.
    weeks = [(0, 320.0), (1, 320.0), (2, 250.0), (3, 250.0), *((week, 200.0) for week in range(4, 30))]
    rows = [(week, "voice", 100.0, 100 * seconds) for week, seconds in weeks]
    curve = ramp_curve(replace(company(), ramp=pd.DataFrame(rows, columns=["week", "channel", "handled", "seconds"])))
    assert curve[:5].round(4).tolist() == [0.625, 0.625, 0.8, 0.8, 1.0]
    assert weeks_to_full(curve) == 4


def test_without_new_people_nobody_has_to_learn() -> None:
    assert (ramp_curve(company()) == 1).all()
