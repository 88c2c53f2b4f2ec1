"""Rows that are more or less than one request or contact: counts of a day, promises, messages, legs of calls."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

from tests.unit.inspection.test_rules import START, day, inspected, loaded, mapped


def test_counts_of_a_day_are_no_tickets(tmp_path: Path) -> None:
    head = (
        "Ticket created - Date,Ticket group,Tickets,Solved tickets,Median first reply time (min),"
        "Median full resolution time (hrs),Reopened tickets"
    )
    rows = [
        f"{day(n // 2, '%Y-%m-%d')},{('Support', 'Billing')[n % 2]},{n % 9},{n % 7},{30 + n},{n % 40}.5,{n % 3}"
        for n in range(160)
    ]
    found = inspected(tmp_path, head, *rows)
    assert found.kind not in ("tickets", "contacts", "ticket_events", "market_indicators")


def test_promises_of_tickets_are_no_tickets(tmp_path: Path) -> None:
    head = "Ticket ID,SLA metric,SLA target (min),SLA due at,SLA fulfilled at,SLA status,SLA policy,Priority"
    rows = [
        f"{1000 + n // 2},{('First reply time', 'Requester wait time')[n % 2]},240,{day(n)},"
        f"{day(n) if n % 4 else ''},{('Breached', 'Achieved')[n % 4 > 0]},Standard,high"
        for n in range(160)
    ]
    found = inspected(tmp_path, head, *rows)
    assert found.kind != "tickets" and "derive: tickets  #" not in str(found.proposed_map)


def _messages(*, moves: bool) -> list[str]:
    """120 conversations of three messages: a question, an answer by itself and one by a person."""
    steps = (("Inbound", "false", ""), ("Outbound", "true", ""), ("Outbound", "false", "Mei Tan"))
    return [
        f"msg_{n:05}{step},cnv_{n:05},{way},{'Open' if moves and step < 2 else 'Archived'},"
        f"{START + timedelta(hours=2 * n, minutes=11 * step):%Y-%m-%d %H:%M:%S},{auto},{who}"
        for n in range(120)
        for step, (way, auto, who) in enumerate(steps)
    ]


MESSAGES = "Message ID,Conversation ID,Direction,Status,Message date,Autoreply,Author"


def test_messages_are_those_of_customers_people_and_machines(tmp_path: Path) -> None:
    found = inspected(tmp_path, MESSAGES, *_messages(moves=False))
    made = loaded(tmp_path, found, "ticket_events")
    told = Counter((row["event_type"], row["actor_role"]) for row in made)
    assert told == {("reply", "customer"): 120, ("reply", "bot"): 120, ("reply", "agent"): 120}
    assert mapped(found)["Status"] is None, "the state of the day of the export is no change"
    assert "derive: tickets  #" not in str(found.proposed_map) and "ever solved" in found.problems[0]


def test_legs_of_a_call_are_one_contact_whose_times_are_not_told(tmp_path: Path) -> None:
    legs = (("Inbound", "Redirected", "00:00:00", "00:00:12"), ("Inbound", "Redirected", "00:00:21", "00:00:00"),
            ("Inbound", "Answered", "00:00:03", "00:04:10"))  # fmt: skip
    rows = [
        f"{START + timedelta(minutes=20 * n, seconds=30 * leg):%d/%m/%Y %H:%M:%S},{n:011},+65069329{n:03},"
        f"{('IVR', 'Queue', 'Agent')[leg]},{','.join(told)}"
        for n in range(100)
        for leg, told in enumerate(legs)
    ]
    found = inspected(tmp_path, "Call Time,Call ID,From,To,Direction,Status,Ringing,Talking", *rows)
    assert any("its legs" in one for one in found.problems)
    made = loaded(tmp_path, found, "contacts")
    assert len(made) == 100 and {row["wait_seconds"] for row in made} == {None}


def test_a_share_answered_within_some_seconds_gives_the_count_and_the_threshold(tmp_path: Path) -> None:
    rows = [
        f"{('North', 'South')[n % 2]},{day(n // 2, '%Y-%m-%d')},{200 + n},{180 + n},20,{40 + n % 30}.5%"
        for n in range(60)
    ]
    head = "Line,Date,Calls offered,Calls answered,Calls abandoned,% Answered within 45 seconds"
    found = inspected(tmp_path, head, *rows)
    assert mapped(found)["% Answered within 45 seconds"] == "answered_in_threshold"
    made = loaded(tmp_path, found, "interval_stats")
    assert {row["threshold_seconds"] for row in made} == {45}
    first = min(made, key=lambda row: (row["interval_start_at"], row["queue"]))
    # 40.5 % of 180 answered and 20 given up: never more than the share that was answered.
    assert first["answered_in_threshold"] == 81
