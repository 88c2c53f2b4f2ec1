"""Two real surveys from file to marts: passengers over two drifting years, and employees' shares already added up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.real.conftest import MAPS, shared_folder
from warehouse.releases import Release, ReleaseReader
from warehouse.settings import load_settings
from warehouse.workspace import init_workspace

pytestmark = [pytest.mark.real, pytest.mark.timeout(900)]
SOURCES = {
    "sfo_airport": ("surveys/sfo_airport", "America/Los_Angeles"),
    "uk_csps": ("surveys/uk_csps", "Europe/London"),
}


@pytest.fixture(scope="module")
def surveys(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of both surveys."""
    from orchestration.refresh import refresh

    root = Path(tmp_path_factory.mktemp("surveys")) / "workspace"
    init_workspace(root)
    lines = ["organisation:", "  name: Surveys", "  time_zone: UTC", "sources:"]
    for name, (folder, zone) in SOURCES.items():
        landing = root / "landing" / name
        landing.mkdir(parents=True)
        for path in sorted(shared_folder(folder).glob("*.csv")):
            shutil.copyfile(path, landing / path.name)
        shutil.copyfile(MAPS / f"{name}.yml", root / "maps" / f"{name}.yml")
        lines += [f"  {name}:", f"    map: maps/{name}.yml", f"    time_zone: {zone}", "    archive: true"]
    (root / "swotlight.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    settings = load_settings(root)
    refresh(settings)
    return ReleaseReader(settings).current()


def test_the_waves_of_the_airport_come_back_with_their_change(surveys: Release) -> None:
    rows = surveys.rows(
        "select wave, instrument, n, value, low, high, change, p from marts.survey_results "
        "where source = 'sfo_airport' and group_name = 'all' and item in ('netpro', 'q7_overall') order by item, wave"
    )
    nps, first, second = rows
    assert (nps["wave"], nps["n"], round(nps["value"], 2)) == ("2017", 2_746, 39.84)
    assert (nps["high"] - nps["low"]) / 2 == pytest.approx(2.61, abs=0.02)
    assert [(row["wave"], row["n"]) for row in (first, second)] == [("2016", 2_919), ("2017", 2_688)]
    assert first["change"] is None and second["change"] == pytest.approx(second["value"] - first["value"])


def test_not_applicable_is_counted_apart_from_blank(surveys: Release) -> None:
    rows = surveys.rows(
        "select answer_state, count(*) as n from marts.fct_survey_answers where source = 'sfo_airport' "
        "group by answer_state order by answer_state"
    )
    states = {row["answer_state"]: row["n"] for row in rows}
    assert states["not_applicable"] > 10_000 and set(states) <= {"valid", "not_applicable", "blank"}


def test_what_passengers_judge_the_airport_by_adds_up_and_has_intervals(surveys: Release) -> None:
    rows = surveys.rows("select * from marts.driver_importance where outcome = 'csat'")
    assert sum(row["importance"] for row in rows) == pytest.approx(1)
    assert all(row["importance_low"] <= row["importance"] <= row["importance_high"] for row in rows)


def test_employees_are_never_in_the_facts_and_their_shares_only_added_up(surveys: Release) -> None:
    assert surveys.rows("select count(*) as n from marts.fct_survey_answers where source = 'uk_csps'")[0]["n"] == 0
    (row,) = surveys.rows(
        "select sum(n) as n, sum(satisfied) / sum(satisfied_base) as share from rollups.rollup_surveys_day "
        "where source = 'uk_csps' and replace(item_id, '_', ' ') ilike 'my work'"
    )
    # 2019: the mean over organisations of the theme 'My work'; the published median of the service is 77 %.
    assert row["n"] > 50 and row["share"] == pytest.approx(0.77, abs=0.03)
