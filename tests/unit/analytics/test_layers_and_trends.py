"""Variances of several layers, the seasonal trend, mix and gaps: each against numbers worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from analytics.metrics import Metric
from analytics.metrics.model import Component, Dimension, Rollup
from analytics.statistics import clustered
from analytics.statistics.clustered import Extra
from analytics.statistics.families import benjamini_hochberg, simpson
from analytics.statistics.trends import seasonal_mann_kendall
from analytics.swot.comparing import Case
from analytics.swot.layers import Layers, between_agents
from analytics.swot.mixing import add_mix
from analytics.swot.model import WHOLE, Factor, Measure, Window
from analytics.swot.observing import Observations
from analytics.swot.panels import Panel, adjust_mix


def test_the_family_of_the_definitions_rejects_three_of_five() -> None:
    adjusted = benjamini_hochberg([0.001, 0.015, 0.025, 0.045, 0.20])
    assert adjusted == pytest.approx([0.005, 0.0375, 0.0417, 0.0563, 0.20], abs=6e-5)
    assert sum(p <= 0.05 for p in adjusted) == 3


def test_the_blend_of_the_definitions_moves_against_its_parts() -> None:
    blend = simpson([(90, 100), (20, 50)], [(46, 50), (45, 100)])
    assert blend.is_reversed and round(100 * blend.first, 1) == 73.3 and round(100 * blend.second, 1) == 60.7


def test_last_year_is_weighted_as_this_year_is() -> None:
    # Easy 0.9 and hard 0.5 in both years; this year three quarters are hard.
    mix = adjust_mix({"easy": (90, 100), "hard": (150, 300)}, {"easy": (270, 300), "hard": (50, 100)})
    assert mix is not None and mix.raw == pytest.approx(0.8) and mix.adjusted == pytest.approx(0.25 * 0.9 + 0.75 * 0.5)
    # (0.25 − 0.75)² ÷ 300 + (0.75 − 0.25)² ÷ 100
    assert mix.movement == pytest.approx(0.25 / 300 + 0.25 / 100)
    assert not mix.is_reversed and adjust_mix({"easy": (1, 2)}, {"hard": (1, 2)}) is None


def test_a_blend_that_falls_while_every_part_rises_is_flagged() -> None:
    mix = adjust_mix({"easy": (46, 50), "hard": (45, 100)}, {"easy": (90, 100), "hard": (20, 50)})
    assert mix is not None and mix.is_reversed


def test_agents_who_differ_widen_the_interval_and_cost_degrees_of_freedom() -> None:
    y, x = np.array([80.0, 82, 78, 81] * 5), np.full(20, 100.0)
    alone = clustered.proportion_against(y, x, 0.75, "")
    layered = clustered.proportion_against(y, x, 0.75, "", [Extra(0.0004, 5)])
    assert layered.p > alone.p and layered.df < alone.df
    assert layered.high - layered.low > alone.high - alone.low


def test_what_agents_add_is_their_variance_less_the_independent_one() -> None:
    # Two agents of 100 cases each, 90 and 70 yeses: Σ((y − 0.8x)/200)² · 2 = 2 · (0.05² + 0.05²)
    added = clustered.excess(np.array([90.0, 70.0]), np.array([100.0, 100.0]), 0.8, 0.8 * 0.2 / 200)
    assert added.variance == pytest.approx(2 * 2 * 0.05**2 - 0.0008) and added.df == 1


def test_how_much_agents_differ_is_what_is_left_between_those_of_one_team() -> None:
    # Team a: 100 and 100 cases at 0.9 and 0.7; team b: one agent, who tells nothing. 100 · (0.1² + 0.1²) on 1 degree of
    # freedom, less the cases' own 0.16, over 300 − (2 · 100² ÷ 200 + 100² ÷ 100) = 100 cases.
    team, x = np.array(["a", "a", "b"]), np.array([100.0, 100, 100])
    found = between_agents(team, np.array([90.0, 70, 10]), x, 0.16)
    assert found is not None and found.df == 1
    assert found.variance == pytest.approx((100 * 0.02 - 0.16) / 100)
    # Where no team has had two, all are taken for one: 0.9, 0.7 and 0.5 around 0.7.
    alone = between_agents(np.array(["a", "b", "c"]), np.array([90.0, 70, 50]), x, 0.16)
    assert alone is not None and alone.df == 2
    assert alone.variance == pytest.approx((100 * 0.08 / 2 - 0.16) / 100)
    assert between_agents(np.array(["a", "a"]), np.array([90.0, 70]), x[:2], 0.16) is None


def test_a_team_of_one_is_judged_by_how_much_people_differ_elsewhere() -> None:
    sums = np.array([30.0]), np.array([100.0]), 30.0
    window, team = Window(1, date(2026, 10, 1), date(2026, 10, 31), "day"), ("team", "one")
    agents = {("sla_attainment", team, window): sums}
    assert Layers(agents).extras("sla_attainment", team, window, 0.3, 100) == []
    known = Layers(agents, between={"sla_attainment": Extra(0.01, 4)})
    (told,) = known.extras("sla_attainment", team, window, 0.3, 100)
    assert (told.variance, told.df) == (pytest.approx(0.01), 4)
    # Twenty alike show their own spread: none here.
    many = {("sla_attainment", team, window): (np.full(20, 30.0), np.full(20, 100.0), 600.0)}
    assert (
        Layers(many, between={"sla_attainment": Extra(0.01, 4)}).extras("sla_attainment", team, window, 0.3, 100) == []
    )


def test_three_errors_in_fifty_checks_are_no_proof_of_one_in_two_hundred() -> None:
    y, x = np.array([1.0, 1, 1] + [0] * 22), np.full(25, 2.0)
    result = clustered.proportion_against(y, x, 0.005, "")
    # Binomial: P(X ≥ 3 | 50, 0.005) = 0.00203, both tails 0.0041; the score test alone would say 5e-6.
    assert result.p == pytest.approx(0.0041, abs=0.0003)


def test_two_events_beside_ten_in_as_many_hours_are_no_proof_where_they_come_in_pairs() -> None:
    # Binomial: 2 of 12 with an even chance, both tails: 2 · (1 + 12 + 66) ÷ 4096 = 0.0386; by pairs 1 of 6: 0.219.
    assert clustered.split_p((2, 100.0), (10, 100.0), is_share=False) == pytest.approx(0.0386, abs=1e-4)
    assert clustered.split_p((2, 100.0), (10, 100.0), 2.0, is_share=False) == pytest.approx(0.2188, abs=1e-4)
    assert clustered.split_p((0, 100.0), (0, 100.0), is_share=False) == 1.0


def test_days_of_somebody_who_is_away_for_weeks_are_not_taken_for_so_many_days() -> None:
    factor = Factor("x", "internal", "people", None, None, "m", "lower", ("peer",), 0.02, 0.1, None, 20, None, None)
    of_time = Metric("m", "m", "", "ratio", "lower", {}, "away", "paid", None, "none")
    seen = Observations({Measure("m"): Window(1, date(2026, 10, 1), date(2026, 10, 31))})
    away, alternating = np.array([0.02] * 10 + [-0.02] * 11), np.array([0.02, -0.02] * 10)
    case = Case(factor, of_time, WHOLE, seen)
    assert case.likeness(away) > 3 and case.likeness(alternating) == 1 and case.likeness(alternating, away) > 3
    # Contacts are counted one by one: days, agents and customers are their layers.
    assert Case(factor, replace(of_time, n="paid"), WHOLE, seen).likeness(away) == 1


def test_hours_are_no_mix_of_what_happened_in_them() -> None:
    rollup = Rollup("rollups.r", "day_on", "day", (Dimension("team", "team"), Dimension("channel", "channel")))
    parts = {name: Component(f"sum({name})", (rollup,)) for name in ("complaints", "paid")}
    of_hours = Metric("m", "m", "", "score", "lower", parts, "complaints", "paid", None, "poisson")
    window = Window(1, date(2026, 10, 1), date(2026, 10, 31))
    seen = Observations({Measure("m"): window})
    add_mix(NothingAsked(), seen, {"m": of_hours}, ["m"], (), window, "team")
    assert not seen.mix
    with pytest.raises(AssertionError, match="asked"):
        add_mix(NothingAsked(), seen, {"m": replace(of_hours, n="paid")}, ["m"], (), window, "team")


class NothingAsked:
    """A database that must not be asked."""

    def rows(self, sql: str, params: object = None) -> list[dict[str, object]]:
        raise AssertionError(f"asked: {sql}")


def test_a_trend_is_found_through_a_season_and_its_slope_told() -> None:
    season = np.tile([5.0, 0, -3, 2, 8, -8, 1, 0, 4, -2, 6, -1], 3)[:25]
    trend = seasonal_mann_kendall(season + 0.5 * np.arange(25))
    assert trend is not None and trend.slope == pytest.approx(0.5) and trend.p < 0.001
    # Fourteen pairs of the same month, all rising: S = 14; eleven seasons of two values and one of three.
    assert trend.s == 14 and trend.variance / trend.correction == pytest.approx(11 * 1 + 66 / 18)


def test_a_season_alone_is_no_trend() -> None:
    season = np.tile(np.arange(12.0), 3)[:25]
    assert seasonal_mann_kendall(season) is None or math.isclose(seasonal_mann_kendall(season).slope, 0)


def test_neighbours_that_are_alike_widen_a_mean_of_months() -> None:
    steps = np.repeat([0.0, 1, 0, 1, 0], 5)
    alternating = np.tile([0.0, 1], 12)
    assert clustered.persistence(steps) > 2 > 1.2 > clustered.persistence(alternating) >= 1


def test_the_digits_in_which_the_order_of_adding_shows_do_not_count() -> None:
    from datetime import date

    day = date(2026, 10, 1)
    parts = [0.1, 0.2, 0.3, 1e8, -1e8]
    first = Panel.of([("a", day, sum(parts), 1.0, 1.0)])
    second = Panel.of([("a", day, sum(reversed(parts)), 1.0, 1.0)])
    assert sum(parts) != sum(reversed(parts)) and first.y.tolist() == second.y.tolist()
