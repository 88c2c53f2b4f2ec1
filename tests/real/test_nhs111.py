"""Calls by provider and month, already added up: offered is not answered plus abandoned."""

from __future__ import annotations

import pytest

from warehouse.store import Connection

pytestmark = pytest.mark.real
NHS = "from raw.interval_stats where source = 'nhs111'"


def test_the_years_figures_are_the_published_ones(raw: Connection) -> None:
    (row,) = raw.rows(
        f"select sum(offered) as offered, sum(answered) as answered, sum(abandoned) as abandoned, "
        f"sum(answered_in_threshold) as inside {NHS}"
    )
    assert (row["offered"], row["answered"], row["abandoned"]) == (14_039_579, 13_009_408, 440_988)
    assert row["abandoned"] / row["offered"] == pytest.approx(0.03141, abs=5e-6)
    assert row["inside"] / row["answered"] == pytest.approx(0.87812, abs=5e-6)


def test_the_sources_own_offered_stands(raw: Connection) -> None:
    assert raw.scalar(f"select sum(offered) - sum(answered) - sum(abandoned) {NHS}") == 589_183


def test_a_month_is_a_local_month(raw: Connection) -> None:
    (row,) = raw.rows(
        f"select min(interval_start_at) as first, max(interval_end_at) as last, "
        f"count(distinct interval_start_at) as n {NHS}"
    )
    # Midnight in British Summer Time is 23:00 UTC the day before.
    assert (str(row["first"]), str(row["last"]), row["n"]) == ("2015-03-31 23:00:00", "2016-03-31 23:00:00", 12)
    winter = raw.rows(
        f"select distinct interval_start_at as s, interval_end_at as e {NHS} "
        "and interval_start_at = timestamp '2015-11-01 00:00:00'"
    )
    assert [(str(row["s"]), str(row["e"])) for row in winter] == [("2015-11-01 00:00:00", "2015-12-01 00:00:00")]


def test_the_threshold_of_the_source_is_kept(raw: Connection) -> None:
    assert raw.rows(f"select distinct threshold_seconds as s, channel as c {NHS}") == [{"s": 60.0, "c": "voice"}]


def test_a_renamed_provider_stays_one_queue(raw: Connection) -> None:
    assert raw.rows(f"select count(*) as n, count(distinct queue) as queues, count(distinct team) as names {NHS}") == [
        {"n": 534, "queues": 46, "names": 47}
    ]
