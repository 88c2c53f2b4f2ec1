"""The ``ingest`` schema: what was loaded from where, told to everybody downstream and to the next refresh."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from warehouse.errors import SwotlightError
from warehouse.store import Connection, quote_name

COUNTS = ("rows_read", "rows_inserted", "rows_updated", "rows_superseded", "rows_duplicate", "rows_quarantined")
_COUNTS_SQL = ", ".join(f"{name} BIGINT" for name in COUNTS)
_ROWS_AT_ONCE = 500
TABLES = {
    "files": "source VARCHAR, file_id VARCHAR, name VARCHAR, landed_name VARCHAR, position INTEGER, sha256 VARCHAR, "
    "bytes BIGINT, adapter VARCHAR, shape VARCHAR, kind VARCHAR, encoding VARCHAR, delimiter VARCHAR, "
    f"loaded_at TIMESTAMP, {_COUNTS_SQL}",
    "sources": "source VARCHAR, adapter VARCHAR, kind VARCHAR, time_zone VARCHAR, is_archive BOOLEAN, "
    "as_of TIMESTAMP, newest_record_at TIMESTAMP, latest_instant_at TIMESTAMP, stale_after_hours DOUBLE, "
    f"is_stale BOOLEAN, files BIGINT, {_COUNTS_SQL}, "
    "quarantine_share DOUBLE, max_quarantine_share DOUBLE, is_over_quarantine BOOLEAN, fingerprint VARCHAR",
    "quarantine": "source VARCHAR, file_id VARCHAR, file VARCHAR, line BIGINT, reason VARCHAR, field VARCHAR, "
    "raw_text VARCHAR",
    "problems": "source VARCHAR, file VARCHAR, severity VARCHAR, code VARCHAR, message VARCHAR",
    "schema_history": "source VARCHAR, shape VARCHAR, file_id VARCHAR, name VARCHAR, column_name VARCHAR, "
    "first_seen TIMESTAMP",
    "landed": "source VARCHAR, shape VARCHAR, land_table VARCHAR",
    "raw_selects": "source VARCHAR, table_name VARCHAR, select_sql VARCHAR",
}


def ensure_ledger(con: Connection) -> None:
    """Make the schemas and tables where they are missing; a table of an older form is made anew."""
    for schema in ("ingest", "land", "raw"):
        con.execute(f"create schema if not exists {schema}")
    for table, columns in TABLES.items():
        con.execute(f"create table if not exists ingest.{table} ({columns})")
        wanted = [part.split()[0] for part in columns.split(", ")]
        if con.columns(f"from ingest.{table}") != wanted:
            con.execute(f"create or replace table ingest.{table} ({columns})")


def insert(con: Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Add rows to a table of the ledger; columns that a row leaves out are null."""
    names = [part.split()[0] for part in TABLES[table].split(", ")]
    one = f"({', '.join('?' for _ in names)})"
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        some = rows[start : start + _ROWS_AT_ONCE]
        values = [row.get(name) for row in some for name in names]
        columns = ", ".join(map(quote_name, names))
        con.execute(f"insert into ingest.{table} ({columns}) values {', '.join([one] * len(some))}", values)


def forget(con: Connection, source: str, tables: Sequence[str] = tuple(TABLES)) -> None:
    """Take a source out of the ledger (its schema history stays)."""
    for table in tables:
        if table != "schema_history":
            con.execute(f"delete from ingest.{table} where source = ?", [source])


def known_files(con: Connection, source: str) -> list[dict[str, Any]]:
    """The files a source was last loaded from, in order of arrival."""
    return con.rows("from ingest.files where source = ? order by position", [source])


def source_row(con: Connection, source: str) -> dict[str, Any] | None:
    """What the ledger says of a source."""
    rows = con.rows("from ingest.sources where source = ?", [source])
    return rows[0] if rows else None


def note_refusal(con: Connection, source: str, error: SwotlightError) -> None:
    """Tell that a source was refused; earlier errors of it are replaced, its rows and accounting stay."""
    con.execute("delete from ingest.problems where source = ? and severity = 'error'", [source])
    insert(
        con,
        "problems",
        [{"source": source, "file": error.file, "severity": "error", "code": error.code, "message": str(error)}],
    )
