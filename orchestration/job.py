"""Run Dagster's refresh job inside this process, and tell its failure in a sentence."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

import dagster as dg

from orchestration.alerting import tell_of_failure
from orchestration.dagster_storage import dagster_home, quick_log
from orchestration.definitions import JOB, build_definitions
from orchestration.progress import Progress
from warehouse.errors import SwotlightError
from warehouse.release_files import iso
from warehouse.settings import Settings


def run_refresh(
    settings: Settings, *, as_of: datetime | None, full: bool, select: Sequence[str], progress: Progress
) -> None:
    """Run the job to its end. Raises the `SwotlightError` that stopped it, or one that names the step."""
    progress("start")
    dagster_home(settings)
    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    run = str(uuid4())
    asked = {"as_of": iso(as_of) if as_of else None, "full": full, "select": list(select)}
    config = {
        "ops": {"settings": {"config": asked}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }
    try:
        job = build_definitions(settings, progress).resolve_job_def(JOB)
        with dg.DagsterInstance.get() as instance, quick_log(settings):
            job.execute_in_process(run_config=config, instance=instance, run_id=run)
    except Exception as error:
        refusal = _sentence(settings, error)
        # In this process Dagster raises before it would call the hook.
        tell_of_failure(settings, run, refusal, getattr(error, "step_key", None))
        raise refusal from error


def _sentence(settings: Settings, error: BaseException) -> SwotlightError:
    chain: list[BaseException] = []
    current: Any = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or getattr(current, "user_exception", None)
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
