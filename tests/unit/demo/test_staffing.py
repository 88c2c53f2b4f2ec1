"""Staff belongs to volume: required against available hours, by an Erlang formula of the test's own."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

POOLS = {
    "voice": ("voice", 20.0, 1.0),
    "callback": ("voice", 20.0, 1.0),
    "chat": ("digital", 30.0, 2.0),
    "messaging": ("digital", 30.0, 2.5),
}
GOAL = 0.80


def agents_needed(erlangs: float, work: float, within: float) -> int:
    """Erlang C by the plain sum: the fewest agents that answer four in five in time."""
    agents = int(erlangs) + 1
    while True:
        terms = [erlangs**k / math.factorial(k) for k in range(agents)]
        last = erlangs**agents / math.factorial(agents) * agents / (agents - erlangs)
        waits = last / (sum(terms) + last)
        if 1 - waits * math.exp(-(agents - erlangs) * within / work) >= GOAL:
            return agents
        agents += 1


def test_the_formula_gives_the_published_requirement() -> None:
    # 100 calls in half an hour of 180 s, 80 % in 20 s: fourteen.
    assert agents_needed(10.0, 180.0, 20.0) == 14


@pytest.fixture(scope="module")
def large(make: Callable[..., Any]) -> Any:
    """A quarter at the default size."""
    return make(tickets=30_000, months=3)


def weekly_requirement(large: Any) -> dict[Any, float]:
    rows = large.rows("""
        select date_trunc('week', arrived + interval 2 hour) as week, epoch(arrived)::bigint // 1800 as slot, channel,
            count(*) as n, sum(talk + hold) as talk, sum(wrap) as wrap, count(talk) as handled
        from contacts where outcome <> 'contained' group by all""")
    spent: dict[str, list[float]] = {}
    for row in rows:
        total = spent.setdefault(row["channel"], [0.0, 0.0])
        total[0] += float(row["talk"] or 0) / POOLS[row["channel"]][2] + float(row["wrap"] or 0)
        total[1] += float(row["handled"])
    work = {channel: total / n for channel, (total, n) in spent.items()}
    cells: dict[tuple[Any, int, str], list[float]] = {}
    for row in rows:
        pool, _, _ = POOLS[row["channel"]]
        cell = cells.setdefault((row["week"], row["slot"], pool), [0.0, 0.0])
        cell[0] += row["n"] * work[row["channel"]] / 1800
        cell[1] += row["n"]
    required: dict[Any, float] = {}
    for (week, _, pool), (erlangs, n) in cells.items():
        within = 20.0 if pool == "voice" else 30.0
        required[week] = required.get(week, 0.0) + agents_needed(erlangs, erlangs * 1800 / n, within) / 2
    return required


def test_open_hours_fit_live_requirement_and_ticket_work_every_week(large: Any) -> None:
    required = weekly_requirement(large)
    weeks = large.rows("""
        select date_trunc('week', cast(day as timestamp)) as week,
            sum(seconds) filter (state in ('handling', 'available')) / 3600 as open_hours,
            sum(seconds) filter (state = 'handling' and channel = 'email') / 3600 as ticket_hours
        from agent_time group by 1 order by 1""")
    ratios = {row["week"]: row["open_hours"] / (required[row["week"]] + row["ticket_hours"]) for row in weeks[1:-1]}
    assert len(ratios) > 10
    assert all(0.85 <= ratio <= 1.15 for ratio in ratios.values()), ratios


def test_ticket_work_takes_a_plausible_time_a_reply(large: Any) -> None:
    seconds = large.one("select sum(seconds) from agent_time where state = 'handling' and channel = 'email'")
    replies = large.one("select count(*) from comments where public = 'TRUE' and speaker >= 403958460000")
    assert 6 < seconds / 60 / replies < 18


def test_an_agent_is_seldom_on_two_calls_at_once(large: Any) -> None:
    share = large.one("""
        with calls as (select arrived + to_seconds(wait) as begun, lag(arrived + to_seconds(wait + talk + hold))
            over (partition by agent_id order by arrived) as before from contacts
            where outcome = 'answered' and channel in ('voice', 'callback'))
        select avg(cast(begun < before as integer)) from calls""")
    assert share < 0.08
