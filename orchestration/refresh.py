"""`swotlight refresh`: load, build, check and release through Dagster in this process; nothing when nothing changed."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from orchestration.fingerprints import fingerprint, read_last
from orchestration.lock import refresh_lock
from orchestration.progress import Progress, silent
from orchestration.runs import check_selected, plan
from orchestration.status import check_rows, source_rows, withdrawn_metrics
from warehouse.errors import SwotlightError
from warehouse.release_files import iso, names_on_disk
from warehouse.releases import Release, ReleaseReader, current_info
from warehouse.settings import Settings, utc_now
from warehouse.workspace import ensure_folders

COLLECT_AFTER = (100_000, 50, 100)


@dataclass(frozen=True)
class RefreshResult:
    """What a refresh came to; ``unchanged`` when the current release already holds everything."""

    run: str
    release: str
    as_of: datetime
    seconds: float
    unchanged: bool = False
    sources: list[dict[str, Any]] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """The document of `swotlight refresh --json`."""
        return {
            "run": self.run,
            "release": self.release,
            "as_of": iso(self.as_of),
            "seconds": round(self.seconds, 3),
            "sources": self.sources,
            "checks": self.checks,
            "withdrawn": self.withdrawn,
        }


def refresh(
    settings: Settings,
    *,
    as_of: datetime | None = None,
    full: bool = False,
    select: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> RefreshResult:
    """Bring the current release up to date with the landing files.

    ``full`` builds from nothing; ``select`` reads only the named sources; ``as_of`` (aware) replaces the refresh
    instant. Raises `SwotlightError`: a file was refused, a blocking check failed (code ``blocked``), another refresh
    is running (``locked``). In all of these the current release stays.
    """
    began, progress = time.monotonic(), progress or silent
    _refuse_nothing(settings)
    selected = check_selected(settings, select or ())
    ensure_folders(settings)
    with refresh_lock(settings):
        if not full and not selected and _is_current(settings, as_of):
            return _result(settings, began, unchanged=True)
        with _garbage_kept_longer():
            _run(settings, as_of, full, selected, progress)
    return _result(settings, began, unchanged=False)


@contextmanager
def _garbage_kept_longer() -> Iterator[None]:
    """Look for garbage rarely: most of what a refresh makes lives to its end (dbt's project, Dagster's definitions)."""
    before = gc.get_threshold()
    gc.set_threshold(*COLLECT_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _run(settings: Settings, as_of: datetime | None, full: bool, selected: Sequence[str], progress: Progress) -> None:
    progress("start")
    from orchestration.headstart import HeadStart

    run = plan(settings, str(uuid4()), iso(as_of) if as_of else None, full=full, select=selected)
    head_start = HeadStart(settings, run, progress)
    try:
        from orchestration.job import run_refresh

        run_refresh(settings, head_start, as_of=as_of, progress=progress)
    finally:
        head_start.stop()


def _refuse_nothing(settings: Settings) -> None:
    if not settings.sources:
        raise SwotlightError(
            f"{settings.paths.config} names no source: there is nothing to refresh.",
            code="no_sources",
            file=str(settings.paths.config),
            key="sources",
            hint="Register your exports with `swotlight add FILE…`, or try `swotlight demo DIR`.",
        )


def _is_current(settings: Settings, as_of: datetime | None) -> bool:
    """Was the newest release made from exactly this? A rollback on purpose is not undone by an unchanged refresh."""
    last = read_last(settings)
    if last is None or not settings.paths.build_db.exists() or current_info(settings) is None:
        return False
    if last.release not in names_on_disk(settings.paths):
        return False
    return last.fingerprint == fingerprint(settings, as_of, utc_now())


def _result(settings: Settings, began: float, *, unchanged: bool) -> RefreshResult:
    release: Release = ReleaseReader(settings).current()
    if unchanged:
        from orchestration.alerting import close_failures

        close_failures(settings, release)
    return RefreshResult(
        run=release.info.run,
        release=release.name,
        as_of=release.as_of,
        seconds=time.monotonic() - began,
        unchanged=unchanged,
        sources=source_rows(release),
        checks=check_rows(release),
        withdrawn=withdrawn_metrics(release),
    )
