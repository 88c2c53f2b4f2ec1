"""Raw rows are checked while dbt builds; what is missing or of another run is checked in its turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.catalogue import checks
from expectations.results import CheckResult
from orchestration.auditing import EarlyAudit
from warehouse.settings import Config, Settings

RESULT = CheckResult.of(checks("raw")[0], passed=True, detail="holds")


def early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: object) -> EarlyAudit:
    audit = EarlyAudit(Settings(tmp_path, Config()))

    def check() -> object:
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(audit, "_check", check)
    with audit.beside():
        pass
    return audit


def test_the_results_of_this_run_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = early(tmp_path, monkeypatch, ("today", [RESULT]))
    assert audit.found("raw", "today") == [RESULT]
    assert audit.found("marts", "today") is None


def test_the_results_of_another_run_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert early(tmp_path, monkeypatch, ("yesterday", [RESULT])).found("raw", "today") is None


def test_a_check_that_broke_off_is_done_again_in_its_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert early(tmp_path, monkeypatch, RuntimeError("broken")).found("raw", "today") is None
    assert EarlyAudit(Settings(tmp_path, Config())).found("raw", "today") is None
