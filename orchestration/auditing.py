"""Run checks on the build database, keep their results, and decide whether a release may follow."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

from expectations.results import CheckResult, write_results
from expectations.run import run_checks
from orchestration.runs import current_run, judged_at, open_build
from warehouse.drafting import drafting
from warehouse.errors import SwotlightError
from warehouse.settings import Settings

CHECK_COLUMNS = "check_name as name, table_name, severity, passed, detail, metrics"


class Blocked(SwotlightError):
    """A check of severity ``block`` failed: nothing is released."""


def audit(settings: Settings, stages: Sequence[str]) -> list[CheckResult]:
    """Run the checks of some stages and write schema ``quality``; what they judge is copied for release meanwhile."""
    with open_build(settings, read_only=True) as con:
        run, as_of = current_run(con), judged_at(con)
    with drafting(settings) if "marts" in stages else nullcontext():
        results = [result for stage in stages for result in run_checks(settings.paths.build_db, stage, as_of)]
    with open_build(settings) as con:
        write_results(con, run.name, results)
    return results


def check_rows(settings: Settings) -> list[dict[str, Any]]:
    """The results kept in the build database, for asset checks and for the gate."""
    with open_build(settings, read_only=True) as con:
        return con.rows(f"select {CHECK_COLUMNS} from quality.checks order by check_name")


def gate(settings: Settings) -> list[dict[str, Any]]:
    """The failed checks that a release may live with. Raises `Blocked` when one may not.

    A gate of its own, because an asset after a failed asset check is run all the same.
    """
    rows = check_rows(settings)
    if not rows:
        raise Blocked("No check has been run: nothing is released.", code="blocked", hint="Run `swotlight refresh`.")
    blocking = [row for row in rows if not row["passed"] and row["severity"] == "block"]
    if blocking:
        first = blocking[0]
        more = f" ({len(blocking) - 1} more)" if len(blocking) > 1 else ""
        raise Blocked(
            f"Check {first['name']} on {first['table_name']} failed{more}: {first['detail']}",
            code="blocked",
            key=first["name"],
            hint="Nothing was released; the previous release stays. Mend the source or its map, then refresh again.",
        )
    return [row for row in rows if not row["passed"]]
