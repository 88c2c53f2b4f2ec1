"""What dbt tells, kept in ``dbt.log``: everything from *info* on.

dbt's own writer puts every one of its thousands of debug events into words before it looks at the level asked for,
which costs a build half a second of Python; here the level comes first.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, Protocol

LOG = "dbt.log"
_LARGEST_BYTES, _KEPT = 10_000_000, 5
_LEVELS = {"info": logging.INFO, "warn": logging.WARNING, "error": logging.ERROR}


class Listener(Protocol):
    """Takes one event of dbt."""

    def __call__(self, event: Any) -> None: ...


@contextmanager
def dbt_log(folder: Path) -> Iterator[Listener]:
    """Something that writes events into the log of a folder, for as long as this holds."""
    handler = RotatingFileHandler(folder / LOG, maxBytes=_LARGEST_BYTES, backupCount=_KEPT, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s [%(levelname)-7s] %(message)s"))

    def write(event: Any) -> None:
        level = _LEVELS.get(event.info.level)
        if level is not None:
            handler.handle(logging.LogRecord("dbt", level, "", 0, event.info.msg, None, None))

    try:
        yield write
    finally:
        handler.close()
