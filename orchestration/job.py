"""Run Dagster's refresh job inside this process, and tell its failure in a sentence."""

from __future__ import annotations

import errno
import logging
from datetime import datetime
from typing import Any

import dagster as dg

from orchestration.alerting import tell_of_failure
from orchestration.dagster_storage import dagster_home, quick_log
from orchestration.definitions import JOB, build_definitions
from orchestration.headstart import HeadStart
from orchestration.progress import Progress
from warehouse.drafting import Draft
from warehouse.errors import SwotlightError
from warehouse.release_files import disk_refusal, iso
from warehouse.settings import Settings

# How DuckDB, SQLite and the operating system say it.
_FULL = ("no space left on device", "database or disk is full", "out of disk space")


def run_refresh(settings: Settings, head_start: HeadStart, *, as_of: datetime | None, progress: Progress) -> None:
    """Run the job to its end. Raises the `SwotlightError` that stopped it, or one that names the step."""
    dagster_home(settings)
    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    # A log that cannot be written, as on a full disk, is no reason to print traces.
    logging.raiseExceptions = False
    run, draft = head_start.run, Draft(settings)
    asked = {"as_of": iso(as_of) if as_of else None, "full": run.full, "select": list(run.select)}
    config = {
        "ops": {"settings": {"config": asked}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }
    try:
        head_start.begun()
        job = build_definitions(settings, progress, head_start, draft).resolve_job_def(JOB)
        with dg.DagsterInstance.get() as instance, quick_log(settings):
            job.execute_in_process(run_config=config, instance=instance, run_id=run.name)
    except dg.DagsterExecutionInterruptedError as ended:
        # What Dagster makes of Ctrl+C and of being told to end.
        raise KeyboardInterrupt from ended
    except Exception as error:
        if any("query interrupted" in str(one).lower() for one in _chain(error)):
            # Ctrl+C came while DuckDB was at work.
            raise KeyboardInterrupt from error
        refusal = refusal_of(settings, error)
        # In this process Dagster raises before it would call the hook.
        tell_of_failure(settings, run.name, refusal, getattr(error, "step_key", None))
        raise refusal from error
    finally:
        draft.stop()


def _chain(error: BaseException) -> list[BaseException]:
    """An error and what caused it, the cause of all last."""
    chain: list[BaseException] = []
    current: Any = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or getattr(current, "user_exception", None)
    return chain


def _disk_is_full(settings: Settings) -> SwotlightError:
    full = disk_refusal(OSError(errno.ENOSPC, ""), settings.paths.workspace)
    full.hint = (
        "Nothing was released; a release made before stays. `swotlight releases prune` frees what old ones take."
    )
    return full


def refusal_of(settings: Settings, error: BaseException) -> SwotlightError:
    """What stopped a run, as a refusal that the user can act on."""
    chain = _chain(error)
    if any(sign in str(one).lower() for one in chain for sign in _FULL):
        return _disk_is_full(settings)
    for one in chain:
        if isinstance(one, SwotlightError):
            return one
    step = getattr(error, "step_key", None)
    last = chain[-1]
    return SwotlightError(
        f"The step {step or 'refresh'} stopped: {type(last).__name__}: {last}",
        code="step",
        file=str(settings.paths.logs),
        key=step,
        hint="Nothing was released; the previous release stays. `swotlight schedule` shows the run's log.",
    )
