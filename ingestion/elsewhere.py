"""What stands beside dates that do not decide themselves: other columns of their file, other files of their source.

What belongs here: fetching some of their texts. What they tell is said in `date_evidence`.
"""

from __future__ import annotations

from datetime import UTC, datetime

from ingestion.binding import Bound
from ingestion.date_evidence import told_order
from ingestion.readers.reading import Reading, csv_relation
from warehouse.settings import utc_now
from warehouse.store import Connection, quote_name

_ROWS = 3_000
_FILES_AT_MOST = 12


def order_elsewhere(con: Connection, reading: Reading, item: Bound) -> tuple[str, str] | None:
    """The order of day and month of a column and what tells it; ``None`` where nothing does."""
    beside = _columns(con, reading)
    values = beside.get(item.header or "") or _texts(con, reading, item)
    others = {other.piece.name: _columns(con, other) for other in reading.others[:_FILES_AT_MOST]}
    return told_order(values, item.header or item.field.name, beside, others, latest_of(reading))


def latest_of(reading: Reading) -> datetime:
    """The instant (naive UTC) that no event in a file lies after: when it was written, or now."""
    try:
        written = datetime.fromtimestamp(reading.piece.path.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        written = utc_now()
    return min(written, utc_now()).replace(tzinfo=None)


def _columns(con: Connection, reading: Reading) -> dict[str, list[str | None]]:
    listed = ", ".join(map(quote_name, reading.columns))
    rows = con.execute(f"select {listed} from {_lenient(reading)} limit {_ROWS}").fetchall()
    return {name: [row[place] for row in rows] for place, name in enumerate(reading.columns)}


def _texts(con: Connection, reading: Reading, item: Bound) -> list[str | None]:
    return [row[0] for row in con.execute(f"select {item.text} from {_lenient(reading)} limit {_ROWS}").fetchall()]


def _lenient(reading: Reading) -> str:
    """A relation that leaves malformed lines out, so that none of them is counted here."""
    if reading.kind != "csv" or reading.path is None or reading.dialect is None:
        return reading.relation
    return csv_relation(reading.path, reading.columns, reading.dialect, lenient=True)
