"""What lists met everywhere hold beside their columns: days that are none, those who are there, what is summed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.unit.inspection.test_rules import START, day, inspected, loaded, mapped

PEOPLE = "EmployeeID,Name,Department,Hire Date,Termination Date,Term Reason,EmploymentStatus"


def _people(tmp_path: Path, none: str) -> list[dict[str, object]]:
    rows = []
    for n in range(60):
        hired, left = f"{1 + n % 12}/{13 + n % 12}/2015", f"{1 + n % 12}/{13 + n % 12}/2025"
        kind = ("Active", "Voluntarily Terminated", "Terminated for Cause")[n % 3]
        reason = ("N/A-StillEmployed", "career change", "attendance")[n % 3]
        rows.append(f"{10001 + n},Ann Lee{n},Support,{hired},{left if n % 3 else none},{reason},{kind}")
    found = inspected(tmp_path, PEOPLE, *rows)
    assert found.kind == "agents"
    return loaded(tmp_path, found, "agents")


@pytest.mark.parametrize("none", ["1/1/1900", "12/31/9999", "12/31/9999 0:00"])
def test_a_day_that_stands_for_none_is_no_last_day(tmp_path: Path, none: str) -> None:
    made = _people(tmp_path, none)
    assert len(made) == 60 and sum(row["left_on"] is None for row in made) == 20


def test_a_status_that_says_who_ended_it_does_and_those_who_are_there_have_no_reason(tmp_path: Path) -> None:
    made = _people(tmp_path, "")
    assert Counter(row["leaving_kind"] for row in made) == {"voluntary": 20, "involuntary": 20, None: 20}
    assert {row["leaving_reason"] for row in made if row["leaving_kind"] is None} == {None}


def test_terminated_alone_does_not_say_who_ended_it(tmp_path: Path) -> None:
    rows = [f"{10001 + n},Ann Lee{n},Support,{day(n)},{('Active', 'Terminated')[n % 2]}" for n in range(60)]
    found = inspected(tmp_path, "EmployeeID,Name,Department,Hire Date,EmploymentStatus", *rows)
    assert mapped(found)["EmploymentStatus"] != "leaving_kind"


def test_who_left_without_a_day_is_told(tmp_path: Path) -> None:
    rows = [f"{10001 + n},Ann Lee{n},Support,{day(n)},{('Yes', 'No')[n % 7 > 0]}" for n in range(60)]
    found = inspected(tmp_path, "EmployeeNumber,Name,Department,Hire Date,Attrition", *rows)
    assert any(one.startswith("Attrition is not read: it says who left") for one in found.problems)


def test_counts_of_a_month_belong_to_the_names_that_tell_them_apart(tmp_path: Path) -> None:
    rows = [
        f"{force},2026-{month:02}-01,{900 + month + size},{850 + month},{50 + size}"
        for month in range(1, 10)
        for size, force in enumerate(("Avon", "Kent", "Essex"))
    ]
    found = inspected(tmp_path, "Force,Month,Calls Received,Calls Answered,Calls Abandoned", *rows)
    assert mapped(found)["Force"] == "queue"
    assert {row["queue"] for row in loaded(tmp_path, found, "interval_stats")} == {"Avon", "Kent", "Essex"}


def test_a_point_on_the_map_is_no_region(tmp_path: Path) -> None:
    rows = [f'R{n:04},{day(n)},Open,Graffiti,"(34.{n % 9:04}, -118.{n % 7:04})"' for n in range(60)]
    found = inspected(tmp_path, "SRNumber,CreatedDate,Status,RequestType,Location", *rows)
    assert mapped(found)["Location"] is None


def test_a_day_of_six_digits_is_read_with_the_time_beside_it(tmp_path: Path) -> None:
    rows = [
        f"{33000 + n},9901{1 + n % 28:02},{7 + n % 12}:0{n % 6}:15,{n % 40},AGENT,{60 + n % 300}" for n in range(120)
    ]
    found = inspected(tmp_path, "call_id,date,vru_entry,q_time,outcome,ser_time", *rows)
    made = loaded(tmp_path, found, "contacts")
    assert len(made) == 120 and {(row["arrived_at"].year, row["arrived_at"].month) for row in made} == {(1999, 1)}


def test_a_bracket_behind_every_state_says_nothing(tmp_path: Path) -> None:
    rows = [f"{n},{day(n)},{('Closed', 'New')[n % 2]} (Support Pipeline)" for n in range(60)]
    made = loaded(tmp_path, inspected(tmp_path, "Ticket ID,Create date,Ticket status", *rows), "tickets")
    assert Counter(row["status"] for row in made) == {"closed": 30, "new": 30}


def test_kinds_of_costs_of_two_words_are_of_their_kind_and_others_are_told(tmp_path: Path) -> None:
    kinds = {"Salaries & benefits": 60000, "Software licences": 5000, "Office rent": 4000, "Mascot upkeep": 70}
    rows = [f"{START.year}-{month:02}-01,{kind},{cost}" for month in range(1, 10) for kind, cost in kinds.items()]
    found = inspected(tmp_path, "Month,Cost type,Amount", *rows)
    made = loaded(tmp_path, found, "costs")
    assert {row["category"] for row in made} == {"labour", "technology", "premises", "Mascot upkeep"}
    assert any("'Mascot upkeep' is no kind of cost" in one for one in found.problems)


def test_a_line_that_sums_up_a_list_of_costs_is_no_cost(tmp_path: Path) -> None:
    kinds = {"Personalkosten": 30000, "Miete": 2000, "Gesamt": 32000}
    rows = [f"2026-{month:02}-01;{kind};{cost}" for month in range(1, 10) for kind, cost in kinds.items()]
    found = inspected(tmp_path, "Monat;Kostenart;Ist", *rows)
    made = loaded(tmp_path, found, "costs")
    assert len(made) == 18 and sum(row["amount"] for row in made) == 9 * 32000
    assert any("'Gesamt') sum up others and are left out" in one for one in found.problems)
    assert not any("'Gesamt' is no kind" in one for one in found.problems)


def test_spam_and_what_was_thrown_away_on_a_day_were_not_solved(tmp_path: Path) -> None:
    rows = [
        f"{n},{('closed', 'open')[n % 2]},{day(n)},{day(n + 1) if n % 2 == 0 else ''},"
        f'{str(n % 10 == 1).lower()},{day(n + 1) if n % 10 == 2 else ""},"vip, urgent"'
        for n in range(60)
    ]
    head = "Ticket id,Status,Created datetime,Closed datetime,Spam,Trashed datetime,Tags"
    found = inspected(tmp_path, head, *rows)
    made = loaded(tmp_path, found, "tickets")
    assert Counter(row["status"] for row in made) == {"closed": 24, "open": 24, "deleted": 12}
    assert sum(row["solved_at"] is not None for row in made) == 24
    assert mapped(found)["Tags"] != "priority"


@pytest.mark.parametrize("merged", ["zusammengeführt", "fusionado", "合并"])
def test_what_was_merged_was_not_solved_in_any_language(tmp_path: Path, merged: str) -> None:
    rows = [f"T{n:04},{day(n)},{merged if n % 6 == 0 else 'closed'},{day(n + 1)}" for n in range(60)]
    made = loaded(tmp_path, inspected(tmp_path, "Case number,Created date,Case status,Date closed", *rows), "tickets")
    assert Counter(row["status"] for row in made if row["solved_at"] is None) == {"deleted": 10}


def test_work_after_calls_is_handling_whatever_it_is_called(tmp_path: Path) -> None:
    rows = [f"{day(n, '%Y-%m-%d')},Ann {chr(65 + n % 9)},{200 + n},{40 + n % 9},{100 - n},45" for n in range(60)]
    found = inspected(tmp_path, "Datum,Mitarbeiter,Gespräch (min),Nacharbeit (min),Bereit (min),Pause (min)", *rows)
    made = loaded(tmp_path, found, "agent_time")
    handled = sum(row["seconds"] for row in made if row["state"] == "handling")
    assert handled == 60 * sum(200 + n + 40 + n % 9 for n in range(60))


def test_a_number_with_its_words_is_that_number_where_it_answers_a_question(tmp_path: Path) -> None:
    said = {1: "とても不満", 2: "不満", 3: "普通", 4: "満足", 5: "とても満足"}
    rows = [f"{n},{day(n)},{1 + n % 5}（{said[1 + n % 5]}）" for n in range(60)]
    made = loaded(tmp_path, inspected(tmp_path, "No,回答日時,サポートの満足度", *rows), "survey_responses")
    assert len(made) == 60 and {row["instrument"] for row in made} == {"csat"}
    assert sum(row["value"] for row in made) == 12 * 15


def test_a_line_of_a_telephone_system_is_no_way_of_contact(tmp_path: Path) -> None:
    rows = [f"1646555{1000 + n},8000,PJSIP/trunk-{n % 3},{day(n)},{day(n)},{n},ANSWERED,9.{n}" for n in range(60)]
    found = inspected(tmp_path, "src,dst,channel,start,answer,billsec,disposition,uniqueid", *rows)
    assert mapped(found)["channel"] != "channel"
    assert {row["channel"] for row in loaded(tmp_path, found, "contacts")} == {"voice"}


def test_the_word_in_a_bracket_says_who_ended_it_and_goes_before_a_status(tmp_path: Path) -> None:
    kinds = ("", "Resignation (Voluntary)", "Termination (Involuntary)")
    states = ("Active", "Voluntarily Terminated", "Terminated for Cause")
    rows = [
        f"{10001 + n},Ann Lee{n},Support,2015-03-{1 + n % 28:02},{f'2025-04-{1 + n % 28:02}' if n % 3 else ''},"
        f"{kinds[n % 3]},{states[n % 2 * (n % 3)]}"
        for n in range(60)
    ]
    head = "EmployeeID,Name,Department,Hire Date,Exit Date,TerminationType,EmployeeStatus"
    found = inspected(tmp_path, head, *rows)
    assert mapped(found)["TerminationType"] == "leaving_kind"
    made = loaded(tmp_path, found, "agents")
    assert Counter(row["leaving_kind"] for row in made) == {"voluntary": 20, "involuntary": 20, None: 20}


@pytest.mark.parametrize(("name", "is_told"), [("shop-satisfaction-surveys.csv", False), ("export.csv", True)])
def test_a_score_is_satisfaction_where_the_file_is_called_so_else_it_is_told(
    tmp_path: Path, name: str, is_told: bool
) -> None:
    rows = [f"{700001 + n},{512001 + n},{1 + n % 5},{day(n)},{day(n + 1)},a{n % 4}@o.example" for n in range(60)]
    head = "Survey ID,Ticket ID,Score,Sent datetime,Scored datetime,Assignee"
    found = inspected(tmp_path, head, *rows, name=name)
    made = loaded(tmp_path, found, "survey_responses")
    assert len(made) == 60 and ({row["instrument"] for row in made} == {"csat"}) is not is_told
    assert any(one.startswith("Nothing says what was asked") for one in found.problems) is is_told
