"""The figures of the real exports, counted in the raw tables."""

from __future__ import annotations

import pytest

from ingestion.load import LoadReport
from tests.real.conftest import SOURCES
from warehouse.store import Connection

pytestmark = pytest.mark.real


def test_every_folder_loads_and_no_row_is_quarantined(loaded: tuple[Connection, LoadReport]) -> None:
    _, report = loaded
    assert {source.name: source.state for source in report.sources} == dict.fromkeys(SOURCES, "loaded")
    assert [error.message for error in report.errors] == []
    assert {source.name: source.counts.quarantined for source in report.sources} == dict.fromkeys(SOURCES, 0)


def test_every_source_row_is_accounted_for(raw: Connection) -> None:
    sums = "sum(rows_inserted + rows_updated + rows_superseded + rows_duplicate + rows_quarantined)"
    per_file = raw.rows(
        f"select file_id, sum(rows_read) as rows_read, {sums} as told from ingest.files group by file_id"
    )
    assert per_file
    assert [row for row in per_file if row["rows_read"] != row["told"]] == []


def test_an_archive_is_judged_at_its_own_newest_event(raw: Connection) -> None:
    as_of = {row["source"]: str(row["as_of"]) for row in raw.rows("select source, as_of from ingest.sources")}
    assert as_of["boston311"] == "2016-01-13 03:22:40"
    assert as_of["indeed"].startswith("2025-06-27")


def test_the_indexes_of_both_countries_keep_their_vintage(raw: Connection) -> None:
    rows = raw.rows(
        "select region, count(*) as n, min(published_on) as first, max(published_on) as last "
        "from raw.market_indicators where source = 'indeed' group by region order by region"
    )
    assert [(row["region"], row["n"]) for row in rows] == [("DE", 75_012), ("US", 78_246)]
    assert [(str(row["first"]), str(row["last"])) for row in rows] == [
        ("2025-06-27", "2025-06-27"),
        ("2024-09-27", "2024-09-27"),
    ]


def test_vendor_files_without_use_are_told_and_refuse_nothing(raw: Connection) -> None:
    told = raw.rows(
        "select source, count(*) as n from ingest.problems "
        "where code = 'not_recognised' group by source order by source"
    )
    assert [row["source"] for row in told] == ["greenhouse", "qualtrics", "zendesk"]
