"""What `swotlight add` is going to do with some files: which adapter or map reads them, and which belong together.

What belongs here: decisions. Nothing is written; that is done in `ingestion.adding`.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingestion.contracts import load_contracts
from ingestion.inspection.joint import Joint, joint_proposal
from ingestion.inspection.report import Inspection, inspect_files
from ingestion.maps import Adapter, find_adapter, load_adapters, load_map
from ingestion.recognising import adapter_for, shape_of
from ingestion.side_tables import side_tables, told_aside
from warehouse.errors import SwotlightError
from warehouse.settings import Settings

SURE_ENOUGH = 0.4
# A file that came beside another one becomes a source only when it is known well.
SURE_BY_ITSELF = 0.6
Looked = tuple[Path, Inspection]


@dataclass
class Plan:
    """One source that is going to be made; ``into`` is one that is there already and gets these files and this map."""

    adapter: str | None
    kind: str | None
    used: list[Path]
    map_text: str | None = None
    name: str | None = None
    problems: list[str] = field(default_factory=list)
    into: str | None = None


class UnsureKind(SwotlightError):
    """What a file is, or which of its columns is which, is not known well enough; ``joint`` is how far it is known."""

    def __init__(self, path: Path, joint: Joint) -> None:
        doubts = [one for one in joint.problems if "would be refused" in one or "Nothing was found" in one]
        why = [*doubts, *joint.problems][:1]
        how = "well enough " if joint.kind else ""
        super().__init__(
            f"It cannot be told {how}what {path.name} is{': ' + why[0] if why else '.'}",
            code="unknown_kind",
            file=str(path),
            hint="Say it with --as (a canonical table or an adapter), or give a map with --map.",
        )
        self.joint = joint
        self.path = path


def plans_of(looked: list[Looked], kind: str | None, map_path: Path | None) -> list[Plan]:
    """A source for each kind of file. Raises `SwotlightError` where the first cannot be made out.

    What is asked for by a kind or a map is one source; the other files are told and left out.
    """
    if kind is None and map_path is None:
        # What is sure comes first; the rest is told with its own reason.
        looked = sorted(looked, key=lambda one: not (one[1].adapter or one[1].confidence >= SURE_ENOUGH))
    plans = [plan_of(looked, kind, map_path)]
    left = _without(looked, plans)
    aside = side_tables(plans[0].adapter, plans[0].used, left, looked) if kind is None and map_path is None else []
    if aside:
        left = [one for one in left if one[0] not in aside]
        plans[0].problems = [one for one in plans[0].problems if not _is_about(one, {path.name for path in aside})]
        plans[0].problems.append(told_aside(plans[0].adapter, aside))
    while left and kind is None and map_path is None:
        known = [one for one in left if one[1].adapter or one[1].confidence >= SURE_BY_ITSELF]
        try:
            plans += [plan_of(known, None, None)] if known else []
        except SwotlightError:
            break
        if len(_without(left, plans)) == len(left):
            break
        left = _without(left, plans)
    gone = {path.name for plan in plans[1:] for path in plan.used}
    unsure = [one for one in left if not one[1].adapter] if kind is None and map_path is None else []
    gone |= {path.name for path, _ in unsure}
    for plan in plans:
        plan.problems = [one for one in plan.problems if not _is_about(one, gone)]
    plans[0].problems += [_unsure(path, inspection) for path, inspection in unsure]
    return _each_told_once(plans)


def _unsure(path: Path, inspection: Inspection) -> str:
    """Why a file that came beside others is left out, and what to do about it."""
    if inspection.kind is None:
        return (
            f"{path.name} is not used: no adapter and no canonical table fits it. Where it matters, say what it is: "
            f"`{_command(path)} --as KIND`."
        )
    doubts = [one for one in inspection.problems if "would be refused" in one or "Nothing was found" in one]
    why = f" {doubts[0]}" if doubts else ""
    return (
        f"{path.name} is not used: it looks like {inspection.kind}, but that is not sure enough "
        f"({inspection.confidence:.2f}).{why} Add it by itself: `{_command(path)} --as {inspection.kind}`."
    )


def _command(path: Path) -> str:
    """The command that adds a file, as it can be typed."""
    return f"swotlight add {shlex.quote(str(path))}"


def _without(looked: list[Looked], plans: Sequence[Plan]) -> list[Looked]:
    used = {path for plan in plans for path in plan.used}
    return [one for one in looked if one[0] not in used]


def _is_about(problem: str, names: set[str]) -> bool:
    return any(problem.startswith(f"{name} is not used") for name in names)


def _each_told_once(plans: list[Plan]) -> list[Plan]:
    told: set[str] = set()
    for plan in plans:
        plan.problems = [one for one in plan.problems if not (" is not used: " in one and one in told)]
        told |= set(plan.problems)
    return plans


def looked_into(paths: Sequence[Path]) -> list[Looked]:
    """Every table of every file, inspected."""
    return [(path, inspection) for path in paths for inspection in inspect_files([path])]


def _headers(looked: Sequence[Looked]) -> list[tuple[str, list[str]]]:
    return [(path.name, [column["name"] for column in inspection.columns]) for path, inspection in looked]


def plan_of(looked: list[Looked], kind: str | None, map_path: Path | None) -> Plan:
    """One source: the files that the map, the adapter or the likeliest table reads."""
    if map_path is not None:
        adapter = load_map(map_path)
        plan = _by_adapter(adapter, looked, f"the map {map_path}")
        plan.adapter, plan.map_text = None, map_path.read_text(encoding="utf-8")
        return plan
    if kind is not None and kind not in load_contracts():
        return _by_adapter(find_adapter(kind), looked, f"the adapter {kind}")
    known = _known_adapter(looked, kind)
    if known is not None:
        return _by_adapter(known, looked, f"the adapter {known.adapter}", others_apart=True)
    return _proposed(looked, kind)


def _known_adapter(looked: list[Looked], kind: str | None) -> Adapter | None:
    if kind is not None:
        generic = load_adapters()[f"generic_{kind}"]
        return generic if any(inspection.adapter == generic.adapter for _, inspection in looked) else None
    named = {inspection.adapter for _, inspection in looked if inspection.adapter}
    candidates = {name: adapter for name, adapter in load_adapters().items() if name in named}
    return adapter_for(candidates, _headers(looked)) if candidates else None


def _by_adapter(adapter: Adapter, looked: list[Looked], said: str, *, others_apart: bool = False) -> Plan:
    """The files an adapter reads; ``others_apart`` leaves out what is known to be of a kind that it does not feed."""
    used: list[Path] = []
    unused: list[Path] = []
    for (path, inspection), (name, columns) in zip(looked, _headers(looked), strict=True):
        is_other = others_apart and _is_another_kind(inspection, adapter)
        fits = not is_other and shape_of(adapter, name, columns) is not None
        (used if fits else unused).append(path)
    if not used:
        raise SwotlightError(
            f"No file has a header that {said} knows.", code="not_recognised", file=str(looked[0][0]),
            hint="Run `swotlight inspect` on them to see what they are.",
        )  # fmt: skip
    kind = _main_kind(adapter, [inspection for path, inspection in looked if path in used])
    problems = [f"{path.name} is not used: {said} knows no such file." for path in unused]
    return Plan(adapter.adapter, kind, list(dict.fromkeys(used)), problems=problems)


def _is_another_kind(inspection: Inspection, adapter: Adapter) -> bool:
    is_sure = inspection.adapter is None and inspection.confidence >= SURE_BY_ITSELF
    return is_sure and inspection.kind is not None and inspection.kind not in adapter.kinds()


def _main_kind(adapter: Adapter, used: Sequence[Inspection]) -> str | None:
    """The table that an adapter names first among those the files give, so that a help desk is its tickets."""
    first = [shape.table for shape in adapter.shapes.values() if shape.table] + [one.table for one in adapter.tables]
    given = {inspection.kind for inspection in used if inspection.adapter == adapter.adapter}
    return next((table for table in first if table in given or not given), first[0] if first else None)


def _proposed(looked: list[Looked], kind: str | None) -> Plan:
    alone = {(path, tuple(one["name"] for one in told.columns)): told.kind for path, told in looked}
    joint: Joint = joint_proposal([path for path, _ in looked], kind, alone)
    if joint.confidence < SURE_ENOUGH:
        raise UnsureKind(looked[0][0], joint)
    return Plan(None, joint.kind, joint.used, map_text=joint.text, name=joint.name, problems=joint.problems)


def plan_for_existing(settings: Settings, name: str, looked: list[Looked]) -> Plan:
    """More files for a source that is there, by what reads it already."""
    entry = settings.sources[name]
    if entry.map is not None:
        path = entry.map if entry.map.is_absolute() else settings.paths.workspace / entry.map
        plan = _by_adapter(load_map(path), looked, f"the map of source {name}")
        plan.adapter = None
        return plan
    if entry.adapter is not None:
        return _by_adapter(find_adapter(entry.adapter), looked, f"the adapter {entry.adapter} of source {name}")
    return plan_of(looked, None, None)
