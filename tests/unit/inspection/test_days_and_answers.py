"""Days of staff that say little but their sum, kinds of leaving with a reason behind, yes and no in any tongue."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.unit.inspection.test_rules import day, inspected, loaded, mapped


def test_pay_codes_of_a_time_card_are_the_states_of_a_day(tmp_path: Path) -> None:
    codes = ("Regular", "Regular", "PTO", "Sick", "Meeting")
    rows = [
        f"{700 + n % 5},Ana {n % 5},{day(n // 5, '%m/%d/%Y')},{code},{1 + place % 2}.50,{100 + n + place}"
        for n in range(60)
        for place, code in enumerate(codes[1:])
    ]
    found = inspected(tmp_path, "Person Number,Person Full Name,Apply Date,Pay Code,Hours,Wages", *rows)
    assert found.kind == "agent_time"
    made = loaded(tmp_path, found, "agent_time")
    assert Counter(row["state"] for row in made) == {"handling": 60, "holiday": 60, "absence": 60, "meeting": 60}
    assert sum(row["seconds"] for row in made) == 60 * 8 * 3600


def test_a_day_of_plan_and_work_tells_adherence_and_nothing_else(tmp_path: Path) -> None:
    rows = [
        f"A{n % 6:03},{'Voice A' if n % 2 else 'Voice B'},{day(n // 6, '%m/%d/%Y')},"
        f"08:00:00,07:5{n % 10}:0{n % 7},06:4{n % 10}:1{n % 9},01:1{n % 10}:0{n % 8}"
        for n in range(120)
    ]
    head = "Agent ID,Team,Date,Scheduled Time,Worked Time,Time In Adherence,Time Out Of Adherence"
    found = inspected(tmp_path, head, *rows)
    assert found.kind == "agent_time" and mapped(found)["Team"] is None
    made = loaded(tmp_path, found, "agent_time")
    assert {row["scheduled_seconds"] for row in made} == {28_800} and len(made) == 120
    assert {(row["state"], row["is_paid"]) for row in made} == {("other", False)}
    assert any("neither occupancy, utilisation nor shrinkage" in one for one in found.problems)


def test_a_kind_of_leaving_with_its_reason_behind_is_known(tmp_path: Path) -> None:
    reasons = ("Resignation - Pay", "Resignation - Career", "Redundancy", "", "")
    rows = [
        f"E{n:04},Ana {n},{day(n - 900, '%Y-%m-%d')},{day(n, '%Y-%m-%d') if reasons[n % 5] else ''},{reasons[n % 5]}"
        for n in range(60)
    ]
    found = inspected(tmp_path, "Employee ID,Name,Hire Date,Termination Date,Event Reason", *rows)
    made = loaded(tmp_path, found, "agents")
    assert Counter(row["leaving_kind"] for row in made) == {"voluntary": 24, "involuntary": 12, None: 24}


def test_a_chinese_question_whether_it_was_settled_at_once_is_answered_by_yes_and_no(tmp_path: Path) -> None:
    words = ("满意", "非常满意", "一般", "不满意", "非常不满意")
    rows = [f"{n + 1},{day(n)},{words[n % 5]},{'否' if n % 4 == 0 else '是'}" for n in range(60)]
    found = inspected(tmp_path, "序号,提交时间,1、您对本次服务的总体满意度如何？,2、问题是否一次解决？", *rows)
    made = loaded(tmp_path, found, "survey_responses")
    assert Counter(row["value"] for row in made if row["instrument"] == "fcr") == {1: 45, 0: 15}


def test_people_who_were_asked_when_and_answered_when_are_a_survey_and_no_customers(tmp_path: Path) -> None:
    rows = []
    for n in range(90):
        score = n % 11 if n % 3 == 0 else None
        said = "" if score is None else "Promoter" if score > 8 else "Passive" if score > 6 else "Detractor"
        told = f"{day(n + 1)},{score},{said}" if score is not None else ",,"
        rows.append(f"{4000 + n},P{n % 9},p{n}@example.com,Gold,{day(n)},{told},done")
    head = "Person ID,Name,Email,Segment,Sent,Responded,Score,NPS Category,Workflow status"
    found = inspected(tmp_path, head, *rows)
    assert found.kind == "survey_responses"
    assert "instrument: nps" in (found.proposed_map or "") and mapped(found)["Responded"] == "responded_at"
    asked = loaded(tmp_path, found, "survey_invitations")
    assert (len(asked), sum(row["responded_at"] is not None for row in asked)) == (90, 30)
