"""Where the traces of unforeseen faults go: ``logs/faults.log`` of the workspace, never the user's screen."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path

_NAME = "faults.log"


def note_fault(error: Exception, arguments: Sequence[str]) -> Path | None:
    """Write the trace down; ``None`` when there is no workspace to write it in."""
    from swotlight.workspace import workspace_folder
    from warehouse.release_files import iso
    from warehouse.settings import CONFIG_NAME, utc_now

    folder = workspace_folder(_asked(arguments))
    if not (folder / CONFIG_NAME).is_file():
        return None
    path = folder / "logs" / _NAME
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{iso(utc_now())} swotlight {' '.join(arguments[:1])}\n")
            file.write("".join(traceback.format_exception(error)) + "\n")
    except OSError:
        return None
    return path


def _asked(arguments: Sequence[str]) -> str | None:
    for place, argument in enumerate(arguments):
        if argument in ("--workspace", "-w") and place + 1 < len(arguments):
            return arguments[place + 1]
        if argument.startswith("--workspace="):
            return argument.partition("=")[2]
    return None
