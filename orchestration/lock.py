"""One refresh at a time: a lock on ``state/refresh.lock`` that dies with its process."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from warehouse.errors import SwotlightError
from warehouse.release_files import disk_sentences
from warehouse.settings import Settings

_POLL_SECONDS = 0.2
_held: set[str] = set()


@contextmanager
def refresh_lock(
    settings: Settings, *, wait_seconds: float = 0.0, waiting: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Hold the workspace's refresh lock; inside one process it may be taken again.

    ``waiting`` is told once who holds it. Raises `SwotlightError` naming the holder after ``wait_seconds``.
    """
    path = settings.paths.refresh_lock
    if str(path) in _held:
        yield
        return
    with disk_sentences(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="ascii")
    with file:
        _take(file, path, wait_seconds, waiting)
        _held.add(str(path))
        try:
            yield
        finally:
            _held.discard(str(path))
            file.truncate(0)
            fcntl.flock(file, fcntl.LOCK_UN)


def _take(file: IO[str], path: Path, wait_seconds: float, waiting: Callable[[str], None] | None) -> None:
    pause, waited = threading.Event(), 0.0
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waited >= wait_seconds:
                raise _held_by_another(path) from None
            if waited == 0.0 and waiting:
                waiting(_held_by_another(path).message)
            pause.wait(_POLL_SECONDS)
            waited += _POLL_SECONDS
        else:
            file.seek(0)
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            return


def _held_by_another(path: Path) -> SwotlightError:
    holder = path.read_text("ascii").strip()
    who = f"process {holder}" if holder else "another process"
    return SwotlightError(
        f"Another refresh of this workspace is running ({who}).",
        code="locked",
        file=str(path),
        hint="Wait until it is done; it frees the workspace when it ends, also when it is killed.",
    )
