"""Release files on disk: their names, the note beside each, the pointer to the current one, and atomic writing.

Knows nothing of what is in a release; opens no database.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse.errors import SwotlightError, UsageError
from warehouse.settings import Paths

_NAME = re.compile(r"^(\d{8}T\d{6}Z)-(\d+)$")
PARTIAL = ".partial"


@dataclass(frozen=True)
class ReleaseInfo:
    """What is known of a release without opening it; instants are aware UTC."""

    name: str
    path: Path
    built_at: datetime
    as_of: datetime
    run: str
    bytes: int
    files: int
    checks_failed: int
    current: bool = False
    withdrawn: list[str] = field(default_factory=list)
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """One row of `swotlight releases list --json`."""
        return {
            "release": self.name,
            "built_at": iso(self.built_at),
            "as_of": iso(self.as_of),
            "current": self.current,
            "files": self.files,
            "bytes": self.bytes,
            "checks_failed": self.checks_failed,
        }


def iso(instant: datetime) -> str:
    """An instant as ISO-8601 with Z; a naive one is UTC."""
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    text = (
        aware.astimezone(UTC)
        .replace(tzinfo=None)
        .isoformat(timespec="microseconds" if aware.microsecond else "seconds")
    )
    return text + "Z"


def from_iso(text: str) -> datetime:
    """The aware UTC instant of an ISO-8601 text."""
    instant = datetime.fromisoformat(text)
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def order(name: str) -> tuple[str, int]:
    """Sort key of release names: their instant, then their number."""
    found = _NAME.match(name)
    return (found[1], int(found[2])) if found else ("", 0)


def new_name(folder: Path, built_at: datetime) -> str:
    """A name that no release, whole or partial, ever had in this folder."""
    stamp = built_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    # The newest of a second is never pruned, so one more than the highest was never used.
    taken = [order(path.name.split(".")[0])[1] for path in folder.glob(f"{stamp}-*")]
    number = max(taken, default=0) + 1
    return f"{stamp}-{number}"


def release_path(paths: Paths, name: str) -> Path:
    """The DuckDB file of a release."""
    return paths.releases / f"{name}.duckdb"


def note_path(paths: Paths, name: str) -> Path:
    """The note beside a release: what `list` and `show` tell."""
    return paths.releases / f"{name}.json"


@contextmanager
def disk_sentences(path: Path) -> Iterator[None]:
    """Turn the operating system's refusals into sentences."""
    try:
        yield
    except OSError as error:
        raise disk_refusal(error, path) from error


def disk_refusal(error: OSError, path: Path | None = None) -> SwotlightError:
    """What the operating system refused, as a sentence; ``path`` stands in where the error names no file."""
    code, sentence = {
        errno.ENOSPC: ("disk_full", "The disk is full while writing {}; free some space and try again."),
        errno.EDQUOT: ("disk_full", "Your disk quota is used up while writing {}; free some space and try again."),
        errno.EFBIG: ("disk_full", "{} may not grow further (a limit on file size); raise it and try again."),
        errno.EROFS: ("read_only", "{} is on a read-only disk; choose a workspace that can be written."),
        errno.EACCES: ("permission", "{} may not be written; look at its owner and permissions."),
        errno.EPERM: ("permission", "{} may not be written; look at its owner and permissions."),
    }.get(error.errno or 0, ("disk", "{} cannot be written: " + str(error.strerror or error) + "."))
    place = str(error.filename or path)
    return SwotlightError(sentence.format(place), code=code, file=place)


def write_atomically(path: Path, text: str) -> None:
    """Replace ``path`` so that a reader sees the old text or the new one, also after a power cut."""
    with disk_sentences(path):
        partial = path.with_name(f".{path.name}.{os.getpid()}{PARTIAL}")
        try:
            with partial.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        sync(path.parent)


def sync(path: Path) -> None:
    """Ask the operating system to put a file or a folder's entries on the disk now."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_note(paths: Paths, info: ReleaseInfo) -> None:
    """Write the note of a release."""
    content = asdict(info)
    for transient in ("path", "current"):
        del content[transient]
    content |= {"built_at": iso(info.built_at), "as_of": iso(info.as_of)}
    write_atomically(note_path(paths, info.name), json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def read_pointer(paths: Paths) -> str | None:
    """The name of the current release, ``None`` before the first."""
    try:
        return str(json.loads(paths.pointer.read_text("utf-8"))["release"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise SwotlightError(
            f"{paths.pointer} is damaged.",
            code="pointer",
            file=str(paths.pointer),
            hint="`swotlight releases rollback NAME` writes it anew; `swotlight releases list` shows the names.",
        ) from error


def point_to(paths: Paths, name: str) -> None:
    """Make a release the current one: one atomic write; the link for analysts' tools follows."""
    write_atomically(paths.pointer, json.dumps({"release": name}) + "\n")
    follow_pointer(paths, name)


def follow_pointer(paths: Paths, name: str) -> None:
    """Let ``releases/current.duckdb`` lead to a release; disks without links go without."""
    target = f"{name}.duckdb"
    with contextlib.suppress(OSError, NotImplementedError):
        if paths.current_link.is_symlink() and str(paths.current_link.readlink()) == target:
            return
        fresh = paths.releases / f".current.{os.getpid()}{PARTIAL}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(target)
        fresh.replace(paths.current_link)


def read_note(paths: Paths, name: str, *, current: str | None = None) -> ReleaseInfo:
    """What is known of a release. Raises `UsageError` listing the nearest names."""
    path = release_path(paths, name)
    try:
        content = json.loads(note_path(paths, name).read_text("utf-8"))
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise _no_release(paths, name) from error
    content |= {"built_at": from_iso(content["built_at"]), "as_of": from_iso(content["as_of"]), "bytes": size}
    return ReleaseInfo(path=path, current=name == current, **content)


def _no_release(paths: Paths, name: str) -> UsageError:
    from difflib import get_close_matches

    names = names_on_disk(paths)
    near = get_close_matches(name, names, n=3, cutoff=0.3) or names[:3]
    return UsageError(
        f"There is no release {name!r}.",
        code="no_release",
        hint=f"Releases: {', '.join(near)}." if near else "Make one with `swotlight refresh`.",
    )


def names_on_disk(paths: Paths) -> list[str]:
    """The complete releases (a file and its note), newest first."""
    if not paths.releases.is_dir():
        return []
    notes = {path.stem for path in paths.releases.glob("*.json")}
    found = {path.stem for path in paths.releases.glob("*.duckdb") if _NAME.match(path.stem)}
    return sorted(found & notes, key=order, reverse=True)


def remove_partials(paths: Paths) -> None:
    """Clear what a publisher that was killed left behind; only for the one who holds the refresh lock."""
    for pattern in (f"*{PARTIAL}*", f".*{PARTIAL}"):
        for path in paths.releases.glob(pattern):
            path.unlink(missing_ok=True)
    complete = set(names_on_disk(paths))
    for path in [*paths.releases.glob("*.json"), *paths.releases.glob("*.duckdb")]:
        if _NAME.match(path.stem) and path.stem not in complete:
            path.unlink(missing_ok=True)
