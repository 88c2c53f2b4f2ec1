"""Kinds that have most headings in common are told apart by what else stands in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.inspection.test_rules import day, inspected, loaded, mapped


def test_old_beside_new_values_are_changes_of_tickets(tmp_path: Path) -> None:
    rows = [f"h{n},INC{n // 4:03},state,{n % 3},{n % 3 + 1},{day(n)},Ana" for n in range(80)]
    found = inspected(tmp_path, "sys_id,record,fieldname,oldvalue,newvalue,sys_created_on,user", *rows)
    said = mapped(found)
    assert (found.kind, said["oldvalue"], said["newvalue"]) == ("ticket_events", "from_value", "to_value")


def test_a_state_that_stands_alone_is_the_one_it_became(tmp_path: Path) -> None:
    rows = [f"INC{n // 4:03},{('open', 'pending', 'closed')[n % 3]},{day(n)}" for n in range(80)]
    found = inspected(tmp_path, "Ticket number,State,Changed at", *rows)
    assert mapped(found)["State"] == "to_value"


def test_what_is_voted_for_is_a_statement_and_an_idea(tmp_path: Path) -> None:
    rows = [f'{n},"Let us {n} call back",{("App", "Bills")[n % 2]},{n % 40},{day(n)}' for n in range(60)]
    found = inspected(tmp_path, "Id,Title,Category,Supporters count,Created at", *rows)
    assert (found.kind, mapped(found)["Supporters count"]) == ("statements", "mentions")
    assert {row["kind"] for row in loaded(tmp_path, found, "statements")} == {"idea"}


def test_addresses_of_their_own_are_people_not_requests(tmp_path: Path) -> None:
    rows = [f"{n + 500},Ann,Lee {n},a{n}@example.org,+4420{n:07},Customer,{day(n)}" for n in range(60)]
    head = "Record ID,First Name,Last Name,Email,Phone Number,Lifecycle Stage,Create Date"
    found = inspected(tmp_path, head, *rows)
    said = mapped(found)
    assert (found.kind, said["Record ID"], said["Phone Number"], said["Create Date"]) == (
        "customers", "customer_id", "phone", "customer_since_on",
    )  # fmt: skip


def test_an_application_that_enters_and_leaves_stages_is_a_history_of_them(tmp_path: Path) -> None:
    rows = [f"A{n // 3:03},{('Screen', 'Interview', 'Offer')[n % 3]},{day(n)},{day(n + 1)}" for n in range(90)]
    found = inspected(tmp_path, "Application ID,Stage,Entered Stage At,Left Stage At", *rows)
    assert found.kind == "application_stages"


def test_one_question_on_a_scale_among_times_and_names_is_a_survey(tmp_path: Path) -> None:
    rows = [f"{n},{day(n)},{day(n)},anonymous,{n % 11},{('', 'quite slow to answer')[n % 2]}" for n in range(60)]
    head = "ID,Start time,Completion time,Email,How likely are you to recommend us?,What should we change?"
    found = inspected(tmp_path, head, *rows)
    said = mapped(found)
    assert (found.kind, said["Completion time"], said["What should we change?"]) == (
        "survey_responses", "responded_at", "comment",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "becomes"),
    [("Resolve By", "due_at"), ("First Response By", "first_reply_due_at"), ("Completion Due", "due_at"),
     ("Resolved At", "solved_at"), ("(Do Not Modify) Modified On", "updated_at")],
    ids=["resolve_by", "response_by", "due", "resolved", "do_not_modify"],
)  # fmt: skip
def test_by_and_due_are_deadlines(tmp_path: Path, heading: str, becomes: str) -> None:
    rows = [f"T{n},{day(n)},open,High,Lamp {n},{day(n + 2)}" for n in range(60)]
    found = inspected(tmp_path, f"Ticket ID,Created On,Status,Priority,Subject,{heading}", *rows)
    assert mapped(found)[heading] == becomes


@pytest.mark.parametrize(
    ("heading", "value", "column", "ours"),
    [("Is Outbound", "Yes", "direction", "outbound"), ("Missed", "No", "outcome", "answered"),
     ("是否超期", "是", "reported_sla_state", "breached"), ("是否按时", "是", "reported_sla_state", "met")],
    ids=["outbound", "missed", "overdue_zh", "in_time_zh"],
)  # fmt: skip
def test_yes_means_what_the_heading_asks(tmp_path: Path, heading: str, value: str, column: str, ours: str) -> None:
    other = {"Yes": "No", "No": "Yes", "是": "否"}[value]
    is_call = column in ("direction", "outcome")
    head = "Call ID,Call start,Talk seconds,Queue,Agent" if is_call else "工单编号,创建时间,工单状态,优先级,受理人"
    middle = "{0},Care,Ana" if is_call else "处理中,高,Ana"
    rows = [f"C{n},{day(n)},{middle.format(60 + n)},{value if n % 3 else other}" for n in range(60)]
    found = inspected(tmp_path, f"{head},{heading}", *rows)
    assert mapped(found)[heading] == column
    table = "contacts" if is_call else "tickets"
    said = {row[column] for row in loaded(tmp_path, found, table) if int(row["_line"]) % 3}
    assert ours in said and len(said) == 2


def test_a_failed_check_is_not_passed(tmp_path: Path) -> None:
    rows = [f"E{n},{day(n)},Ana {n % 4},{70 + n % 30},{'Yes' if n % 4 == 0 else 'No'}" for n in range(60)]
    found = inspected(tmp_path, "Evaluation ID,Evaluation date,Agent,Score,Failed", *rows)
    assert mapped(found)["Failed"] == "passed"
    assert sum(bool(row["passed"]) for row in loaded(tmp_path, found, "quality_checks")) == 45


def test_a_telephone_number_is_no_number_of_a_request(tmp_path: Path) -> None:
    rows = [f"{day(n)},+4420{n:07},+4420999{n % 3},Ana,{30 + n},answered" for n in range(60)]
    found = inspected(tmp_path, "Call start,From,To Number,Agent,Talk seconds,Result", *rows)
    said = mapped(found)
    assert (said["From"], said["To Number"]) == ("customer_id", None)


def test_the_start_of_a_range_of_hours_is_the_time_beside_the_day(tmp_path: Path) -> None:
    rows = [
        f"2026-03-{n // 4 + 1:02},{8 + n % 4:02}:00-{9 + n % 4:02}:00,Care,{150 + n},{100 + n},{n % 9}"
        for n in range(80)
    ]
    found = inspected(tmp_path, "Date,Interval,Queue,Calls offered,Calls taken,Calls lost", *rows)
    starts = {row["interval_start_at"].hour for row in loaded(tmp_path, found, "interval_stats")}
    assert starts == {8, 9, 10, 11}


def test_a_date_beside_codes_of_series_is_a_table_of_figures(tmp_path: Path) -> None:
    rows = [f"{2010 + n // 12}-{n % 12 + 1:02}-01,{3 + n / 50:.1f},{62 + n / 90:.1f}" for n in range(60)]
    found = inspected(tmp_path, "DATE,UNRX,CIVPZ", *rows, "2016-01-01,4.1,63.0")
    assert (found.kind, mapped(found)) == (
        "market_indicators",
        {"DATE": "period_on", "UNRX": "value", "CIVPZ": "value"},
    )
