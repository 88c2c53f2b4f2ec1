"""Refused rows come back once they are mended, each exactly once, whether the export, the map or a new file mends them.

Only the build after the load is left out: it is proved with the refresh itself.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import orchestration.refresh
from ingestion.load import load_sources
from swotlight.main import main
from tests.unit.schemas.reading import troubles
from warehouse.settings import Settings, load_settings
from warehouse.store import connect
from warehouse.workspace import init_workspace

HEAD = "ticket_id,created_at,status\n"
EXPORT = HEAD + "1,2026-01-01,open\n2,2026-01-01,wait-ing\n3,yesterday,open\n,2026-01-01,secret words\n2,2026-01-02\n"
MAP = (
    "shapes: {{x: {{table: tickets, fields: {{ticket_id: id, created_at: instant, "
    "status: {{from: status, values: {{{words}}}}}}}}}}}\n"
)


def load(settings: Settings, **options: Any) -> SimpleNamespace:
    with connect(settings.paths.build_db) as con:
        load_sources(con, settings, as_of=datetime(2026, 11, 1), select=options.get("select"))
    return SimpleNamespace(run="r1", release="20261101T000000-r1")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    workspace = init_workspace(tmp_path / "w", config_text="sources:\n  desk: {map: maps/desk.yml}\n")
    (workspace / "maps").mkdir(exist_ok=True)
    (workspace / "maps" / "desk.yml").write_text(MAP.format(words="other: on_hold"), encoding="utf-8")
    (workspace / "landing" / "desk").mkdir(parents=True)
    (workspace / "landing" / "desk" / "a.csv").write_text(EXPORT, encoding="utf-8")
    monkeypatch.setattr(orchestration.refresh, "refresh", load)
    load(load_settings(workspace))
    return workspace


def reload(capsys: pytest.CaptureFixture[str], workspace: Path, *words: str) -> Any:
    capsys.readouterr()
    assert main(["--workspace", str(workspace), "quarantine", "reload", *words, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert troubles("reload", document) == []
    return document["sources"]


def rows(workspace: Path, sql: str) -> list[Sequence[Any]]:
    with connect(load_settings(workspace).paths.build_db, read_only=True) as con:
        return [tuple(row.values()) for row in con.rows(sql)]


def accounting(workspace: Path) -> list[Sequence[Any]]:
    counts = "rows_read, rows_inserted, rows_updated, rows_superseded, rows_duplicate, rows_quarantined"
    return rows(workspace, f"select {counts} from ingest.files order by position")


TICKETS = "select ticket_id, status from raw.tickets order by 1"


def test_a_mended_map_brings_its_rows_in_once(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert accounting(desk) == [(5, 1, 0, 0, 0, 4)]
    (desk / "maps" / "desk.yml").write_text(MAP.format(words="wait-ing: on_hold"), encoding="utf-8")
    assert reload(capsys, desk, "desk") == [{"source": "desk", "before": 4, "after": 3}]
    assert rows(desk, TICKETS) == [("1", "open"), ("2", "on_hold")]
    assert accounting(desk) == [(5, 2, 0, 0, 0, 3)]


def test_a_mended_export_in_its_place_brings_its_rows_in_once(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mended = EXPORT.replace("wait-ing", "pending").replace("yesterday", "2026-01-03").replace("2,2026-01-02\n", "")
    (desk / "landing" / "desk" / "a.csv").write_text(mended, encoding="utf-8")
    assert reload(capsys, desk) == [{"source": "desk", "before": 4, "after": 1}]
    assert rows(desk, TICKETS) == [("1", "open"), ("2", "pending"), ("3", "open")]
    assert accounting(desk) == [(4, 3, 0, 0, 0, 1)]


def test_mended_rows_in_a_file_of_their_own_come_in_once_beside_the_refused(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "landing" / "desk" / "mended.csv").write_text(
        HEAD + "2,2026-01-01,pending\n3,2026-01-03,open\n", encoding="utf-8"
    )
    assert reload(capsys, desk) == [{"source": "desk", "before": 4, "after": 4}]
    assert rows(desk, TICKETS) == [("1", "open"), ("2", "pending"), ("3", "open")]
    assert accounting(desk) == [(5, 1, 0, 0, 0, 4), (2, 2, 0, 0, 0, 0)]


def test_reloading_twice_changes_nothing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = accounting(desk), rows(desk, TICKETS), rows(desk, "from ingest.quarantine order by line")
    assert reload(capsys, desk) == [{"source": "desk", "before": 4, "after": 4}]
    assert (accounting(desk), rows(desk, TICKETS), rows(desk, "from ingest.quarantine order by line")) == before


def test_a_purge_leaves_the_text_of_no_refused_row_and_reading_again_brings_it_back(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    landed = "select count(*) from land.desk__x where _raw is not null"
    assert rows(desk, landed) == [(3,)]
    assert main(["--workspace", str(desk), "quarantine", "purge", "--yes"]) == 0
    assert rows(desk, landed) == [(0,)]
    assert rows(desk, "select count(raw_text), count(*) from ingest.quarantine") == [(0, 4)]
    assert accounting(desk) == [(5, 1, 0, 0, 0, 4)]
    (desk / "landing" / "desk" / "a.csv").write_text(EXPORT + "9,2026-01-01,open\n", encoding="utf-8")
    reload(capsys, desk)
    assert rows(desk, "select count(raw_text), count(*) from ingest.quarantine") == [(4, 4)]


def test_the_refused_rows_are_browsed_with_line_and_text(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["--workspace", str(desk), "quarantine", "show", "desk", "--limit", "3", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["line"], row["reason"], row["raw_text"]) for row in told] == [
        (3, "unknown_value", "2,2026-01-01,wait-ing"),
        (4, "not_parseable", "3,yesterday,open"),
        (5, "null_key", ",2026-01-01,secret words"),
    ]
