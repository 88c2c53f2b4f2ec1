"""A proposed map tried on the rows it was made from: they are loaded by it as a refresh would load them.

What belongs here: the trial. What is changed in a proposal that fails it is said in `mending`.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingestion.contracts import load_contracts
from ingestion.inspection.profile import Profile
from ingestion.load import load_sources
from ingestion.views import write_views
from warehouse.errors import SwotlightError
from warehouse.settings import load_settings, utc_now
from warehouse.store import Connection, connect, quote_text

TRIED_ROWS = 3_000
_SOURCE = "it"
_LONG_AGO = 1_000_000_000
# An archive is judged at its own newest event, so no row of the sample is too late.
_CONFIG = f"sources:\n  {_SOURCE}:\n    map: maps/{_SOURCE}.yml\n    archive: true\n    max_quarantine_share: 1.0\n"


@dataclass(frozen=True)
class Refusal:
    """Rows that a map refuses for one reason. ``field`` is empty where the reason is a rule about several."""

    reason: str
    field: str
    rows: int


@dataclass(frozen=True)
class Changes:
    """What a log of changes tells: how many tickets it speaks of, how many of them are ever solved, and how many
    changes are of a kind that is known."""

    tickets: int
    solved: int
    known: int


@dataclass(frozen=True)
class Trial:
    """What became of the rows. ``error`` is the sentence with which all of them were refused, ``replaced`` are rows
    whose place another row of the same key took, ``changes`` what the tickets were made from, where they were."""

    rows: int
    refusals: tuple[Refusal, ...] = ()
    error: str = ""
    replaced: int = 0
    changes: Changes | None = None

    @property
    def refused_share(self) -> float:
        """Share of the rows that would not be read, 0 to 1."""
        if self.error:
            return 1.0
        return sum(one.rows for one in self.refusals) / self.rows if self.rows else 0.0


def try_map(profiles: Sequence[Profile], map_text: str, at_most: int = TRIED_ROWS) -> Trial:
    """Load the first rows of a sample by a map, in memory."""
    rows = min(at_most, len(profiles[0].cells)) if profiles else 0
    if not rows:
        return Trial(0)
    with tempfile.TemporaryDirectory(prefix="try-") as folder:
        workspace = Path(folder)
        for name in ("maps", f"landing/{_SOURCE}", "build"):
            (workspace / name).mkdir(parents=True)
        landed = workspace / "landing" / _SOURCE / f"{_SOURCE}.csv"
        _write_rows(landed, profiles, rows)
        # A file just written might be growing, and would be waited for.
        os.utime(landed, (_LONG_AGO, _LONG_AGO))
        (workspace / "maps" / f"{_SOURCE}.yml").write_text(map_text, encoding="utf-8")
        (workspace / "swotlight.yml").write_text(_CONFIG, encoding="utf-8")
        try:
            return _loaded(workspace, rows)
        except SwotlightError as error:
            return Trial(rows, error=error.message)


def _loaded(workspace: Path, rows: int) -> Trial:
    with connect(None, temp_directory=workspace / "build") as con:
        report = load_sources(con, load_settings(workspace), as_of=utc_now(), has_views=False)
        if report.errors:
            return Trial(rows, error=report.errors[0].message)
        found = con.rows(
            "select reason, coalesce(field, '') as field, count(*) as rows "
            "from ingest.quarantine group by all order by all"
        )
        replaced = con.scalar("select sum(rows_updated + rows_superseded) from ingest.sources") or 0
        changes = _changes(con) if _derives_tickets(con) else None
    refusals = tuple(Refusal(row["reason"], row["field"], row["rows"]) for row in found)
    return Trial(rows, refusals, replaced=int(replaced), changes=changes)


def _derives_tickets(con: Connection) -> bool:
    """Whether tickets were made of their changes: no other map of one table feeds both."""
    fed = con.rows("select distinct table_name from ingest.raw_selects")
    return {"tickets", "ticket_events"} <= {row["table_name"] for row in fed}


def _changes(con: Connection) -> Changes:
    write_views(con)
    solved = con.rows("select count(*) as tickets, count(first_solved_at) as solved from raw.tickets")[0]
    # A change of state into a word that means none is as little known as one of no kind.
    states = ", ".join(map(quote_text, load_contracts()["tickets"].columns["status"].values))
    told = f"event_type <> 'other' and (event_type <> 'status' or to_value in ({states}))"
    known = con.scalar(f"select count(*) from raw.ticket_events where {told}")
    return Changes(int(solved["tickets"]), int(solved["solved"]), int(known or 0))


def _write_rows(path: Path, profiles: Sequence[Profile], rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, quoting=csv.QUOTE_ALL)
        writer.writerow([profile.name for profile in profiles])
        cells = (profile.cells[:rows] for profile in profiles)
        writer.writerows(["" if cell is None else cell for cell in row] for row in zip(*cells, strict=True))
