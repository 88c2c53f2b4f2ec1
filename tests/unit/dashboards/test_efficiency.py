"""Efficiency: agents beside peers, mix and rate, parts of paid time."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pytest

from analytics.metrics import MetricRow
from analytics.statistics.intervals import ratio_of_days
from dashboards.figures.efficiency import agent_scatter, agent_table
from dashboards.figures.efficiency_sentences import agents_title, compounding, costs_note, splits_title, teams_note
from dashboards.figures.plotting import View
from dashboards.queries.efficiency import CostRow, Shrinkage, Split, _split, agents
from tests.unit.dashboards.made_up import made_up_reading


def test_a_ratio_over_days_has_the_interval_of_its_days() -> None:
    """Days of (10, 5), (12, 6), (20, 8), (6, 5): ratio 2, residuals 0 0 4 −4 → s.e. √(32 · 4/3) ÷ 24, t(3) 3.182."""
    found = ratio_of_days(48, 24, (10**2 + 12**2 + 20**2 + 6**2, 50 + 72 + 160 + 30, 25 + 36 + 64 + 25), 4)
    assert found is not None and found.value == 2
    assert found.error == pytest.approx(math.sqrt(32 * 4 / 3) / 24)
    assert found.high == pytest.approx(2 + 3.1824 * math.sqrt(32 * 4 / 3) / 24, abs=1e-3)


def test_two_days_give_a_ratio_without_an_interval() -> None:
    assert ratio_of_days(10, 5, (60, 30, 15), 2).low is None  # type: ignore[union-attr]
    assert ratio_of_days(0, 0, (0, 0, 0), 5) is None


def test_agents_are_judged_together_and_the_odd_ones_are_named_by_pseudonym() -> None:
    reading = made_up_reading()
    found = agents(reading, reading.filters(""))
    assert found is not None
    assert [a.verdict for a in found if a.key.startswith("03")] == ["slower"]
    assert [a.verdict for a in found if a.key.startswith("07")] == ["faster"]
    assert {a.verdict for a in found if a.key[:2] not in ("03", "07")} == {"alike"}
    assert "24 agents" in agents_title(found)
    assert all(len(row["agent"]) == 6 for row in agent_table(found).rows)
    marks = agent_scatter(found, View())["data"]
    assert sum(len(trace["x"]) for trace in marks) == 24 and all("error_y" in trace for trace in marks)


def test_agents_are_not_shown_for_a_cut_they_are_not_kept_by() -> None:
    reading = made_up_reading()
    assert agents(reading, reading.filters("?topic=Billing")) is None


def test_a_blend_that_moves_against_all_its_parts_is_flagged() -> None:
    """A 90/100 easy and 20/50 hard against B 46/50 and 45/100: B ahead in both, A ahead in the blend, 73.3 to 60.7."""
    now = {("service_level", "easy"): (90.0, 100.0), ("service_level", "hard"): (20.0, 50.0)}
    then = {("service_level", "easy"): (46.0, 50.0), ("service_level", "hard"): (45.0, 100.0)}
    found = _split(made_up_reading(), "service_level", "channel", now, then)
    assert found is not None and found.is_reversed
    assert (round(found.now, 3), round(found.before, 3)) == (0.733, 0.607)
    assert found.rate < 0 < found.mix and found.mix + found.rate == pytest.approx(found.change)
    assert splits_title([found], {"service_level": "Service level"}) == (
        "Service level moved against every channel: the mix did it"
    )


def test_the_mix_alone_changes_a_blend_whose_parts_stand_still() -> None:
    now = {("aht_seconds", "a"): (6000.0, 10.0), ("aht_seconds", "b"): (27000.0, 90.0)}
    then = {("aht_seconds", "a"): (54000.0, 90.0), ("aht_seconds", "b"): (3000.0, 10.0)}
    found = _split(made_up_reading(), "aht_seconds", "channel", now, then)
    assert found is not None
    assert (found.now, found.before, found.rate) == (330, 570, 0)
    assert found.mix == pytest.approx(-240)
    assert isinstance(found, Split) and not found.is_reversed


def test_parts_of_shrinkage_are_told_one_after_the_other_with_what_they_compound_to() -> None:
    planned = {"shrinkage_away": 0.20, "shrinkage_break": 0.15, "shrinkage_compounded": 0.32}
    labels = {"shrinkage_away": "Shrinkage by absence", "shrinkage_break": "Shrinkage by breaks"}
    told = compounding(planned, labels, None, [Shrinkage("x", 0.32)])
    assert "20.0" in told and "15.0" in told and told.count("32.0") == 2
    assert compounding({}, labels, None, [Shrinkage("x", 0.32)]).count("32.0") == 1


def _cost(channel: str | None, value: float) -> CostRow:
    row = MetricRow("cost_per_contact", None, {}, value, value, 1, None, None, None, "currency")
    return CostRow(channel, row, None, "no-target", None)


def test_a_whole_above_each_of_its_channels_says_why() -> None:
    within = [_cost("voice", 10), _cost("chat", 6), _cost(None, 8)]
    above = [_cost("voice", 10), _cost("chat", 6), _cost(None, 12)]
    assert costs_note(within, "May 2026") == "Change against May 2026"
    assert costs_note(above, "May 2026").endswith("all counts also what teams and channels without contacts cost")


def test_a_whole_below_each_of_its_teams_says_why() -> None:
    def whole(value: float | None) -> Any:
        return SimpleNamespace(value=value)

    hours = MetricRow("contacts_per_paid_hour", None, {}, 2.4, 24, 10, None, None, None, "score")
    teams = [("Voice", {"contacts_per_paid_hour": hours}), ("Partner", {})]
    assert "2.1 of the whole organisation" in teams_note(teams, whole(2.1))
    assert [teams_note(teams, whole(2.5)), teams_note(teams, whole(None)), teams_note([], whole(2.1))] == ["", "", ""]
