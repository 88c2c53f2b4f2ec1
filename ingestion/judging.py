"""What is said of a source as a whole after loading: its as-of instant, whether it is stale, whether it has gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ingestion import ledger
from warehouse.store import Connection

if TYPE_CHECKING:
    from warehouse.settings import Settings


def drop_gone_sources(con: Connection, settings: Settings) -> None:
    """Take out what belongs to sources that are no longer configured."""
    gone = [
        row["source"]
        for row in con.rows("select distinct source from ingest.landed union select source from ingest.sources")
    ]
    for source in gone:
        if source not in settings.sources:
            con.execute("begin transaction")
            drop_landed(con, source)
            ledger.forget(con, source)
            con.execute("commit")


def drop_landed(con: Connection, source: str) -> None:
    """Drop the landed tables of a source."""
    for row in con.rows("select land_table from ingest.landed where source = ?", [source]):
        con.execute(f"drop table if exists {row['land_table']}")


def judge(con: Connection, settings: Settings, instant: datetime) -> None:
    """Set each source's as-of and staleness: an archive is judged at its newest event, a live one at ``instant``."""
    for row in con.rows("from ingest.sources"):
        given = settings.sources[row["source"]]
        newest, latest = row["newest_record_at"], row["latest_instant_at"]
        as_of = min(latest or instant, instant) if given.archive else instant
        stale = newest is None or newest < as_of - timedelta(hours=given.stale_after_hours)
        con.execute(
            "update ingest.sources set as_of = ?, is_archive = ?, stale_after_hours = ?, is_stale = ? where source = ?",
            [as_of, given.archive, given.stale_after_hours, stale and not given.archive, row["source"]],
        )
