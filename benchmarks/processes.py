"""Running the product's own commands and watching them: seconds, peak memory of the whole tree of processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_LOOK_EVERY_SECONDS = 0.2
COMMAND = (sys.executable, "-c", "from swotlight.main import run; run()")


@dataclass(frozen=True)
class Ran:
    """What a command took: wall seconds, peak bytes of all its processes together, exit code, what it printed."""

    seconds: float
    peak_bytes: int
    code: int
    out: str
    err: str


def run_watched(command: Sequence[str], limit_seconds: float = 3600) -> Ran:
    """Run a command to its end and watch it."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    watcher = _Watcher(process.pid)
    watcher.start()
    out, err = process.communicate(timeout=limit_seconds)
    seconds = time.perf_counter() - began
    watcher.join()
    return Ran(seconds, watcher.peak_bytes, process.returncode, out, err)


def swotlight(workspace: Path, *words: str) -> list[str]:
    """The command line of a command on a workspace, by this very installation."""
    return [*COMMAND, "--workspace", str(workspace), *words]


class _Watcher(threading.Thread):
    """Adds up the resident sizes of a process and its descendants: rather too much, for shared pages count in each.

    Anything more exact walks all pages of the process while it waits.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.peak_bytes = 0

    def run(self) -> None:
        while psutil.pid_exists(self._pid):
            try:
                root = psutil.Process(self._pid)
                if root.status() == psutil.STATUS_ZOMBIE:
                    return
                tree = [root, *root.children(recursive=True)]
            except psutil.NoSuchProcess:
                return
            self.peak_bytes = max(self.peak_bytes, sum(_size(process) for process in tree))
            time.sleep(_LOOK_EVERY_SECONDS)


def _size(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except (psutil.Error, AttributeError):
        return 0


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))
