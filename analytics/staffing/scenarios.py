"""Saved what-if settings in ``state/``: a name, the page's address, who kept it and when. No rebuild touches them."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import UsageError
from warehouse.state import is_kept, open_state

LONGEST_NAME, LONGEST_QUERY, MOST = 60, 400, 200
_SCHEMA = """
create table if not exists scenarios (
    name text primary key, query text not null, saved_at text not null, saved_by text not null
)"""


@dataclass(frozen=True)
class Scenario:
    """A name and the part of an address after the question mark."""

    name: str
    query: str
    saved_at: str
    saved_by: str


class Scenarios:
    """The scenarios of a workspace; each method is one transaction."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return open_state(self._path, _SCHEMA, "scenarios")

    def all(self) -> list[Scenario]:
        """Every scenario by name; none where none was ever saved."""
        if not is_kept(self._path):
            return []
        with self._open() as con:
            rows = con.execute("select name, query, saved_at, saved_by from scenarios order by name").fetchall()
        return [Scenario(*row) for row in rows]

    def save(self, name: str, query: str, *, by: str, at: str) -> Scenario:
        """Keep a scenario; one of the same name is replaced. Raises `UsageError` for a name or an address too long."""
        name = " ".join(name.split())
        if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
            raise UsageError(f"A scenario's name has 1 to {LONGEST_NAME} letters.", key="name")
        if len(query) > LONGEST_QUERY:
            raise UsageError("These settings are too long to be kept.", key="query")
        with self._open() as con:
            known = con.execute("select count(*) from scenarios where name <> ?", [name]).fetchone()[0]
            if known >= MOST:
                raise UsageError(f"{MOST} scenarios are kept; remove one first.", key="name")
            con.execute("insert or replace into scenarios values (?, ?, ?, ?)", [name, query, at, by])
        return Scenario(name, query, at, by)

    def remove(self, name: str) -> None:
        """Forget a scenario. Raises `UsageError` where there is none of that name."""
        with self._open() as con:
            if not con.execute("delete from scenarios where name = ?", [name]).rowcount:
                raise UsageError(f"There is no scenario called {name}.", key="name")
