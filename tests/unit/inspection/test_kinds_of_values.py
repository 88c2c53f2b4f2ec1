"""What the values of a column are told to be, one test for each form that exports really have."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ingestion.inspection.profile import Profile
from tests.unit.inspection.test_rules import inspected, loaded, mapped


def kind(*values: str, name: str = "a column") -> str:
    return Profile(name, list(values) * 3).kind


@pytest.mark.parametrize(
    "values",
    [
        ("0:02:23", "0:10:01", "1:00:07"),
        ("00:04:43", "00:02:11", "00:00:00"),
        ("2:23", "0:41", "11:05"),
        ("5 min", "12 min", "1 h 3 min"),
        ("1 day 02:00:00", "3 days, 00:10:00", "0 days 00:00:09"),
    ],
)
def test_durations(values: tuple[str, ...]) -> None:
    assert kind(*values) == "duration"


def test_shares_written_as_percent_and_as_numbers() -> None:
    assert kind("17%", "3,5 %", "100.00%") == "percent"
    assert kind("0.17", "0.5", "1.0") == "number"
    assert kind("17", "50", "100") == "integer"


@pytest.mark.parametrize(
    "values", [("$22k", "$1.5M"), ("€1.234,50", "€12,00"), ("50 USD", "7.25 USD"), ("₹500", "₹12")]
)
def test_money_with_its_unit(values: tuple[str, ...]) -> None:
    assert kind(*values) == "money"


@pytest.mark.parametrize("huge", ["1e999", "-1e999", "9" * 400])
def test_a_number_beyond_all_counting_is_the_farthest_there_is(huge: str) -> None:
    profile = Profile("n", ["3", huge])
    assert all(number == int(number) for number in profile.numbers)
    assert max(map(abs, profile.numbers)) == sys.float_info.max


@pytest.mark.parametrize(
    "values", [("Y", "N"), ("Yes", "No"), ("true", "false"), ("TRUE", "FALSE"), ("1", "0"), ("1.0", "0.0")]
)
def test_yes_and_no(values: tuple[str, str]) -> None:
    assert kind(*values) == "boolean"


def test_words_for_no_value() -> None:
    profile = Profile("x", ["?", "NA", "n/a", "-", "", "NULL", "None", "nan", "#N/A", None, "12"])
    assert (profile.filled, profile.kind) == (1, "integer")
    assert profile.null_words == ["#N/A", "-", "?", "NA", "NULL", "None", "n/a", "nan"]


def test_times_of_a_spreadsheets_day_zero_are_times() -> None:
    assert kind("12/31/1899 02:00:00 PM", "12/31/1899 09:30:00 AM") == "time"


@pytest.mark.parametrize(
    "scale",
    [
        ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"],
        ["非常不满意", "不满意", "一般", "满意", "非常满意"],
        ["Muy insatisfecho", "Insatisfecho", "Neutral", "Satisfecho", "Muy satisfecho"],
        ["Discordo totalmente", "Discordo", "Neutro", "Concordo", "Concordo totalmente"],
        ["Très insatisfait", "Insatisfait", "Neutre", "Satisfait", "Très satisfait"],
    ],
)
def test_words_of_a_scale_have_their_places(scale: list[str]) -> None:
    profile = Profile("Q1", scale * 4)
    assert profile.likert is not None
    assert len(profile.likert) == 5


def test_a_list_that_a_program_wrote_is_parted_by_commas(tmp_path: Path) -> None:
    rows = [f"""J{n},Agent {n},Acme,2026-03-{n % 28 + 1:02},"['Excel', ""Levi's CRM""]" """.strip() for n in range(30)]
    found = inspected(tmp_path, "Job ID,Job title,Company,Posted date,Skills", *rows)
    assert mapped(found)["Skills"] == "skills"
    assert {row["skills"] for row in loaded(tmp_path, found, "job_postings")} == {"Excel, Levi's CRM"}


def test_totals_are_not_single_contacts(tmp_path: Path) -> None:
    rows = [f"2026-03-02 {n % 10 + 8:02}:00,Help,{40 + n},{38 + n},2" for n in range(10)]
    assert inspected(tmp_path, "Interval,Queue,Calls,Answered,Abandoned", *rows).kind == "interval_stats"
    single = [f"{n},2026-03-02 {n % 10 + 8:02}:00:10,Help,Yes,{n % 40}" for n in range(40)]
    assert inspected(tmp_path, "Call ID,Call time,Queue,Answered,Wait seconds", *single).kind == "contacts"


def test_an_event_log_is_not_a_table_of_tickets(tmp_path: Path) -> None:
    states = ("New", "Open", "Solved")
    log = [f"T{n // 3},2026-03-{n % 28 + 1:02} 10:0{n % 3},Status,{states[n % 3]}" for n in range(60)]
    assert inspected(tmp_path, "Ticket,Changed at,Field,New value", *log).kind == "ticket_events"
    table = [f"T{n},2026-03-{n % 28 + 1:02} 10:00,{states[n % 3]},High" for n in range(60)]
    assert inspected(tmp_path, "Ticket,Created at,Status,Priority", *table).kind == "tickets"
