"""Job postings whose id is not their key: (Job ID, Posting Type) is, and 39 rows are copies."""

from __future__ import annotations

import pytest

from ingestion.load import LoadReport
from warehouse.store import Connection

pytestmark = pytest.mark.real
NYC = "from raw.job_postings where source = 'nyc_jobs'"


def test_a_job_is_posted_inside_and_outside_under_one_number(raw: Connection) -> None:
    (row,) = raw.rows(
        f"select count(*) as n, count(distinct posting_id) as postings, count(distinct requisition_id) as jobs {NYC}"
    )
    assert row == {"n": 3_803, "postings": 3_803, "jobs": 2_100}
    rows = raw.rows(f"select audience, count(*) as n {NYC} group by audience")
    assert {row["audience"] for row in rows} == {"internal", "external"}


def test_copies_and_an_older_posting_date_are_told_apart(loaded: tuple[Connection, LoadReport]) -> None:
    counts = next(source.counts for source in loaded[1].sources if source.name == "nyc_jobs")
    assert (counts.inserted, counts.duplicate, counts.updated + counts.superseded) == (3_803, 39, 1)
    assert counts.read == 3_843


def test_pay_is_kept_with_its_period(raw: Connection) -> None:
    rows = raw.rows(f"select pay_period, count(*) as n, max(pay_high) as top {NYC} group by pay_period")
    by_period = {row["pay_period"]: row for row in rows}
    assert set(by_period) == {"year", "hour", "day"}
    assert by_period["hour"]["top"] < 200 < by_period["day"]["top"] < 2_000 < by_period["year"]["top"]


def test_the_few_long_texts_are_kept_whole(raw: Connection) -> None:
    (row,) = raw.rows(f"select count(requirements) as n, max(length(requirements)) as longest {NYC}")
    assert row["n"] == 18
    assert row["longest"] > 2_000
