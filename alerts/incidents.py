"""The memory of what is open and what still has to be sent: ``state/incidents.sqlite`` of the workspace.

An address is kept as a digest only, since it may hold a password.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alerts.events import Incident
from warehouse.state import open_state

_TABLES = """
create table if not exists incidents (
    key text not null, title text not null, body text not null, run text not null,
    opened_at text not null, resolved_at text
);
create unique index if not exists one_open_incident on incidents (key) where resolved_at is null;
create table if not exists told (key text not null, opened_at text not null, primary key (key, opened_at));
create table if not exists notices (
    notice integer primary key, title text not null, body text not null, written_at text not null
);
create table if not exists deliveries (
    notice integer not null references notices (notice), address text not null, sent_at text,
    attempts integer not null default 0, primary key (notice, address)
);
"""


@dataclass(frozen=True)
class Delivery:
    """A notice that an address has not had yet."""

    notice: int
    address: str
    title: str
    body: str


def digest(address: str) -> str:
    """How an address is remembered."""
    return hashlib.sha256(address.encode("utf-8")).hexdigest()[:32]


class Incidents:
    """The store, opened for one piece of work by `opened`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def open(self, incidents: Sequence[Incident], run: str, at: datetime) -> list[Incident]:
        """Note what is wrong; the answer is what was not yet known to be."""
        known = self.open_keys()
        new = [incident for incident in incidents if incident.key not in known]
        self._connection.executemany(
            "insert into incidents (key, title, body, run, opened_at) values (?, ?, ?, ?, ?)",
            [(incident.key, incident.title, incident.body, run, at.isoformat()) for incident in new],
        )
        return new

    def untold(self, incidents: Sequence[Incident]) -> list[Incident]:
        """Those of them that are open and stood in no notice yet: there was nobody to tell when they came."""
        told = {
            row[0]
            for row in self._connection.execute(
                "select key from incidents join told using (key, opened_at) where resolved_at is null"
            )
        }
        return [incident for incident in incidents if incident.key not in told]

    def note_told(self, incidents: Sequence[Incident]) -> None:
        """They stand in a notice now."""
        self._connection.executemany(
            "insert or ignore into told select key, opened_at from incidents where key = ? and resolved_at is null",
            [(incident.key,) for incident in incidents],
        )

    def open_now(self) -> list[tuple[str, str, str]]:
        """(since when, key, what) of everything that is still wrong, oldest first."""
        rows = self._connection.execute(
            "select opened_at, key, body from incidents where resolved_at is null order by opened_at, key"
        )
        return [(str(row[0]), str(row[1]), str(row[2])) for row in rows]

    def open_keys(self) -> set[str]:
        """The keys of what is still wrong."""
        return {row[0] for row in self._connection.execute("select key from incidents where resolved_at is null")}

    def resolve(self, keys: Iterable[str], at: datetime) -> list[str]:
        """Close what is no longer wrong; the answer is the titles of what was open."""
        titles = []
        for key in sorted(set(keys) & self.open_keys()):
            row = self._connection.execute(
                "update incidents set resolved_at = ? where key = ? and resolved_at is null returning title",
                (at.isoformat(), key),
            ).fetchone()
            titles.append(str(row[0]))
        return titles

    def write(self, title: str, body: str, addresses: Sequence[str], at: datetime) -> None:
        """Put a notice into the outbox, due to every address once."""
        cursor = self._connection.execute(
            "insert into notices (title, body, written_at) values (?, ?, ?)", (title, body, at.isoformat())
        )
        self._connection.executemany(
            "insert or ignore into deliveries (notice, address) values (?, ?)",
            [(cursor.lastrowid, digest(address)) for address in addresses],
        )

    def due(self) -> list[Delivery]:
        """What has not been sent, oldest first."""
        rows = self._connection.execute(
            "select notice, address, title, body from deliveries join notices using (notice) "
            "where sent_at is null order by notice, address"
        )
        return [Delivery(*row) for row in rows]

    def sent(self, delivery: Delivery, at: datetime | None) -> None:
        """Note an attempt; ``at`` is null when it failed."""
        self._connection.execute(
            "update deliveries set sent_at = ?, attempts = attempts + 1 where notice = ? and address = ?",
            (at.isoformat() if at else None, delivery.notice, delivery.address),
        )
        self._connection.commit()


@contextmanager
def opened(path: Path) -> Iterator[Incidents]:
    """The store at ``path``, made where it is missing; what was written is kept unless the block raises."""
    with open_state(path, _TABLES, "incidents") as connection:
        yield Incidents(connection)
