"""Days of work, costs with a column a kind, contacts with a rating, verdicts and marks: each taken for what it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tests.unit.inspection.test_rules import day, inspected, loaded, mapped


@pytest.mark.parametrize(
    ("head", "worked", "rest"),
    [("Employee,Date,Worked hours,Break", "7.5", "0.5"), ("氏名,日付,勤務時間,休憩時間", "7:30", "0:30")],
)
def test_hours_worked_beside_a_break_are_a_day_and_no_course(tmp_path: Path, head: str, worked: str, rest: str) -> None:
    rows = [f"P{n % 5},{day(n // 5, '%Y-%m-%d')},{worked},{rest}" for n in range(100)]
    found = inspected(tmp_path, head, *rows)
    assert found.kind == "agent_time" and any("and so no occupancy" in one for one in found.problems)
    hours: dict[str, float] = defaultdict(float)
    for row in loaded(tmp_path, found, "agent_time"):
        hours[row["state"]] += row["seconds"] / 3600
    assert hours == {"handling": 750, "break": 50}


def test_people_who_stand_there_day_by_day_are_no_list_of_people(tmp_path: Path) -> None:
    head = "First Name,Last Name,Employee ID,Position,Schedule,Date,Scheduled Hours,Worked Hours,Attendance Notice"
    rows = [
        f"Ana,B{n % 6},{100 + n % 6},CSR,Call Center,{day(n // 6, '%m/%d/%Y')},8.00,7.{n % 9}0,{'Late' * (n % 7 == 0)}"
        for n in range(180)
    ]
    found = inspected(tmp_path, head, *rows)
    made = loaded(tmp_path, found, "agent_time")
    assert (found.kind, len(made)) == ("agent_time", 180)
    assert {(row["state"], row["is_paid"], row["scheduled_seconds"]) for row in made} == {("other", False, 28_800)}
    assert any("conformance is told from it" in one for one in found.problems)


@pytest.mark.parametrize(
    "head",
    [
        "Month,Salaries,Rent,Software,Training,Total",
        "Tháng,Lương nhân viên,Thuê văn phòng,Phần mềm,Đào tạo,Tổng cộng",
        "Monat,Personalkosten,Miete,Software,Schulung,Summe",
    ],
)
def test_costs_with_a_column_a_kind_are_costs(tmp_path: Path, head: str) -> None:
    rows = [f"2026-{n + 1:02}-01,{40_000 + n},6000,1200,300,{47_500 + n}" for n in range(9)]
    found = inspected(tmp_path, head, *rows)
    assert found.kind == "costs"
    summed = Counter[str]()
    for row in loaded(tmp_path, found, "costs"):
        summed[row["category"]] += int(row["amount"])
    assert summed == {"labour": 360_036, "premises": 54_000, "technology": 10_800, "training": 2_700}


def test_a_chat_with_its_start_its_end_and_a_rating_is_a_contact_and_an_answer(tmp_path: Path) -> None:
    rows = [f"C{n},{day(n)},{day(n + 0)[:-2]}50,{'Ann' if n % 2 else 'Bob'},{n % 5 + 1}" for n in range(60)]
    found = inspected(tmp_path, "Chat ID,Chat start,Chat end,Agent,Rating", *rows)
    assert found.kind == "contacts"
    assert {row["instrument"] for row in loaded(tmp_path, found, "survey_responses")} == {"csat"}


def test_ways_of_contact_are_the_channel_whatever_stands_above_them(tmp_path: Path) -> None:
    ways = ("email", "phone", "web", "chat")
    rows = [f"{n},{day(n)},closed,{ways[n % 4]},{day(n + 1)}" for n in range(40)]
    found = inspected(tmp_path, "#,Created at,State,Create article type,Close at", *rows)
    assert Counter(row["channel"] for row in loaded(tmp_path, found, "tickets"))["voice"] == 10


def test_pass_and_fail_are_the_verdict_and_an_automatic_fail_a_part_of_it(tmp_path: Path) -> None:
    rows = [f"{n},{day(n)},Ann,{'Yes' if n % 20 == 0 else 'No'},{'Fail' if n % 5 == 0 else 'Pass'}" for n in range(60)]
    found = inspected(tmp_path, "Evaluation ID,Evaluation Date,Agent,Auto Fail,Outcome", *rows)
    assert [row["passed"] for row in loaded(tmp_path, found, "quality_checks")].count(False) == 12


def test_the_stars_of_a_review_are_satisfaction(tmp_path: Path) -> None:
    rows = [f"R{n},{day(n)},U{n},Fine,{n % 5 + 1}" for n in range(60)]
    found = inspected(tmp_path, "Review Id,Review Created (UTC),Review User Id,Review Content,Review Stars", *rows)
    assert {row["instrument"] for row in loaded(tmp_path, found, "survey_responses")} == {"csat"}


def test_the_department_of_the_asker_is_not_the_group_that_answers(tmp_path: Path) -> None:
    rows = [f"{n},{day(n)},Open,{'Finance' if n % 2 else 'Sales'},{'Desk' if n % 3 else 'Network'}" for n in range(60)]
    told = mapped(inspected(tmp_path, "Ticket ID,Created Time,Status,Department,Group", *rows))
    assert (told["Group"], told["Department"]) == ("team", None)


def test_a_state_with_its_reason_behind_is_a_state_and_no_region(tmp_path: Path) -> None:
    states = ("Solucionado - Por respuesta definitiva", "En trámite - Por asignar")
    rows = [f"{3000 + n};{states[n % 2]};{'Suba' if n % 3 else 'Usme'};{day(n)}" for n in range(60)]
    found = inspected(tmp_path, "Número petición;Estado petición;Localidad de los hechos;Fecha ingreso", *rows)
    assert Counter(row["status"] for row in loaded(tmp_path, found, "tickets")) == {"solved": 30, "open": 30}


def test_not_set_is_no_day(tmp_path: Path) -> None:
    rows = [f"{n},{day(n)},{'resolved' if n % 9 else 'open'},{day(n + 1) if n % 9 else 'Not set'}" for n in range(60)]
    found = inspected(tmp_path, "id,Created,Status,Resolved", *rows)
    made = loaded(tmp_path, found, "tickets")
    assert (len(made), sum(row["solved_at"] is None for row in made)) == (60, 7)


def test_a_mark_behind_a_month_belongs_off(tmp_path: Path) -> None:
    months = ("January", "February", "March", "April", "May", "June", "July", "August", "September")
    marks = [""] * 6 + [" [r]", " [r]", " [p]"]
    rows = [f"{months[n]} 2026{marks[n]},{900 + n},{800 + n},100" for n in range(9)]
    found = inspected(tmp_path, "Month,Calls offered,Calls answered,Calls abandoned", *rows)
    made = loaded(tmp_path, found, "interval_stats")
    assert (len(made), max(row["interval_start_at"] for row in made).month) == (9, 9)


def test_answers_of_staff_in_rows_are_by_question_and_no_recommendation_of_customers(tmp_path: Path) -> None:
    asked = (
        "How likely is it you would recommend us as a place to work?",
        "My workload is manageable.",
        "I feel heard.",
    )
    rows = [f"E{n // 3},Care,{day(n // 3)},{asked[n % 3]},{n % 11}" for n in range(90)]
    found = inspected(tmp_path, "Employee ID,Department,Answered At,Question,Score", *rows)
    made = loaded(tmp_path, found, "survey_responses")
    assert Counter(row["instrument"] for row in made) == {"enps": 30, "employee": 60}
    assert {(row["audience"], row["agent_id"]) for row in made} == {("employee", None)}


def test_what_was_resolved_at_an_instant_is_a_request_and_nobody(tmp_path: Path) -> None:
    head = "session_id,state,created_at,resolved_at,assigned_user_id,meta_nickname,meta_email,meta_origin"
    states = ("resolved", "resolved", "unresolved")
    rows = [
        f"session_{n:04x}a{n},{states[n % 3]},{day(n)},{day(n + 1) if n % 3 < 2 else ''},hana,x,c{n}@x.example,email"
        for n in range(60)
    ]
    found = inspected(tmp_path, head, *rows)
    read = mapped(found)
    assert (found.kind, read["state"], read["resolved_at"]) == ("tickets", "status", "solved_at")
    made = loaded(tmp_path, found, "tickets")
    assert sum(row["status"] == "open" for row in made) == 20
