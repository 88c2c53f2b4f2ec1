"""Ends of requests that no heading calls so, and sentences on what is not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.inspection.last_word import UNENDED
from tests.unit.inspection.test_rules import day, inspected, loaded, mapped


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        ("Status,Status Date", ("Closed", "Open", "In progress")),
        ("DERNIER_STATUT,DATE_DERNIER_STATUT", ("Terminée", "Acceptée", "Prise en charge")),
    ],
)
def test_the_day_of_the_last_state_is_the_end_of_what_is_over(
    tmp_path: Path, heads: str, said: tuple[str, str, str]
) -> None:
    rows = [f"R{n:03},{day(n)},{said[n % 3]},{day(n + 1)}" for n in range(60)]
    made = loaded(tmp_path, inspected(tmp_path, f"Request ID,Date created,{heads}", *rows), "tickets")
    ended = [row for row in made if row["solved_at"] is not None]
    assert len(ended) == 20
    assert {row["status"] in ("solved", "closed") for row in ended} == {True}


@pytest.mark.parametrize(("heading", "is_end"), [("Date Responded", True), ("Date of first response", False)])
def test_the_answer_ends_what_has_an_outcome_with_it(tmp_path: Path, heading: str, is_end: bool) -> None:
    said = ("Full disclosure", "Refused", "Pending")
    rows = [f"F-{n:03},{day(n, '%F')},{said[n % 3]},{day(n + 9, '%F') if n % 3 < 2 else ''}" for n in range(60)]
    found = inspected(tmp_path, f"Ref No.,Date Received,Outcome,{heading}", *rows)
    made = loaded(tmp_path, found, "tickets")
    assert sum(row["solved_at"] is not None for row in made) == (40 if is_end else 0)
    assert (UNENDED in found.problems) is not is_end


def test_requests_without_an_end_are_said_to_have_none(tmp_path: Path) -> None:
    rows = [f"R{n:03},{day(n)},{('Closed', 'Open')[n % 2]}" for n in range(40)]
    assert UNENDED in inspected(tmp_path, "Request ID,Date created,Status", *rows).problems


def test_a_list_of_open_requests_needs_no_end(tmp_path: Path) -> None:
    rows = [f"R{n:03},{day(n)},{('New', 'Open')[n % 2]}" for n in range(40)]
    assert inspected(tmp_path, "Request ID,Date created,Status", *rows).problems == []


def test_what_might_tell_something_and_is_not_read_is_named_once(tmp_path: Path) -> None:
    rows = [f"R{n:03},{day(n)},{day(n + 2)},{('Closed', 'Open')[n % 2]},{n % 5},{n % 7} eggs" for n in range(60)]
    found = inspected(tmp_path, "Request ID,Date created,Date closed,Status,Votes,Breakfast", *rows)
    said = [problem for problem in found.problems if problem.startswith("Not read")]
    assert said == ["Not read: Votes, Breakfast. Where one of them is wanted, give the map a line for it."]


@pytest.mark.parametrize(("said", "step"), [("Normal", "high"), ("Medium", "high"), ("Low", "normal")])
def test_major_above_normal_is_high(tmp_path: Path, said: str, step: str) -> None:
    words = ("Minor", said, "Major", "Critical")
    rows = [f"T{n:03},{day(n)},{day(n + 2)},Closed,{words[n % 4]}" for n in range(40)]
    made = loaded(tmp_path, inspected(tmp_path, "Ticket ID,Created,Resolved,State,Priority", *rows), "tickets")
    assert {row["priority"] for row in made if int(row["ticket_id"][1:]) % 4 == 2} == {step}


def test_a_part_of_a_country_is_no_state_of_a_request(tmp_path: Path) -> None:
    rows = [f"{700 + n},{day(n)},{('Billing', 'Speed')[n % 2]},{('Austin', 'Reno')[n % 2]},{('TX', 'NV')[n % 2]}"
            for n in range(40)]  # fmt: skip
    found = inspected(tmp_path, "Ticket ID,Ticket Created,Issue,City,State", *rows, name="consumer_complaints.csv")
    assert "status" not in mapped(found).values()
    assert {row["is_complaint"] for row in loaded(tmp_path, found, "tickets")} == {True}


def test_where_every_kind_is_a_complaint_all_are(tmp_path: Path) -> None:
    rows = [f"{n:06}-2026,{day(n)},{('RECLAMO', 'QUEJA')[n % 2]},Atendido,{day(n + 3)}" for n in range(40)]
    head = "N° Hoja,Fecha de registro,Tipo,Estado,Fecha de cierre"
    made = loaded(tmp_path, inspected(tmp_path, head, *rows), "tickets")
    assert {row["is_complaint"] for row in made} == {True}


def test_who_wrote_an_issue_asks_and_does_not_serve(tmp_path: Path) -> None:
    rows = [f"{n + 1},Crash,Closed,user{n % 17},{('ann', 'bob')[n % 2]},{day(n)},{day(n + 2)}" for n in range(60)]
    said = mapped(inspected(tmp_path, "Issue ID,Title,State,Author Username,Assignee,Created At,Closed At", *rows))
    assert (said["Author Username"], said["Assignee"]) == ("customer_id", "agent_id")


def test_a_number_beside_an_address_is_no_customer(tmp_path: Path) -> None:
    rows = [f"{9000 + n},{500 + n},Closed,Ann B,c{n % 20}@x.example,{day(n)},{day(n + 2)}" for n in range(60)]
    head = "Conversation ID,Number,Status,Customer Name,Customer Email,Created,Closed"
    said = mapped(inspected(tmp_path, head, *rows))
    assert (said["Number"], said["Customer Email"]) == (None, "customer_id")


def test_an_address_called_after_its_row_is_the_customers(tmp_path: Path) -> None:
    rows = [f"{9000 + n},Closed,Ann B,c{n % 20}@x.example,{day(n)},{day(n + 2)}" for n in range(60)]
    head = "Ticket Id,Status (Ticket),Contact Name,Email (Ticket),Created Time (Ticket),Ticket Closed Time"
    assert mapped(inspected(tmp_path, head, *rows))["Email (Ticket)"] == "customer_id"


@pytest.mark.parametrize(("heading", "said"), [("stars", "5 4 2 1"), ("starRating", "FIVE FOUR TWO ONE")])
def test_stars_are_satisfaction_in_numbers_and_in_words(tmp_path: Path, heading: str, said: str) -> None:
    stars = said.split()
    rows = [f"v{n:03}x,{stars[n % 4]},{day(n)},Nice" for n in range(60)]
    found = inspected(tmp_path, f"review_id,{heading},createTime,comment", *rows)
    answers = loaded(tmp_path, found, "survey_responses")
    assert {row["instrument"] for row in answers} == {"csat"}
    assert sum(row["value"] >= row["scale_max"] - 1 for row in answers) == 30


def test_a_day_written_with_strokes_and_a_time_beside_it_is_a_start(tmp_path: Path) -> None:
    rows = [f"R8-{n:04},{day(n, '%Y/%m/%d')},{day(n, '%H:%M')},完了,{day(n, '%Y/%m/%d')}" for n in range(40)]
    made = loaded(tmp_path, inspected(tmp_path, "受付番号,受付日,受付時刻,対応状況,対応完了日", *rows), "tickets")
    assert [row["solved_at"] for row in made] == [row["created_at"] for row in made]


def test_a_chat_that_begins_ends_and_may_be_missed_is_no_answer(tmp_path: Path) -> None:
    rows = [f"26{n:03}.a,{day(n)},{day(n + 1)},{300 + n},v{n % 30}@x.example,{('', 'Ann')[n % 4 > 0]},"
            f"{str(n % 4 == 0).upper()},{('good', 'bad', '')[n % 3]},{('Thanks', '')[n % 2]}"
            for n in range(60)]  # fmt: skip
    head = "Chat ID,Start time,End time,Duration (seconds),Visitor email,Agent names,Missed,Rating,Comment"
    found = inspected(tmp_path, head, *rows)
    made = loaded(tmp_path, found, "contacts")
    assert (found.kind, sum(row["outcome"] == "abandoned" for row in made)) == ("contacts", 15)


def test_the_day_of_our_reply_is_no_day_of_a_review(tmp_path: Path) -> None:
    rows = [f"{day(n, '%F')},user{n},{1 + n % 5},Fine,{day(n + 2, '%F') if n % 3 == 0 else ''}" for n in range(60)]
    found = inspected(tmp_path, "Date,Author,Rating,Review,Reply date", *rows, name="reviews_acme.csv")
    answers = loaded(tmp_path, found, "survey_responses")
    assert mapped(found)["Date"] == "responded_at"
    assert ({row["instrument"] for row in answers}, len({row["responded_at"] for row in answers})) == ({"csat"}, 60)


def test_a_state_in_two_languages_is_one_state(tmp_path: Path) -> None:
    said = ("已結案 Closed", "處理中 In Progress")
    rows = [f"1-{n:05},{day(n)},{said[n % 2]},{day(n + 2) if n % 2 == 0 else ''}" for n in range(40)]
    found = inspected(tmp_path, "個案編號 Case No.,接收日期 Date Received,狀態 Status,結案日期 Date Closed", *rows)
    assert {row["status"] for row in loaded(tmp_path, found, "tickets")} == {"closed", "open"}


def test_gravity_in_french_is_an_urgency(tmp_path: Path) -> None:
    said = ("Mineure", "Moyenne", "Majeure", "Critique")
    rows = [f"R{n:03};{day(n)};{said[n % 4]};{('En cours', 'En attente client')[n % 2]}" for n in range(40)]
    made = loaded(tmp_path, inspected(tmp_path, "N° réclamation;Date de réception;Gravité;Statut", *rows), "tickets")
    assert {row["priority"] for row in made} == {"low", "normal", "high", "urgent"}
    assert {row["status"] for row in made} == {"open", "pending"}
