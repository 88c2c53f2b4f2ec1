"""Bad rows of recruiting and market exports: kept apart with their reason, or kept and said."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingestion.load import load_sources
from warehouse.settings import load_settings
from warehouse.store import Connection, connect
from warehouse.workspace import init_workspace

POSTINGS = """posting_id,is_own,title,opened_on,closed_on,filled_on,pay_low,pay_high,pay_period,currency,openings
good,true,Agent,2026-03-02,2026-04-01,2026-03-30,18,22,hour,EUR,2
closed before it opened,true,Agent,2026-03-02,2026-02-01,,18,22,hour,EUR,1
filled before it opened,true,Agent,2026-03-02,,2026-02-01,18,22,hour,EUR,1
pay upside down,true,Agent,2026-03-02,,,22,18,hour,EUR,1
fewer than none,true,Agent,2026-03-02,,,18,22,hour,EUR,-1
"""
INDICATORS = """indicator,period_on,value,subject,segment,unit,published_on,effective_on,until_on
openings,2026-03-01,125.0,market,,index,2026-04-15,,
openings,2026-03-01,131.2,market,,index,2026-05-15,,
entrants,2026-03-01,0,market,,count,2026-04-15,,
rule,2026-03-01,1,market,Say when a bot answers,rule,2026-03-01,2027-02-01,
rule,2026-03-01,1,market,Over before it holds,rule,2026-03-01,2027-02-01,2026-12-31
"""


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Connection:
    """Both files in raw tables."""
    folder = Path(tmp_path_factory.mktemp("market"))
    workspace = init_workspace(folder / "workspace")
    for source, text in (("jobs", POSTINGS), ("market", INDICATORS)):
        (workspace / "landing" / source).mkdir(parents=True)
        (workspace / "landing" / source / "export.csv").write_text(text, encoding="utf-8")
    limits = "max_quarantine_share: 1.0"
    (workspace / "swotlight.yml").write_text(
        f"sources:\n  jobs: {{adapter: generic_job_postings, {limits}}}\n"
        f"  market: {{adapter: generic_market_indicators, {limits}}}\n",
        encoding="utf-8",
    )
    connection = connect(folder / "warehouse.duckdb")
    load_sources(connection, load_settings(workspace), as_of=datetime(2026, 6, 1, tzinfo=UTC))
    return connection


def test_a_requisition_that_ended_before_it_opened_is_kept_apart_with_its_reason(con: Connection) -> None:
    assert [row["posting_id"] for row in con.rows("select posting_id from raw.job_postings")] == ["good"]
    rows = con.rows("select reason, count(*) as n from ingest.quarantine where source = 'jobs' group by reason")
    assert {row["reason"]: row["n"] for row in rows} == {"end_before_start": 3, "negative_count": 1}


def test_a_revised_value_is_a_second_vintage_and_not_a_copy(con: Connection) -> None:
    rows = con.rows("select value from raw.market_indicators where indicator = 'openings' order by published_on")
    assert [row["value"] for row in rows] == [125.0, 131.2]


def test_a_value_of_zero_is_a_value(con: Connection) -> None:
    assert con.scalar("select value from raw.market_indicators where indicator = 'entrants'") == 0


def test_a_rule_may_hold_after_the_as_of_day_but_not_end_before_it_holds(con: Connection) -> None:
    (row,) = con.rows("select segment, effective_on from raw.market_indicators where indicator = 'rule'")
    assert (row["segment"], str(row["effective_on"])) == ("Say when a bot answers", "2027-02-01")
    assert con.scalar("select reason from ingest.quarantine where source = 'market'") == "end_before_start"
