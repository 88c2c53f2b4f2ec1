"""States that are called solved and never end, and words of lists that were met for the first time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.inspection.test_rules import day, inspected, loaded, mapped

HEAD = "Ticket ID,Status,Date created,Date resolved"


@pytest.mark.parametrize(("has_end", "state"), [(False, "pending"), (True, "solved")])
def test_what_was_answered_and_never_ends_is_waiting(tmp_path: Path, has_end: bool, state: str) -> None:
    said = ("Resolved", "Answered", "Resolved", "Open")
    ended = {"Resolved": True, "Answered": has_end, "Open": False}
    rows = [
        f"T{n:03},{said[n % 4]},{day(n)},{day(n + 1) if ended[said[n % 4]] else ''}" for n in range(80)
    ]  # fmt: skip
    found = inspected(tmp_path, HEAD, *rows)
    made = loaded(tmp_path, found, "tickets")
    assert {row["status"] for row in made if row["ticket_id"].endswith("1")} >= {state}
    assert sum(row["status"] == state for row in made) == (20 if state == "pending" else 60)
    assert any("taken for waiting" in problem for problem in found.problems) is not has_end


@pytest.mark.parametrize(
    "asked", ["Was your issue resolved during this contact?", "Was your problem solved in your first call?"]
)
def test_settled_during_the_contact_is_settled_at_once(tmp_path: Path, asked: str) -> None:
    rows = [f"R{n:03},{day(n)},{1 + n % 7},{('Yes', 'No', '')[n % 3]}" for n in range(60)]
    found = inspected(tmp_path, f"Response ID,Response Date,It was easy to handle my issue (1-7),{asked}", *rows)
    told = [row for row in loaded(tmp_path, found, "survey_responses") if row["instrument"] == "fcr"]
    assert sorted(float(row["value"]) for row in told if row["value"] is not None) == [0.0] * 20 + [1.0] * 20


def test_a_declaration_is_a_request(tmp_path: Path) -> None:
    rows = [f"{7000 + n};Graffitis;Tags;Paris {n % 9};{day(n, '%F')};DMR Web" for n in range(40)]
    head = "ID DECLARATION;TYPE DECLARATION;SOUS TYPE DECLARATION;VILLE;DATE DECLARATION;OUTIL SOURCE"
    found = inspected(tmp_path, head, *rows)
    said = mapped(found)
    assert (found.kind, said["ID DECLARATION"], said["DATE DECLARATION"]) == ("tickets", "ticket_id", "created_at")


def test_an_offer_accepted_or_waiting_in_chinese(tmp_path: Path) -> None:
    said = ("已接受", "已拒绝", "待候选人确认", "已接受")
    rows = [
        f"c{n:03},c{n}@example.com,{day(n, '%F')},{said[n % 4]},{day(n + 20, '%F')},"
        f"{day(n + 22, '%F') if n % 4 in (0, 3) else ''}"
        for n in range(40)
    ]
    found = inspected(tmp_path, "候选人ID,邮箱,投递时间,Offer 状态,Offer 发送时间,Offer 接受时间", *rows)
    made = loaded(tmp_path, found, "applications")
    assert [sum(row["is_accepted"] is told for row in made) for told in (True, False, None)] == [20, 10, 10]
    assert sum(row["accepted_on"] is not None for row in made) == 20
    assert {row["decided_on"] == row["offered_on"] for row in made if row["is_accepted"] is False} == {True}
    assert {row["decided_on"] for row in made if row["is_accepted"]} == {None}


@pytest.mark.parametrize(
    ("words", "levels"),
    [
        (("Sofort", "Dringend", "Normal", "Niedrig"), {"urgent", "high", "normal", "low"}),
        (("Urgent", "High", "Normal", "Low"), {"urgent", "high", "normal", "low"}),
        (("Critical", "Urgent", "High", "Low"), {"urgent", "high", "low"}),
    ],
)
def test_urgent_is_high_below_a_stronger_word(tmp_path: Path, words: tuple[str, ...], levels: set[str]) -> None:
    rows = [f"T{n:03},Closed,{day(n)},{day(n + 1)},{words[n % 4]}" for n in range(40)]
    made = loaded(tmp_path, inspected(tmp_path, f"{HEAD},Priority", *rows), "tickets")
    assert {row["priority"] for row in made} == levels
    assert sum(row["priority"] == "urgent" for row in made) == (20 if "high" in words[2].lower() else 10)
