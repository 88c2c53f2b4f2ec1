"""The other real folders, added one by one as a user would: by adapter, by map, or by what inspect proposes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingestion.adding import add_files
from ingestion.load import load_sources
from tests.real.conftest import AS_OF, FURTHER, MAPS, shared_folder
from warehouse.settings import load_settings
from warehouse.store import Connection, connect
from warehouse.workspace import init_workspace

pytestmark = pytest.mark.real
LoadFolder = Callable[[str], Connection]


@pytest.fixture(scope="module")
def load_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoadFolder]:
    """Adds a folder to a new workspace and loads it; nothing may be refused."""
    opened: dict[str, Connection] = {}

    def load(name: str) -> Connection:
        if name not in opened:
            opened[name] = _loaded(name, tmp_path_factory.mktemp(name))
        return opened[name]

    yield load
    for con in opened.values():
        con.close()


def _loaded(name: str, folder: Path) -> Connection:
    shared, zone, by, patterns = FURTHER[name]
    files = sorted(path for pattern in patterns for path in shared_folder(shared).glob(pattern))
    settings = load_settings(init_workspace(folder / "workspace"))
    given = MAPS / f"{name}.yml" if by == "map" else None
    result = add_files(settings, files, map_path=given, source=name)
    assert result.adapter == (by if by not in ("map", "proposal") else None)
    config = settings.paths.config
    text = config.read_text(encoding="utf-8")
    entry = f"  {name}:\n"
    config.write_text(text.replace(entry, f"{entry}    time_zone: {zone}\n    archive: true\n"), encoding="utf-8")
    con = connect(folder / "warehouse.duckdb")
    report = load_sources(con, load_settings(settings.paths.workspace), as_of=AS_OF)
    assert [source.error for source in report.sources] == [None]
    return con


def test_every_call_of_the_bank_is_counted_by_the_proposed_map(load_folder: LoadFolder) -> None:
    (row,) = load_folder("bank_calls").rows("select count(*) as n, sum(offered) as calls from raw.interval_stats")
    assert row == {"n": 27_716, "calls": 5_323_661}


def test_job_openings_of_the_labour_market(load_folder: LoadFolder) -> None:
    rows = load_folder("market").rows(
        "select period_on, value from raw.market_indicators where indicator = 'job_openings' order by period_on"
    )
    by_month = {str(row["period_on"]): row["value"] for row in rows}
    assert (len(rows), by_month["2000-12-01"], by_month["2025-10-01"]) == (299, 5_088_000, 7_670_000)


def test_customer_service_representatives_by_occupation(load_folder: LoadFolder) -> None:
    rows = load_folder("market").rows(
        "select indicator, value from raw.market_indicators where segment like '43-4051 %' order by indicator"
    )
    found = {row["indicator"]: row["value"] for row in rows}
    assert (found["employment"], found["hourly_wage_median"]) == (2_879_840, 18.16)


def test_wages_by_country_and_sector_keep_their_observations(load_folder: LoadFolder) -> None:
    con = load_folder("wages")
    assert (
        con.scalar("select count(*) from raw.market_indicators where indicator = 'posted_wage_growth'") == 968 + 1_672
    )
    (row,) = con.rows(
        "select value, n from raw.market_indicators where indicator = 'posted_wage_growth' and region = 'CA' "
        "and segment is null and period_on = date '2019-01-01'"
    )
    assert row == {"value": 0.020211619, "n": 33_208}


def test_shares_of_employees_are_between_nought_and_one_however_they_are_written(load_folder: LoadFolder) -> None:
    con = load_folder("uk_csps")
    (row,) = con.rows(
        "select count(distinct response_id) as n, min(value) as low, max(value) as high, "
        "count(*) - count(value) as unread, count(distinct audience) as audiences from raw.survey_responses"
    )
    assert (row["n"], row["unread"], row["audiences"]) == (109, 0, 1)
    assert 0 <= row["low"] < row["high"] <= 1


def test_the_benchmark_of_two_editions_is_kept_with_its_vintage(load_folder: LoadFolder) -> None:
    rows = load_folder("uk_csps").rows(
        "select published_on, value from raw.market_indicators where indicator = 'people_survey/mw_ts' "
        "and period_on = date '2009-10-01' order by published_on"
    )
    assert [(str(row["published_on"])[:4], row["value"]) for row in rows] == [("2019", 0.75), ("2020", 0.74)]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("intercom", "tickets"),
        ("jira", "tickets"),
        ("servicenow", "tickets"),
        ("lever", "job_postings"),
        ("workday", "agents"),
        ("twilio", "contacts"),
    ],
)
def test_the_vendors_folder_is_recognised_and_loads(load_folder: LoadFolder, name: str, table: str) -> None:
    con = load_folder(name)
    assert con.scalar(f"select count(*) from raw.{table}") > 0


def test_a_day_that_does_not_exist_is_quarantined(load_folder: LoadFolder) -> None:
    rows = load_folder("twilio").rows("select reason, field, raw_text from ingest.quarantine")
    assert {(row["reason"], row["field"]) for row in rows} == {("not_parseable", "created_at")}
    assert all("2022-02-30" in row["raw_text"] for row in rows)
