"""What makes a refresh necessary, and what does not."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration.fingerprints import LastRefresh, fingerprint, read_last, write_last
from warehouse.settings import Settings, load_settings
from warehouse.workspace import init_workspace

NOON = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
CONFIG = "organisation: {{time_zone: Asia/Tokyo}}\nsources:\n  calls: {{archive: {archive}}}\n"


def workspace(tmp_path: Path, archive: bool = True) -> Settings:
    folder = init_workspace(tmp_path / "ws", config_text=CONFIG.format(archive=str(archive).lower()))
    (folder / "landing" / "calls").mkdir(exist_ok=True)
    (folder / "landing" / "calls" / "a.csv").write_text("x\n1\n")
    return load_settings(folder)


def test_the_same_again_is_the_same(tmp_path: Path) -> None:
    settings = workspace(tmp_path)
    assert fingerprint(settings, None, NOON) == fingerprint(settings, None, NOON.replace(day=20))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("landing/calls/a.csv", "x\n2\n"),
        ("landing/calls/b.csv", "x\n1\n"),
        ("reference/targets.csv", "metric,value\n"),
        ("maps/calls.yml", "adapter: mine\n"),
        ("swotlight.yml", CONFIG.format(archive="true") + "max_quarantine_share: 0.1\n"),
    ],
)
def test_a_change_of_anything_a_release_depends_on_is_seen(tmp_path: Path, path: str, text: str) -> None:
    settings = workspace(tmp_path)
    before = fingerprint(settings, None, NOON)
    (settings.paths.workspace / path).write_text(text)
    assert fingerprint(load_settings(settings.paths.workspace), None, NOON) != before


def test_a_file_that_was_only_touched_is_no_change(tmp_path: Path) -> None:
    settings = workspace(tmp_path)
    before = fingerprint(settings, None, NOON)
    os.utime(settings.paths.landing / "calls" / "a.csv", (1, 1))
    assert fingerprint(settings, None, NOON) == before


def test_a_live_source_is_judged_anew_on_each_local_day(tmp_path: Path) -> None:
    settings = workspace(tmp_path, archive=False)
    same_day_in_tokyo = NOON.replace(hour=14, minute=59)
    next_day_in_tokyo = NOON.replace(hour=15)
    assert fingerprint(settings, None, NOON) == fingerprint(settings, None, same_day_in_tokyo)
    assert fingerprint(settings, None, NOON) != fingerprint(settings, None, next_day_in_tokyo)


def test_an_as_of_of_ones_own_counts(tmp_path: Path) -> None:
    settings = workspace(tmp_path)
    assert fingerprint(settings, NOON, NOON) != fingerprint(settings, None, NOON)


def test_what_cannot_be_read_counts_as_never_refreshed(tmp_path: Path) -> None:
    settings = workspace(tmp_path)
    assert read_last(settings) is None
    write_last(settings, LastRefresh("f", "run", "release"))
    assert read_last(settings) == LastRefresh("f", "run", "release")
    settings.paths.refresh_state.write_text("{")
    assert read_last(settings) is None


def test_deciding_imports_neither_dagster_nor_dbt_nor_great_expectations() -> None:
    script = (
        "import sys; import orchestration.refresh; "
        "print([m for m in ('dagster', 'dbt', 'great_expectations', 'pandas', 'sqlalchemy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
