"""What is written into schema quality: results by stage, withdrawn metrics, the books without raw text."""

from __future__ import annotations

from datetime import UTC, datetime

from expectations.results import CheckResult, write_results
from warehouse.store import Connection

AT = datetime(2026, 11, 1, 5, 0, tzinfo=UTC)


def result(name: str, stage: str = "raw", severity: str = "warn", passed: bool = True, **more: object) -> CheckResult:
    return CheckResult(name, stage, "raw.contacts", severity, passed, "A sentence.", **more)  # type: ignore[arg-type]


def test_results_of_a_later_stage_join_those_of_the_run(con: Connection) -> None:
    write_results(con, "run-1", [result("one")], AT)
    write_results(con, "run-1", [result("two", stage="marts")], AT)
    rows = con.rows("select check_name, stage, checked_at from quality.checks order by stage")
    assert [(row["check_name"], row["stage"]) for row in rows] == [("two", "marts"), ("one", "raw")]
    assert rows[0]["checked_at"] == datetime(2026, 11, 1, 5, 0)


def test_results_of_an_earlier_run_are_dropped(con: Connection) -> None:
    write_results(con, "run-1", [result("one"), result("two", stage="marts")], AT)
    write_results(con, "run-2", [result("one")], AT)
    assert con.rows("select run, check_name from quality.checks") == [{"run": "run-2", "check_name": "one"}]


def test_a_metric_is_withdrawn_once_however_many_checks_fail(con: Connection) -> None:
    failing = {"severity": "withdraw", "passed": False}
    results = [result("b", **failing, metrics=("csat", "nps")), result("a", **failing, metrics=("csat",))]  # type: ignore[arg-type]
    write_results(con, "run-1", results, AT)
    rows = con.rows("select metric, check_name from quality.withdrawn order by metric")
    assert rows == [{"metric": "csat", "check_name": "a"}, {"metric": "nps", "check_name": "b"}]


def test_a_failed_warning_withdraws_nothing(con: Connection) -> None:
    write_results(con, "run-1", [result("a", severity="warn", passed=False, metrics=("csat",))], AT)
    assert con.scalar("select count(*) from quality.withdrawn") == 0


def test_the_books_are_copied_without_raw_text(con: Connection) -> None:
    write_results(con, "run-1", [], AT)
    assert con.columns("select * from quality.quarantine") == ["source", "file", "reason", "field", "rows"]
    assert con.rows("select reason, rows from quality.quarantine") == [{"reason": "negative_duration", "rows": 1}]
    assert con.scalar("select sum(rows_read) from quality.files") == 200
    assert con.scalar("select count(*) from quality.sources") == 1
