"""Run ingestion into the build database."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.load import LoadReport, load_sources
from orchestration.progress import Progress
from orchestration.runs import current_run, open_build
from warehouse.errors import SwotlightError
from warehouse.settings import Settings


def load(settings: Settings, progress: Progress) -> LoadReport:
    """Read every source that changed and say what became of it.

    Raises `SwotlightError` when a file was refused or a source has too many rows in quarantine: nothing is released.
    """
    progress("load")
    with open_build(settings) as con:
        run = current_run(con)
        report = load_sources(
            con,
            settings,
            as_of=run.as_of,
            select=list(run.select) or None,
            full=run.full,
            progress=lambda detail, *_: progress("load", str(detail)),
        )
    _refuse(report.errors)
    return report


def _refuse(errors: Sequence[SwotlightError]) -> None:
    """The first refusal, with the sentences of the others behind its own."""
    if not errors:
        return
    first = errors[0]
    if len(errors) == 1:
        raise first
    raise SwotlightError(
        " ".join([first.message, *(f"Also: {error.message}" for error in errors[1:])]),
        code=first.code,
        file=first.file,
        line=first.line,
        key=first.key,
        hint=first.hint,
    )
