"""What a finished run tells people: what it found, or why it stopped. The words and the sending are `alerts`' work."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from alerts.incidents import opened
from alerts.notify import report_run
from expectations.results import CheckResult
from orchestration.runs import open_build
from warehouse.errors import SwotlightError
from warehouse.releases import Release
from warehouse.settings import Settings

_LOG = logging.getLogger("swotlight.alerts")
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
    """Why a run stopped, with the checks that it came to. Never raises: what stopped the run is what is to be told."""
    try:
        report_run(settings, run=run, results=results_of(settings, run), error=error, step=step)
    except (SwotlightError, OSError) as trouble:
        _LOG.warning("Nobody could be told of the failed run: %s", trouble)


def close_failures(settings: Settings, release: Release) -> None:
    """After a refresh that found the current release up to date: a run that had failed on a file now gone is over."""
    if not settings.paths.incidents.exists():
        return
    with opened(settings.paths.incidents) as store:
        failed_runs = {key for key in store.open_keys() if key == "release" or key.startswith("run:")}
    if failed_runs:
        results = _as_results(release.rows(_RESULTS, [release.info.run]))
        stale = [tuple(row.values()) for row in release.rows(_STALE.replace("ingest.", "quality."))]
        report_run(settings, run=release.info.run, results=results, stale=stale)  # type: ignore[arg-type]


def results_of(settings: Settings, run: str) -> list[CheckResult]:
    """The check results that this run has written; none when it stopped before."""
    try:
        with open_build(settings) as con:
            rows = con.rows(_RESULTS, [run])
    except SwotlightError:
        return []
    return _as_results(rows)


def _as_results(rows: list[dict[str, Any]]) -> list[CheckResult]:
    return [CheckResult(**{**row, "metrics": tuple(row["metrics"] or ())}) for row in rows]


def _stale_sources(settings: Settings) -> list[tuple[str, datetime | None, float]]:
    with open_build(settings) as con:
        return con.execute(_STALE).fetchall()
