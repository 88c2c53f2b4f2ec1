"""Data quality: raw rows are shown where they may be and nowhere else; columns that came or went are named."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dashboards.components.filelist import file_list, in_short
from dashboards.components.quarantinerows import reasons_list
from dashboards.components.refusals import reason_word
from dashboards.figures.plotting import View
from dashboards.filters import Filters
from dashboards.pages import data_quality
from dashboards.queries.about import quarantine
from dashboards.queries.raw_rows import raw_rows
from ingestion.contracts import load_contracts
from ingestion.quarantine import MALFORMED
from tests.unit.dashboards.made_up import made_up_reading, made_up_settings
from warehouse.quarantined_rows import extract_path
from warehouse.settings import Config, Settings

ROW = {
    "source": "contacts", "file": "contacts-2026-03.csv", "line": 7, "reason": "end before start",
    "field": "ended_at", "raw_text": "4711,Jane <b>Roe</b>,2026-03-02",
}  # fmt: skip


@pytest.fixture
def with_rows(tmp_path: Path) -> Settings:
    """Settings of a workspace that keeps one raw row for the made-up release."""
    settings = Settings(tmp_path, made_up_settings().config)
    path = extract_path(settings.paths, made_up_reading().release.name)
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    return settings


def _page(settings: Settings) -> str:
    reading = made_up_reading()
    reading.settings = settings
    parts = data_quality.body(reading, Filters.parse("", made_up_reading().choices()), View())
    return "".join(str(part) for part in parts)


def test_a_row_is_shown_with_its_file_and_line_on_the_machine_that_owns_it(with_rows: Settings) -> None:
    page = _page(with_rows)
    assert "contacts-2026-03.csv, line 7" in page
    assert "Jane &lt;b&gt;Roe&lt;/b&gt;" in page


def test_where_others_may_look_in_no_row_is_shown(with_rows: Settings) -> None:
    open_to_others = Config.model_validate({**with_rows.config.model_dump(), "access": {"editors": []}})
    page = _page(Settings(with_rows.paths.workspace, open_to_others))
    assert "Jane" not in page
    assert "only on the machine that owns the workspace" in page


def test_no_download_holds_a_raw_row(with_rows: Settings) -> None:
    reading = made_up_reading()
    reading.settings = with_rows
    assert "Jane" not in str(data_quality.tables(reading, Filters.parse("", made_up_reading().choices())))


def test_a_release_whose_rows_are_no_longer_kept_says_so() -> None:
    reading = made_up_reading()
    assert raw_rows(reading, None).state == "missing"
    assert "no longer kept" in str(reasons_list(quarantine(reading), raw_rows(reading, None)))


def test_columns_that_came_or_went_are_named_with_their_file() -> None:
    words = re.sub(r"<[^>]+>", " ", _page(made_up_settings()))
    assert "2 columns came or went between files" in words
    assert "new with contacts-2026-06.csv" in words
    assert "gone; last in contacts-2026-04.csv" in words


def test_every_reason_of_the_loads_own_rules_has_words() -> None:
    own = {rule.name for contract in load_contracts().values() for rule in contract.rules}
    every = {*own, MALFORMED, "null_key", "missing_value", "unknown_value", "not_parseable"}
    silent = {"end_before_start", "longer_than_a_day"}
    assert {name for name in every if reason_word(name) == name.replace("_", " ")} <= silent


def test_a_file_says_in_one_line_where_its_rows_went() -> None:
    row = {"name": "calls.csv", "rows_read": 15, "rows_inserted": 12, "rows_quarantined": 3, "rows_updated": 0}
    said = str(in_short(row, "Calls"))
    assert "Calls · 12\u00a0new + 3\u00a0quarantined" in said and "updated" not in said


def test_a_long_name_of_a_source_stands_whole_in_the_list_of_files() -> None:
    name = "complaints_of_the_northern_region_and_all_its_branches"
    rows = [{"name": "a" * 90 + ".csv", "source": name, "rows_read": 0}]
    drawn = str(file_list(rows, label="Files", limit=5))
    assert "a" * 90 in drawn and "northern region and all its branches" in drawn and "no data" in drawn
