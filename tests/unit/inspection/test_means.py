"""Whether the times of a queue's report are sums or means is told by its rows, where no name says it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ingestion.inspection.means import growth_of
from ingestion.inspection.profile import Profile
from tests.unit.inspection.test_rules import inspected, loaded, mapped

HEAD = "Date,Time,Queue,Calls offered,Calls answered,Calls abandoned,Talk time"


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


@pytest.mark.parametrize("is_sum", [True, False], ids=["sums", "means"])
def test_times_that_grow_with_the_calls_are_sums_and_others_means(tmp_path: Path, is_sum: bool) -> None:
    rows, answered = [], 0
    for n in range(60):
        calls = 1 + n % 2 if n < 30 else 2
        answered += calls
        talk = 200 * calls if is_sum else 200
        rows.append(f"2026-03-{1 + n % 28:02},{8 + n // 28:02}:00,A,{calls},{calls},0,{_clock(talk + n % 7)}")
    rows += [f"2026-04-01,{h:02}:00,A,9,9,0,{_clock(1800 if is_sum else 200)}" for h in range(8, 20)]
    answered += 9 * 12
    found = inspected(tmp_path, HEAD, *rows)
    assert (found.kind, mapped(found)["Talk time"]) == ("interval_stats", "talk_seconds")
    total = sum(row["talk_seconds"] for row in loaded(tmp_path, found, "interval_stats"))
    assert total == pytest.approx(200 * answered, rel=0.03)


def test_numbers_that_are_alike_tell_nothing() -> None:
    counts, times = Profile("n", [str(50 + n % 3) for n in range(60)]), Profile("t", ["00:03:20"] * 60)
    assert growth_of(times, counts) is None


def test_a_hold_inside_the_talk_is_not_counted_beside_it(tmp_path: Path) -> None:
    head = "Contact ID,Start Date,Start Time,Prequeue,In queue,Agent Time,Total Time,Hold Time,ACW,Abandoned"
    rows = []
    for n in range(60):
        pre, wait, talk = 5 + n % 4, 10 + n % 20, 0 if n % 6 == 0 else 200 + n
        hold = 30 if talk and n % 2 else 0
        lost = "Y" if n % 6 == 0 else "N"
        times = f"{pre},{wait},{talk},{pre + wait + talk},{hold},9"
        rows.append(f"{7000 + n},03/{1 + n % 28:02}/2026,{8 + n % 9:02}:00:00,{times},{lost}")
    told = mapped(inspected(tmp_path, head, *rows))
    assert (told["Agent Time"], told["Hold Time"], told["Total Time"]) == ("talk_seconds", None, None)


def test_learning_among_other_things_of_a_day_is_time_and_no_course(tmp_path: Path) -> None:
    done = ("On call", "Available", "Lunch", "Training")
    rows = (f"A{n % 5},2026-03-{1 + n // 20:02},{done[n // 5 % 4]},{1 + n % 3}.5" for n in range(200))
    found = inspected(tmp_path, "Employee,Date,Activity,Hours", *rows)
    assert (found.kind, mapped(found)["Activity"]) == ("agent_time", "state")


def test_the_speed_of_answer_is_the_wait_and_not_the_time_of_all_in_the_queue(tmp_path: Path) -> None:
    head = "Interval start,Queue,Calls presented,Avg queue time,Calls handled,Avg speed of answer,Calls abandoned"
    rows = [
        f"2026-03-{1 + n % 28:02} {8 + n // 28:02}:00:00,A,{5 + n % 7},00:00:40,{4 + n % 7},00:00:2{n % 5},1"
        for n in range(60)
    ]
    found = inspected(tmp_path, head, *rows)
    assert mapped(found)["Avg speed of answer"] == "wait_seconds" and mapped(found)["Avg queue time"] is None
    told = loaded(tmp_path, found, "interval_stats")
    assert sum(row["wait_seconds"] for row in told) == sum((20 + n % 5) * (4 + n % 7) for n in range(60))


@pytest.mark.parametrize("size", [1, 60, 0.001], ids=["seconds", "minutes", "milliseconds"])
def test_the_moments_of_a_call_tell_the_unit_of_its_talk(tmp_path: Path, size: float) -> None:
    begun = datetime(2026, 3, 2, 8)
    rows = []
    for n in range(60):
        moments = ",".join(f"{begun + timedelta(seconds=400 * n + s):%F %T}" for s in (0, 20, 80 + n))
        rows.append(f"K{n:03},inbound,{moments},{(60 + n) / size:.4f}")
    found = inspected(tmp_path, "Call id,Direction,Date started,Date connected,Date ended,Talk duration", *rows)
    told = loaded(tmp_path, found, "contacts")
    assert [round(row["talk_seconds"]) for row in told] == [60 + n for n in range(60)]
