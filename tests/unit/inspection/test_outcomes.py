"""How a contact ended, where several columns of an unknown file speak of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ingestion.adding import add_files
from ingestion.inspection import inspect_file
from ingestion.load import load_sources
from warehouse.settings import load_settings, utc_now
from warehouse.store import connect
from warehouse.workspace import init_workspace

FIRST = datetime(2026, 3, 2, 8)
# What was noted, whether it was given up, how long was spoken, and how it ended.
CALLS = [
    ("Resolved", "No", "0:03:20", "answered"),
    ("Transferred", "No", "0:02:10", "answered"),
    ("Hang up", "Yes", "0:00:00", "abandoned"),
    ("Transferred", "No", "0:00:00", "flowed_out"),
]


def _loaded(tmp_path: Path, rows: list[str], sql: str) -> list[dict[str, object]]:
    path = tmp_path / "phone.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    settings = load_settings(init_workspace(tmp_path / "workspace"))
    add_files(settings, [path])
    with connect(None) as con:
        report = load_sources(con, load_settings(settings.paths.workspace), as_of=utc_now())
        assert report.errors == []
        return con.rows(sql)


def _outcomes(tmp_path: Path, *, flag: bool) -> list[str]:
    rows = ["Call ref,Call start,Queue,Agent,Disposition,Queue wait,Talk time" + (",Abandoned" if flag else "")]
    for n in range(80):
        said, lost, talk, _ = CALLS[n % 4]
        agent = f"A{n % 5}" if talk != "0:00:00" else ""
        begun = FIRST + timedelta(minutes=7 * n)
        row = f"K{n:03},{begun:%Y-%m-%d %H:%M:%S},South,{agent},{said},0:00:{10 + n % 40},{talk}"
        rows.append(row + (f",{lost}" if flag else ""))
    found = _loaded(tmp_path, rows, "select outcome from raw.contacts order by contact_id")
    return [str(row["outcome"]) for row in found]


@pytest.mark.parametrize("flag", [True, False], ids=["with_flag", "by_talk"])
def test_who_was_spoken_to_was_answered_whatever_the_agent_noted(tmp_path: Path, flag: bool) -> None:
    assert _outcomes(tmp_path, flag=flag) == [CALLS[n % 4][3] for n in range(80)]


@pytest.mark.parametrize(("unit", "size"), [("milliseconds", 1000), ("seconds", 1)])
def test_times_that_would_be_of_hours_are_milliseconds(tmp_path: Path, unit: str, size: int) -> None:
    rows = ["Conversation ID,Date,Direction,Queue,Abandoned,Total Queue,Total Talk,Total Hold,Total ACW"]
    for n in range(60):
        begun = FIRST + timedelta(minutes=47 * n)
        lost = n % 6 == 0
        times = [20 + n % 7, *((0, 0, 0) if lost else (180 + n, n % 3 * 10, 30))]
        told = ",".join(str(seconds * size) for seconds in times)
        rows.append(f"c-{n:04}-x,{begun:%Y-%m-%d %H:%M:%S},Inbound,South,{'YES' if lost else 'NO'},{told}")
    sql = "select sum(wait_seconds) as w, sum(talk_seconds) as t, sum(wrap_seconds) as a from raw.contacts"
    # 60 waits of 20 to 26, fifty talks of 180 and more (n of 0 to 59 without the sixths), fifty times 30.
    assert _loaded(tmp_path, rows, sql) == [
        {"w": 20 * 60 + sum(n % 7 for n in range(60)), "t": 180 * 50 + sum(n for n in range(60) if n % 6), "a": 1500}
    ]


def _menu(tmp_path: Path, *, lost_are_queued: bool) -> dict[str, int]:
    """100 calls: 80 answered, 10 given up, 10 that ended in the menu; without a queue for those given up, if asked."""
    rows = ["Contact id,Start time,Call queue,Queue duration,Agent,Answered at,End time"]
    for n in range(100):
        begun = FIRST + timedelta(minutes=7 * n)
        queue, wait = ("South", f"{10 + n % 40}") if n % 10 < (9 if lost_are_queued else 8) else ("", "")
        agent, at = (f"A{n % 5}", f"{begun + timedelta(seconds=60):%Y-%m-%d %H:%M:%S}") if n % 10 < 8 else ("", "")
        ended = f"{begun + timedelta(minutes=4):%Y-%m-%d %H:%M:%S}"
        rows.append(f"K{n:03},{begun:%Y-%m-%d %H:%M:%S},{queue},{wait},{agent},{at},{ended}")
    sql = "select outcome, count(*)::int as n, bool_or(met_automation) as met from raw.contacts group by outcome"
    found = _loaded(tmp_path, rows, sql)
    assert not any(row["met"] for row in found)
    return {str(row["outcome"]): int(str(row["n"])) for row in found}


def test_who_never_reached_a_queue_gave_up_in_none(tmp_path: Path) -> None:
    assert _menu(tmp_path, lost_are_queued=True) == {"answered": 80, "abandoned": 10, "contained": 10}


def test_a_queue_that_is_told_of_the_answered_alone_says_nothing_of_the_others(tmp_path: Path) -> None:
    assert _menu(tmp_path, lost_are_queued=False) == {"answered": 80, "abandoned": 20}


@pytest.mark.parametrize("lost", [0, 9], ids=["answered_alone", "with_lost_ones"])
def test_a_list_of_answered_calls_is_told_as_one(tmp_path: Path, lost: int) -> None:
    rows = ["Call ID,Call time,Queue,Duration in minutes"]
    rows += [f"K{n:03},{FIRST + timedelta(minutes=7 * n)},South,{'' if n < lost else 3 + n % 9}" for n in range(60)]
    path = tmp_path / "calls.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    said = [one for one in inspect_file(path).problems if "does not say that nobody gave up" in one]
    assert len(said) == (0 if lost else 1)


def test_words_that_nobody_knows_were_given_up_where_nobody_ever_talked(tmp_path: Path) -> None:
    rows = ["Call ID,Call start,Queue,Queue wait,Talk time,Result"]
    ends = [("Answered", 120), ("Ring-out", 0), ("Abandoned", 0), ("Warmly greeted", 90)]
    for n in range(80):
        said, talk = ends[n % 4]
        rows.append(f"K{n:03},{FIRST + timedelta(minutes=7 * n)},South,{10 + n % 40},{talk},{said}")
    found = _loaded(tmp_path, rows, "select outcome, count(*)::int as n from raw.contacts group by all")
    assert {row["outcome"]: row["n"] for row in found} == {"answered": 40, "abandoned": 40}


def test_the_wait_is_in_the_queue_and_begins_for_those_who_gave_up_as_well(tmp_path: Path) -> None:
    rows = ["Chat ID,Queued at,Chat start,Chat end,Queue duration (sec),First response time (sec),Chat duration (sec),"
            "Chat status"]  # fmt: skip
    for n in range(60):
        queued = FIRST + timedelta(minutes=7 * n)
        began, wait = queued + timedelta(seconds=20 + n), 20 + n
        end = began + timedelta(minutes=5)
        told = f"{began},{end},{wait},{n % 9},300,answered" if n % 5 else f",,{wait},,,missed"
        rows.append(f"K{n:05},{queued},{told}".replace("2026-03-", "2026/03/"))
    found = _loaded(tmp_path, rows, "select outcome, wait_seconds, arrived_at from raw.contacts order by contact_id")
    assert [row["wait_seconds"] for row in found] == [20 + n for n in range(60)]
    assert [row["outcome"] for row in found].count("abandoned") == 12
    assert found[0]["arrived_at"] == FIRST
