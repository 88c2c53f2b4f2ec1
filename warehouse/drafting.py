"""A first copy of the big tables of a release, made in a thread while the build is being judged and analysed.

Copying is compression, DuckDB's own work on one core; judging and analysing are Python's, on the other. Nothing rests
on the draft: `warehouse.publishing` compares every table of a release with the build and begins anew without a draft
when one is not the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

from warehouse.errors import SwotlightError
from warehouse.publishing import Drafted, copy_tables
from warehouse.settings import Settings
from warehouse.store import Connection

SCHEMAS = ("marts", "rollups", "reference")
_WORTH_A_DRAFT = 10_000
Table = tuple[str, str]


class Draft:
    """The draft of one refresh. From its beginning until it is finished or stopped this process holds the build."""

    def __init__(self, settings: Settings, *, at_least: int = _WORTH_A_DRAFT) -> None:
        self._at_least = at_least
        self._path = settings.paths.release_draft
        self._writing: Future[frozenset[Table]] | None = None
        self._con: Connection | None = None

    def begin(self, con: Connection, tables: Iterable[Table]) -> None:
        """Copy those of ``tables`` (schema, name) that are big and may be released; they change no more.

        ``con`` is the open build. It stays open until the draft is asked for, so that nobody opens the build anew.
        """
        self.stop()
        self._path.unlink(missing_ok=True)
        self._con = con
        pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="draft")
        self._writing = pool.submit(self._write, con, set(tables))
        pool.shutdown(wait=False)

    def finished(self) -> Drafted | None:
        """The draft once it is whole; nothing when there is none."""
        if self._writing is None or self._con is None:
            return None
        with self._con, suppress(SwotlightError, OSError):
            return Drafted(self._path, self._writing.result())
        return None

    def stop(self) -> None:
        """Leave off where it is; afterwards the build is held by nobody."""
        if self._writing and not self._writing.done() and self._con:
            self._con.interrupt()
        self.finished()

    def _write(self, con: Connection, tables: set[Table]) -> frozenset[Table]:
        part = self._path.with_name(self._path.name + ".part")
        part.unlink(missing_ok=True)
        copied = [one for one in _big_tables(con, self._at_least) if one in tables]
        copy_tables(con, part, copied)
        part.replace(self._path)
        return frozenset(copied)


def _big_tables(con: Connection, at_least: int) -> list[Table]:
    rows = con.rows(
        "select schema_name, table_name from duckdb_tables() "
        f"where database_name = current_database() and estimated_size >= {at_least} order by all"
    )
    return [(row["schema_name"], row["table_name"]) for row in rows if row["schema_name"] in SCHEMAS]
