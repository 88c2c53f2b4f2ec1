"""Rows that count for nothing: deleted requests are in no backlog, and faxes are no contacts that wait."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from tests.unit.inspection.test_rules import START, day, inspected, loaded


@pytest.mark.parametrize(
    ("heading", "yes", "no"),
    [("IsDeleted", "true", "false"), ("En papelera", "Sí", "No"), ("已删除", "是", "否"), ("Gelöscht", "ja", "nein")],
    ids=["en", "es", "zh", "de"],
)
def test_a_request_that_a_column_calls_deleted_is_deleted(tmp_path: Path, heading: str, yes: str, no: str) -> None:
    rows = [
        f"{70001 + n},C{n % 9},{day(n)},{day(n + 1) if n % 3 else ''},{'Closed' if n % 3 else 'Working'},"
        f"{yes if n % 6 == 0 else no}"
        for n in range(60)
    ]
    found = inspected(tmp_path, f"Case number,Contact ID,Created date,Closed date,Status,{heading}", *rows)
    told = Counter(row["status"] for row in loaded(tmp_path, found, "tickets"))
    assert told == {"closed": 40, "open": 10, "deleted": 10}


def test_when_something_was_deleted_is_no_yes_or_no(tmp_path: Path) -> None:
    rows = [f"{70001 + n},{day(n)},{day(n + 1)},Closed,{day(n + 2) if n % 9 == 0 else ''}" for n in range(60)]
    found = inspected(tmp_path, "Case number,Created date,Closed date,Status,Deleted at", *rows)
    assert {row["status"] for row in loaded(tmp_path, found, "tickets")} == {"closed"}


def test_faxes_are_left_out_of_the_calls_and_counted(tmp_path: Path) -> None:
    rows = [
        f"{('Voice,Accepted', 'Voice,Missed')[n % 2] if n % 5 else 'Fax,Received'},+49301234{n:03},"
        f"{START + timedelta(minutes=9 * n)},0:0{n % 9}:10"
        for n in range(100)
    ]
    found = inspected(tmp_path, "Type,Action Result,From,Start time,Duration", *rows)
    assert any("20 of 100 rows looked at are faxes" in one for one in found.problems)
    made = loaded(tmp_path, found, "contacts")
    assert len(made) == 80 and {row["channel"] for row in made} == {"voice"}


def test_calls_between_colleagues_are_left_out_and_said(tmp_path: Path) -> None:
    ways = ("Inbound", "Inbound Queue", "Outbound", "Internal")
    rows = [
        f"k{n:05}x,{START + timedelta(minutes=9 * n)},{ways[n % 4]},+49301234{n:03},Help,{n % 60},{120 + n},Answered"
        for n in range(120)
    ]
    found = inspected(tmp_path, "Call ID,Start time,Direction,From,Queue,Wait seconds,Talk seconds,Call result", *rows)
    assert any("30 of 120 rows looked at are 'Internal'" in one for one in found.problems)
    assert Counter(row["direction"] for row in loaded(tmp_path, found, "contacts")) == {"inbound": 60, "outbound": 30}


def test_a_phantom_call_is_no_contact_and_none_that_a_machine_settled(tmp_path: Path) -> None:
    ends = ["Answered", "Answered", "Hang up", "PHANTOM", "Answered", "Test call"]
    rows = [
        f"c{n:06}-x,{START + timedelta(minutes=9 * n)},South,0:00:{10 + n % 40},"
        f"{'0:02:30' if ends[n % 6] == 'Answered' else '0:00:00'},{ends[n % 6]}"
        for n in range(90)
    ]
    found = inspected(tmp_path, "Call ID,Call start,Queue,Queue wait,Talk time,Outcome", *rows)
    assert Counter(row["outcome"] for row in loaded(tmp_path, found, "contacts")) == {"answered": 45, "abandoned": 15}
    assert sum("30 of 90 rows looked at are 'PHANTOM', 'Test call'" in one for one in found.problems) == 1
