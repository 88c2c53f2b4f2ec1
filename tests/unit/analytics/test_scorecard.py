"""Targets judged: chance, streak, versions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analytics.metrics.periods import add_months
from analytics.metrics.targets import Target
from analytics.scorecard.judging import Score, probability_kept, with_streaks

AT_LEAST = Target("csat", "organisation", None, ">=", 0.9)
AT_MOST = Target("error_rate", "organisation", None, "<=", 0.005)


def test_the_chance_is_975_where_the_interval_just_clears_the_target() -> None:
    assert probability_kept(AT_LEAST, 0.92, 0.90, 0.94, sampled=True) == pytest.approx(0.975)
    assert probability_kept(AT_LEAST, 0.88, 0.86, 0.90, sampled=True) == pytest.approx(0.025)
    assert probability_kept(AT_LEAST, 0.90, 0.88, 0.92, sampled=True) == pytest.approx(0.5)


def test_for_a_target_not_to_be_exceeded_the_chance_turns_round() -> None:
    assert probability_kept(AT_MOST, 0.004, 0.003, 0.005, sampled=True) == pytest.approx(0.975)
    assert probability_kept(AT_MOST, 0.007, 0.005, 0.009, sampled=True) == pytest.approx(0.025)


def test_a_full_count_is_certain_and_a_sample_without_interval_says_nothing() -> None:
    assert probability_kept(AT_LEAST, 0.92, None, None, sampled=False) == 1.0
    assert probability_kept(AT_LEAST, 0.92, None, None, sampled=True) is None
    assert probability_kept(AT_LEAST, None, None, None, sampled=True) is None


def month(place: int, verdict: str, **fields: Any) -> Score:
    return Score(
        add_months(date(2026, 1, 1), place), fields.get("dimension", "organisation"), fields.get("entity"), "csat",
        "customer_satisfaction", ">=", 0.9, None, None, "ratio", 0.9, 0.8, 1.0, 50, verdict, 0.5,
    )  # fmt: skip


def test_months_in_a_row_end_with_another_verdict_a_gap_and_another_entity() -> None:
    scores = [month(0, "met"), month(1, "met"), month(2, "undecided"), month(3, "missed"), month(5, "missed")]
    scores += [month(6, "missed"), month(6, "missed", dimension="channel", entity="chat")]
    found = {(s.entity, s.period.month): s.streak for s in with_streaks(scores)}
    assert [found[None, m] for m in (1, 2, 3, 4, 6, 7)] == [1, 2, 0, 1, 1, 2]
    assert found["chat", 7] == 1
