"""The real folders by what `inspect` proposes, not one line of it corrected: the figures are the published ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingestion.adding import add_files
from ingestion.load import load_sources
from tests.real.conftest import AS_OF, shared_folder
from warehouse.settings import load_settings
from warehouse.store import Connection, connect
from warehouse.workspace import init_workspace

pytestmark = pytest.mark.real

# source: (folder, files, time zone)
FOLDERS = {
    "boston": ("tickets/boston311", "*.csv", "America/New_York"),
    "nhs": ("calls/nhs111", "*.csv", "Europe/London"),
    "bank": ("calls/bank_calls", "*.csv", "America/New_York"),
    "sfo": ("surveys/sfo_airport", "2017*.csv", "America/Los_Angeles"),
    "sfo_years": ("surveys/sfo_airport", "*.csv", "America/Los_Angeles"),
    "nyc": ("recruiting/nyc_jobs", "*.csv", "America/New_York"),
    "csps": ("surveys/uk_csps", "2019_all*.csv", "Europe/London"),
    "medians": ("surveys/uk_csps", "*median*.csv", "Europe/London"),
    "jolts": ("market", "JTSJOL.csv", "UTC"),
    "oews": ("market", "*.xlsx", "UTC"),
}


@pytest.fixture(scope="module")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """One workspace with every folder added as it is, loaded once; nothing is refused or quarantined."""
    root = tmp_path_factory.mktemp("proposed")
    workspace = init_workspace(root / "workspace")
    config = workspace / "swotlight.yml"
    for name, (folder, pattern, zone) in FOLDERS.items():
        files = sorted(shared_folder(folder).glob(pattern))
        result = add_files(load_settings(workspace), files, source=name)
        assert (result.adapter, len(result.files)) == (None, len(files))
        entry = f"  {name}:\n"
        archive = "" if load_settings(workspace).sources[name].archive else "    archive: true\n"
        text = config.read_text(encoding="utf-8").replace(entry, f"{entry}    time_zone: {zone}\n{archive}")
        config.write_text(text, encoding="utf-8")
    with connect(root / "warehouse.duckdb") as con:
        report = load_sources(con, load_settings(workspace), as_of=AS_OF)
        assert [error.message for error in report.errors] == []
        assert {source.name: source.counts.quarantined for source in report.sources} == dict.fromkeys(FOLDERS, 0)
        yield con


def test_requests_of_the_city(proposed: Connection) -> None:
    rows = proposed.rows(
        "select reported_sla_state as said, count(*) as n from raw.tickets where source = 'boston' group by said"
    )
    assert {row["said"]: row["n"] for row in rows} == {"met": 16_555, "breached": 7_428, None: 85}
    assert proposed.scalar("select count(*) from raw.tickets where status = 'open' and solved_at is null") == 4_160


def test_calls_of_the_health_line(proposed: Connection) -> None:
    (row,) = proposed.rows(
        "select sum(offered) as o, sum(answered) as a, sum(abandoned) as b, sum(answered_in_threshold) as t, "
        "min(threshold_seconds) as s from raw.interval_stats where source = 'nhs'"
    )
    assert (row["o"], row["a"], row["b"], row["s"]) == (14_039_579, 13_009_408, 440_988, 60.0)
    assert row["t"] / row["a"] == pytest.approx(0.87812, abs=5e-6)


def test_calls_of_the_bank(proposed: Connection) -> None:
    (row,) = proposed.rows("select count(*) as n, sum(offered) as o from raw.interval_stats where source = 'bank'")
    assert row == {"n": 27_716, "o": 5_323_661}


def test_passengers_recommend_and_rate(proposed: Connection) -> None:
    answers = "from raw.survey_responses where source = 'sfo' and value is not null"
    (nps,) = proposed.rows(
        "select count(*) as n, 100.0 * (count_if(value >= 9) - count_if(value <= 6)) / count(*) as nps "
        f"{answers} and instrument = 'nps'"
    )
    assert (nps["n"], round(nps["nps"], 2)) == (2_746, 39.84)
    (overall,) = proposed.rows(f"select count(*) as n, avg(value) as mean {answers} and item_text = 'Q7ALL'")
    assert (overall["n"], round(overall["mean"], 4)) == (2_688, 4.0644)


def test_two_years_with_drifting_columns_are_one_source(proposed: Connection) -> None:
    """Respondents' numbers start again every year, so nobody may stand in for somebody of the other year."""
    answers = "from raw.survey_responses where source = 'sfo_years'"
    assert proposed.scalar(f"select count(distinct response_id) {answers}") == 3_087 + 2_831
    assert proposed.scalar(f"select count(distinct _file_id) {answers} and item_text = 'Q7ALL'") == 2


def test_jobs_of_the_city_are_postings_of_requisitions(proposed: Connection) -> None:
    (row,) = proposed.rows("select count(*) as postings, count(distinct requisition_id) as jobs from raw.job_postings")
    assert row == {"postings": 3_803, "jobs": 2_100}


def test_shares_of_civil_servants_are_their_answers(proposed: Connection) -> None:
    (row,) = proposed.rows(
        "select count(distinct response_id) as n, min(value) as low, max(value) as high, any_value(audience) as who "
        "from raw.survey_responses where source = 'csps'"
    )
    assert row == {"n": 111, "low": 0.0, "high": 1.0, "who": "employee"}
    (value,) = proposed.rows(
        "select value from raw.survey_responses "
        "where source = 'csps' and response_id = 'CS_MEDIAN' and item_text = 'B01'"
    )
    assert value == {"value": 0.9}


def test_a_column_a_year_is_a_row_a_year(proposed: Connection) -> None:
    rows = proposed.rows(
        "select period_on, value from raw.market_indicators where source = 'medians' "
        "and segment like 'Employee engagement index%' and period_on = date '2009-01-01'"
    )
    assert {row["value"] for row in rows} == {0.58}


def test_openings_and_wages_of_the_labour_market(proposed: Connection) -> None:
    jolts = "from raw.market_indicators where source = 'jolts'"
    assert proposed.scalar(f"select count(*) {jolts}") == 299
    assert proposed.scalar(f"select value {jolts} and period_on = date '2000-12-01'") == 5_088
    assert proposed.scalar(f"select value {jolts} and period_on = date '2025-10-01'") == 7_670
    rows = proposed.rows(
        "select indicator, value from raw.market_indicators where source = 'oews' and segment like '% 43-4051' "
        "and indicator in ('tot_emp', 'h_median')"
    )
    assert {row["indicator"]: row["value"] for row in rows} == {"tot_emp": 2_879_840, "h_median": 18.16}
