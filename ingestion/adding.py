"""`swotlight add`: files become a source of the workspace.

A source is named, its files are copied into ``landing/<source>/``, its map is written where no shipped adapter reads
it, and it is entered in `swotlight.yml`. Nothing is changed before everything is known to be right.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ingestion.contracts import load_contracts
from ingestion.files import hash_file
from ingestion.inspection.joint import Joint, joint_proposal
from ingestion.inspection.naming import source_name
from ingestion.inspection.newest import clock_of
from ingestion.inspection.report import Inspection, inspect_files
from ingestion.maps import Adapter, find_adapter, load_adapters, load_map
from ingestion.recognising import adapter_for, shape_of
from ingestion.registering import register_source
from warehouse.errors import SwotlightError, UsageError
from warehouse.settings import Settings, load_settings, utc_now

SURE_ENOUGH = 0.4
ARCHIVED_AFTER = timedelta(days=90)
_IGNORED = (".", "~$")
_README = ("readme", "license", "licence", "notice", "changelog")


@dataclass
class AddResult:
    """What `add` did: the document of ``swotlight add --json``."""

    source: str
    kind: str | None
    adapter: str | None
    files: list[str]
    problems: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "source": self.source,
            "kind": self.kind,
            "adapter": self.adapter,
            "files": self.files,
            "problems": self.problems,
        }


@dataclass
class _Plan:
    """What is going to be written."""

    adapter: str | None
    kind: str | None
    used: list[Path]
    map_text: str | None = None
    name: str | None = None
    problems: list[str] = field(default_factory=list)


def add_files(
    settings: Settings,
    files: Sequence[Path],
    *,
    kind: str | None = None,
    map_path: Path | None = None,
    source: str | None = None,
) -> AddResult:
    """Make files a source, or more files of a source that is there. A folder means its files.

    ``kind`` is a canonical table or an adapter. Raises `SwotlightError` with a sentence when a file cannot be read, is
    of another kind than the rest, or nothing is known about it.
    """
    paths = _expanded(files)
    if source is not None and not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", source):
        raise UsageError(
            f"{source!r} is no name for a source; use small letters, digits and underscores, such as helpdesk.",
            code="source_name",
            key="source",
        )
    looked = _looked_into(paths)
    existing = settings.sources.get(source) if source else None
    if existing is not None and kind is None and map_path is None:
        plan = _plan_for_existing(settings, str(source), looked)
    else:
        plan = _plan(looked, kind, map_path)
    name = source or _free_name(settings, plan)
    _refuse_other_make(settings, name, plan)
    copied = [_copied(path, settings.paths.landing / name) for path in plan.used]
    if name not in settings.sources:
        clock = clock_of(plan.used, now := utc_now().replace(tzinfo=None))
        _enter(settings, name, plan, is_archive=_is_archive(plan, clock.newest, now))
        if clock.has_local and not _pins_a_zone(plan):
            plan.problems.append(
                f"Times without an offset are read in {settings.organisation.time_zone}; "
                f"another: `time_zone` under sources.{name} in swotlight.yml."
            )
    return AddResult(name, plan.kind, plan.adapter, copied, plan.problems)


def _expanded(files: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in files:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.is_file() and not _is_aside(one, path))
            if not inside:
                raise SwotlightError(f"The folder {path} holds no files.", code="empty_folder", file=str(path))
            found += inside
        elif not path.exists():
            raise SwotlightError(
                f"{path} does not exist.",
                code="missing_file",
                file=str(path),
                hint="Look at the spelling, or give the folder.",
            )
        else:
            found.append(path)
    if not found:
        raise UsageError("No files were given.", code="no_files")
    return list(dict.fromkeys(found))


def _is_aside(path: Path, folder: Path) -> bool:
    """Hidden files, and papers that lie beside an export."""
    hidden = any(part.startswith(_IGNORED) for part in path.relative_to(folder).parts)
    return hidden or (path.stem.lower().split("-")[0] in _README and path.suffix.lower() in ("", ".md", ".txt"))


def _looked_into(paths: Sequence[Path]) -> list[tuple[Path, Inspection]]:
    return [(path, inspection) for path in paths for inspection in inspect_files([path])]


def _headers(looked: Sequence[tuple[Path, Inspection]]) -> list[tuple[str, list[str]]]:
    return [(path.name, [column["name"] for column in inspection.columns]) for path, inspection in looked]


def _plan(looked: list[tuple[Path, Inspection]], kind: str | None, map_path: Path | None) -> _Plan:
    if map_path is not None:
        adapter = load_map(map_path)
        plan = _by_adapter(adapter, looked, f"the map {map_path}")
        plan.adapter, plan.map_text = None, map_path.read_text(encoding="utf-8")
        return plan
    if kind is not None and kind not in load_contracts():
        return _by_adapter(find_adapter(kind), looked, f"the adapter {kind}")
    known = _known_adapter(looked, kind)
    if known is not None:
        return _by_adapter(known, looked, f"the adapter {known.adapter}")
    return _proposed(looked, kind)


def _known_adapter(looked: list[tuple[Path, Inspection]], kind: str | None) -> Adapter | None:
    if kind is not None:
        generic = load_adapters()[f"generic_{kind}"]
        return generic if any(inspection.adapter == generic.adapter for _, inspection in looked) else None
    named = {inspection.adapter for _, inspection in looked if inspection.adapter}
    candidates = {name: adapter for name, adapter in load_adapters().items() if name in named}
    return adapter_for(candidates, _headers(looked)) if candidates else None


def _by_adapter(adapter: Adapter, looked: list[tuple[Path, Inspection]], said: str) -> _Plan:
    used: list[Path] = []
    unused: list[Path] = []
    for (path, _), (name, columns) in zip(looked, _headers(looked), strict=True):
        fits = shape_of(adapter, name, columns) is not None
        (used if fits else unused).append(path)
    if not used:
        raise SwotlightError(
            f"No file has a header that {said} knows.", code="not_recognised", file=str(looked[0][0]),
            hint="Run `swotlight inspect` on them to see what they are.",
        )  # fmt: skip
    kind = _main_kind(adapter, [inspection for path, inspection in looked if path in used])
    problems = [f"{path.name} is not used: {said} knows no such file." for path in unused]
    return _Plan(adapter.adapter, kind, list(dict.fromkeys(used)), problems=problems)


def _main_kind(adapter: Adapter, used: Sequence[Inspection]) -> str | None:
    """The table that an adapter names first among those the files give, so that a help desk is its tickets."""
    first = [shape.table for shape in adapter.shapes.values() if shape.table] + [one.table for one in adapter.tables]
    given = {inspection.kind for inspection in used if inspection.adapter == adapter.adapter}
    return next((table for table in first if table in given or not given), first[0] if first else None)


def _proposed(looked: list[tuple[Path, Inspection]], kind: str | None) -> _Plan:
    joint: Joint = joint_proposal([path for path, _ in looked], kind)
    if joint.confidence < SURE_ENOUGH:
        raise SwotlightError(
            f"It cannot be told what {looked[0][0].name} is{': ' + joint.problems[0] if joint.problems else '.'}",
            code="unknown_kind", file=str(looked[0][0]),
            hint="Say it with --as (a canonical table or an adapter), or give a map with --map.",
        )  # fmt: skip
    return _Plan(None, joint.kind, joint.used, map_text=joint.text, name=joint.name, problems=joint.problems)


def _plan_for_existing(settings: Settings, name: str, looked: list[tuple[Path, Inspection]]) -> _Plan:
    entry = settings.sources[name]
    if entry.map is not None:
        path = entry.map if entry.map.is_absolute() else settings.paths.workspace / entry.map
        plan = _by_adapter(load_map(path), looked, f"the map of source {name}")
        plan.adapter = None
        return plan
    if entry.adapter is not None:
        return _by_adapter(find_adapter(entry.adapter), looked, f"the adapter {entry.adapter} of source {name}")
    return _plan(looked, None, None)


def _free_name(settings: Settings, plan: _Plan) -> str:
    stem = (plan.adapter or "").removeprefix("generic_") or plan.name or source_name(plan.used)
    if stem not in settings.sources or (settings.sources[stem].adapter == plan.adapter and plan.adapter):
        return stem
    return next(name for name in (f"{stem}_{number}" for number in range(2, 1000)) if name not in settings.sources)


def _refuse_other_make(settings: Settings, name: str, plan: _Plan) -> None:
    entry = settings.sources.get(name)
    if entry is not None and plan.adapter and entry.adapter not in (None, plan.adapter):
        raise SwotlightError(
            f"The source {name} is read by {entry.adapter}, these files by {plan.adapter}.",
            code="other_make",
            key=f"sources.{name}",
            hint="Give them a source of their own with --source.",
        )  # fmt: skip


def _copied(path: Path, folder: Path) -> str:
    """Copy a file into the landing folder. The same content is not copied twice; another of that name gets a number."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / path.name
    number = 1
    while target.exists() and not target.samefile(path) and hash_file(target) != hash_file(path):
        number += 1
        target = folder / f"{path.stem}_{number}{path.suffix}"
    if not target.exists():
        half = folder / f".{target.name}.half"
        try:
            shutil.copyfile(path, half)
            half.replace(target)
        except OSError as error:
            half.unlink(missing_ok=True)
            raise SwotlightError(
                f"{path.name} cannot be copied to {folder}: {error.strerror}.", code="copy", file=str(path)
            ) from error
    return target.name


