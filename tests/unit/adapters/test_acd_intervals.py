"""Interval reports of contact-centre systems: figures counted by hand from the samples."""

from __future__ import annotations

import pytest

from tests.unit.adapters.conftest import LoadSample
from warehouse.store import Connection


@pytest.fixture
def raw(load_sample: LoadSample) -> Connection:
    return load_sample("acd_intervals")


def test_the_reports_of_all_makes_add_up(raw: Connection) -> None:
    (row,) = raw.rows(
        "select count(*) as n, sum(offered) as offered, sum(answered) as answered, sum(abandoned) as abandoned "
        "from raw.interval_stats"
    )
    assert row == {"n": 11, "offered": 1_320, "answered": 1_243, "abandoned": 75}


@pytest.mark.parametrize(
    ("queue", "channel", "told"),
    [
        ("Orders", "voice", (90, 77, 1_480, 14_700, None, 2_400)),
        ("Billing", "voice", (47, 42, 430, 12_480, None, None)),
        ("Support", "voice", (20, 18, 300, 3_600, 200, 600)),
        ("Support", "chat", (10, 10, 50, 2_400, 0, 200)),
        ("Returns", "voice", (10, 8, 180, 2_000, 120, 400)),
        ("Sales", "voice", (15, None, 300, None, None, None)),
        ("Help", "voice", (1_045, 940, 10_990, 253_500, None, None)),
        ("all", "voice", (6, None, None, None, None, None)),
    ],
)
def test_averages_are_sums_over_those_who_were_answered(
    raw: Connection, queue: str, channel: str, told: tuple[int | None, ...]
) -> None:
    (row,) = raw.rows(
        "select sum(answered) as a, sum(answered_in_threshold) as t, sum(wait_seconds) as w, sum(talk_seconds) as s, "
        "sum(hold_seconds) as h, sum(wrap_seconds) as p from raw.interval_stats "
        f"where queue = '{queue}' and channel = '{channel}'"
    )
    assert tuple(row.values()) == told


def test_milliseconds_and_clocks_without_minutes_are_seconds(raw: Connection) -> None:
    rows = raw.rows("select wait_seconds / answered as w from raw.interval_stats where queue = 'Orders' order by 1")
    assert [row["w"] for row in rows] == [12.0, 20.0]


def test_day_and_clock_in_two_columns_are_one_instant(raw: Connection) -> None:
    rows = raw.rows(
        "select interval_start_at as s, interval_end_at as e from raw.interval_stats where queue = 'Billing' order by 1"
    )
    assert [(str(row["s"]), str(row["e"])) for row in rows] == [
        ("2026-03-02 08:00:00", "2026-03-02 08:30:00"),
        ("2026-03-02 08:30:00", "2026-03-02 09:00:00"),
    ]
    assert str(raw.scalar("select min(interval_start_at) from raw.interval_stats where queue = 'Orders'")) == (
        "2026-03-02 08:00:00"
    )
