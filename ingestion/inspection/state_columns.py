"""A column a state: rows of an agent's day whose columns are the times of handling, break, training …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from ingestion.contracts import load_contracts
from ingestion.inspection.amounts import clock_seconds_sql
from ingestion.inspection.fields import Line, line_for
from ingestion.inspection.profile import Profile
from ingestion.inspection.spellings import value_list
from ingestion.inspection.totals import amount, sums
from ingestion.inspection.words import plain, words
from warehouse.store import quote_text

_TIMES = ("integer", "number", "duration", "time")
_IDLE = {"minute", "second", "hour", "time", "total", "duration", "h", "m", "s", "sum", "spent", "in"}
# What is told of the whole day would be counted once a state.
_WORKED, _AWAY = {"worked", "work"}, {"break", "absence", "holiday"}
_HOURS_OF_A_DAY = 24.0
_SECONDS_OF_A_DAY = 90_000
_ROWS, _NEARLY = 300, 0.95
_OF_THE_DAY = ("state", "seconds", "scheduled_seconds", "adherent_seconds")


@dataclass(frozen=True)
class StateColumn:
    """A column that holds the time of one state, and how it is read."""

    name: str
    state: str
    field: str
    given: dict[str, Any]


def find_states(table: str, profiles: Sequence[Profile], found: Sequence[Line]) -> list[StateColumn]:
    """The columns of states; none unless there are two states at least and no column names one itself."""
    if table != "agent_time" or any(line.column == "state" for line in found):
        return []
    column = load_contracts()[table].columns["seconds"]
    told = [(profile, state) for profile in profiles if (state := _state(profile))]
    # ``On queue`` beside the interacting and the idle that it is made of would be counted twice.
    whole = {total for total, _ in sums([profile for profile, _ in told], are_times=True)}
    told = [(profile, state) for profile, state in told if profile.name not in whole]
    if is_day_of_work(profiles):
        told += [(profile, "handling") for profile in profiles if _is_work(profile)]
    if len({state for _, state in told}) < 2:
        return []
    unit = unit_of_days([profile for profile, _ in told])
    in_hours = are_hours_of_days([profile for profile, _ in told])
    return [
        StateColumn(
            p.name,
            state,
            f"{state}_{place}",
            unit | _hours(p) if in_hours else unit | line_for(p, table, column, 0.8, "").given,
        )
        for place, (p, state) in enumerate(told, 1)
    ]


def are_hours_of_days(profiles: Sequence[Profile]) -> bool:
    """Whether clocks of two parts are hours and minutes: as minutes and seconds no day would last half an hour."""
    timed = [profile for profile in profiles if profile.filled]
    if any(p.share("short clock", lambda value: value.count(":") == 1) < _NEARLY for p in timed):
        return False
    rows = zip(*([amount(cell) or 0.0 for cell in profile.cells] for profile in timed), strict=True)
    days = sorted(total for row in rows if (total := sum(row)) > 0)
    # The seconds of minutes are the minutes of hours.
    return bool(days) and days[-1] <= 60 * _HOURS_OF_A_DAY and days[len(days) // 2] >= 60


def _hours(profile: Profile) -> dict[str, Any]:
    return {"sql": f"cast({clock_seconds_sql(profile, short='hours')} as varchar)", "type": "seconds"}


def unit_of_days(profiles: Sequence[Profile]) -> dict[str, str]:
    """The unit of the parts of a day, where no heading says it: hours sum to 24 at most, and are no whole numbers; as
    seconds milliseconds would be more than a day."""
    if any(profile.kind not in ("integer", "number", "empty") for profile in profiles):
        return {}
    rows = zip(*([amount(cell) or 0.0 for cell in profile.cells] for profile in profiles), strict=True)
    days = sorted(total for row in rows if (total := sum(row)) > 0)
    if days and days[len(days) // 2] > _SECONDS_OF_A_DAY:
        return {"unit": "milliseconds"} if days[-1] <= 1_000 * _SECONDS_OF_A_DAY else {}
    if not days or not any(profile.kind == "number" and not profile.is_whole for profile in profiles):
        return {}
    return {"unit": "hours"} if days[len(days) // 2] >= 1 and days[-1] <= _HOURS_OF_A_DAY else {}


def is_day_of_work(profiles: Sequence[Profile]) -> bool:
    """Whether rows tell the hours worked and the time away from work, and what the work was made of is not told."""
    states = {_state(profile) for profile in profiles} - {None}
    work = [profile for profile in profiles if _is_work(profile)]
    return len(work) == 1 and bool(states & _AWAY) and not states & {"handling", "available"}


def _is_work(profile: Profile) -> bool:
    return profile.kind in _TIMES and set(words(profile.name)) & _WORKED != set() and _is_hours(profile)


def _is_hours(profile: Profile) -> bool:
    said = set(words(profile.name))
    return said <= _WORKED | _IDLE and _state(profile) is None


def count_states(profiles: Sequence[Profile]) -> int:
    """How many states have a column of their own."""
    return len({_state(profile) for profile in profiles} - {None})


def _state(profile: Profile) -> str | None:
    """The state whose time a column holds, told by its heading alone; blanks all through say nothing against it."""
    if profile.kind not in (*_TIMES, "boolean", "empty") or (profile.kind == "boolean" and not profile.is_numeric):
        return None
    return _state_called(profile.name)


@lru_cache(maxsize=20_000)
def _state_called(name: str) -> str | None:
    said = [word for word in words(name) if word not in _IDLE]
    found = _states().get(" ".join(said)) if said else None
    # ``On Queue - Interacting`` is what its last part says.
    parts = [name, *re.split(r"\s+[-–:/|]\s+", name)[1:][-1:]]
    return found or next((ours for part in parts if (ours := value_list("agent_time", "state").get(plain(part)))), None)


@cache
def _states() -> dict[str, str]:
    return {" ".join(words(said)): ours for said, ours in value_list("agent_time", "state").items()}


def _lacking(states: Sequence[StateColumn], profiles: Sequence[Profile]) -> list[str]:
    """A word on the one column with which the states add up to the time of the day, and without which they do not."""
    of_states = {one.name for one in states}
    timed = [p for p in profiles if p.name not in of_states and p.kind in _TIMES and p.distinct > 1]
    cells = {
        p.name: [amount(cell) or 0.0 for cell in p.cells[:_ROWS]] for p in profiles if p in timed or p.name in of_states
    }
    summed = [sum(row) for row in zip(*(cells[name] for name in of_states), strict=True)]
    found = [
        (day.name, part.name)
        for day in timed
        for part in timed
        if part is not day
        and _are_equal(cells[day.name], [one + more for one, more in zip(summed, cells[part.name], strict=True)])
    ]
    return [
        f"{part} is left out: with it the states add up to {day}, but no state is known that is called so. Until "
        "the map gives it one (such as handling or available), occupancy, utilisation and shrinkage lack it."
        for day, part in found[:1]
    ]


def _are_equal(ones: Sequence[float], others: Sequence[float]) -> bool:
    alike = sum(abs(one - other) <= 0.002 * abs(one) for one, other in zip(ones, others, strict=True))
    return bool(ones) and alike >= _NEARLY * len(ones)


def without_totals(
    lines: Sequence[Line], states: Sequence[StateColumn], profiles: Sequence[Profile] = ()
) -> tuple[list[Line], list[str]]:
    """The lines that hold for every state, and a word on the columns that are left out."""
    of_states = {one.name for one in states}
    kept = [one for one in lines if one.column not in _OF_THE_DAY and not of_states & set(one.names)]
    out = sorted({name for one in lines if one not in kept for name in one.names} - of_states)
    said = [f"{', '.join(out)}: left out, since the columns of the states tell the time of the day."] if out else []
    if any(one.given.get("unit") == "hours" and "hour" not in words(one.name) for one in states):
        said.append("No heading says the unit of the times: no row sums to more than 24, so they are read as hours.")
    if any(one.given.get("unit") == "milliseconds" and "ms" not in words(one.name) for one in states):
        said.append(
            "No heading says the unit of the times: as seconds most days would be longer than a day, so they "
            "are read as milliseconds."
        )
    work = [profile.name for profile in profiles if profile.name in of_states and _is_work(profile)]
    if work:
        said.append(
            f"{work[0]} is taken for the time at work outside the other columns; where it holds them, take them off "
            "in the map. How much of it was waiting for contacts is not told, and so no occupancy."
        )
    if not {"handling", "available"} & {one.state for one in states}:
        said.append(
            "No column tells the time open to contacts (handling, available): shrinkage and utilisation from these "
            "times alone are not those of the whole day."
        )
    return kept, said + _lacking(states, profiles)


def kind_tables(kinds: Sequence[StateColumn], columns: dict[str, str]) -> list[dict[str, Any]]:
    """One table a kind of cost, with the heading as what it was for."""
    return [
        {
            "table": "costs",
            "from": "row",
            "where": f"row.{one.field} is not null",
            "columns": {
                **columns,
                "category": quote_text(one.state),
                "item": quote_text(one.name),
                "amount": f"row.{one.field}",
            },
        }
        for one in kinds
    ]


def state_tables(states: Sequence[StateColumn], columns: dict[str, str]) -> list[dict[str, Any]]:
    """One table a state; columns of one state are added up."""
    tables = []
    for state in dict.fromkeys(one.state for one in states):
        fields = [f"row.{one.field}" for one in states if one.state == state]
        summed = fields[0] if len(fields) == 1 else " + ".join(f"coalesce({field}, 0)" for field in fields)
        given = {**columns, "state": f"'{state}'", "seconds": summed}
        told = f"coalesce({', '.join(fields)}) is not null"
        tables.append({"table": "agent_time", "from": "row", "where": told, "columns": given})
    return tables
