"""Run checks on the build database, keep their results, and decide whether a release may follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from expectations.catalogue import Check, checks
from expectations.results import CheckResult, write_results
from expectations.run import run_checks
from orchestration.runs import current_run, judged_at, open_build
from warehouse.errors import SwotlightError
from warehouse.settings import Settings

CHECK_COLUMNS = "check_name as name, table_name, severity, passed, detail, metrics"


class Blocked(SwotlightError):
    """A check of severity ``block`` failed: nothing is released."""


class EarlyAudit:
    """Checks of tables that stand, run in a thread while work on other tables leaves a core idle at times.

    Nothing rests on it: what it has not found out, or of another run, is checked in its turn.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._found: dict[str, Future[tuple[str, list[CheckResult]]]] = {}

    @contextmanager
    def beside(self, work: str, wanted: Sequence[Check]) -> Iterator[None]:
        """While this holds, ``wanted`` is checked beside ``work``, whose tables none of these checks may look at."""
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"checks beside {work}") as pool:
            self._found[work] = pool.submit(self._check, wanted)
            yield

    def found(self, run: str) -> dict[str, CheckResult]:
        """What was found out in a run, by the check's name."""
        done = [early.result() for early in self._found.values() if early.exception() is None]
        return {result.name: result for checked, results in done if checked == run for result in results}

    def _check(self, wanted: Sequence[Check]) -> tuple[str, list[CheckResult]]:
        with open_build(self._settings) as con:
            return current_run(con).name, run_checks(con, wanted, judged_at(con))


def audit(settings: Settings, stages: Sequence[str], early: EarlyAudit | None = None) -> list[CheckResult]:
    """Run the checks of some stages and write schema ``quality``."""
    with open_build(settings) as con:
        run, as_of = current_run(con), judged_at(con)
        found = early.found(run.name) if early else {}
        wanted = [check for stage in stages for check in checks(stage)]
        late = run_checks(con, [check for check in wanted if check.name not in found], as_of)
        found |= {result.name: result for result in late}
        results = [found[check.name] for check in wanted]
        write_results(con, run.name, results)
    return results


def check_rows(settings: Settings) -> list[dict[str, Any]]:
    """The results kept in the build database, for asset checks and for the gate."""
    with open_build(settings) as con:
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
