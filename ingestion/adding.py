"""`swotlight add`: files become sources of the workspace.

A source is named, its files are copied into ``landing/<source>/``, its map is written where no shipped adapter reads
it, and it is entered in `swotlight.yml`. Nothing is changed before everything is planned (in `ingestion.add_plans`).
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ingestion.add_plans import Looked, Plan, UnsureKind, looked_into, plan_for_existing, plan_of, plans_of
from ingestion.files import hash_file
from ingestion.given_files import files_given
from ingestion.history_plans import into_source, with_histories
from ingestion.inspection.naming import NO_NAME, source_name
from ingestion.inspection.newest import clock_of
from ingestion.maps import find_adapter, load_map
from ingestion.registering import read_by_map, register_source
from ingestion.sheets import of_a_sheet, sheets_apart
from ingestion.unsure import with_map
from warehouse.errors import SwotlightError, UsageError
from warehouse.settings import Settings, load_settings, utc_now

ARCHIVED_AFTER = timedelta(days=90)
# Who is there is told by the newest list; months may pass in which nobody comes or goes.
LISTS_ARCHIVED_AFTER = timedelta(days=365)
_LISTS = ("agents", "customers")


@dataclass
class AddResult:
    """What `add` did: the document of ``swotlight add --json``. ``also`` are sources made of files of other kinds,
    ``left_out`` the files of which nothing was added, ``asked`` how many were given."""

    source: str
    kind: str | None
    adapter: str | None
    files: list[str]
    problems: list[str] = field(default_factory=list)
    also: list[AddResult] = field(default_factory=list)
    used: list[Path] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    asked: int = 0

    @property
    def closing(self) -> str | None:
        """A sentence on what was not added; none where everything was."""
        if not self.left_out:
            return None
        was = "was" if len(self.left_out) == 1 else "were"
        return f"{len(self.left_out)} of {self.asked} files {was} not added: {', '.join(self.left_out)}."

    def to_dict(self) -> dict[str, Any]:
        """As JSON. ``also`` is there when files of other kinds became sources of their own, ``left_out`` when files
        were not added."""
        told: dict[str, Any] = {
            "source": self.source,
            "kind": self.kind,
            "adapter": self.adapter,
            "files": self.files,
            "problems": self.problems,
        }
        told |= {"left_out": self.left_out} if self.left_out else {}
        return told | ({"also": [one.to_dict() for one in self.also]} if self.also else {})


def add_files(
    settings: Settings,
    files: Sequence[Path],
    *,
    kind: str | None = None,
    map_path: Path | None = None,
    source: str | None = None,
) -> AddResult:
    """Make files a source, or more files of a source that is there. A folder means its files.

    Files of several kinds become a source each, unless a source, a kind or a map is named.
    ``kind`` is a canonical table or an adapter. Raises `SwotlightError` with a sentence when a file cannot be read, is
    of another kind than the rest, or nothing is known about it.
    """
    paths = files_given(files)
    if source is not None and not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", source):
        raise UsageError(
            f"{source!r} is no name for a source; use small letters, digits and underscores, such as helpdesk.",
            code="source_name",
            key="source",
        )
    is_told = kind is not None or map_path is not None or source is not None
    with sheets_apart([] if is_told else paths) as apart:
        parts = apart or {path: path for path in paths}
        try:
            result = _added(settings, looked_into(list(parts)), kind, map_path, source)
        except UnsureKind as unsure:
            unsure.path = parts.get(unsure.path, unsure.path)
            raise with_map(settings, unsure) from unsure
    result.problems += _taken_apart(parts)
    every = [result, *result.also]
    for one in every:
        one.problems = [of_a_sheet(problem, parts) for problem in one.problems]
    used = {parts.get(path, path) for one in every for path in one.used}
    result.left_out, result.asked = [path.name for path in paths if path not in used], len(paths)
    return result


def _taken_apart(parts: Mapping[Path, Path]) -> list[str]:
    books = Counter(book for part, book in parts.items() if part != book)
    return [
        f"{book.name}: its {count} sheets with tables hold different things; each is looked at as a file of its own. "
        "Where one of them is not used, save it as a file and say what it is."
        for book, count in books.items()
    ]


def _added(
    settings: Settings, looked: list[Looked], kind: str | None, map_path: Path | None, source: str | None
) -> AddResult:
    existing = settings.sources.get(source) if source else None
    if existing is not None and kind is None and map_path is None:
        return _made(settings, _more_for(settings, str(source), looked), source)
    if source is not None:
        return _made(settings, plan_of(looked, kind, map_path), source)
    plans = plans_of(looked, kind, map_path)
    first, *others = plans if map_path is not None else with_histories(settings, plans)
    result = _made(settings, first, None)
    for plan in others:
        result.also.append(_made(load_settings(settings.paths.workspace), plan, None))
    return result


def _more_for(settings: Settings, name: str, looked: list[Looked]) -> Plan:
    """More files for a source that is there; a log of changes of its tickets becomes their history."""
    try:
        return plan_for_existing(settings, name, looked)
    except SwotlightError as error:
        if error.code != "not_recognised":
            raise
        try:
            plan = into_source(settings, name, plan_of(looked, None, None))
        except SwotlightError:
            plan = None
        if plan is None:
            raise
        return plan


def _made(settings: Settings, plan: Plan, source: str | None) -> AddResult:
    """Write one source down; it must have been planned before anything is written."""
    if plan.into is not None:
        return _taken_in(settings, plan, plan.into)
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
    return AddResult(name, plan.kind, plan.adapter, copied, plan.problems, used=list(plan.used))


def _taken_in(settings: Settings, plan: Plan, name: str) -> AddResult:
    """Files that another map reads go to a source that is there, and the map of both takes the place of its own."""
    copied = [_copied(path, settings.paths.landing / name) for path in plan.used]
    given = settings.sources[name].map or Path(f"maps/{name}.yml")
    target = settings.paths.workspace / given
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(str(plan.map_text), encoding="utf-8")
    load_map(target)
    if settings.sources[name].map is None:
        read_by_map(settings.paths.config, name, given.as_posix())
    return AddResult(name, plan.kind, None, copied, plan.problems, used=list(plan.used))


def _free_name(settings: Settings, plan: Plan) -> str:
    stem = (plan.adapter or "").removeprefix("generic_") or plan.name or source_name(plan.used)
    # A name of which no letter can stay says less than what the file is.
    stem = plan.kind if plan.kind and (stem == NO_NAME or re.fullmatch(rf"{NO_NAME}_\d+", stem)) else stem
    if stem not in settings.sources or (settings.sources[stem].adapter == plan.adapter and plan.adapter):
        return stem
    return next(name for name in (f"{stem}_{number}" for number in range(2, 1000)) if name not in settings.sources)


def _refuse_other_make(settings: Settings, name: str, plan: Plan) -> None:
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


def _pins_a_zone(plan: Plan) -> bool:
    """Whether the make or the map says in which zone its times are."""
    if plan.map_text is not None:
        return "time_zone:" in plan.map_text
    return plan.adapter is not None and find_adapter(plan.adapter).time_zone is not None


def _is_archive(plan: Plan, newest: datetime | None, now: datetime) -> bool:
    """Whether the newest row is too old for an export that goes on; then it is judged at that row, and said so."""
    after = LISTS_ARCHIVED_AFTER if plan.kind in _LISTS else ARCHIVED_AFTER
    if newest is None or now - newest < after:
        return False
    plan.problems.append(
        f"Its newest date is {newest:%Y-%m-%d}: it is taken for an archive and judged at its newest event. "
        "Where more is to come, write `archive: false` in swotlight.yml."
    )
    return True


def _enter(settings: Settings, name: str, plan: Plan, *, is_archive: bool) -> None:
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
