"""The gate before the release, on check results of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.results import CheckResult, write_results
from orchestration.auditing import Blocked, gate
from orchestration.runs import open_build
from warehouse.settings import Settings, load_settings
from warehouse.workspace import init_workspace


def result(name: str, severity: str, passed: bool) -> CheckResult:
    return CheckResult(name, "marts", "marts.fct_tickets", severity, passed, f"Detail of {name}.", ("csat",))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(init_workspace(tmp_path / "ws"))


def write(settings: Settings, *results: CheckResult) -> None:
    with open_build(settings) as con:
        con.execute("create schema if not exists ingest")
        write_results(con, "run", results)


def test_a_failed_block_check_forbids_the_release_and_is_named(settings: Settings) -> None:
    write(settings, result("keys", "block", False), result("fresh", "warn", False))
    with pytest.raises(Blocked, match=r"keys on marts\.fct_tickets failed: Detail of keys") as caught:
        gate(settings)
    assert (caught.value.exit_code, caught.value.code, caught.value.key) == (1, "blocked", "keys")


def test_failed_checks_of_lesser_severity_let_the_release_pass(settings: Settings) -> None:
    write(
        settings, result("keys", "block", True), result("csat_sane", "withdraw", False), result("fresh", "warn", False)
    )
    assert [row["name"] for row in gate(settings)] == ["csat_sane", "fresh"]


def test_without_any_check_nothing_is_released(settings: Settings) -> None:
    write(settings)
    with pytest.raises(Blocked, match="No check"):
        gate(settings)
