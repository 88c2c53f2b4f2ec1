"""Releases: publishing one, reading the current one, listing them, going back, clearing old ones.

The pointer is flipped by one atomic write after the new file has been written, reopened, compared and put on the
disk; killing a publisher at any moment leaves the old release or the new one, never less.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse import release_files
from warehouse.errors import SwotlightError, UsageError
from warehouse.publishing import Drafted, as_note, write_release
from warehouse.release_files import ReleaseInfo, disk_sentences, point_to, read_note, read_pointer
from warehouse.settings import Settings, utc_now
from warehouse.side_by_side import side_by_side
from warehouse.store import Connection, Params, connect

if TYPE_CHECKING:
    import pandas

__all__ = ["Release", "ReleaseInfo", "ReleaseReader", "list_releases", "prune", "publish", "rollback", "show"]


def publish(
    settings: Settings, *, run: str, as_of: datetime, manifest: dict[str, Any], draft: Drafted | None = None
) -> ReleaseInfo:
    """Write, audit and publish the build as a new release; it is the current one on return.

    ``manifest`` may hold ``files`` and ``checks_failed`` (counts), ``withdrawn`` (metric names); the rest of it is
    kept in the note. ``draft`` is what is copied already. Only the holder of the refresh lock may call this. Raises
    `SwotlightError`; the old release stays.
    """
    paths, built_at = settings.paths, utc_now().replace(microsecond=0)
    with disk_sentences(paths.releases):
        paths.releases.mkdir(parents=True, exist_ok=True)
        release_files.remove_partials(paths)
        name = release_files.new_name(paths.releases, built_at)
    target = release_files.release_path(paths, name)
    partial = target.with_name(target.name + release_files.PARTIAL)
    try:
        limit = settings.engine.memory_limit
        sums = write_release(paths.build_db, partial, memory_limit=limit, spill=paths.spill, draft=draft)
        with disk_sentences(target):
            release_files.sync(partial)
            notes = dict(manifest)
            info = ReleaseInfo(
                name=name,
                path=target,
                built_at=built_at,
                as_of=as_of,
                run=run,
                bytes=partial.stat().st_size,
                files=int(notes.pop("files", 0)),
                checks_failed=int(notes.pop("checks_failed", 0)),
                withdrawn=sorted(notes.pop("withdrawn", [])),
                tables=as_note(sums),
                notes=notes,
                current=True,
            )
            release_files.write_note(paths, info)
            partial.rename(target)
            release_files.sync(paths.releases)
        point_to(paths, name)
    except BaseException:
        for leftover in (partial, partial.with_name(partial.name + ".wal")):
            leftover.unlink(missing_ok=True)
        if not target.exists():
            release_files.note_path(paths, name).unlink(missing_ok=True)
        raise
    return info


def current_info(settings: Settings) -> ReleaseInfo | None:
    """The current release without opening it; ``None`` before the first."""
    name = read_pointer(settings.paths)
    return read_note(settings.paths, name, current=name) if name else None


def list_releases(settings: Settings) -> list[ReleaseInfo]:
    """Every complete release, newest first."""
    current = read_pointer(settings.paths)
    return [read_note(settings.paths, name, current=current) for name in release_files.names_on_disk(settings.paths)]


def show(settings: Settings, name: str | None = None) -> ReleaseInfo:
    """One release, the current one unless named. Raises `UsageError` with the nearest names."""
    current = read_pointer(settings.paths)
    return read_note(settings.paths, name or _required(current), current=current)


def rollback(settings: Settings, name: str | None = None) -> ReleaseInfo:
    """Make an older release current: the named one, else the one before the current. One pointer write."""
    if name is None:
        current = _required(read_pointer(settings.paths))
        older = [
            one
            for one in release_files.names_on_disk(settings.paths)
            if release_files.order(one) < release_files.order(current)
        ]
        if not older:
            raise SwotlightError(f"{current} is the oldest release: there is none to go back to.", code="no_release")
        name = older[0]
    info = read_note(settings.paths, name, current=name)
    point_to(settings.paths, name)
    return info


def prune(settings: Settings, keep: int) -> list[str]:
    """Delete all but the newest ``keep`` releases, never the current one; the names that are gone."""
    if keep < 1:
        raise UsageError("At least one release is kept.", code="usage", key="keep")
    current = read_pointer(settings.paths)
    gone = [name for name in release_files.names_on_disk(settings.paths)[keep:] if name != current]
    for name in gone:
        with disk_sentences(settings.paths.releases):
            release_files.note_path(settings.paths, name).unlink(missing_ok=True)
            release_files.release_path(settings.paths, name).unlink(missing_ok=True)
    return gone


def _required(name: str | None) -> str:
    if name is None:
        raise SwotlightError("There is no release yet.", code="no_release", hint="Make one with `swotlight refresh`.")
    return name


class Release:
    """A release opened for reading. Safe for several threads; closed when nobody holds it any more."""

    def __init__(
        self, info: ReleaseInfo, *, spill: Path | None = None, sealed: bool = False, threads: int | None = None
    ) -> None:
        self.info = info
        self._connection = connect(info.path, read_only=True, temp_directory=spill, sealed=sealed, threads=threads)

    @property
    def name(self) -> str:
        """The name, such as ``20261101T050000Z-1``."""
        return self.info.name

    @property
    def path(self) -> Path:
        """The DuckDB file."""
        return self.info.path

    @property
    def built_at(self) -> datetime:
        """When it was published (aware UTC)."""
        return self.info.built_at

    @property
    def as_of(self) -> datetime:
        """The instant its live sources are judged at (aware UTC)."""
        return self.info.as_of

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def cursor(self) -> Connection:
        """A connection of one's own, to be closed by the caller."""
        return self._connection.cursor()

    def rows(self, sql: str, params: Params = None) -> list[dict[str, Any]]:
        """Every row as a dict."""
        with self.cursor() as cursor:
            return cursor.rows(cursor.read(sql), params)

    def rows_of_each(self, questions: Sequence[tuple[str, Params]]) -> list[list[dict[str, Any]]]:
        """The rows of several questions, in their order."""
        return side_by_side([partial(self.rows, *question) for question in questions])

    def frame(self, sql: str, params: Params = None) -> pandas.DataFrame:
        """The result as a frame."""
        with self.cursor() as cursor:
            return cursor.frame(sql, params)

    def scalar(self, sql: str, params: Params = None) -> Any:
        """The first column of the first row."""
        with self.cursor() as cursor:
            return cursor.scalar(sql, params)

    def columns(self, sql: str) -> list[str]:
        """The column names a query would give."""
        with self.cursor() as cursor:
            return cursor.columns(sql)


