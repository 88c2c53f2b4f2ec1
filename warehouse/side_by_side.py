"""Tasks that mostly wait for the engine, two at a time: the engine works on the second while Python works on the first.

Whoever asks works too and a second thread helps when it is free, so that nobody ever waits for a thread to begin, and
tasks may themselves be split this way.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

Result = TypeVar("Result")

_lock = threading.Lock()
_helper: ThreadPoolExecutor | None = None


def side_by_side(tasks: Sequence[Callable[[], Result]]) -> list[Result]:
    """The tasks' results in their order. Raises what the first task raised that failed, after all have ended."""
    if len(tasks) < 2 or (os.cpu_count() or 1) < 2:
        return [task() for task in tasks]
    done: list[Result | None] = [None] * len(tasks)
    failed: dict[int, BaseException] = {}
    places = iter(range(len(tasks)))

    def work() -> None:
        for place in places:
            try:
                done[place] = tasks[place]()
            except BaseException as error:
                failed[place] = error

    helping = _helping().submit(copy_context().run, work)
    work()
    if not helping.cancel():
        helping.result()
    if failed:
        raise failed[min(failed)]
    return done  # type: ignore[return-value]


def rest() -> None:
    """End the second thread until it is needed again: a process with threads of its own must not fork."""
    global _helper
    with _lock:
        if _helper is not None:
            _helper.shutdown()
            _helper = None


def _helping() -> ThreadPoolExecutor:
    global _helper
    with _lock:
        if _helper is None:
            _helper = ThreadPoolExecutor(1, thread_name_prefix="beside")
        return _helper
