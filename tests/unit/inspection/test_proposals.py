"""Files of unknown origin: the proposal is right, readable, and loads."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingestion.inspection import inspect_file
from ingestion.inspection.report import Inspection
from ingestion.load import load_sources
from ingestion.maps import load_map
from warehouse.settings import load_settings, package_path
from warehouse.store import connect
from warehouse.workspace import init_workspace

UNKNOWN = package_path("seeds/samples/unknown")
TRUTH: dict[str, dict[str, Any]] = yaml.safe_load((UNKNOWN / "truth.yml").read_text(encoding="utf-8"))


def _file(name: str) -> Path:
    return next(UNKNOWN.glob(f"{name}.*"))


@pytest.fixture(scope="module")
def found() -> dict[str, Inspection]:
    return {name: inspect_file(_file(name)) for name in TRUTH}


@pytest.mark.parametrize("name", list(TRUTH))
def test_the_table_is_recognised(found: dict[str, Inspection], name: str) -> None:
    assert found[name].kind == TRUTH[name]["kind"]


@pytest.mark.parametrize("name", list(TRUTH))
def test_most_columns_are_mapped_rightly(found: dict[str, Inspection], name: str) -> None:
    said = {column["name"]: column["maps_to"] for column in found[name].columns}
    rights = TRUTH[name]["columns"].items()
    wrong = {
        column: said[column]
        for column, right in rights
        if said[column] not in (right if isinstance(right, list) else [right])
    }
    assert len(wrong) <= 0.15 * len(said), wrong


@pytest.mark.parametrize("name", list(TRUTH))
def test_every_proposal_is_a_map_that_loads_the_file(found: dict[str, Inspection], name: str, tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "workspace")
    (workspace / "landing" / name).mkdir()
    shutil.copyfile(_file(name), workspace / "landing" / name / _file(name).name)
    proposed = found[name].proposed_map
    assert proposed is not None
    (workspace / "maps" / f"{name}.yml").write_text(proposed, encoding="utf-8")
    assert TRUTH[name]["kind"] in load_map(workspace / "maps" / f"{name}.yml").kinds()
    (workspace / "swotlight.yml").write_text(
        f"sources:\n  {name}:\n    map: maps/{name}.yml\n    archive: true\n", encoding="utf-8"
    )
    with connect(tmp_path / "warehouse.duckdb") as con:
        report = load_sources(con, load_settings(workspace), as_of=datetime(2026, 1, 1, tzinfo=UTC))
        assert [error.message for error in report.errors] == []
        assert report.sources[0].counts.quarantined == 0
        assert con.scalar(f"select count(*) from raw.{TRUTH[name]['kind']}") > 0


def test_a_line_tells_how_sure_it_is_and_why(found: dict[str, Inspection]) -> None:
    column = next(column for column in found["shop_tickets"].columns if column["name"] == "Created Date")
    assert (column["maps_to"], column["format"], column["type"]) == ("created_at", "%d/%m/%Y %H:%M", "instant")
    assert column["confidence"] > 0.9
    assert "# 1.00: the name says so; values are instant" in str(found["shop_tickets"].proposed_map)


def test_averages_become_sums(found: dict[str, Inspection]) -> None:
    said = str(found["daily_call_totals"].proposed_map)
    assert 'threshold_seconds: {value: "20"' in said
    assert "an average, multiplied by Answered Calls" in said


def test_a_day_and_its_clock_are_one_instant(found: dict[str, Inspection]) -> None:
    said = {column["name"]: column["maps_to"] for column in found["calls_with_rating"].columns}
    assert (said["Date"], said["Time"]) == ("arrived_at", "arrived_at")


def test_expectations_and_perceptions_are_told_apart_by_their_letters(found: dict[str, Inspection]) -> None:
    content = found["gap_survey"].content
    assert content is not None
    items = content["tables"][0]["unpivot"]["columns"]
    assert (items["E1"]["role"], items["P1"]["role"], items["E1"]["instrument"]) == (
        "expectation",
        "perception",
        "servqual",
    )


def test_words_of_agreement_are_numbered_from_the_lowest(found: dict[str, Inspection]) -> None:
    content = found["form_answers"].content
    assert content is not None
    item = content["tables"][0]["unpivot"]["columns"]["I felt safe"]
    assert item["values"] == {"Strongly disagree": 1, "Disagree": 2, "Neutral": 3, "Agree": 4, "Strongly agree": 5}
    assert content["tables"][0]["unpivot"]["columns"]["How likely are you to recommend us?"]["instrument"] == "nps"


def test_an_event_log_asks_for_its_tickets_to_be_derived(found: dict[str, Inspection]) -> None:
    assert "derive: tickets" in str(found["event_log"].proposed_map)
