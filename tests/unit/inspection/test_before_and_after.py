"""What was before a change, what is planned, and who is no customer: headings that must not be taken for the fact."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.inspection import inspect_files
from tests.unit.ingestion.workbooks import xlsx
from tests.unit.inspection.test_rules import day, inspected, loaded, mapped


@pytest.mark.parametrize(
    ("head", "old", "new"),
    [
        ("Ticketnummer,Aktion,Alter Status,Neuer Status,Bearbeiter,Zeitpunkt", "Alter Status", "Neuer Status"),
        ("Ticket ID,Action,Previous status,New status,User,Changed at", "Previous status", "New status"),
    ],
    ids=["de", "en"],
)
def test_the_state_before_a_change_is_never_the_one_after_it(tmp_path: Path, head: str, old: str, new: str) -> None:
    steps = (("Neues Ticket", "", "neu"), ("Antwort an Kunden", "neu", "neu"), ("Statusänderung", "neu", "geschlossen"))
    rows = (
        f"{2600 + n},{action},{was},{now},Ana,{day(n)[:10]} 1{place}:00:00"
        for n in range(30)
        for place, (action, was, now) in enumerate(steps)
    )
    found = inspected(tmp_path, head, *rows)
    assert (found.kind, mapped(found)[old], mapped(found)[new]) == ("ticket_events", "from_value", "to_value")
    made = loaded(tmp_path, found, "ticket_events")
    assert {row["event_type"] for row in made} == {"created", "reply", "status"}
    assert {row["to_value"] for row in made if row["event_type"] == "status"} == {"closed"}


def test_who_is_called_a_customer_beside_names_of_colleagues_is_none_of_them(tmp_path: Path) -> None:
    steps = (("Neues Ticket", "Kunde"), ("Antwort an Kunden", "schmidt"), ("Antwort an Kunden", "weber"))
    rows = [
        f"{2600 + n},{kind},offen,{who},{day(n)[:10]} 1{p}:00:00"
        for n in range(30)
        for p, (kind, who) in enumerate(steps)
    ]
    found = inspected(tmp_path, "Ticketnummer,Aktion,Neuer Status,Bearbeiter,Zeitpunkt", *rows)
    roles = {(row["actor_id"], row["actor_role"]) for row in loaded(tmp_path, found, "ticket_events")}
    assert roles == {("Kunde", "customer"), ("schmidt", "agent"), ("weber", "agent")}


def test_a_former_state_that_stands_alone_stays_the_former_one(tmp_path: Path) -> None:
    rows = (f"T{n // 3},changed,{('open', 'pending', 'new')[n % 3]},Ana,{day(n)}" for n in range(60))
    found = inspected(tmp_path, "Ticket ID,Action,Old status,User,Changed at", *rows)
    assert mapped(found)["Old status"] != "to_value"


def test_the_day_on_which_a_post_should_be_filled_is_not_the_one_on_which_it_was(tmp_path: Path) -> None:
    head = (
        "Job Requisition ID,Job Posting Title,Status,Recruiting Start Date,Target Hire Date,Job Requisition Filled Date"
    )
    rows = (
        f"RQ-{n},Agent,{'Filled' if n % 3 else 'Open'},2026-03-{1 + n % 20:02},2026-05-{1 + n % 20:02},"
        f"{f'2026-04-{1 + n % 20:02}' if n % 3 else ''}"
        for n in range(36)
    )
    told = mapped(inspected(tmp_path, head, *rows))
    assert told["Target Hire Date"] is None
    assert (told["Job Requisition Filled Date"], told["Recruiting Start Date"]) == ("filled_on", "opened_on")


def test_who_applies_for_a_job_is_no_customer(tmp_path: Path) -> None:
    head = "Opportunity ID,Contact ID,Candidate Name,Email,Posting Title,Requisition Code,Created At,Current Stage,City"
    rows = (f"o{n},c{n},Name {n},n{n}@example.org,Agent,RQ-{n % 4},{day(n)},Interview,Denver" for n in range(40))
    assert inspected(tmp_path, head, *rows).kind != "customers"


def test_a_number_for_a_priority_is_told_with_its_direction(tmp_path: Path) -> None:
    rows = (f"T{n},{day(n)},open,{n % 5 + 1}" for n in range(40))
    found = inspected(tmp_path, "Ticket ID,Created,Status,Priority", *rows)
    assert any("1 is taken for urgent and 5 for low" in problem for problem in found.problems)


def test_sheets_that_nobody_looked_at_are_not_said_to_be_read(tmp_path: Path) -> None:
    sheets = {name: [["Ticket ID", "Created"], ["T1", "2026-03-01"], ["T2", "2026-03-02"]] for name in ("One", "Two")}
    (tmp_path / "book.xlsx").write_bytes(xlsx(sheets))
    (found,) = inspect_files([tmp_path / "book.xlsx"])
    assert any("sheet 'Two' is not" in problem for problem in found.problems)
