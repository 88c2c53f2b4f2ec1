"""One workspace with every real folder in it, made once: a source a folder, each an archive in its own time zone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingestion.load import LoadReport, load_sources
from warehouse.settings import Settings, load_settings
from warehouse.store import Connection, connect
from warehouse.workspace import init_workspace

PROJECT = Path(__file__).resolve().parents[2]
SHARED = PROJECT.parent / "shared" / "data"
MAPS = Path(__file__).parent / "maps"
AS_OF = datetime(2026, 11, 1, tzinfo=UTC)

# source: (folder, time zone, shipped adapter or None for the map of that name)
SOURCES = {
    "boston311": ("tickets/boston311", "America/New_York", None),
    "nhs111": ("calls/nhs111", "Europe/London", None),
    "sfo_airport": ("surveys/sfo_airport", "America/Los_Angeles", None),
    "nyc_jobs": ("recruiting/nyc_jobs", "America/New_York", None),
    "indeed": ("recruiting/indeed", "UTC", "indeed_hiring_lab"),
    "zendesk": ("tickets/zendesk", "UTC", "zendesk"),
    "qualtrics": ("surveys/qualtrics", "UTC", "qualtrics"),
    "greenhouse": ("recruiting/greenhouse", "UTC", "greenhouse"),
}
# Folders that the later work on ingestion covers: loaded as raw tables, each in a workspace of its own.
FURTHER = {
    "uk_csps": ("surveys/uk_csps", "Europe/London", "map", ("*.csv",)),
    "market": ("market", "America/New_York", "map", ("JTSJOL.csv", "*.xlsx")),
    "wages": ("market", "UTC", "indeed_hiring_lab", ("posted-wage*.csv",)),
    "bank_calls": ("calls/bank_calls", "America/New_York", "proposal", ("*.csv",)),
    "intercom": ("tickets/intercom", "UTC", "intercom", ("*.csv",)),
    "jira": ("tickets/jira", "UTC", "jira", ("*.csv",)),
    "servicenow": ("tickets/servicenow", "UTC", "servicenow", ("*.csv",)),
    "lever": ("recruiting/lever", "UTC", "lever", ("*.csv",)),
    "workday": ("recruiting/workday", "UTC", "workday", ("*.csv",)),
    "twilio": ("calls/twilio", "UTC", "twilio", ("*.csv",)),
}


def shared_folder(name: str) -> Path:
    """A folder of the real exports; the test is skipped where it is missing."""
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"the real exports are not beside the project: {folder} is missing")
    return folder


def make_workspace(root: Path) -> Settings:
    """A workspace with the real folders copied into its landing folders."""
    init_workspace(root)
    lines = ["organisation:", "  name: Real exports", "  time_zone: UTC", "sources:"]
    for name, (folder, zone, adapter) in SOURCES.items():
        landing = root / "landing" / name
        landing.mkdir(parents=True)
        for path in sorted(shared_folder(folder).glob("*.csv")):
            shutil.copyfile(path, landing / path.name)
        if adapter is None:
            shutil.copyfile(MAPS / f"{name}.yml", root / "maps" / f"{name}.yml")
        by = f"adapter: {adapter}" if adapter else f"map: maps/{name}.yml"
        lines += [f"  {name}:", f"    {by}", f"    time_zone: {zone}", "    archive: true"]
    (root / "swotlight.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load_settings(root)


@pytest.fixture(scope="session")
def real_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The workspace with all the real folders, not yet loaded."""
    return make_workspace(tmp_path_factory.mktemp("real") / "workspace")


@pytest.fixture(scope="session")
def loaded(
    real_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Connection, LoadReport]]:
    """All the folders in raw tables, and the report of the load."""
    with connect(tmp_path_factory.mktemp("raw") / "warehouse.duckdb") as con:
        yield con, load_sources(con, real_settings, as_of=AS_OF)


@pytest.fixture(scope="session")
def raw(loaded: tuple[Connection, LoadReport]) -> Connection:
    """The raw tables of all the folders."""
    return loaded[0]
