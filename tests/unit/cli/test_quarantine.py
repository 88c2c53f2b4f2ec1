"""Refused rows: looked through, read again after a mend, forgotten without touching the accounting."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ingestion.load import load_sources
from swotlight.main import main
from tests.unit.schemas.reading import troubles
from warehouse.settings import load_settings
from warehouse.store import connect
from warehouse.workspace import init_workspace

EXPORT = "ticket_id,created_at,status\n1,2026-01-01,open\n,2026-01-01,open\n2,yesterday,open\n3,2026-01-01,odd\n"


@pytest.fixture
def loaded(tmp_path: Path) -> Path:
    workspace = init_workspace(tmp_path / "w", config_text="sources:\n  desk: {adapter: generic_tickets}\n")
    folder = workspace / "landing" / "desk"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text(EXPORT, encoding="utf-8")
    settings = load_settings(workspace)
    with connect(settings.paths.build_db) as con:
        load_sources(con, settings, as_of=datetime(2026, 11, 1))
    return workspace


def ask(capsys: pytest.CaptureFixture[str], workspace: Path, *words: str) -> tuple[int, Any]:
    capsys.readouterr()
    code = main(["--workspace", str(workspace), "quarantine", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_refused_rows_are_counted_by_reason(loaded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, rows = ask(capsys, loaded, "list")
    assert code == 0 and troubles("quarantine", rows) == []
    assert {(row["reason"], row["field"], row["rows"]) for row in rows} == {
        ("null_key", "ticket_id", 1),
        ("not_parseable", "created_at", 1),
        ("unknown_value", "status", 1),
    }


def test_a_refused_row_is_shown_as_it_stood_with_its_line(loaded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, rows = ask(capsys, loaded, "show", "desk", "--reason", "not_parseable")
    assert troubles("quarantined", rows) == []
    assert [(row["line"], row["raw_text"]) for row in rows] == [(4, "2,yesterday,open")]


def test_a_purge_forgets_the_text_and_leaves_the_accounting(loaded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, document = ask(capsys, loaded, "purge", "desk", "--reason", "null_key", "--yes")
    assert (code, document["rows"]) == (0, 1) and troubles("purge", document) == []
    _, rows = ask(capsys, loaded, "show")
    assert {row["reason"]: row["raw_text"] is None for row in rows} == {
        "null_key": True,
        "not_parseable": False,
        "unknown_value": False,
    }
    with connect(load_settings(loaded).paths.build_db, read_only=True) as con:
        assert con.rows("select rows_read, rows_inserted, rows_quarantined from ingest.files") == [
            {"rows_read": 4, "rows_inserted": 1, "rows_quarantined": 3}
        ]


def test_a_purge_that_nobody_confirms_forgets_nothing(loaded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, document = ask(capsys, loaded, "purge")
    assert (code, document["error"]["code"]) == (1, "not_confirmed")
    _, rows = ask(capsys, loaded, "show")
    assert all(row["raw_text"] for row in rows)


def test_an_unknown_source_names_those_there_are(loaded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, document = ask(capsys, loaded, "show", "disk")
    assert (code, document["error"]["code"]) == (2, "unknown_source") and "desk" in document["error"]["hint"]


def test_an_empty_workspace_has_nothing_in_quarantine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = init_workspace(tmp_path / "w")
    assert ask(capsys, workspace) == (0, [])
