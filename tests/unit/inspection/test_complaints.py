"""Which requests are complaints, and other words in which tools tell what became of a request, a call or an offer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.inspection.test_rules import day, inspected, loaded


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("Request type", ("Question", "Formal complaint", "Incident", "Question")),
        ("Vorgangsart", ("Anfrage", "Beschwerde", "Störung", "Anfrage")),
        ("Tipo petición", ("Consulta", "Queja", "Sugerencia", "Consulta")),
        ("工单类型", ("咨询", "投诉", "报修", "咨询")),
        ("문의유형", ("배송", "불만", "결제", "배송")),
    ],
)
def test_a_kind_of_request_called_complaint_tells_the_complaints(
    tmp_path: Path, heading: str, kinds: tuple[str, ...]
) -> None:
    rows = [f"T{n:03},{day(n)},{day(n + 1)},Closed,{kinds[n % 4]}" for n in range(40)]
    made = loaded(tmp_path, inspected(tmp_path, f"Ticket ID,Created,Solved,Status,{heading}", *rows), "tickets")
    assert [sum(row["is_complaint"] is told for row in made) for told in (True, False)] == [10, 30]


@pytest.mark.parametrize("kinds", [("Pothole", "Noise complaint"), ("Question", "Incident")])
def test_a_complaint_about_noise_is_a_subject(tmp_path: Path, kinds: tuple[str, str]) -> None:
    rows = [f"T{n:03},{day(n)},{day(n + 1)},Closed,{kinds[n % 2]}" for n in range(40)]
    made = loaded(tmp_path, inspected(tmp_path, "Ticket ID,Created,Solved,Status,Type", *rows), "tickets")
    assert {row["is_complaint"] for row in made} == {None}


@pytest.mark.parametrize(
    ("accepted", "declined", "waiting"),
    [
        ("Đồng ý", "Từ chối", "Chờ phản hồi"),
        ("Accepted", "Declined", "Pending"),
        ("Accepted", "Declined", "Awaiting Response"),
        ("Aceptada", "Rechazada", "Pendiente"),
    ],
)
def test_an_offer_that_waits_for_its_answer_is_not_turned_down(
    tmp_path: Path, accepted: str, declined: str, waiting: str
) -> None:
    said = (accepted, declined, waiting, accepted)
    rows = [f"A{n:03},c{n}@example.com,{day(n, '%F')},{day(n + 20, '%F')},{said[n % 4]}" for n in range(40)]
    found = inspected(tmp_path, "Application ID,Candidate email,Applied on,Offer date,Offer status", *rows)
    made = loaded(tmp_path, found, "applications")
    assert [sum(row["is_accepted"] is told for row in made) for told in (True, False, None)] == [20, 10, 10]
    assert not any("say with" in problem for problem in found.problems)
    # Nothing says when they answered: their day is that of the offer.
    assert {row["decided_on"] == row["offered_on"] for row in made if row["is_accepted"] is not None} == {True}
    assert {row["decided_on"] for row in made if row["is_accepted"] is None} == {None}


@pytest.mark.parametrize(
    ("words", "gone"), [(("応答", "途中放棄"), "溢れ呼"), (("Atendida", "Abandonada"), "Desbordada")]
)
def test_a_call_that_ran_over_gave_nothing_up(tmp_path: Path, words: tuple[str, str], gone: str) -> None:
    said = (words[0], words[1], gone, words[0])
    rows = [
        f"C{n:03},{day(n)},Main,{said[n % 4]},00:00:1{n % 9},{'00:03:00' if n % 4 in (0, 3) else '00:00:00'}"
        for n in range(40)
    ]
    found = inspected(tmp_path, "Call ID,Call start,Queue,Outcome,Queue wait,Talk time", *rows, name="calls.csv")
    told = [row["outcome"] for row in loaded(tmp_path, found, "contacts")]
    assert [told.count(word) for word in ("answered", "abandoned", "flowed_out")] == [20, 10, 10]


def test_an_activity_on_the_phone_is_handling(tmp_path: Path) -> None:
    said = ("Phone", "Lunch", "Email", "Training")
    rows = [f"E{n % 5:03},{said[n % 4]},{day(n, '%F')}T09:00:00Z,{30 + n % 7}" for n in range(40)]
    found = inspected(tmp_path, "Agent,Activity,Start Time,Duration (minutes)", *rows, name="activities.csv")
    states = [row["state"] for row in loaded(tmp_path, found, "agent_time")]
    assert [states.count(word) for word in ("handling", "break", "training")] == [20, 10, 10]
