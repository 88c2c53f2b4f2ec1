"""Is there anything to do? Decided from sizes, times and hashes, before Dagster, dbt or GX are imported."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from ingestion.fingerprint import source_fingerprint
from warehouse.release_files import write_atomically
from warehouse.settings import Settings, package_path

_CODE = ("warehouse", "ingestion", "expectations", "analytics", "orchestration", "dbt_project", "seeds/reference")
_SKIPPED = {"__pycache__", "target", "logs", "dbt_packages"}


@dataclass(frozen=True)
class LastRefresh:
    """What the newest release was made from."""

    fingerprint: str
    run: str
    release: str


def fingerprint(settings: Settings, as_of: datetime | None, now: datetime) -> str:
    """One hash over everything a release depends on: sources, settings, code, and the instant it is judged at.

    Live sources are judged at the refresh, so that their day counts; with an ``as_of`` of one's own, that counts.
    """
    if as_of is not None:
        judged = as_of.isoformat()
    elif all(source.archive for source in settings.sources.values()):
        judged = "archive"
    else:
        judged = now.astimezone(settings.organisation.zone).date().isoformat()
    return _hash([source_fingerprint(settings), code_fingerprint(), judged])


def code_fingerprint() -> str:
    """A hash over names, sizes and times of our own files: new code makes a new release."""
    return _hash(f"{path}:{size}:{changed}" for path, size, changed in _code_files())


def project_fingerprint() -> str:
    """A hash over the contents of the dbt project and its seeds' names: decides whether dbt has to parse again."""
    parts = []
    for folder in ("dbt_project", "seeds/reference"):
        root = package_path(folder)
        for path in _files(root):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            parts.append(f"{path.relative_to(root)}={content}")
    return _hash(parts)


def read_last(settings: Settings) -> LastRefresh | None:
    """What is noted of the last refresh that released; ``None`` when nothing is, or when it cannot be read."""
    try:
        return LastRefresh(**json.loads(settings.paths.refresh_state.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_last(settings: Settings, last: LastRefresh) -> None:
    """Note what the newest release was made from."""
    write_atomically(settings.paths.refresh_state, json.dumps(asdict(last), indent=1) + "\n")


def _code_files() -> Iterator[tuple[str, int, int]]:
    for folder in _CODE:
        root = package_path(folder)
        for path in _files(root):
            status = path.stat()
            yield f"{folder}/{path.relative_to(root)}", status.st_size, status.st_mtime_ns


def _files(root: Path) -> list[Path]:
    return sorted(
        path
        for path in root.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and not _SKIPPED & set(path.relative_to(root).parts)
    )


def _hash(parts: Iterable[str]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(part.encode("utf-8") + b"\n")
    return total.hexdigest()
