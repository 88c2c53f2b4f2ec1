"""What `add` makes of a log of changes beside a list of tickets: one source, in which the log is the list's events.

What belongs here: which plan goes into which. Whether two are about the same tickets is said in `ingestion.histories`.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from ingestion.add_plans import Plan
from ingestion.contracts import load_contracts
from ingestion.files import list_files
from ingestion.generic import PREFIX, generic_adapter
from ingestion.histories import Files, Kinship, headers_of, joined_map, kinship, number_in_list, opened_together
from ingestion.maps import Adapter, find_adapter, load_map
from ingestion.recognising import lacking, shape_of
from warehouse.errors import SwotlightError
from warehouse.settings import Settings

_SAME_INSTANTS = 0.8


def with_histories(settings: Settings, plans: Sequence[Plan]) -> list[Plan]:
    """The plans, each log of changes put to the list of tickets it is about: of these plans or of a source."""
    kept = list(plans)
    for log in [plan for plan in plans if _is_log(_adapter_of(plan))]:
        lists = [plan for plan in kept if plan is not log and _is_list(_adapter_of(plan))]
        joined = _into_one_of(log, lists)
        if joined is not None:
            kept = [joined[1] if plan is joined[0] else plan for plan in kept if plan is not log]
            continue
        found = _into_source(settings, log) or _without_doubles(log, [*lists, *_lists_there(settings)])
        kept = [found if plan is log else plan for plan in kept]
    return without_twins(settings, [_beside_a_log(settings, plan) for plan in kept])


def _lists_there(settings: Settings) -> list[Plan]:
    """The lists of tickets that are sources already."""
    there = [_source_plan(settings, name) for name in settings.sources]
    return [plan for plan in there if plan and _is_list(_adapter_of(plan))]


def without_twins(settings: Settings, plans: Sequence[Plan]) -> list[Plan]:
    """The plans but those whose tickets another one has, or a source that is there; what is left out is told.

    Raises `SwotlightError` where nothing is left.
    """
    kept: list[Plan] = []
    told: list[str] = []
    for plan in sorted(plans, key=lambda one: one.map_text is not None):
        if plan.into or not _has_tickets(_adapter_of(plan)):
            kept.append(plan)
            continue
        there = [(one, name) for name in settings.sources if (one := _source_plan(settings, name))]
        others = [*((one, None) for one in kept if not one.into), *there]
        twin = next((one for one in others if _are_twins(plan, *one)), None)
        if twin is None:
            kept.append(plan)
        elif twin[1] and _reads_all(_adapter_of(twin[0]), plan.used):
            kept.append(replace(plan, adapter=None, map_text=_text(twin[0]), into=twin[1]))
        else:
            told.append(_same_tickets(plan, twin[0], twin[1]))
    if not kept:
        raise SwotlightError(told[0], code="same_tickets", hint="Give it a map that says what it tells of them.")
    kept.sort(key=lambda one: next(place for place, plan in enumerate(plans) if plan.used == one.used))
    kept[0].problems += told
    return kept


def _reads_all(adapter: Adapter, paths: Sequence[Path]) -> bool:
    """Whether a map knows every file by all the names it asks for."""
    shapes = [(shape_of(adapter, *one), one[1]) for one in headers_of(paths)]
    return all(shape is not None and not lacking(adapter, shape, columns) for shape, columns in shapes)


def _are_twins(plan: Plan, other: Plan, name: str | None) -> bool:
    if name and plan.adapter and plan.adapter == other.adapter:
        # It goes to that source anyway.
        return False
    return _has_tickets(_adapter_of(other)) and kinship(_files(plan), _files(other), "tickets").is_one_source


def _same_tickets(plan: Plan, other: Plan, name: str | None) -> str:
    names = ", ".join(path.name for path in plan.used)
    beside = f"the source {name}" if name else ", ".join(path.name for path in other.used)
    return f"{names} is not used: its tickets are those of {beside}, and would count twice."


def into_source(settings: Settings, name: str, plan: Plan) -> Plan | None:
    """A log for a source that was named; ``None`` where it is no log of changes or speaks of none of its tickets."""
    if not _is_log(_adapter_of(plan)):
        return None
    return _into_source(settings, plan, only=name)


def _into_one_of(log: Plan, lists: Sequence[Plan]) -> tuple[Plan, Plan] | None:
    for plan in lists:
        listed, kin = _of_one_number(log, plan)
        text = _joined(listed, log, kin) if kin.is_one_source else None
        if text is not None:
            used = list(dict.fromkeys([*plan.used, *log.used]))
            problems = [*listed.problems, *log.problems, _told(log, kin)]
            return plan, Plan(None, "tickets", used, text, _name(plan), problems, plan.into)
    return None


def _of_one_number(log: Plan, listed: Plan) -> tuple[Plan, Kinship]:
    """The list, read by the number by which the log speaks of its tickets, and how near of kin both are then."""
    kin = kinship(_files(log), _files(listed))
    other = None if kin.is_one_source else _by_its_numbers(log, listed)
    return (listed, kin) if other is None else (other, kinship(_files(log), _files(other)))


def _by_its_numbers(log: Plan, listed: Plan) -> Plan | None:
    """A proposed list read by that of its numbers by which the log speaks of its tickets."""
    column = number_in_list(_files(log), _files(listed)) if listed.map_text else None
    if column is None:
        return None
    line = re.compile(r"^(\s+ticket_id: \{from: )(?:\"(?:[^\"\\]|\\.)*\"|[^,}]+)(.*)$", re.MULTILINE)
    text, changed = line.subn(rf"\g<1>{json.dumps(column, ensure_ascii=False)}\g<2>", str(listed.map_text), count=1)
    names = ", ".join(path.name for path in log.used)
    told = f"{column} is the number of a ticket, since {names} speaks of them by it."
    return replace(listed, map_text=text, problems=[*listed.problems, told]) if changed else None


def _without_doubles(log: Plan, lists: Sequence[Plan]) -> Plan:
    """A log whose tickets open at the very instants of those of a list, under other numbers, makes none of its own."""
    if log.into or log.map_text is None or not _adapter_of(log).derives_tickets:
        return log
    twin = next((one for one in lists if opened_together(_files(log), _files(one)) >= _SAME_INSTANTS), None)
    if twin is None:
        return log
    names, others = (", ".join(path.name for path in one.used) for one in (log, twin))
    told = (
        f"{names}: its tickets open at the same instants as those of {others}, under other numbers, and would count "
        "twice: none are made of it. Say in the map of the list which of its columns has these numbers (ticket_id)."
    )
    text = re.sub(r"(?m)^derive\s*:.*\n", "", log.map_text)
    return replace(log, map_text=text, problems=[*log.problems, told])


def _into_source(settings: Settings, log: Plan, only: str | None = None) -> Plan | None:
    """The log as more files of a source that has its tickets."""
    for name in [only] if only else settings.sources:
        there = _source_plan(settings, name)
        if there is None or not _is_list(_adapter_of(there)):
            continue
        there, kin = _of_one_number(log, there)
        text = _joined(there, log, kin) if kin.is_one_source or (only and kin.shared) else None
        if text is not None:
            problems = [*log.problems, *there.problems, _told(log, kin)]
            return replace(log, adapter=None, map_text=text, into=name, problems=problems)
    return None


def _beside_a_log(settings: Settings, plan: Plan) -> Plan:
    """A list whose log is a source already goes to it: its tickets stand for those that were made from the log."""
    if plan.into or not _is_list(_adapter_of(plan)):
        return plan
    for name in settings.sources:
        there = _source_plan(settings, name)
        if there is None or not _is_log(_adapter_of(there)):
            continue
        listed, kin = _of_one_number(there, plan)
        text = _joined(listed, there, kin) if kin.is_one_source else None
        if text is not None:
            told = (
                f"{name} is the history of these tickets: they go to that source, and it makes no tickets of its own."
            )
            return replace(plan, adapter=None, map_text=text, into=name, problems=[*listed.problems, told])
    return plan


def _makes_tickets(log: Plan, kin: Kinship) -> bool:
    """Whether the log makes those tickets that only it tells of; one that does not say how they end makes none."""
    return kin.log_is_wider and (log.map_text is None or _adapter_of(log).derives_tickets)


def _told(log: Plan, kin: Kinship) -> str:
    names = ", ".join(path.name for path in log.used)
    if _makes_tickets(log, kin):
        more = f"{kin.logged - kin.shared:,} tickets that only it tells of are made from it"
    else:
        alone = kin.logged - kin.shared
        more = "it makes no tickets" + (f"; {alone:,} it speaks of are not in the list" if alone else "")
    return f"{names} is the history of these tickets ({kin.shared:,} in both): its lines are their events, and {more}."


def _joined(listed: Plan, log: Plan, kin: Kinship) -> str | None:
    text = joined_map(_text(listed), _text(log), list(_adapter_of(listed).shapes), derives=_makes_tickets(log, kin))
    try:
        return text if text and _parsed(text) else None
    except SwotlightError:
        return None


def _is_log(adapter: Adapter) -> bool:
    return "ticket_events" in adapter.kinds() and not _has_tickets(adapter)


def _is_list(adapter: Adapter) -> bool:
    return _has_tickets(adapter)


def _has_tickets(adapter: Adapter) -> bool:
    own = [shape.table for shape in adapter.shapes.values()] + [table.table for table in adapter.tables]
    return "tickets" in own


def _source_plan(settings: Settings, name: str) -> Plan | None:
    """A source that is there, as a plan; ``None`` where its map cannot be read."""
    entry = settings.sources[name]
    paths = [file.path for file in list_files(settings, name)]
    if (entry.map is None and entry.adapter is None) or not paths:
        return None
    if entry.map is None:
        return Plan(entry.adapter, None, paths, name=name)
    path = settings.paths.workspace / entry.map
    return Plan(None, None, paths, path.read_text(encoding="utf-8"), name) if path.is_file() else None


def _adapter_of(plan: Plan) -> Adapter:
    if plan.map_text is not None:
        return _parsed(plan.map_text)
    return find_adapter(str(plan.adapter))


def _parsed(text: str) -> Adapter:
    with tempfile.TemporaryDirectory(prefix="map-") as folder:
        path = Path(folder) / "map.yml"
        path.write_text(text, encoding="utf-8")
        return load_map(path)


def _text(plan: Plan) -> str:
    """The map as it is written, of an adapter its own file."""
    if plan.map_text is not None:
        return plan.map_text
    adapter = find_adapter(str(plan.adapter))
    if adapter.path is not None:
        return adapter.path.read_text(encoding="utf-8")
    contract = load_contracts()[str(plan.adapter).removeprefix(PREFIX)]
    return yaml.safe_dump(generic_adapter(contract), sort_keys=False, allow_unicode=True, width=1000)


def _name(plan: Plan) -> str | None:
    return plan.name or (plan.adapter.removeprefix(PREFIX) if plan.adapter else None)


def _files(plan: Plan) -> Files:
    return Files(_adapter_of(plan), plan.used)