class ReleaseReader:
    """Hands out the current release. A page asks once and keeps what it got; the next page may get a newer one.

    ``threads`` bounds each query's cores: many small ones at once are quickest on one each.
    """

    def __init__(self, settings: Settings, *, sealed: bool = False, threads: int | None = None) -> None:
        self._settings = settings
        self._sealed = sealed
        self._threads = threads
        self._lock = threading.Lock()
        self._sign: tuple[int, int, int] | None = None
        self._release: Release | None = None

    def current(self) -> Release:
        """The current release: one file status when nothing changed. Raises `SwotlightError` before the first."""
        sign = self._pointer_sign()
        with self._lock:
            if self._release is None or sign != self._sign:
                self._sign, self._release = sign, self._open()
            return self._release

    def close(self) -> None:
        """Let go of the open release; the next question opens it again. What was handed out is closed with it."""
        with self._lock:
            if self._release is not None:
                self._release.close()
            self._sign, self._release = None, None

    def _pointer_sign(self) -> tuple[int, int, int] | None:
        try:
            status = self._settings.paths.pointer.stat()
        except FileNotFoundError:
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size

    def _open(self) -> Release:
        paths = self._settings.paths
        for attempt in (1, 2):
            name = _required(read_pointer(paths))
            if self._release is not None and self._release.name == name:
                return self._release
            try:
                return Release(
                    read_note(paths, name, current=name), spill=paths.spill, sealed=self._sealed, threads=self._threads
                )
            except SwotlightError:
                # Pruned between the two reads: the pointer has moved on by now.
                if attempt == 2 or read_pointer(paths) == name:
                    raise
        raise AssertionError("unreachable")
