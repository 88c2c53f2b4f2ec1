"""The dbt project as dbt has parsed it: kept by set-up beside the project, or else by each workspace for itself.

Parsing costs seconds of a first refresh and says the same in every workspace. ``python -m orchestration.dbt_parsing``
does it ahead, as compiling Python does; a refresh writes nothing outside its workspace.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Callable
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

    Raises what ``parse`` raises, and `SwotlightError` when the workspace cannot be written.
    """
    return _kept(_beside_project(), workspace_target) or _keep(workspace_target, parse)


def parse_ahead(parse: Parse) -> Path:
    """The same for every workspace of this installation."""
    return _kept(_beside_project()) or _keep(_beside_project(), parse)


def _beside_project() -> Path:
    return package_path("dbt_project") / "target"


def _kept(*places: Path) -> Path | None:
    name = _name()
    folders = (place / name for place in places)
    return next((folder for folder in folders if all((folder / file).is_file() for file in _FILES)), None)


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


def _name() -> str:
    """Told by what the manifests depend on: the project, dbt, and where both lie."""
    from importlib.metadata import version

    parts = (project_fingerprint(), version("dbt-core"), version("dbt-duckdb"), package_path("dbt_project"), sys.prefix)
    told = hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
    return f"parsed-{told[:16]}"


def main() -> None:
    """Parse ahead, for a workspace that is thrown away."""

    def parse(folder: Path) -> None:
        from orchestration.dbt_runner import parse_into

        with tempfile.TemporaryDirectory() as scratch:
            parse_into(Settings(Path(scratch), Config()), folder)

    parse_ahead(parse)


if __name__ == "__main__":
    main()
