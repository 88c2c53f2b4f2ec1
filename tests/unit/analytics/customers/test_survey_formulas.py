"""Weighting, waves, expectations, Kano: figures worked by hand."""

from __future__ import annotations

import pytest

from analytics.customers.gaps import gap_of
from analytics.customers.kano import TABLE, classify
from analytics.customers.waves import Sample, change
from analytics.customers.weighting import Stratum, weighted_to_mix


def test_seventy_percent_of_twenty_callers_weigh_as_much_as_their_contacts() -> None:
    found = weighted_to_mix([Stratum("voice", 14, 20, 80), Stratum("chat", 76, 80, 20)])
    assert (found.raw, found.weighted) == (pytest.approx(0.90), pytest.approx(0.75))
    assert found.low is not None and found.high is not None
    assert found.low < 0.75 < found.high and found.covered == 1


def test_a_channel_that_nobody_answered_for_is_not_spoken_for() -> None:
    found = weighted_to_mix([Stratum("voice", 14, 20, 60), Stratum("chat", 3, 4, 40)])
    assert (found.weighted, found.covered) == (pytest.approx(0.70), pytest.approx(0.6))


def test_without_answers_there_is_no_share() -> None:
    found = weighted_to_mix([Stratum("voice", 0, 0, 60)])
    assert (found.raw, found.weighted, found.low, found.covered) == (None, None, None, 0.0)


def test_a_wave_of_three_is_compared_with_nothing() -> None:
    assert change(Sample(3, 3, 3), Sample(100, 50, 50), share=True) is None
    assert change(Sample(100, 50, 50), Sample(4, 2, 2), share=True) is None


def test_sixty_of_a_hundred_after_fifty_of_a_hundred() -> None:
    found = change(Sample(100, 60, 60), Sample(100, 50, 50), share=True)
    assert found is not None
    # Pooled share 0.55: standard error 0.0703562, z 1.42134.
    assert (found.difference, found.p) == (pytest.approx(0.1), pytest.approx(0.15522, abs=5e-5))
    assert (found.low, found.high) == (pytest.approx(-0.0380, abs=5e-4), pytest.approx(0.2380, abs=5e-4))


def test_means_of_two_waves_are_told_apart_by_welch() -> None:
    # 1..5 against 3..7: difference 2, both variances 2.5, t = 2 with 8 degrees of freedom.
    found = change(Sample(5, 25, 135), Sample(5, 15, 55))
    assert found is not None
    assert (found.difference, found.p) == (pytest.approx(2.0), pytest.approx(0.0805, abs=1e-4))


def test_a_gap_is_seen_less_expected_with_its_interval() -> None:
    # Gaps −2, −1, 0, 0, 0: mean −0.6, standard deviation 0.8944, t(4) 2.7764 → ±1.1106.
    found = gap_of("dimension", "reliability", 5, -3, 5, 20, 23)
    assert (found.gap, found.perception, found.expectation) == (pytest.approx(-0.6), 4.0, pytest.approx(4.6))
    assert (found.low, found.high) == (pytest.approx(-1.7106, abs=1e-3), pytest.approx(0.5106, abs=1e-3))


@pytest.mark.parametrize(
    ("with_it", "without_it", "kind"),
    [(1, 3, "A"), (1, 5, "O"), (3, 5, "M"), (3, 3, "I"), (5, 1, "R"), (1, 1, "Q"), (5, 5, "Q"), (2, 5, "M"),
     (4, 1, "R")],
    ids=["likes, neutral", "likes, dislikes", "neutral, dislikes", "both neutral", "dislikes, likes", "likes both",
         "dislikes both", "expects, dislikes", "lives with, likes"],
)  # fmt: skip
def test_the_table_of_kano(with_it: int, without_it: int, kind: str) -> None:
    assert TABLE[with_it - 1][without_it - 1] == kind


def test_a_feature_most_miss_when_it_lacks_is_a_must() -> None:
    found = classify("payment", {(2, 5): 14, (1, 5): 4, (1, 3): 2, (9, 1): 50})
    assert found is not None
    assert (found.n, found.kind, found.is_clear) == (20, "must-be", True)
    assert (found.better, found.worse) == (pytest.approx(0.3), pytest.approx(-0.9))


def test_nine_pairs_are_too_few_for_a_class() -> None:
    assert classify("payment", {(2, 5): 9}) is None
