"""A line on stderr that says what is being done; nothing when stderr is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

STEPS = {
    "start": "Getting ready",
    "settings": "Reading the settings",
    "load": "Loading exports",
    "build": "Building marts",
    "metrics": "Writing the metrics",
    "staffing": "Looking ahead",
    "check": "Checking",
    "swot": "Weighing the evidence",
    "release": "Releasing",
}


class Display:
    """Steps that are done, with their seconds, and the one that runs."""

    def __init__(self, progress: Any, title: str) -> None:
        self._progress = progress
        self._task = progress.add_task(title, total=None, detail="")
        self._step = ""

    def __call__(self, step: str, detail: str = "", *_: Any) -> None:
        """A step begins, or there is something new about it."""
        text = STEPS.get(step, step)
        if text != self._step and self._step:
            self._progress.update(self._task, total=1, completed=1, detail="")
            self._task = self._progress.add_task(text, total=None, detail=str(detail))
        else:
            self._progress.update(self._task, description=text, detail=str(detail))
        self._step = text

    def done(self) -> None:
        """The last step is done."""
        self._progress.update(self._task, total=1, completed=1, detail="")


def _quiet(*_: Any, **__: Any) -> None:
    return None


@contextmanager
def progress_display(title: str) -> Iterator[Any]:
    """Gives what long work is to call: ``progress(step, detail)``."""
    if not sys.stderr.isatty():
        yield _quiet
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(finished_text="[green]✓"),
        TextColumn("{task.description:<22}"),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[detail]}"),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        display = Display(progress, title)
        yield display
        display.done()
