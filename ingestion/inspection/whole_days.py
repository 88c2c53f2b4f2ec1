"""Ends of requests that are told by the day alone: what ended on the day it was made did not end before it was made."""

from __future__ import annotations

from collections.abc import Mapping

from ingestion.dates_sql import timestamp_sql
from ingestion.inspection.fields import Line, quoted
from ingestion.inspection.profile import Profile
from warehouse.store import quote_text

_ENDS = ("first_replied_at", "first_solved_at", "solved_at", "closed_at")
_CLOCKS = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p")
_DAYS = ("%Y-%m-%d", "%Y/%m/%d")
_WRITTEN = "'%Y-%m-%d %H:%M:%S'"


def end_with_their_day(have: Mapping[str, Line], by_name: Mapping[str, Profile]) -> None:
    """Put an end that is a day, and the day of the request, at the request itself; lines are changed in place."""
    made = have.get("created_at")
    start = _start(made, by_name) if made else None
    for column in _ENDS if start else ():
        line = have.get(column)
        if line is None or "from" not in line.given or len(line.names) != 1:
            continue
        profile = by_name[line.names[0]]
        if profile.kind != "date" or profile.moments is None or profile.moment_text:
            continue
        end = timestamp_sql(f"trim({quoted(profile.name)})", profile.moments, "UTC")
        same = f"cast({end} as date) = cast({start} as date)"
        line.given.pop("from")
        line.given.pop("format", None)
        line.given["sql"] = f"strftime(case when {same} then {start} else {end} end, {_WRITTEN})"
        line.problems.append(
            f"{profile.name} tells days and no times: what ended on the day it was made counts as ended at once, and "
            "every time until then is up to a day too short."
        )


def _clocks(by_name: Mapping[str, Profile], names: tuple[str, ...]) -> list[str]:
    """How a day in one column and the time in another are written together."""
    readings = [by_name[name].moments for name in names if name in by_name]
    own = [
        form for reading in readings if reading for form in reading.local_formats if "%d" in form and "%H" not in form
    ]
    return [f"{day} {clock}" for day in dict.fromkeys([*_DAYS, *own]) for clock in _CLOCKS]


def _start(line: Line, by_name: Mapping[str, Profile]) -> str | None:
    """SQL for when the request was made, where that is told to the minute and without an offset."""
    if "sql" in line.given and len(line.names) == 2:
        return f"try_strptime({line.given['sql']}, [{', '.join(map(quote_text, _clocks(by_name, line.names)))}])"
    profile = by_name.get(line.names[0]) if len(line.names) == 1 and "from" in line.given else None
    if profile is None or profile.kind != "instant" or profile.moments is None or profile.moment_text:
        return None
    reading = profile.moments
    if reading.has_offsets or reading.utc_formats or reading.offset_formats or reading.epoch_digits:
        return None
    return timestamp_sql(f"trim({quoted(profile.name)})", reading, "UTC")
