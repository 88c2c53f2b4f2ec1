"""The SWOT of the real exports loaded together: it tells what they can tell, and names what it cannot know."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analytics.swot import entities, items
from tests.real.conftest import MAPS, make_workspace, shared_folder
from warehouse.releases import Release, ReleaseReader
from warehouse.settings import load_settings

pytestmark = [pytest.mark.real, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def real_swot(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """One release of Boston, NHS 111, SFO, the Civil Service People Survey, NYC jobs, Indeed and the vendor folders."""
    from orchestration.refresh import refresh

    root = Path(tmp_path_factory.mktemp("swot")) / "workspace"
    make_workspace(root)
    landing = root / "landing" / "uk_csps"
    landing.mkdir(parents=True)
    for path in sorted(shared_folder("surveys/uk_csps").glob("*.csv")):
        shutil.copyfile(path, landing / path.name)
    shutil.copyfile(MAPS / "uk_csps.yml", root / "maps" / "uk_csps.yml")
    with (root / "swotlight.yml").open("a", encoding="utf-8") as file:
        file.write("  uk_csps:\n    map: maps/uk_csps.yml\n    time_zone: Europe/London\n    archive: true\n")
    settings = load_settings(root)
    refresh(settings)
    return ReleaseReader(settings).current()


def test_every_item_is_a_sentence_with_number_comparator_and_n(real_swot: Release) -> None:
    document = items(real_swot)
    assert document["items"], "the exports are large enough to tell something"
    for item in document["items"]:
        assert item["n"] and item["sentence"].count("**") == 2, item["factor"]
        assert item["p_adjusted"] <= 0.05 and abs(item["difference"]) >= item["swd"], item["factor"]
        assert "nan" not in item["sentence"] and "None" not in item["sentence"]


def test_what_ended_years_ago_is_no_item_of_today_but_stays_as_evidence_of_then(real_swot: Release) -> None:
    document = items(real_swot)
    told = [*document["items"], *document["watch"], *document["contested"]]
    assert all(item["comparisons"][0]["window_to"] >= document["period"][:4] + "-01-01" for item in told)
    ended = {row["factor"]: row for row in document["insufficient"] if row["missing_key"] == "ended"}
    assert ended["satisfaction"]["missing"].startswith("the data end in May 2017")
    rows = real_swot.rows(
        "select value from swot.evidence where factor = 'satisfaction' and entity is null and p is not null"
    )
    assert rows and all(row["value"] for row in rows)


def test_what_the_exports_cannot_tell_is_named_factor_by_factor(real_swot: Release) -> None:
    missing = {row["factor"]: row["missing"] for row in items(real_swot)["insufficient"]}
    # No costs, no agents’ time, no quality checks and no macros are in these exports.
    for factor in ("cost_per_contact", "strain", "errors", "turnover", "standard_answers", "training_and_quality"):
        assert missing[factor].startswith("no data") or "needed" in missing[factor], factor
    # NHS 111 tells the variant without short abandons, and ended ten years before the newest month.
    assert missing["service_level"] == "the data end in March 2016: too long ago to say how things stand"
    assert all(reason for reason in missing.values())


def test_nobody_in_particular_is_no_entity(real_swot: Release) -> None:
    assert not {"unknown", "None", ""} & {value for _, value in entities(real_swot) if value is not None}
