"""A total of times beside its parts is no time of its own: handle times are those of the parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.inspection.totals import amount
from tests.unit.inspection.test_rules import day, inspected, loaded, mapped


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


def _calls(write) -> list[str]:  # type: ignore[no-untyped-def]
    rows = []
    for n in range(60):
        is_lost = n % 6 == 0
        wait, talk, hold, wrap = 5 + n % 30, 0 if is_lost else 100 + n, 0 if n % 3 else 20, 0 if is_lost else 15
        hold = 0 if is_lost else hold
        parts = ",".join(map(write, (wait, talk, hold, wrap, wait + talk + hold + wrap)))
        rows.append(f"C{n},{day(n)},Agent {n % 4},{parts},{'Abandoned' if is_lost else 'Answered'}")
    return rows


@pytest.mark.parametrize("write", [_clock, str], ids=["clock", "seconds"])
def test_the_total_of_a_call_is_left_out_and_its_handle_time_is_that_of_the_parts(tmp_path: Path, write) -> None:  # type: ignore[no-untyped-def]
    head = "Call ID,Start Time,Agent,Queue Wait,Conversing,Hold Time,After Call Work,Call Duration,Result"
    found = inspected(tmp_path, head, *_calls(write))
    told = mapped(found)
    assert (told["Call Duration"], told["Conversing"]) == (None, "talk_seconds")
    assert any(problem.startswith("Call Duration is left out: in the rows it is") for problem in found.problems)
    reasons = {column["name"]: column.get("reason", "") for column in found.columns}
    assert reasons["Conversing"].startswith("what is left of Call Duration, which is Queue Wait plus Conversing plus")
    rows = [row for row in loaded(tmp_path, found, "contacts") if row["outcome"] == "answered"]
    handled = sum((row["talk_seconds"] or 0) + (row["hold_seconds"] or 0) + (row["wrap_seconds"] or 0) for row in rows)
    right = sum(100 + n + (0 if n % 3 else 20) + 15 for n in range(60) if n % 6)
    assert (len(rows), handled) == (50, right)


def test_a_total_alone_is_the_time_there_is(tmp_path: Path) -> None:
    rows = [f"C{n},{day(n)},Agent {n % 4},{100 + n},Answered" for n in range(30)]
    assert mapped(inspected(tmp_path, "Call ID,Start Time,Agent,Call Duration,Result", *rows))["Call Duration"] == (
        "talk_seconds"
    )


def test_sums_of_a_queue_are_counted_once(tmp_path: Path) -> None:
    rows = []
    for n in range(40):
        talk, hold, wrap = 9000 + 71 * n, 300 + 13 * n, 800 + 7 * n
        rows.append(f"2026-03-{n % 20 + 1:02},{'AB'[n // 20]},{60 + n},{50 + n},10,{talk + hold + wrap},{hold},{wrap}")
    head = "Date,Skill,Offered,Answered,Abandoned,Handle Time,Hold,Wrap"
    told = mapped(inspected(tmp_path, head, *rows))
    # Without the talk beside it the sum is kept: its parts are not all there.
    assert told["Handle Time"] == "talk_seconds"


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [("0:02:23", 143), ("02:23", 143), ("1 day, 0:00:01", 86401), ("2m 23s", 143), ("143", 143), ("", None)],
)
def test_times_are_compared_as_seconds(cell: str, seconds: float | None) -> None:
    assert amount(cell) == seconds


def test_the_wait_is_what_the_whole_has_over_the_talk(tmp_path: Path) -> None:
    rows = []
    for n in range(60):
        talk = 0 if n % 6 == 0 else 100 + n
        rows.append(f"C{n},{day(n)},Agent {n % 4},{talk + 5 + n % 20},{talk},{'No' if n % 6 == 0 else 'Yes'}")
    found = inspected(tmp_path, "Call ID,Start Time,User,Duration (total),Duration (in call),Answered", *rows)
    waits = sum(row["wait_seconds"] for row in loaded(tmp_path, found, "contacts"))
    assert waits == sum(5 + n % 20 for n in range(60))
