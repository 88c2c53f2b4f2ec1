"""The rows as they are exported: contacts of a day, an agent, a customer go together, months follow one another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

LEAST = 0.02
IN_TIME = """
    select cast(outcome = 'answered' and wait <= case channel when 'chat' then 30 when 'messaging' then 60 else 20 end
        as double) as y, {group} as g, strftime(arrived, '%Y-%m') || channel || {apart} as s
    from contacts where outcome <> 'contained' and {group} is not null"""
# The sums of a one-way analysis of variance, month, channel and (for agents) team taken out.
PARTS = """
    with rows as ({rows}),
    kept as (select y - avg(y) over (partition by s) as y, g from rows),
    groups as (select count(*) as n, avg(y) as m, sum(y * y) as q from kept group by g having count(*) > 1)
    select sum(n) as n, count(*) as k, sum(n * n) / sum(n) as heavy, sum(q) as q, sum(n * m * m) as b from groups"""


def intraclass_correlation(company: Any, group: str, apart: str = "''") -> float:
    """Of being answered in time, by the analysis of variance. Source: Donner, Int. Stat. Rev. 54 (1986)."""
    (row,) = company.rows(PARTS.format(rows=IN_TIME.format(group=group, apart=apart)))
    n, k = float(row["n"]), float(row["k"])
    between, within = row["b"] / (k - 1), (row["q"] - row["b"]) / (n - k)
    size = (n - float(row["heavy"])) / (k - 1)
    return float((between - within) / (between + (size - 1) * within))


@pytest.fixture(scope="module")
def large(make: Callable[..., Any]) -> Any:
    """The default story with some fifty agents, so that people of one team can be told apart."""
    return make(tickets=60_000, months=6)


@pytest.mark.parametrize(
    ("group", "apart"),
    [("channel || cast(arrived as date)", "''"), ("nullif(agent_id, '')", "coalesce(team, '')"), ("customer_id", "''")],
    ids=["day", "agent", "customer"],
)
def test_rows_go_together_by_at_least_two_per_cent(large: Any, group: str, apart: str) -> None:
    assert intraclass_correlation(large, group, apart) >= LEAST


def test_months_of_the_story_are_autocorrelated() -> None:
    from demo.effects import Effects
    from demo.plan import Plan
    from demo.story import Story

    found = []
    for seed in range(60):
        plan = Plan(6_000, 30, seed)
        story = Story(plan, Effects([f"{day:%Y-%m}" for day in plan.calendar], [], is_calm=True))
        levels = np.array([story.level("service_level", month, {}, 1)[0] for month in range(30)])
        found.append(np.corrcoef(levels[:-1], levels[1:])[0, 1])
    assert np.mean(found) > 0.35
