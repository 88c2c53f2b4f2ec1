"""How far a plan may be off: planted spreads are found again, queues err together, little history adds nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from analytics.staffing.backtest import Backtest
from analytics.staffing.demand import TICKETS, WEEKS, Demand, QueueForecast
from analytics.staffing.doubt import QUARTER, USUAL_ERROR, Doubt, demand_errors, doubt_of
from analytics.staffing.inputs import Inputs
from analytics.staffing.leaving import leaving_hazard
from analytics.staffing.outlook import _holiday_weeks
from analytics.staffing.series import Series
from tests.unit.staffing.made_up import AS_OF, HEADS, company

LENGTH = 104
HOURS = 28.0
NO_DAYS = np.array([], "datetime64[D]")


def weeks(rng: np.random.Generator, hours: float, answer: float) -> Inputs:
    """Two years in which a week's hours vary so much and items double every half-year; an item's time answers."""
    inputs = company(days=7)
    day = pd.Timestamp(AS_OF) - timedelta(days=AS_OF.weekday() + 7 * LENGTH)
    items = 100 * 2 ** (np.arange(LENGTH) / 26)
    frame = pd.DataFrame(
        {
            "week_on": [day + timedelta(days=7 * k) for k in range(LENGTH)],
            "on_task": 3600 * HOURS * sum(HEADS.values()) * np.exp(hours * rng.standard_normal(LENGTH)),
            "deferred": 600 * items ** (1 + answer),
        }
    )
    tickets = pd.DataFrame({"day_on": frame.week_on, "items": items, "solved": items, "open_at_end": 0.0})
    agents = inputs.agents.assign(hired_on=day, left_on=pd.Series(pd.NaT, index=inputs.agents.index))
    return replace(inputs, weeks=frame, tickets=tickets, agents=agents)


def test_the_planted_spread_of_hours_is_found_again() -> None:
    told = doubt_of(weeks(np.random.default_rng(1), 0.05, 0.0), NO_DAYS, 0.15)
    assert told.hours == pytest.approx(0.05, rel=0.3)


def test_time_that_answers_to_the_number_of_items_is_no_doubt() -> None:
    told = doubt_of(weeks(np.random.default_rng(1), 0.0, -0.8), NO_DAYS, 0.15)
    assert told.answer == pytest.approx(-0.8)
    assert told.item == pytest.approx(0.0, abs=1e-9)


def test_an_items_time_strays_further_the_later_the_week() -> None:
    ahead = Doubt(item=0.06).item_ahead
    assert ahead[QUARTER // 2] == pytest.approx(0.06, rel=0.03)
    assert (np.diff(ahead) > 0).all()


def test_too_few_weeks_add_nothing() -> None:
    inputs = weeks(np.random.default_rng(1), 0.05, 0.0)
    assert doubt_of(replace(inputs, weeks=inputs.weeks.tail(20)), NO_DAYS, 0.15) == Doubt()


def queue(pool: str, errors: np.ndarray) -> QueueForecast:
    judged = Backtest((), "level_slow", 0.1, -1.0, 1.0, errors)
    rows = np.ones((WEEKS * 7, 1))
    return QueueForecast(pool, pool, Series("x", AS_OF, np.ones((1, 1)), 30), judged, rows, rows, rows)


def test_queues_that_erred_together_err_together_again() -> None:
    rng = np.random.default_rng(3)
    lasting, weekly = 0.1 * rng.standard_normal((40, 1)), 0.05 * rng.standard_normal((40, WEEKS))
    same = Demand((queue("a", lasting + weekly), queue("b", lasting + weekly)), None, frozenset(), AS_OF, 182)
    drawn = demand_errors(same, ["a", "b"], 4000, np.random.default_rng(1))
    assert np.corrcoef(drawn.lasting[0][:, -1], drawn.lasting[1][:, -1])[0, 1] == pytest.approx(0.95, abs=0.02)
    assert drawn.lasting[0][:, -1].std() == pytest.approx(0.1, rel=0.25)
    assert drawn.weekly[0].std() == pytest.approx(0.05, rel=0.1)
    other = 0.1 * rng.standard_normal((40, 1)) + 0.05 * rng.standard_normal((40, WEEKS))
    apart = Demand((queue("a", lasting + weekly), queue("b", other)), None, frozenset(), AS_OF, 182)
    drawn = demand_errors(apart, ["a", "b"], 4000, np.random.default_rng(1))
    assert np.corrcoef(drawn.lasting[0][:, -1], drawn.lasting[1][:, -1])[0, 1] < 0.4


def test_without_a_backtest_the_usual_error_stands() -> None:
    empty = Demand((), None, frozenset(), AS_OF, 182)
    drawn = demand_errors(empty, ["a", TICKETS], 4000, np.random.default_rng(1))
    assert drawn.lasting[0][:, -1].std() == pytest.approx(USUAL_ERROR, rel=0.1)


def test_holidays_are_not_taken_off_twice() -> None:
    # The mean week of a year with a holiday every fourth week has lost a quarter of one already.
    first = AS_OF - timedelta(days=AS_OF.weekday())
    days = frozenset(first + timedelta(days=28 * k) for k in range(-13, 7))
    inputs = replace(company(days=28), as_of=first)
    told = _holiday_weeks(inputs, Demand((), None, days, first, 182), 0.2)
    assert told.mean() == pytest.approx(1.0, abs=0.01)
    assert told.min() == pytest.approx(0.8 / 0.95)


def test_a_list_of_those_who_were_there_tells_of_no_leaver_before_its_first_day() -> None:
    # 200 people with two years of service; the list begins 200 days ago, since when 40 have left.
    day = pd.Timestamp(AS_OF)
    left = [day - timedelta(days=200 - 5 * k) for k in range(40)] + [pd.NaT] * 160
    hired = [day - timedelta(days=900)] * 200
    frame = pd.DataFrame({"agent": range(200), "hired_on": hired, "begins_on": hired, "ends_on": left})
    frame = frame.assign(is_leaving=frame.ends_on.notna(), team="North", role_type="one", level="agent", tier="skill")
    told = leaving_hazard(replace(company(), spells=frame))
    rate = told.leavers.sum() / told.days.sum() * 365.25
    assert rate == pytest.approx(40 / (180 * 200) * 365.25, rel=0.06)
