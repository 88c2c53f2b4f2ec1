"""Exports of telephones, shifts, courses and surveys: what a column means that other columns of its row explain."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.inspection.test_rules import day, inspected, loaded


def test_a_queue_has_no_breaks_and_a_day_that_would_be_longer_is_told_in_milliseconds(tmp_path: Path) -> None:
    """The time on the queue, made of the interacting and the idle, is counted once."""
    rows = []
    for n in range(90):
        talk, idle, pause, met = 15_000_011 + 37_003 * n, 4_000_003 + 90_011 * (n % 13), 1_800_000, 901_000 * (n % 3)
        on, off = talk + idle, pause + met
        rows.append(f"{day(n // 5, '%Y-%m-%d')},a{n % 5},{on + off},{on},{off},{talk},{idle},{pause},{met}")
    head = "Interval Start,Agent Id,Logged In,On Queue,Off Queue,Interacting,Idle,Break,Meeting"
    found = inspected(tmp_path, head, *rows)
    assert found.kind == "agent_time"
    assert any("read as milliseconds" in one for one in found.problems)
    told = loaded(tmp_path, found, "agent_time")
    handled = sum(float(row["seconds"]) for row in told if row["state"] == "handling")
    assert handled == pytest.approx(sum(15_000.011 + 37.003 * n for n in range(90)))


def test_a_time_of_those_who_gave_up_shows_nothing_of_who_spoke(tmp_path: Path) -> None:
    results = ["Accepted", "Missed", "Accepted", "Voicemail"]
    rows = [
        f"Incoming,+1555{n:07},{day(n // 8, '%m/%d/%Y')} 10:{n % 60:02} AM,{results[n % 4]},0:0{n % 4 + 1}:11"
        for n in range(200)
    ]
    found = inspected(tmp_path, "Direction,From,Call Date,Action Result,Duration", *rows)
    ended = [row["outcome"] for row in loaded(tmp_path, found, "contacts")]
    assert (ended.count("answered"), ended.count("abandoned")) == (100, 50)


def test_answers_with_their_asking_and_those_who_served_are_no_customers(tmp_path: Path) -> None:
    head = (
        "request_id,request_sent_at,response_received_at,star_rating,tags,ext_interaction_id,customer_name,"
        "request_sent_to,employee_email,employee_custom_id,employee_start_date,team,location"
    )
    rows = [
        f"r{n:05},{day(n // 9)},{day(n // 9 + 1)},{n % 5 + 1},late,T{n},Name {n % 80},c{n}@x.example,"
        f"e{n % 7}@x.example,E{n % 7},2023-04-0{n % 7 + 1},Blue,Leeds"
        for n in range(180)
    ]
    found = inspected(tmp_path, head, *rows)
    assert found.kind == "survey_responses"
    told = loaded(tmp_path, found, "survey_responses")
    assert sum(float(row["value"]) > 3 for row in told) == 72
    assert {(row["instrument"], float(row["scale_max"])) for row in told} == {("csat", 5.0)}


def test_a_course_not_begun_took_no_hours_and_refuses_no_row(tmp_path: Path) -> None:
    states = ["Completed", "Completed", "In progress", "Not started"]
    rows = []
    for n in range(200):
        state = states[n % 4]
        done = day(n // 8, "%d/%m/%Y") if state == "Completed" else "-"
        spent = "-" if state == "Not started" else f"1h {n % 60}m 0s"
        rows.append(f"Person {n % 20},Course {n % 3},{day(n // 9, '%d/%m/%Y')},{done},{spent},{state}")
    found = inspected(tmp_path, "User,Course,Enrolled on,Completed on,Time,Status", *rows)
    assert found.kind == "training"
    assert len(loaded(tmp_path, found, "training")) == 100


def test_offers_are_dated_by_their_sending_and_their_acceptance_in_chinese(tmp_path: Path) -> None:
    rows = []
    for n in range(200):
        sent = day(n // 8 + 3, "%Y/%m/%d %H:%M") if n % 5 < 2 else ""
        took = day(n // 8 + 5, "%Y/%m/%d %H:%M") if n % 5 == 0 else ""
        state = ("待入职", "已淘汰", "筛选中", "筛选中", "已淘汰")[n % 5]
        answer = ("已接受", "已拒绝", "", "", "")[n % 5]
        rows.append(f"候选{n},客服专员,内推,{day(n // 8, '%Y/%m/%d %H:%M')},{state},{sent},{answer},{took}")
    head = "候选人姓名,应聘职位,渠道来源,投递时间,候选人状态,offer发送时间,offer状态,接受offer时间"
    found = inspected(tmp_path, head, *rows)
    told = loaded(tmp_path, found, "applications")
    assert sum(row["is_accepted"] is True and row["accepted_on"] is not None for row in told) == 40
    assert sum(row["is_accepted"] is False and row["decided_on"] is not None for row in told) == 40
    assert sum(row["status"] == "hired" for row in told) == 40
