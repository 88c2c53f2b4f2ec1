"""Headings and values of exports that nobody had seen, which would have falsified a figure when left out."""

from __future__ import annotations

import json
from pathlib import Path

from ingestion.inspection import inspect_file
from tests.unit.inspection.test_rules import day, inspected, loaded, mapped


def test_the_decision_on_an_offer_is_its_acceptance(tmp_path: Path) -> None:
    head = "Application ID,Candidate ID,Requisition ID,Applied On,Application Status,Source,Offer Date,Offer Decision"
    told = ("Accepted", "Declined", "")
    rows = [
        f"A{n:04},C{n:04},REQ-{n % 7},2026-03-{1 + n % 28:02},Active,Web,2026-04-02,{told[n % 3]}" for n in range(60)
    ]
    found = inspected(tmp_path, head, *rows)
    assert mapped(found)["Offer Decision"] == "is_accepted"
    made = {row["application_id"]: row["is_accepted"] for row in loaded(tmp_path, found, "applications")}
    assert [made[f"A000{n}"] for n in range(3)] == [True, False, None]


def test_a_target_of_the_first_response_is_a_promise(tmp_path: Path) -> None:
    head = "Case Number,Priority,Status,Opened,First Response Target,First Response,Resolution Target,Resolved"
    rows = [f"C-{n:05},High,Closed,{day(n)},{day(n + 1)},{day(n)},{day(n + 3)},{day(n + 2)}" for n in range(60)]
    said = mapped(inspected(tmp_path, head, *rows))
    assert (said["First Response Target"], said["Resolution Target"]) == ("first_reply_due_at", "due_at")


def test_what_a_telephone_system_says_of_overflow_and_wrap_is_counted(tmp_path: Path) -> None:
    head = (
        "Fecha;Intervalo;Cola;Ofrecidas;Atendidas;Abandonadas;Desbordadas;Abandonadas <5s;Abandonadas <20s;"
        "Atendidas <20s;Tiempo de espera total;Tiempo de conversación;Trabajo posterior"
    )
    rows = [
        f"{1 + n % 28:02}.03.2026;{8 + n % 12:02}:30;{('Ventas', 'Soporte')[n % 2]};{20 + n % 5};{17 + n % 5};2;"
        f"{n % 2};{n % 2};1;"
        f"{9 + n % 5};0:12:16;1:{n % 60:02}:18;0:{5 + n % 9:02}:24"
        for n in range(120)
    ]
    said = mapped(inspected(tmp_path, head, *rows))
    told = [said[name] for name in ("Desbordadas", "Abandonadas <20s", "Abandonadas <5s", "Trabajo posterior")]
    assert told == ["flowed_out", "abandoned_in_threshold", "abandoned_short", "wrap_seconds"]


def test_a_log_of_changes_names_its_kinds_of_change(tmp_path: Path) -> None:
    kinds = [("comment", "end_user", None, None), ("status_changed", "agent", "Open", "Solved"),
             ("assignee_changed", "agent", "Anna", "Li"), ("tag_juggled", "agent", None, None)]  # fmt: skip
    rows = [
        {"event_id": n, "ticket_id": 10 + n // 4, "timestamp": day(n), "type": kind, "actor_type": who,
         "actor": f"person {n % 9}", "from": old, "to": new, "public": True if kind == "comment" else None}
        for n in range(200) for kind, who, old, new in [kinds[0 if n % 41 == 1 else n % 3 if n % 40 else 3]]
    ]  # fmt: skip
    (tmp_path / "events.json").write_text(json.dumps(rows), encoding="utf-8")
    found = inspect_file(tmp_path / "events.json")
    assert (found.kind, mapped(found)["type"]) == ("ticket_events", "event_type")
    made = {row["event_id"]: row for row in loaded(tmp_path, found, "ticket_events")}
    assert len(made) == 200
    assert [made[str(n)]["event_type"] for n in (3, 4, 5, 40)] == ["reply", "status", "agent", "other"]
    assert (made["3"]["actor_role"], made["4"]["to_value"]) == ("customer", "solved")


def test_good_and_bad_are_two_points_of_satisfaction(tmp_path: Path) -> None:
    head = "id,started_at,answered_at,ended_at,visitor_id,agent_id,department,missed,rating"
    rows = [
        f"c-{n:05},{day(n)},{day(n)},{day(n)},v{n:03},ag{n % 4},Sales,false,{('good', 'bad', '')[n % 3]}"
        for n in range(90)
    ]
    found = inspected(tmp_path, head, *rows)
    assert (mapped(found)["visitor_id"], mapped(found)["rating"]) == ("customer_id", "survey_responses.value")
    answers = {row["response_id"]: row["value"] for row in loaded(tmp_path, found, "survey_responses")}
    assert (len(answers), answers["c-00000"], answers["c-00001"]) == (60, 1, 0)


def test_a_yes_or_no_that_is_counted_refuses_no_row(tmp_path: Path) -> None:
    head = "Call ID,Call Start,Queue Name,Agent Name,Queue Wait,Talk Time,Disposition,Transferred"
    rows = [
        f"CL{n:05},{day(n)},Sales,Agent {n % 5},00:00:{n % 60:02},00:0{n % 10}:30,Answered,{'NY'[n % 2]}"
        for n in range(60)
    ]
    found = inspected(tmp_path, head, *rows)
    assert mapped(found)["Transferred"] == "transfers"
    made = loaded(tmp_path, found, "contacts")
    assert (len(made), sum(row["transfers"] for row in made)) == (60, 30)


def test_a_verdict_on_a_promise_without_its_deadline_is_told(tmp_path: Path) -> None:
    rows = [f"T{n},{day(n)},{day(n + 2)},{day(n + 1)},Closed,{('Yes', 'No')[n % 2]}" for n in range(40)]
    for deadline, times in (("Due date", 0), ("Reviewed", 1)):
        found = inspected(tmp_path, f"Ticket ID,Created,{deadline},Closed,Status,SLA met", *rows)
        assert mapped(found)["SLA met"] == "reported_sla_state"
        assert sum("no promise is counted from it alone" in one for one in found.problems) == times


def test_a_verdict_on_a_call_is_told_as_unread(tmp_path: Path) -> None:
    words = ("Within SLA", "Below SLA", "Above SLA")
    rows = [f"C{n},{day(n)},Help,{n % 9},Answered,{words[n % 3]}" for n in range(40)]
    found = inspected(tmp_path, "Call ID,Call time,Queue,Talk minutes,Outcome,Response time", *rows)
    assert sum(one.startswith("Response time is not read") and "promise" in one for one in found.problems) == 1
