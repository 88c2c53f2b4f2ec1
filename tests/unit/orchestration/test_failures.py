"""Why a run stopped, in a sentence."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from orchestration import job
from orchestration.job import refusal_of
from orchestration.progress import silent
from warehouse.errors import SwotlightError
from warehouse.settings import Config, Settings


@pytest.mark.parametrize(
    "said",
    [
        sqlite3.OperationalError("database or disk is full"),
        SwotlightError("The model fct_tickets could not be built: IO Error: No space left on device", code="dbt"),
    ],
)
def test_a_disk_that_fills_up_is_named_whatever_stopped_first(tmp_path: Path, said: Exception) -> None:
    outer = RuntimeError("The step stopped.")
    outer.__cause__ = said
    told = refusal_of(Settings(tmp_path, Config()), outer)
    assert (told.code, told.file) == ("disk_full", str(tmp_path))
    assert "disk is full" in told.message and "releases prune" in (told.hint or "")


def test_a_refusal_inside_is_the_refusal(tmp_path: Path) -> None:
    refused = SwotlightError("a.csv is cut off.", code="cut_off")
    outer = RuntimeError("The step stopped.")
    outer.__cause__ = refused
    assert refusal_of(Settings(tmp_path, Config()), outer) is refused


def test_an_end_that_comes_while_the_engine_is_at_work_is_no_fault_of_a_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise RuntimeError("Query interrupted")

    monkeypatch.setattr(job, "build_definitions", interrupted)
    head_start: Any = SimpleNamespace(run=SimpleNamespace(name="run-1", full=False, select=()), begun=lambda: None)
    with pytest.raises(KeyboardInterrupt):
        job.run_refresh(Settings(tmp_path, Config()), head_start, as_of=None, progress=silent)
