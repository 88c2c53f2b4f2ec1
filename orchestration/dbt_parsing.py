"""The dbt project as dbt has parsed it: once per installation and kept beside the project, as Python keeps byte code.

Parsing costs seconds of every first refresh and says the same for every workspace. Where the installation may not be
written, the workspace keeps what was parsed. ``python -m orchestration.dbt_parsing`` does it ahead, at set-up.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from orchestration.fingerprints import project_fingerprint
from warehouse.release_files import disk_sentences
from warehouse.settings import Config, Settings, package_path

MANIFEST = "manifest.json"
SEMANTIC_MANIFEST = "semantic_manifest.json"
PARSED = "partial_parse.msgpack"
_FILES = (MANIFEST, SEMANTIC_MANIFEST, PARSED)
# Whoever works on the models parses often; a folder that somebody still reads is not taken away.
_KEPT = 8

Parse = Callable[[Path], None]


def parsed_project(workspace_target: Path, parse: Parse) -> Path:
    """The folder with the manifests of the current project; ``parse(folder)`` writes them when there are none.

    Raises what ``parse`` raises, and `SwotlightError` when neither the installation nor the workspace can be written.
    """
    beside_project = package_path("dbt_project") / "target"
    name = _name()
    for place in (beside_project, workspace_target):
        if all((place / name / file).is_file() for file in _FILES):
            return place / name
    return _keep(beside_project if _may_write(beside_project) else workspace_target, parse)


def _keep(place: Path, parse: Parse) -> Path:
    """Parse in a folder of its own and move what came of it: two refreshes at once do not meet.

    The name is taken after parsing as well, so that a model saved meanwhile does not get yesterday's manifest.
    """
    with disk_sentences(place):
        place.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix="making-", dir=place))
    try:
        name = None
        while name != (name := _name()):
            parse(making)
        kept = place / name
        with disk_sentences(place):
            kept.mkdir(exist_ok=True)
            for file in _FILES:
                (making / file).replace(kept / file)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    for old in sorted(place.glob("parsed-*"), key=lambda path: path.stat().st_mtime)[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return kept


def _may_write(place: Path) -> bool:
    with suppress(OSError):
        place.mkdir(exist_ok=True)
    return place.is_dir() and os.access(place, os.W_OK)


def _name() -> str:
    """Told by what the manifests depend on: the project, dbt, and where both lie."""
    from importlib.metadata import version

    parts = (project_fingerprint(), version("dbt-core"), version("dbt-duckdb"), package_path("dbt_project"), sys.prefix)
    told = hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
    return f"parsed-{told[:16]}"


def main() -> None:
    """Parse ahead, in a workspace that is thrown away."""
    from orchestration.dbt_runner import manifest_path

    with tempfile.TemporaryDirectory() as scratch:
        manifest_path(Settings(Path(scratch), Config()))


if __name__ == "__main__":
    main()
