"""dbt inside our own process: parse when the project changed, build, and say in a sentence what failed.

The command line of dbt costs seconds each time; its in-process runner with a kept manifest does not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from orchestration.dbt_log import LOG, dbt_log
from orchestration.dbt_parsing import MANIFEST, PARSED, SEMANTIC_MANIFEST, parsed_project
from orchestration.progress import Progress, silent
from warehouse.errors import SwotlightError
from warehouse.settings import Settings, export_environment, package_path
from warehouse.store import DEFAULT_MEMORY_SHARE, connect

_read_ahead: dict[Path, Any] = {}
_TESTS_ONLY = "tag:tests_only"


@dataclass(frozen=True)
class NodeResult:
    """What came of one model, seed or test."""

    unique_id: str
    name: str
    kind: str
    status: str
    seconds: float
    message: str

    @property
    def failed(self) -> bool:
        """Did it go wrong (a warning did not)?"""
        return self.status in ("error", "fail", "runtime error")


def manifest_path(settings: Settings) -> Path:
    """The manifest of the current project, parsed when the project or dbt has changed since the last time."""
    return _parsed(settings) / MANIFEST


def read_manifest(settings: Settings) -> Mapping[str, Any]:
    """The same, read."""
    content: Mapping[str, Any] = json.loads(manifest_path(settings).read_text("utf-8"))
    return content


def semantic_manifest_path(settings: Settings) -> Path:
    """dbt's semantic manifest: the one definition of the metrics."""
    return _parsed(settings) / SEMANTIC_MANIFEST


def build(settings: Settings, progress: Progress = silent) -> list[NodeResult]:
    """Build seeds, models and their data tests. Raises `SwotlightError` (code ``dbt``) naming what failed."""
    manifest = _kept_manifest(settings)
    # The manifest is there already: writing it again would cost a second.
    # What the checks prove, or what holds by the way a model is written, is tested with the unit tests.
    command = ["--no-write-json", "build", "--exclude-resource-type", "unit_test", "--exclude", _TESTS_ONLY]
    results = _invoke(settings, command, progress, manifest)
    failed = [result for result in results if result.failed]
    if failed:
        raise _refusal(settings, failed)
    return results


def run_models(settings: Settings, names: Sequence[str]) -> list[NodeResult]:
    """Some models and what is before them, without their tests: for measuring one room. Raises as `build` does."""
    results = _invoke(settings, ["--no-write-json", "run", "--select", *names], silent, _kept_manifest(settings))
    failed = [result for result in results if result.failed]
    if failed:
        raise _refusal(settings, failed)
    return results


def parse_into(settings: Settings, folder: Path) -> None:
    """Parse the project and write dbt's manifests into a folder."""
    _invoke(settings, ["parse"], silent, None, target=folder)


def warm_up(settings: Settings) -> None:
    """Import dbt and read the parsed project ahead for the next build, while something else takes its seconds."""
    for name in ("dbt.cli.main", "dbt.task.build", "dbt.adapters.duckdb"):
        import_module(name)
    _read_ahead[_parsed(settings)] = _kept_manifest(settings)


def _kept_manifest(settings: Settings) -> Any:
    """The parsed project as dbt's runner takes it; each build changes its own."""
    folder = _parsed(settings)
    if folder in _read_ahead:
        return _read_ahead.pop(folder)
    from dbt.contracts.graph.manifest import Manifest

    return Manifest.from_msgpack((folder / PARSED).read_bytes())


def _parsed(settings: Settings) -> Path:
    return parsed_project(settings.paths.dbt_target, lambda folder: parse_into(settings, folder))


def _invoke(
    settings: Settings, command: list[str], progress: Progress, manifest: Any, *, target: Path | None = None
) -> list[NodeResult]:
    from dbt.cli.main import dbtRunner

    def listen(event: Any) -> None:
        if event.info.name == "NodeFinished":
            progress("build", event.data.node_info.node_name)

    project = str(package_path("dbt_project"))
    arguments = [
        *command,
        *("--project-dir", project, "--profiles-dir", project),
        *("--target-path", str(target or settings.paths.dbt_target), "--log-path", str(settings.paths.dbt_logs)),
        *("--no-send-anonymous-usage-stats", "--no-version-check", "--no-use-colors"),
        *("--log-level", "none", "--log-level-file", "none"),
    ]
    with _environment(settings), dbt_log(settings.paths.dbt_logs) as write, closed_afterwards():
        outcome = dbtRunner(manifest=manifest, callbacks=[listen, write]).invoke(arguments)
    results = [_node_result(result) for result in getattr(outcome.result, "results", None) or []]
    if outcome.exception is not None and not isinstance(outcome.exception, Exception):
        # Somebody stopped the refresh; dbt hands on what it was stopped by.
        raise outcome.exception
    if outcome.exception is not None:
        raise SwotlightError(
            f"dbt stopped: {_first_lines(str(outcome.exception))}",
            code="dbt",
            file=str(settings.paths.dbt_logs / LOG),
            hint="The log beside it tells more; `swotlight refresh --full` builds from nothing.",
        ) from outcome.exception
    return results


@contextmanager
def _environment(settings: Settings) -> Iterator[None]:
    """What dbt's profile reads; the build database exists, so that dbt never makes one with other settings."""
    paths = settings.paths
    paths.dbt_logs.mkdir(parents=True, exist_ok=True)
    if not paths.build_db.exists():
        paths.build.mkdir(parents=True, exist_ok=True)
        connect(paths.build_db).close()
    export_environment(
        SWOTLIGHT_BUILD_DB=str(paths.build_db),
        SWOTLIGHT_DBT_TARGET=str(paths.dbt_target),
        SWOTLIGHT_DBT_LOGS=str(paths.dbt_logs),
        SWOTLIGHT_MEMORY_LIMIT=settings.engine.memory_limit or DEFAULT_MEMORY_SHARE,
        DO_NOT_TRACK="1",
    )
    yield


@contextmanager
def closed_afterwards() -> Iterator[None]:
    """Let go of the database that dbt has kept open for all models; its lock would stay until the process ends."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    try:
        yield
    finally:
        with suppress(Exception):
            # Nothing was opened: dbt says so by raising.
            DuckDBConnectionManager.env().close()
        DuckDBConnectionManager.close_all_connections()


def _node_result(result: Any) -> NodeResult:
    node = result.node
    return NodeResult(
        unique_id=str(node.unique_id),
        name=str(node.name),
        kind=str(getattr(node.resource_type, "value", node.resource_type)),
        status=str(getattr(result.status, "value", result.status)).lower(),
        seconds=float(result.execution_time or 0.0),
        message=str(result.message or ""),
    )


def _refusal(settings: Settings, failed: list[NodeResult]) -> SwotlightError:
    first = failed[0]
    more = f" ({len(failed) - 1} more)" if len(failed) > 1 else ""
    what = "does not hold" if first.kind == "test" else "could not be built"
    return SwotlightError(
        f"The {first.kind} {first.name} {what}{more}: {_first_lines(first.message)}",
        code="dbt",
        file=str(settings.paths.dbt_logs / LOG),
        key=first.unique_id,
        hint="Nothing was released; the previous release stays.",
    )


def _first_lines(text: str, lines: int = 3) -> str:
    return " ".join(part.strip() for part in text.strip().splitlines()[:lines] if part.strip())