def _pins_a_zone(plan: _Plan) -> bool:
    """Whether the make or the map says in which zone its times are."""
    if plan.map_text is not None:
        return "time_zone:" in plan.map_text
    return plan.adapter is not None and find_adapter(plan.adapter).time_zone is not None


def _is_archive(plan: _Plan, newest: datetime | None, now: datetime) -> bool:
    """Whether the newest row is too old for an export that goes on; then it is judged at that row, and said so."""
    if newest is None or now - newest < ARCHIVED_AFTER:
        return False
    plan.problems.append(
        f"Its newest date is {newest:%Y-%m-%d}: it is taken for an archive and judged at its newest event. "
        "Where more is to come, write `archive: false` in swotlight.yml."
    )
    return True


def _enter(settings: Settings, name: str, plan: _Plan, *, is_archive: bool) -> None:
    """Write the map, then the source; a settings file that no longer loads is put back."""
    entry: dict[str, Any] = {"adapter": plan.adapter} if plan.map_text is None else {"map": f"maps/{name}.yml"}
    if plan.map_text is not None:
        target = settings.paths.maps / f"{name}.yml"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(plan.map_text, encoding="utf-8")
        load_map(target)
    if is_archive:
        entry["archive"] = True
    before = settings.paths.config.read_text(encoding="utf-8")
    register_source(settings.paths.config, name, entry)
    try:
        load_settings(settings.paths.workspace)
    except SwotlightError:
        settings.paths.config.write_text(before, encoding="utf-8")
        raise
