"""What a finished run tells people: what it found, or why it stopped. The words and the sending are `alerts`' work."""

from __future__ import annotations

from datetime import datetime

from alerts.notify import report_run
from expectations.results import CheckResult
from orchestration.runs import open_build
from warehouse.errors import SwotlightError
from warehouse.settings import Settings

_RESULTS = (
    'select check_name as name, stage, table_name as "table", severity, passed, detail, metrics, observed, expected '
    "from quality.checks where run = ? order by check_name"
)
_STALE = (
    "select source, newest_record_at, stale_after_hours from ingest.sources "
    "where is_stale and not is_archive order by source"
)


def tell_of_release(settings: Settings, run: str) -> None:
    """Failed checks and stale sources of a run that released; what is well again is closed."""
    report_run(settings, run=run, results=results_of(settings, run), stale=_stale_sources(settings))


def tell_of_failure(settings: Settings, run: str, error: BaseException, step: str | None) -> None:
    """Why a run stopped, with the checks that it came to."""
    report_run(settings, run=run, results=results_of(settings, run), error=error, step=step)


def results_of(settings: Settings, run: str) -> list[CheckResult]:
    """The check results that this run has written; none when it stopped before."""
    try:
        with open_build(settings, read_only=True) as con:
            rows = con.rows(_RESULTS, [run])
    except SwotlightError:
        return []
    return [CheckResult(**{**row, "metrics": tuple(row["metrics"] or ())}) for row in rows]


def _stale_sources(settings: Settings) -> list[tuple[str, datetime | None, float]]:
    with open_build(settings, read_only=True) as con:
        return con.execute(_STALE).fetchall()
