"""Verdicts on promises, returns and ways of contact under headings that only some tools write."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.unit.inspection.test_rules import day, inspected, loaded


def _desk(n: int) -> tuple[str, str]:
    """The state of a request and its end; every fourth is open."""
    return ("Open", "") if n % 4 == 0 else ("Resolved", day(n + 1 + n % 3))


def test_a_time_that_was_exceeded_is_a_promise_broken(tmp_path: Path) -> None:
    rows = [f"T{n:04},{day(n)},Resolved,{day(n + 1)},{'Y' if n % 5 == 0 else 'N'}" for n in range(60)]
    found = inspected(tmp_path, "Ticket ID,Created At,Status,Resolved At,EXCEEDED EST TIMEFRAME", *rows)
    made = loaded(tmp_path, found, "tickets")
    assert Counter(row["reported_sla_state"] for row in made) == {"met": 48, "breached": 12}


def test_the_time_left_of_a_promise_says_whether_it_was_kept(tmp_path: Path) -> None:
    rows = [f"T{n:04},{day(n)},{(told := _desk(n))[0]},{told[1]},{-90 if n % 3 == 0 else 30 + n}" for n in range(60)]
    found = inspected(tmp_path, "Ticket ID,Created At,State,Closed,SolutionDiffInMin", *rows)
    made = loaded(tmp_path, found, "tickets")
    assert Counter(row["reported_sla_state"] for row in made) == {"breached": 20, "met": 30, "pending": 10}


def test_a_verdict_on_service_targets_and_a_return_with_a_hyphen_are_read(tmp_path: Path) -> None:
    head = "Ticket ID,Created At,State,Resolved At,SLM Real Time Status,Re-Opened Date"
    rows = [
        f"T{n:04},{day(n)},Resolved,{day(n + 2)},"
        f"{'Service Targets Breached' if n % 4 == 0 else 'Within Time Limit'},{day(n + 1) if n % 10 == 0 else ''}"
        for n in range(60)
    ]
    made = loaded(tmp_path, inspected(tmp_path, head, *rows), "tickets")
    assert Counter(row["reported_sla_state"] for row in made) == {"met": 45, "breached": 15}
    assert Counter(row["reopens"] for row in made) == {0: 54, 1: 6}


def test_what_was_called_off_on_a_day_without_a_time_in_a_word_cut_off_was_not_solved(tmp_path: Path) -> None:
    states = ["RESOL", "RESOL", "RESOL", "ASSIG", "CANC", "DUP"]
    rows = [f"T{n:04},{day(n)},{states[n % 6]},{'' if n % 6 == 3 else day(n + n % 2, '%Y-%m-%d')}" for n in range(60)]
    made = loaded(tmp_path, inspected(tmp_path, "Case ID,Created At,STATUS,CLOSED DATE", *rows), "tickets")
    assert Counter(row["status"] for row in made) == {"solved": 30, "open": 10, "deleted": 20}
    assert sum(row["solved_at"] is not None for row in made) == 30
