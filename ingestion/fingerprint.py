"""One short text that is the same as long as nothing a refresh depends on has changed.

Looked at before Dagster, dbt or DuckDB are imported: only the standard library and the settings are used here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ingestion.files import Digests, digest_of, list_files
from warehouse.settings import package_path

if TYPE_CHECKING:
    from warehouse.settings import Settings

NOTES = "digests.json"


def digests_of(settings: Settings) -> Digests:
    """The notes of file hashes that belong to a workspace."""
    return Digests(settings.paths.build / NOTES)


def source_fingerprint(settings: Settings) -> str:
    """Names and contents of all landed files, of the configuration, the maps, the reference rows and our own YAML."""
    digests = digests_of(settings)
    files = [file for source in sorted(settings.sources) for file in list_files(settings, source)]
    hashed = [digests.later(file.path, file.size, file.mtime_ns) for file in files]
    parts = [f"{file.source}/{file.name}={hash_of()}" for file, hash_of in zip(files, hashed, strict=True)]
    for path in _settings_files(settings):
        parts.append(f"{path.name}={_digest(digests, path)}")
    for name in ("ingestion/contracts", "ingestion/adapters", "seeds/reference"):
        parts.extend(f"{name}/{path.name}={_digest(digests, path)}" for path in _shipped(name))
    digests.save()
    return digest_of(parts)


def map_files(settings: Settings) -> list[Path]:
    """The maps that the sources name."""
    named = [settings.paths.workspace / source.map for source in settings.sources.values() if source.map]
    return [path for path in named if path.is_file()]


def _settings_files(settings: Settings) -> list[Path]:
    reference = sorted(path for path in settings.paths.reference.glob("**/*") if path.is_file())
    maps = sorted({*settings.paths.maps.glob("**/*.yml"), *map_files(settings)})
    config = [settings.paths.config] if settings.paths.config.is_file() else []
    return [*config, *reference, *maps]


def _shipped(name: str) -> list[Path]:
    root, _, folder = name.partition("/")
    return sorted(path for path in (package_path(root) / folder).glob("*") if path.is_file())


def _digest(digests: Digests, path: Path) -> str:
    state = path.stat()
    return digests.of(path, state.st_size, state.st_mtime_ns)
