"""Sizes of the company and how totals are split."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.plan import Plan, split
from warehouse.errors import UsageError


def test_the_default_company_has_sixty_agents_and_seven_contacts_to_three_tickets() -> None:
    plan = Plan(300_000, 30, 7)
    assert (plan.agents, plan.contacts) == (60, 700_000)


def test_the_largest_company_has_agents_for_its_volume() -> None:
    assert Plan(100_000_000, 30, 7).agents == 20_000


@pytest.mark.parametrize("tickets", [0, 999, 100_000_001])
def test_a_size_out_of_range_is_refused_with_the_range(tickets: int) -> None:
    with pytest.raises(UsageError, match="1,000 to 100,000,000"):
        Plan(tickets, 30, 7)


def test_months_and_seed_out_of_range_are_refused() -> None:
    with pytest.raises(UsageError, match="1 to 120 months"):
        Plan(1_000, 0, 7)
    with pytest.raises(UsageError, match="seed"):
        Plan(1_000, 30, -1)


def test_the_last_month_is_october_2026_and_the_first_is_counted_back() -> None:
    days = Plan(1_000, 30, 7).calendar
    assert (f"{days[0]}", f"{days[-1]}", len(days)) == ("2024-05-01", "2026-10-01", 30)


@given(total=st.integers(0, 10**7), weights=st.lists(st.floats(0.01, 100), min_size=1, max_size=40))
def test_a_split_keeps_the_total_and_is_never_one_off(total: int, weights: list[float]) -> None:
    parts = split(total, np.array(weights))
    exact = total * np.array(weights) / sum(weights)
    assert parts.sum() == total
    assert np.abs(parts - exact).max() <= 1 + 1e-6


def test_parts_of_the_generator_draw_from_sources_of_their_own() -> None:
    plan = Plan(1_000, 30, 7)
    first = plan.rng("contacts", 1).random(4)
    assert np.array_equal(first, plan.rng("contacts", 1).random(4))
    assert not np.array_equal(first, plan.rng("contacts", 2).random(4))
    assert not np.array_equal(first, plan.rng("tickets", 1).random(4))
