"""Interval reports of contact-centre systems: figures counted by hand from the samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.load import load_sources
from tests.unit.adapters.conftest import AS_OF, LoadSample
from warehouse.settings import load_settings
from warehouse.store import Connection, connect
from warehouse.workspace import init_workspace


@pytest.fixture
def raw(load_sample: LoadSample) -> Connection:
    return load_sample("acd_intervals")


def test_the_reports_of_all_makes_add_up(raw: Connection) -> None:
    (row,) = raw.rows(
        "select count(*) as n, sum(offered) as offered, sum(answered) as answered, sum(abandoned) as abandoned "
        "from raw.interval_stats"
    )
    assert row == {"n": 13, "offered": 1_332, "answered": 1_253, "abandoned": 77}


@pytest.mark.parametrize(
    ("queue", "channel", "told"),
    [
        ("Orders", "voice", (90, 77, 1_480, 14_700, None, 2_400)),
        ("Billing", "voice", (47, 42, 430, 12_480, None, None)),
        ("Support", "voice", (20, 18, 300, 3_600, 200, 600)),
        ("Support", "chat", (10, 10, 50, 2_400, 0, 200)),
        ("Returns", "voice", (10, 8, 180, 2_000, 120, 400)),
        # 10 came in and were answered after 18 s each; talk, hold and wrap are averages of all 12 handled.
        ("BasicQueue", "voice", (10, 8, 180, 2_400, 60, 480)),
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
        ("2026-03-16 08:00:00", "2026-03-16 08:30:00"),
        ("2026-03-16 08:30:00", "2026-03-16 09:00:00"),
        ("2026-03-16 09:00:00", "2026-03-16 09:30:00"),
    ]
    assert str(raw.scalar("select min(interval_start_at) from raw.interval_stats where queue = 'Orders'")) == (
        "2026-03-02 08:00:00"
    )


def test_a_queue_whose_settings_changed_in_an_interval_is_one_figure(raw: Connection) -> None:
    # 24 calls under a service level of 20 s and 6 under one of 30 s: no call of either line is lost.
    rows = raw.rows(
        "select offered as o, answered as a, abandoned as b, flowed_out as f, answered_in_threshold as t, "
        "abandoned_in_threshold as u, threshold_seconds as s, wait_seconds as w, talk_seconds as k "
        "from raw.interval_stats where queue = 'Billing' order by interval_start_at"
    )
    assert [tuple(row.values()) for row in rows] == [
        (30, 27, 2, 1, 24, 2, 30.0, 270.0, 6_480.0),
        (20, 20, 0, 0, 18, 0, 20.0, 160.0, 6_000.0),
        (0, 0, 0, 0, 0, 0, 20.0, None, None),
    ]


def test_a_line_of_totals_is_no_interval_and_refuses_nothing(raw: Connection) -> None:
    assert raw.scalar("select count(*) from raw.interval_stats where queue = 'Summary'") == 0
    (row,) = raw.rows("select rows_read as r, rows_quarantined as q from ingest.files where name = 'service_queue.csv'")
    assert row == {"r": 5, "q": 0}


def test_the_threshold_is_the_one_that_the_heading_says(raw: Connection) -> None:
    rows = raw.rows(
        "select queue, threshold_seconds as s, abandoned_in_threshold as u, handled from raw.interval_stats "
        "where queue in ('Returns', 'BasicQueue') order by 1"
    )
    assert [tuple(row.values()) for row in rows] == [("BasicQueue", 45.0, 1, 12), ("Returns", 20.0, None, 10)]


def test_a_share_with_a_decimal_comma_is_a_count_as_well(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "workspace")
    (workspace / "landing" / "calls").mkdir(parents=True)
    (workspace / "landing" / "calls" / "calls.csv").write_text(
        "Interval Start;Interval End;Media Type;Queue Name;Offer;Answer;Abandon;ASA;Service Level %\n"
        "2026-03-02 08:00:00;2026-03-02 08:30:00;voice;Kasse;45;40;5;12500;80,0 %\n"
        "2026-03-02 08:30:00;2026-03-02 09:00:00;voice;Kasse;40;38;2;10000;72,5 %\n",
        encoding="utf-8",
    )
    (workspace / "swotlight.yml").write_text("sources:\n  calls: {}\n", encoding="utf-8")
    with connect(tmp_path / "warehouse.duckdb") as con:
        load_sources(con, load_settings(workspace), as_of=AS_OF)
        rows = con.rows("select answered_in_threshold as t, wait_seconds as w from raw.interval_stats order by 1 desc")
    # 80 % of 45 answered and given up are 36, 72.5 % of 40 are 29.
    assert [tuple(row.values()) for row in rows] == [(36, 500.0), (29, 380.0)]


@pytest.mark.parametrize(
    ("head", "cells", "told"),
    [
        # Two answered: 400 s of talk, 20 of hold, 60 of work after it.
        ("Avg Talk,Total Talk,Total Hold,Total ACW,Total Handle", "200000,400000,20000,60000,480000", (400, 20, 60)),
        ("Avg Talk,Avg Handle", "200000,240000", (400, None, 80)),
        ("Avg Talk,Total Hold,Avg Handle", "200000,20000,240000", (400, 20, 60)),
        ("Avg Handle", "240000", (480, None, 0)),
        # One of the two was put on hold: means of hold and of the work afterwards are over those that had any.
        ("Avg Talk,Avg Hold,Avg ACW,Hold,Avg Handle", "200000,20000,60000,1,240000", (400, 20, 60)),
        ("Avg Talk,Avg Hold,Avg ACW,Avg Handle", "200000,20000,30000,240000", (400, 20, 60)),
        ("Avg ACW,Avg Handle", "30000,240000", (420, None, 60)),
    ],
    ids=["sums", "handle", "hold_and_handle", "handle_alone", "holds_counted", "all_means", "talk_is_the_rest"],
)
def test_what_a_view_of_queues_shows_of_the_handling_is_all_told(
    tmp_path: Path, head: str, cells: str, told: tuple[int | None, ...]
) -> None:
    workspace = init_workspace(tmp_path / "w")
    (workspace / "landing" / "queues").mkdir(parents=True)
    text = f"Interval Start,Interval End,Media Type,Queue Name,Offer,Answer,Abandon,ASA,{head}\n"
    text += f"5/1/26 9:00 AM,5/1/26 9:30 AM,voice,Help,3,2,1,15000,{cells}\n"
    text += f"5/13/26 9:00 AM,5/13/26 9:30 AM,voice,Help,1,0,1,,{',' * head.count(',')}\n"
    (workspace / "landing" / "queues" / "view.csv").write_text(text, encoding="utf-8")
    (workspace / "swotlight.yml").write_text("sources:\n  queues: {adapter: acd_intervals}\n", encoding="utf-8")
    with connect(None) as con:
        assert load_sources(con, load_settings(workspace), as_of=AS_OF).errors == []
        row = con.rows("select talk_seconds, hold_seconds, wrap_seconds from raw.interval_stats where answered = 2")[0]
    assert tuple(row.values()) == told


@pytest.mark.parametrize(
    ("head", "cells", "hold"),
    [("", "", None), (",Average handle time", ",250", 200), (",Contacts put on hold", ",4", 160)],
    ids=["unknown", "of_the_handling", "of_those_put_on_hold"],
)
def test_the_mean_of_a_hold_is_over_those_put_on_hold(tmp_path: Path, head: str, cells: str, hold: int | None) -> None:
    workspace = init_workspace(tmp_path / "w")
    (workspace / "landing" / "queues").mkdir(parents=True)
    text = "Queue,StartInterval,EndInterval,Contacts queued,Contacts handled,Contacts abandoned,"
    text += f"Average agent interaction time,Average customer hold time,Average after contact work time{head}\n"
    text += f"Cards,2026-06-01T00:00:00Z,2026-06-02T00:00:00Z,12,10,2,200,40,30{cells}\n"
    (workspace / "landing" / "queues" / "metrics.csv").write_text(text, encoding="utf-8")
    (workspace / "swotlight.yml").write_text("sources:\n  queues: {adapter: acd_intervals}\n", encoding="utf-8")
    with connect(None) as con:
        assert load_sources(con, load_settings(workspace), as_of=AS_OF).errors == []
        row = con.rows("select talk_seconds, hold_seconds, wrap_seconds from raw.interval_stats")[0]
    assert tuple(row.values()) == (2_000, hold, 300)


def _loaded(tmp_path: Path, text: str, what: str) -> list[dict[str, object]]:
    workspace = init_workspace(tmp_path / "w")
    (workspace / "landing" / "queues").mkdir(parents=True)
    (workspace / "landing" / "queues" / "report.csv").write_text(text, encoding="utf-8")
    (workspace / "swotlight.yml").write_text("sources:\n  queues: {adapter: acd_intervals}\n", encoding="utf-8")
    with connect(None) as con:
        assert load_sources(con, load_settings(workspace), as_of=AS_OF).errors == []
        return con.rows(f"select {what} from raw.interval_stats order by interval_start_at")


def test_a_share_within_seconds_of_the_contacts_queued_is_a_count(tmp_path: Path) -> None:
    text = (
        "Queue,StartInterval,EndInterval,Contacts queued,Contacts handled,Contacts abandoned,Service level 30 seconds\n"
    )
    text += "Cards,2026-05-01T00:00:00Z,2026-05-02T00:00:00Z,120,100,20,75.00%\n"
    assert _loaded(tmp_path, text, "answered_in_threshold as n, threshold_seconds as s") == [{"n": 90, "s": 30}]


@pytest.mark.parametrize(("first", "told"), [("1", [1, 0]), ("", [None, None])], ids=["in_the_view", "not_in_it"])
def test_a_blank_short_abandon_is_none_where_others_have_one(
    tmp_path: Path, first: str, told: list[int | None]
) -> None:
    text = "Interval Start,Interval End,Media Type,Queue Name,Offer,Answer,Abandon,ASA,Short Abandon\n"
    text += f"5/1/26 9:00 AM,5/1/26 9:30 AM,voice,Help,5,3,2,15000,{first}\n"
    text += "5/13/26 9:30 AM,5/13/26 10:00 AM,voice,Help,4,3,1,15000,\n"
    assert [row["n"] for row in _loaded(tmp_path, text, "abandoned_short as n")] == told
