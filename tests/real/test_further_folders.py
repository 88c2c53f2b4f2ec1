"""The other real folders, added one by one as a user would: by adapter, by map, or by what inspect proposes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingestion.adding import add_files
from ingestion.load import load_sources
from tests.real.conftest import AS_OF, FURTHER, MAPS, shared_folder
from warehouse.settings import load_settings
from warehouse.store import Connection, connect
from warehouse.workspace import init_workspace

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def further(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Every folder added to one new workspace and loaded once; nothing may be refused."""
    root = tmp_path_factory.mktemp("further")
    workspace = init_workspace(root / "workspace")
    for name in FURTHER:
        _add(workspace, name)
    with connect(root / "warehouse.duckdb") as con:
        report = load_sources(con, load_settings(workspace), as_of=AS_OF)
        assert {source.name: source.error for source in report.sources} == dict.fromkeys(FURTHER)
        yield con


def _add(workspace: Path, name: str) -> None:
    shared, zone, by, patterns = FURTHER[name]
    files = sorted(path for pattern in patterns for path in shared_folder(shared).glob(pattern))
    given = MAPS / f"{name}.yml" if by == "map" else None
    result = add_files(load_settings(workspace), files, map_path=given, source=name)
    assert result.adapter == (by if by not in ("map", "proposal") else None)
    config, entry = workspace / "swotlight.yml", f"  {name}:\n"
    archive = "" if load_settings(workspace).sources[name].archive else "    archive: true\n"
    text = config.read_text(encoding="utf-8").replace(entry, f"{entry}    time_zone: {zone}\n{archive}")
    config.write_text(text, encoding="utf-8")


def test_every_call_of_the_bank_is_counted_by_the_proposed_map(further: Connection) -> None:
    (row,) = further.rows("select count(*) as n, sum(offered) as calls from raw.interval_stats")
    assert row == {"n": 27_716, "calls": 5_323_661}


def test_job_openings_of_the_labour_market(further: Connection) -> None:
    rows = further.rows(
        "select period_on, value from raw.market_indicators where indicator = 'job_openings' order by period_on"
    )
    by_month = {str(row["period_on"]): row["value"] for row in rows}
    assert (len(rows), by_month["2000-12-01"], by_month["2025-10-01"]) == (299, 5_088_000, 7_670_000)


def test_customer_service_representatives_by_occupation(further: Connection) -> None:
    rows = further.rows(
        "select indicator, value from raw.market_indicators where segment like '43-4051 %' order by indicator"
    )
    found = {row["indicator"]: row["value"] for row in rows}
    assert (found["employment"], found["hourly_wage_median"]) == (2_879_840, 18.16)


def test_wages_by_country_and_sector_keep_their_observations(further: Connection) -> None:
    assert further.scalar("select count(*) from raw.market_indicators where indicator = 'posted_wage_growth'") == 2_640
    (row,) = further.rows(
        "select value, n from raw.market_indicators where indicator = 'posted_wage_growth' and region = 'CA' "
        "and segment is null and period_on = date '2019-01-01'"
    )
    assert row == {"value": 0.020211619, "n": 33_208}


def test_shares_of_employees_are_between_nought_and_one_however_they_are_written(further: Connection) -> None:
    (row,) = further.rows(
        "select count(distinct response_id) as n, min(value) as low, max(value) as high, "
        "count(*) - count(value) as unread, count(distinct audience) as audiences "
        "from raw.survey_responses where source = 'uk_csps'"
    )
    assert (row["n"], row["unread"], row["audiences"]) == (109, 0, 1)
    assert 0 <= row["low"] < row["high"] <= 1


def test_the_benchmark_of_two_editions_is_kept_with_its_vintage(further: Connection) -> None:
    rows = further.rows(
        "select published_on, value from raw.market_indicators where indicator = 'people_survey/mw_ts' "
        "and period_on = date '2009-10-01' order by published_on"
    )
    assert [(str(row["published_on"])[:4], row["value"]) for row in rows] == [("2019", 0.75), ("2020", 0.74)]


@pytest.mark.parametrize(
    ("source", "counts"),
    [
        ("intercom", {"tickets": 2, "ticket_events": 9}),
        ("jira", {"tickets": 4}),
        ("servicenow", {"tickets": 2}),
        # Three postings, and three requisitions that none of them names.
        ("lever", {"job_postings": 6, "applications": 3}),
        ("workday", {"agents": 7}),
        # Nine calls, one of them on a thirtieth of February.
        ("twilio", {"contacts": 8}),
    ],
)
def test_the_vendors_folder_becomes_its_tables(further: Connection, source: str, counts: dict[str, int]) -> None:
    found = {t: further.scalar(f"select count(*) from raw.{t} where source = '{source}'") for t in counts}
    assert found == counts


def test_a_worker_has_one_row_a_period(further: Connection) -> None:
    (row,) = further.rows(
        "select count(*) as n, count(distinct (agent_id, valid_from)) as keys, count(valid_from) as dated "
        "from raw.agents where source = 'workday'"
    )
    assert row["n"] == row["keys"] == row["dated"]


def test_a_change_that_was_called_off_is_closed(further: Connection) -> None:
    rows = further.rows("select ticket_id, status from raw.tickets where source = 'servicenow' order by 1")
    assert {row["status"] for row in rows} <= {"new", "open", "pending", "on_hold", "solved", "closed"}
    assert {row["ticket_id"]: row["status"] for row in rows}["CHG0000002"] == "closed"


def test_a_day_that_does_not_exist_is_quarantined(further: Connection) -> None:
    rows = further.rows("select reason, field, raw_text from ingest.quarantine")
    assert {(row["reason"], row["field"]) for row in rows} == {("not_parseable", "created_at")}
    assert all("2022-02-30" in row["raw_text"] for row in rows)
