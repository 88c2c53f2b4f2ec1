"""The small databases in ``state/``: what people keep (objectives, scenarios, incidents), which no rebuild touches.

What belongs here: opening one. What stands in it belongs to the room that keeps it.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from warehouse.errors import SwotlightError
from warehouse.release_files import disk_refusal


def is_kept(path: Path) -> bool:
    """Whether there is such a database yet. Raises `SwotlightError` where its folder may not be looked into."""
    try:
        return path.exists()
    except OSError as error:
        raise SwotlightError(
            f"{path} may not be opened; look at its owner and permissions.", code="permission", file=str(path)
        ) from error


@contextmanager
def open_state(path: Path, schema: str, what: str) -> Iterator[sqlite3.Connection]:
    """One transaction on the database at ``path``, made where it is missing; nothing is kept if the block raises.

    ``what`` names its contents in the message of the `SwotlightError` that tells of a file in trouble.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=30)) as con:
            con.row_factory = sqlite3.Row
            con.execute("pragma foreign_keys = on")
            con.executescript(schema)
            with con:
                yield con
    except PermissionError as error:
        raise disk_refusal(error, path) from error
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise disk_refusal(OSError(errno.ENOSPC, str(error)), path) from error
        raise SwotlightError(f"The {what} in {path} cannot be opened: {error}.", code=what, file=str(path)) from error
