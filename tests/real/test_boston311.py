"""Nine files of service requests: 12-hour local clock, unnamed index column, text over several lines."""

from __future__ import annotations

import pytest

from warehouse.store import Connection

pytestmark = pytest.mark.real
BOSTON = "from raw.tickets where source = 'boston311'"


def test_every_request_is_one_ticket(raw: Connection) -> None:
    assert raw.rows(
        f"select count(*) as n, count(distinct ticket_id) as ids, count(distinct _file_id) as files {BOSTON}"
    ) == [{"n": 24_068, "ids": 24_068, "files": 9}]


def test_the_citys_own_verdicts_are_kept(raw: Connection) -> None:
    rows = raw.rows(f"select reported_sla_state as said, count(*) as n {BOSTON} group by said")
    assert {row["said"]: row["n"] for row in rows} == {"met": 16_555, "breached": 7_428, None: 85}


def test_open_requests_are_open(raw: Connection) -> None:
    assert raw.scalar(f"select count(*) {BOSTON} and status = 'open'") == 4_160
    assert raw.scalar(f"select count(*) {BOSTON} and solved_at is null") == 4_160


def test_blank_targets_stay_blank(raw: Connection) -> None:
    assert raw.scalar(f"select count(*) {BOSTON} and due_at is null") == 5_017


def test_local_clock_times_become_utc_across_daylight_saving(raw: Connection) -> None:
    rows = raw.rows(
        f"select ticket_id, created_at, due_at {BOSTON} and ticket_id in ('101001240735', '101001382252') order by 1"
    )
    # 01/01/2015 12:25:23 AM in winter (-5 h), 05/21/2015 09:31:02 AM in summer (-4 h).
    assert str(rows[0]["created_at"]) == "2015-01-01 05:25:23"
    assert str(rows[1]["created_at"]) == "2015-05-21 13:31:02"


def test_the_ways_a_request_came_in_are_our_channels(raw: Connection) -> None:
    rows = raw.rows(f"select channel, count(*) as n {BOSTON} group by channel")
    assert {row["channel"]: row["n"] for row in rows} == {
        "voice": 14_186, "app": 5_880, "other": 2_197, "web": 1_678, "api": 115, "social": 12,
    }  # fmt: skip
