"""What stands is checked beside other work; what is missing or of another run is checked in its turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.catalogue import checks
from expectations.results import CheckResult
from orchestration.auditing import EarlyAudit
from warehouse.settings import Config, Settings

RAW, MART = (CheckResult.of(checks(stage)[0], passed=True, detail="holds") for stage in ("raw", "marts"))


def early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **answers: object) -> EarlyAudit:
    audit = EarlyAudit(Settings(tmp_path, Config()))
    for work, answer in answers.items():

        def check(_wanted: object, answer: object = answer) -> object:
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(audit, "_check", check)
        with audit.beside(work, checks("raw")):
            pass
    return audit


def test_the_results_of_this_run_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = early(tmp_path, monkeypatch, dbt=("today", [RAW]), staffing=("today", [MART]))
    assert audit.found("today") == {RAW.name: RAW, MART.name: MART}


def test_the_results_of_another_run_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = early(tmp_path, monkeypatch, dbt=("yesterday", [RAW]), staffing=("today", [MART]))
    assert audit.found("today") == {MART.name: MART}


def test_a_check_that_broke_off_is_done_again_in_its_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = early(tmp_path, monkeypatch, dbt=RuntimeError("broken"), staffing=("today", [MART]))
    assert audit.found("today") == {MART.name: MART}
    assert EarlyAudit(Settings(tmp_path, Config())).found("today") == {}
