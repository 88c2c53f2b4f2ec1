"""In which order the files of a source arrived, and whether one that was loaded before has gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingestion import ledger
from ingestion.files import Digests, LandedFile, list_files, natural, wait_until_still
from warehouse.errors import SwotlightError
from warehouse.store import Connection

if TYPE_CHECKING:
    from warehouse.settings import Settings


@dataclass(frozen=True)
class Arrival:
    """A landed file with the hash of its content, which may still be in the making."""

    file: LandedFile
    hashed: Callable[[], str]

    @property
    def sha256(self) -> str:
        """The hash; asking for it too early waits for it."""
        return self.hashed()


def arrivals(con: Connection, settings: Settings, source: str, digests: Digests) -> list[Arrival]:
    """The files in order: those known with the same content as before, then new and changed ones by name.

    Raises `SwotlightError` when a file that was loaded has vanished and is not listed under ``removed``.
    """
    removed = set(settings.sources[source].removed)
    files = wait_until_still([file for file in list_files(settings, source) if file.name not in removed])
    known = ledger.known_files(con, source)
    _refuse_vanished(source, known, {file.name for file in files} | removed)
    places: dict[str, dict[str, int]] = {}
    for row in known:
        places.setdefault(row["landed_name"], {}).setdefault(row["sha256"], row["position"])
    found = [Arrival(file, digests.later(file.path, file.size, file.mtime_ns)) for file in files]
    return sorted(found, key=lambda one: _place(one, places))


def _place(one: Arrival, places: Mapping[str, Mapping[str, int]]) -> tuple[float, object, str]:
    known = places.get(one.file.name)
    position = known.get(one.sha256) if known else None
    return (float("inf") if position is None else position, natural(one.file.name), one.file.name)


def _refuse_vanished(source: str, known: list[dict[str, object]], present: set[str]) -> None:
    gone = sorted({str(row["landed_name"]) for row in known} - present)
    if gone:
        raise SwotlightError(
            f"{gone[0]} of source {source} was loaded before and is no longer in landing/{source}.",
            code="vanished",
            file=gone[0],
            key=f"sources.{source}.removed",
            hint="Put it back, or list it under `removed:` of the source if its rows shall go.",
        )
