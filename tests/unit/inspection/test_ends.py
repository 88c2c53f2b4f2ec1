"""How requests end, where a file says it more than once, in a word of its own, or not at all."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.unit.inspection.test_rules import day, inspected, loaded, mapped


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        ("First Closed At", "Last Closed At", "CLOSED"),
        ("firstDone.createdAt", "lastDone.createdAt", "done"),
        ("First resolved date", "Last resolved date", "Resolved"),
    ],
    ids=["closed", "own_word", "resolved"],
)
def test_the_first_and_the_last_end_are_told_apart(tmp_path: Path, first: str, last: str, status: str) -> None:
    rows = [f"T{n:04},{day(n)},{status},{day(n + 1)},{day(n + (3 if n % 5 else 1))},C{n % 9}" for n in range(60)]
    found = inspected(tmp_path, f"Conversation ID,Created At,Status,{first},{last},Customer ID", *rows)
    assert (mapped(found)[first], mapped(found)[last]) == ("first_solved_at", "solved_at")
    made = loaded(tmp_path, found, "tickets")
    assert sum(row["solved_at"] > row["first_solved_at"] for row in made) == 48


def test_a_first_and_last_of_something_else_is_no_end(tmp_path: Path) -> None:
    rows = [f"T{n:04},{day(n)},open,{day(n + 1)},{day(n + 3)}" for n in range(60)]
    found = inspected(tmp_path, "Conversation ID,Created At,Status,First Message At,Last Message At", *rows)
    assert "solved_at" not in mapped(found).values()


def _tickets(tmp_path: Path, *, cancelled_end: bool) -> list[dict[str, Any]]:
    rows = [
        f"CAS-{n:04},{day(n)},{'Canceled' if n % 10 == 0 else 'Resolved'},"
        f"{day(n + 1) if n % 10 or cancelled_end else ''}"
        for n in range(80)
    ]
    found = inspected(tmp_path, "Case Number,Created On,Status,Resolved On", *rows)
    return loaded(tmp_path, found, "tickets")


def test_what_was_called_off_and_never_ended_is_gone(tmp_path: Path) -> None:
    made = _tickets(tmp_path, cancelled_end=False)
    assert Counter(row["status"] for row in made) == {"solved": 72, "deleted": 8}


def test_what_was_called_off_on_a_day_went_that_day_and_was_never_solved(tmp_path: Path) -> None:
    made = _tickets(tmp_path, cancelled_end=True)
    assert Counter(row["status"] for row in made) == {"solved": 72, "deleted": 8}
    assert {row["status"] for row in made if row["solved_at"] is None} == {"deleted"}
    assert all((row["closed_at"] is not None) == (row["status"] == "deleted") for row in made)


def test_the_level_of_satisfaction_of_a_conversation_is_a_rating(tmp_path: Path) -> None:
    rows = [f"T{n:04},{day(n)},done,{day(n + 1)},{1 + n % 5 if n % 3 else ''}" for n in range(60)]
    head = "Conversation ID,Created At,Status,Resolved At,satisfactionLevel.rating"
    answers = loaded(tmp_path, inspected(tmp_path, head, *rows), "survey_responses")
    assert len(answers) == 40 and {row["instrument"] for row in answers} == {"csat"}
