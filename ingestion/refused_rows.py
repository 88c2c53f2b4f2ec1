"""Looking through the rows that were refused, and forgetting what stood in them.

A purge takes away the raw text alone. That a row of a file was refused, where and why, stays: the accounting of the
file says so, and a file whose rows no longer add up could not be trusted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warehouse.errors import UsageError
from warehouse.store import Connection

if TYPE_CHECKING:
    from warehouse.settings import Settings

_TABLE = "select 1 from information_schema.tables where table_schema = 'ingest' and table_name = 'quarantine'"


def reasons(con: Connection, source: str | None = None, reason: str | None = None) -> list[dict[str, Any]]:
    """How many rows were refused, by source, file, reason and field; most first."""
    where, given = _where(source, reason)
    return _rows(
        con,
        "select source, file, reason, field, count(*) as rows, count(raw_text) as rows_with_text "
        f"from ingest.quarantine{where} group by all order by rows desc, source, file, reason, field",
        given,
    )


def refused_rows(
    con: Connection, source: str | None = None, reason: str | None = None, limit: int = 50
) -> list[dict[str, Any]]:
    """Refused rows as they stood in their file, with its line; ``raw_text`` is null where it was purged."""
    where, given = _where(source, reason)
    return _rows(
        con,
        f"select source, file, line, reason, field, raw_text from ingest.quarantine{where} "
        "order by source, file, line, reason limit ?",
        [*given, limit],
    )


def purge(con: Connection, settings: Settings, source: str | None = None, reason: str | None = None) -> int:
    """Forget the raw text of refused rows, here and beside every release; how many rows had one.

    Reading their file again brings it back. Only the holder of the refresh lock may call this.
    """
    where, given = _where(source, reason)
    if not con.scalar(_TABLE):
        return 0
    found = con.scalar(f"select count(raw_text) from ingest.quarantine{where}", given)
    con.execute(f"update ingest.quarantine set raw_text = null{where}", given)
    _forget_landed(con, source)
    # An extract is written anew by the next release.
    for extract in (settings.paths.build / "quarantined").glob("*.jsonl"):
        extract.unlink(missing_ok=True)
    return int(found)


def _forget_landed(con: Connection, source: str | None) -> None:
    """The landed tables hold the text of refused rows too."""
    where, given = _where(source, None)
    for row in con.rows(f"select land_table from ingest.landed{where}", given):
        if "_raw" in con.columns(f"from {row['land_table']}"):
            con.execute(f"update {row['land_table']} set _raw = null where _raw is not null")


def check_source(settings: Settings, source: str | None) -> None:
    """Raises `UsageError` with the names there are when a source is unknown."""
    if source is not None and source not in settings.sources:
        raise UsageError(
            f"There is no source {source!r}.",
            code="unknown_source",
            key=source,
            hint=f"Sources are {', '.join(settings.sources) or 'none yet'}.",
        )


def _where(source: str | None, reason: str | None) -> tuple[str, list[Any]]:
    given = {"source": source, "reason": reason}
    asked = {name: value for name, value in given.items() if value is not None}
    clause = " and ".join(f"{name} = ?" for name in asked)
    return (f" where {clause}" if asked else ""), list(asked.values())


def _rows(con: Connection, sql: str, given: list[Any]) -> list[dict[str, Any]]:
    return con.rows(sql, given) if con.scalar(_TABLE) else []
