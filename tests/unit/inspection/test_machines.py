"""Conversations with a machine, and lists of calls whose times are parts of a day."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from tests.unit.inspection.test_rules import START, inspected, loaded, mapped


def test_what_a_machine_settled_is_contained_and_no_work_of_people(tmp_path: Path) -> None:
    rows = [
        f"c{n:06}-x,{START + timedelta(minutes=9 * n)},{60 + n},{('TRUE', 'FALSE')[n % 3 == 0]},"
        f"{('FALSE', 'TRUE')[n % 3 == 0]},Returns,Web Chat"
        for n in range(90)
    ]
    found = inspected(tmp_path, "Conversation ID,Start Time,Duration (s),Contained,Handed Off,Intent,Channel", *rows)
    made = loaded(tmp_path, found, "contacts")
    assert Counter((row["outcome"], row["met_automation"]) for row in made) == {
        ("contained", True): 60,
        ("flowed_out", True): 30,
    }
    assert {row["talk_seconds"] for row in made} == {None}


def test_times_as_parts_of_a_day_are_seconds_and_a_number_of_a_call_counts_none(tmp_path: Path) -> None:
    rows = [
        f"{40000 + n},{START + timedelta(minutes=9 * n)},Help,{f'A{n % 5}' if n % 8 else ''},{int(n % 8 > 0)},"
        f"{int(n % 8 == 0)},{(10 + n % 50) / 86400:.10f},{(200 + n) / 86400 if n % 8 else 0:.10f},"
        f"{(n % 30) / 86400 if n % 8 else 0:.10f}"
        for n in range(160)
    ]
    head = "Call No,Call Start,Queue,Agent,Answered,Abandoned,Wait Time,Talk Time,Hold Time"
    found = inspected(tmp_path, head, *rows)
    assert found.kind == "contacts" and mapped(found)["Call No"] == "contact_id"
    made = loaded(tmp_path, found, "contacts")
    assert sum(row["wait_seconds"] for row in made) == pytest.approx(sum(10 + n % 50 for n in range(160)), abs=0.5)
    assert sum(row["talk_seconds"] for row in made) == pytest.approx(sum(200 + n for n in range(160) if n % 8), abs=0.5)
    assert Counter(row["outcome"] for row in made) == {"answered": 140, "abandoned": 20}
    assert all(row[name] == round(row[name]) for row in made for name in ("wait_seconds", "talk_seconds")), "whole"


def test_a_third_of_a_minute_is_twenty_seconds_and_no_hair_more(tmp_path: Path) -> None:
    rows = [
        f"c{n:06}-x,{START + timedelta(minutes=9 * n)},Help,A{n % 5},{(n % 60) / 60:.4f},{(200 + n) / 3600:.6f}"
        for n in range(120)
    ]
    head = "Call ID,Start time,Queue,Agent,Wait (minutes),Talk time (hours)"
    made = loaded(tmp_path, inspected(tmp_path, head, *rows), "contacts")
    assert sorted(row["wait_seconds"] for row in made) == sorted(n % 60 for n in range(120))
    assert sum(row["wait_seconds"] <= 20 for row in made) == 42
    assert sorted(row["talk_seconds"] for row in made) == [200 + n for n in range(120)]
