"""The files of a source as they lie in ``landing/``: which they are, whether they are still, what they hash to.

What belongs here: names, sizes, times and hashes. No DuckDB: an unchanged refresh is decided with this module alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.errors import SwotlightError
from warehouse.settings import utc_now

if TYPE_CHECKING:
    from warehouse.settings import Settings

CHUNK = 4 * 1024 * 1024
STILL_AFTER_SECONDS = 2.0
WAIT_AT_MOST_SECONDS = 60.0
_LOOK_AGAIN_SECONDS = 0.2
_HASHED_AT_A_TIME = 2
_IGNORED = (".", "~$")
_HALF_DONE = (".part", ".tmp", ".crdownload", ".partial", ".filepart")


@dataclass(frozen=True)
class LandedFile:
    """A file of a source; ``name`` is its path inside ``landing/<source>``."""

    source: str
    name: str
    path: Path
    size: int
    mtime_ns: int


def natural(name: str) -> list[tuple[int, int, str]]:
    """A sort key that puts ``file_2`` before ``file_10``."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts if part]


def list_files(settings: Settings, source: str) -> list[LandedFile]:
    """The files of a source in natural order of their names. Hidden and half-downloaded ones do not count."""
    folder = settings.paths.landing / source
    globs = settings.sources[source].files
    try:
        found = {path for pattern in globs for path in folder.glob(pattern) if _counts(path, folder)}
    except (ValueError, NotImplementedError) as error:
        raise SwotlightError(
            f"The pattern under `files:` of source {source} cannot be used: {error}.",
            code="bad_pattern",
            key=f"sources.{source}.files",
        ) from error
    files = [_landed(source, folder, path) for path in found]
    return sorted((file for file in files if file), key=lambda file: (natural(file.name), file.name))


def _counts(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    hidden = any(part.startswith(_IGNORED) for part in parts)
    return not hidden and not path.name.lower().endswith(_HALF_DONE) and path.is_file()


def _landed(source: str, folder: Path, path: Path) -> LandedFile | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return LandedFile(source, path.relative_to(folder).as_posix(), path, state.st_size, state.st_mtime_ns)


def wait_until_still(files: Sequence[LandedFile], *, at_most: float = WAIT_AT_MOST_SECONDS) -> list[LandedFile]:
    """The files once they have stopped growing; only those touched in the last two seconds are watched at all.

    Raises `SwotlightError` (``still_growing``) when one has not come to rest in time.
    """
    still = [file for file in files if _age(file) >= STILL_AFTER_SECONDS]
    fresh = [file for file in files if _age(file) < STILL_AFTER_SECONDS]
    deadline = time.monotonic() + at_most
    while fresh:
        time.sleep(_LOOK_AGAIN_SECONDS)
        now = [_again(file) for file in fresh]
        pairs = list(zip(fresh, now, strict=True))
        still += [new for old, new in pairs if (new.size, new.mtime_ns) == (old.size, old.mtime_ns)]
        fresh = [new for old, new in pairs if (new.size, new.mtime_ns) != (old.size, old.mtime_ns)]
        if fresh and time.monotonic() > deadline:
            raise SwotlightError(
                f"{fresh[0].name} of source {fresh[0].source} is still growing; refresh again when it is complete.",
                code="still_growing",
                file=str(fresh[0].path),
            )
    places = {file.name: place for place, file in enumerate(files)}
    return sorted(still, key=lambda file: places[file.name])


def _again(file: LandedFile) -> LandedFile:
    try:
        state = file.path.stat()
    except OSError as error:
        raise SwotlightError(
            f"{file.name} of source {file.source} vanished while it was read.", code="vanished", file=file.name
        ) from error
    return replace(file, size=state.st_size, mtime_ns=state.st_mtime_ns)


class ChangedWhileRead(SwotlightError):
    """A file is not what it was when its reading began; it is worth reading again."""


def refuse_changed(files: Iterable[LandedFile]) -> None:
    """Raises `ChangedWhileRead` (``still_growing``) when a file is not as it was before it was read."""
    for file in files:
        now = _again(file)
        if (now.size, now.mtime_ns) != (file.size, file.mtime_ns):
            raise ChangedWhileRead(
                f"{file.name} of source {file.source} changed while it was read; refresh again when it is complete.",
                code="still_growing",
                file=str(file.path),
            )


def _age(file: LandedFile) -> float:
    return utc_now().timestamp() - file.mtime_ns / 1e9


class Digests:
    """SHA-256 of files, kept beside their size and time so that only changed files are read again."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self._known: dict[str, list[object]] = _read_store(store)
        self._pool = ThreadPoolExecutor(max_workers=_HASHED_AT_A_TIME)
        self._dirty = False

    def of(self, path: Path, size: int, mtime_ns: int) -> str:
        """The hash, from the notes when size and time are the same."""
        return self.later(path, size, mtime_ns)()

    def later(self, path: Path, size: int, mtime_ns: int) -> Callable[[], str]:
        """What gives the hash when it is called; until then a thread works it out beside whatever is done."""
        key = str(path)
        noted = self._known.get(key)
        if noted and noted[:2] == [size, mtime_ns]:
            known = str(noted[2])
            return lambda: known
        working = self._pool.submit(hash_file, path)

        def taken() -> str:
            digest = working.result()
            self._known[key] = [size, mtime_ns, digest]
            self._dirty = True
            return digest

        return taken

    def save(self) -> None:
        """Write the notes; a folder that cannot be written only costs time."""
        if not self._dirty:
            return
        try:
            self.store.parent.mkdir(parents=True, exist_ok=True)
            half = self.store.with_name(f"{self.store.name}.{os.getpid()}.half")
            half.write_text(json.dumps(self._known), encoding="utf-8")
            half.replace(self.store)
        except OSError:
            return
        self._dirty = False


def _read_store(store: Path) -> dict[str, list[object]]:
    try:
        content = json.loads(store.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    entries = content.items() if isinstance(content, dict) else ()
    return {key: value for key, value in entries if isinstance(value, list) and len(value) == 3}


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes. Raises `SwotlightError` when it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as handle:
            while chunk := handle.read(CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise SwotlightError(
            f"{path.name} cannot be read: {error.strerror}.", code="unreadable", file=str(path)
        ) from error
    return digest.hexdigest()


def digest_of(parts: Iterable[str]) -> str:
    """One short hash of several texts."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
