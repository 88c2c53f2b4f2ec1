"""The only door to DuckDB: opening a file with our settings, asking it, and telling its troubles in sentences.

What belongs here: connections and nothing about what the rows mean. No other module imports ``duckdb``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.errors import SwotlightError, UsageError

if TYPE_CHECKING:
    import pandas

Params = Sequence[Any] | Mapping[str, Any] | None

DEFAULT_MEMORY_SHARE = "60%"

# PIVOT is MULTI: it first lists its columns.
_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.MULTI)

# Questions as they were read, by their text: seven kilobytes each. A fork takes them along.
_READ: dict[str, duckdb.Statement] = {}
_READ_AT_MOST = 2000

# How DuckDB shows a memory limit that was set, by the words it was set with.
_SHOWN_LIMITS: dict[str, str] = {}

_TROUBLES = (
    ("could not set lock", "locked", "{file} is in use by another process; wait until it is done or stop it."),
    ("no space left", "disk_full", "The disk is full while writing {file}; free some space and run the command again."),
    ("out of disk", "disk_full", "The disk is full while writing {file}; free some space and run the command again."),
    (
        "file too large",
        "disk_full",
        "{file} may not grow further (a limit on file size); raise it and try again.",
    ),
    ("could not write", "disk_full", "{file} could not be written; see whether the disk is full, then try again."),
    ("read-only file system", "read_only", "{file} is on a read-only disk; choose a workspace that can be written."),
    ("permission denied", "permission", "{file} may not be opened; look at its owner and permissions."),
    (
        "not a valid duckdb database",
        "damaged",
        "{file} is damaged or no DuckDB file; run `swotlight refresh --full`.",
    ),
)


class StoreError(SwotlightError):
    """DuckDB refused a statement or a file; ``code`` is ``sql`` unless the trouble lies with the file or the disk."""


def _as_store_error(error: Exception, path: Path | None) -> StoreError:
    text = str(error)
    lowered = text.lower()
    for sign, code, sentence in _TROUBLES:
        if sign in lowered:
            return StoreError(sentence.format(file=path or "the database"), code=code, file=str(path) if path else None)
    return StoreError(text.strip(), code="sql")


class Connection:
    """One DuckDB connection. Not for several threads at once: each thread takes its own ``cursor()``."""

    def __init__(self, raw: duckdb.DuckDBPyConnection, path: Path | None) -> None:
        self.raw = raw
        self.path = path

    def execute(self, sql: str | duckdb.Statement, params: Params = None) -> duckdb.DuckDBPyConnection:
        """Run a statement; the result can be fetched from what is returned."""
        try:
            return self.raw.execute(sql, params) if params is not None else self.raw.execute(sql)
        except duckdb.Error as error:
            raise _as_store_error(error, self.path) from error

    def rows(self, sql: str | duckdb.Statement, params: Params = None) -> list[dict[str, Any]]:
        """Every row as a dict; a second column of one name gets ``_2``, the third ``_3``."""
        return self.names_and_rows(sql, params)[1]

    def read(self, sql: str) -> str | duckdb.Statement:
        """A question as it was read the first time: of one that takes half a millisecond, a third is reading it.

        What is no single question is handed back as it came.
        """
        known = _READ.get(sql)
        if known is None:
            try:
                statements = self.raw.extract_statements(sql)
            except duckdb.Error as error:
                raise _as_store_error(error, self.path) from error
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                return sql
            if len(_READ) >= _READ_AT_MOST:
                _READ.clear()
            known = _READ[sql] = statements[0]
        return known

    def names_and_rows(
        self, sql: str | duckdb.Statement, params: Params = None
    ) -> tuple[list[str], list[dict[str, Any]]]:
        """The same with the column names, which an empty result has too."""
        names, rows = self._fetch(sql, params)
        return names, [dict(zip(names, row, strict=True)) for row in rows]

    def _fetch(self, sql: str | duckdb.Statement, params: Params) -> tuple[list[str], list[tuple[Any, ...]]]:
        result = self.execute(sql, params)
        # Worked out anew each time it is read.
        described = result.description
        if described is None:
            return [], []
        try:
            return unique_names([str(column[0]) for column in described]), result.fetchall()
        except duckdb.Error as error:
            raise _as_store_error(error, self.path) from error

    def arrays(self, sql: str, params: Params = None) -> dict[str, Any]:
        """The result as numpy arrays by column name, masked where null: for thousands of rows of numbers."""
        try:
            return self.execute(sql, params).fetchnumpy()
        except duckdb.Error as error:
            raise _as_store_error(error, self.path) from error

    def frame(self, sql: str, params: Params = None) -> pandas.DataFrame:
        """The result as a pandas frame."""
        try:
            return self.execute(sql, params).df()
        except duckdb.Error as error:
            raise _as_store_error(error, self.path) from error

    def scalar(self, sql: str, params: Params = None) -> Any:
        """The first column of the first row, ``None`` when there is no row."""
        _, rows = self._fetch(sql, params)
        return rows[0][0] if rows else None

    def columns(self, sql: str) -> list[str]:
        """The column names a query would give."""
        return [str(row[0]) for row in self.execute(f"describe {sql}").fetchall()]

    def refuse_writing(self, sql: str) -> None:
        """Let one reading statement pass. Raises `SwotlightError` for anything else, before it is run."""
        try:
            kinds = [statement.type for statement in self.raw.extract_statements(sql)]
        except duckdb.Error as error:
            raise _as_store_error(error, self.path) from error
        if len(kinds) != 1:
            said = "There is no statement." if not kinds else "One statement at a time, please."
            raise UsageError(said, code="statement")
        if kinds[0] not in _READING:
            raise SwotlightError(
                f"{kinds[0].name} is refused: a release is read-only.",
                code="read_only",
                hint="Ask with select, from, describe, show, summarize, pivot or explain.",
            )

    def register(self, name: str, frame: pandas.DataFrame) -> None:
        """Make a frame readable as a view of this connection."""
        self.raw.register(name, frame)

    def cursor(self) -> Connection:
        """A second connection to the same open file, for another thread."""
        return Connection(self.raw.cursor(), self.path)

    def interrupt(self) -> None:
        """Ask the running statement to stop."""
        self.raw.interrupt()

    def close(self) -> None:
        """Release the file and its lock."""
        self.raw.close()

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def connect(
    path: Path | None,
    *,
    read_only: bool = False,
    memory_limit: str | None = None,
    threads: int | None = None,
    temp_directory: Path | None = None,
    sealed: bool = False,
) -> Connection:
    """Open ``path`` (``None``: in memory). ``sealed`` shuts every way to other files, extensions and settings.

    The session is UTC, extensions are never looked for, and what does not fit in memory spills beside the file
    (``tmp/``) or into ``temp_directory``. Raises `StoreError`, whose code is ``locked`` when another process writes.
    """
    if path is not None and read_only and not path.exists():
        raise StoreError(f"{path} does not exist; run `swotlight refresh` first.", code="missing", file=str(path))
    try:
        raw = duckdb.connect(str(path) if path else ":memory:", read_only=read_only and path is not None)
    except duckdb.Error as error:
        raise _as_store_error(error, path) from error
    connection = Connection(raw, path)
    if connection.scalar("select current_setting('lock_configuration')"):
        # This process holds the file sealed already, with all of these settings; nobody can change them any more.
        return connection
    spill = temp_directory or (path.parent / "tmp" if path and not read_only else None)
    _limit_memory(connection, memory_limit or DEFAULT_MEMORY_SHARE)
    for statement in _session(threads, spill, sealed):
        connection.execute(statement)
    return connection


def _limit_memory(connection: Connection, limit: str) -> None:
    """Set once for all connections of a file: setting it hands all free memory back to the system."""
    shown = "select current_setting('memory_limit')"
    if connection.scalar(shown) != _SHOWN_LIMITS.get(limit):
        connection.execute(f"set global memory_limit = {quote_text(limit)}")
        _SHOWN_LIMITS[limit] = connection.scalar(shown)


def _session(threads: int | None, spill: Path | None, sealed: bool) -> list[str]:
    statements = [
        "set global autoload_known_extensions = false",
        "set global autoinstall_known_extensions = false",
        "set global TimeZone = 'UTC'",
        "set enable_progress_bar = false",
        # A checkpoint would otherwise write the ends of all loaded files anew, half of what a load writes.
        "set global max_vacuum_tasks = 0",
    ]
    if threads:
        statements.append(f"set global threads = {int(threads)}")
    if spill:
        statements.append(f"set global temp_directory = {quote_text(str(spill))}")
    if sealed:
        statements += ["set global enable_external_access = false", "set global lock_configuration = true"]
    return statements


def quote_name(name: str) -> str:
    """An identifier as SQL, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """A text literal as SQL, whatever is in it."""
    return "'" + text.replace("'", "''") + "'"


def unique_names(names: Sequence[str]) -> list[str]:
    """Column names with repeats numbered, so that no value is lost in a dict."""
    seen: set[str] = set()
    given: list[str] = []
    for name in names:
        candidate, number = name, 1
        while candidate in seen:
            number += 1
            candidate = f"{name}_{number}"
        seen.add(candidate)
        given.append(candidate)
    return given
