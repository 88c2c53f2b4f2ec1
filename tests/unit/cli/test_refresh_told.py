"""What the report of a refresh says beside the counts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from orchestration.refresh import RefreshResult
from swotlight.main import main
from warehouse.workspace import init_workspace

ASKED = datetime(2026, 11, 1, tzinfo=UTC)


def source(name: str, as_of: str) -> dict[str, Any]:
    return {"name": name, "as_of": as_of, "rows_read": 1, "rows_quarantined": 0}


@pytest.mark.parametrize(("asked", "told"), [(["--as-of", "2026-11-01T00:00:00Z"], True), ([], False)])
def test_an_archive_that_is_not_judged_at_the_asked_instant_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], asked: list[str], told: bool
) -> None:
    sources = [source("calls", "2026-11-01T00:00:00Z"), source("old", "2024-02-29T10:00:00Z")]
    result = RefreshResult("run", "release", ASKED, 1.0, sources=sources)
    monkeypatch.setattr("orchestration.refresh.refresh", lambda *_, **__: result)
    workspace = init_workspace(tmp_path / "ws")
    assert main(["--workspace", str(workspace), "refresh", *asked]) == 0
    said = "".join(capsys.readouterr())
    assert ("judged at their own newest event, not at 2026-11-01T00:00:00Z: old." in said) is told
    assert "calls" not in said
