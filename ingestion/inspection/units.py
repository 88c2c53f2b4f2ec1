"""In which unit times of single contacts are written, where no word says it."""

from __future__ import annotations

from statistics import median

from ingestion.inspection.fields import Line
from ingestion.inspection.profile import Profile, as_number

_TIMES = ("talk_seconds", "wait_seconds", "hold_seconds", "wrap_seconds")
# Hardly any contact is spoken for three hours; in milliseconds ten seconds are as much.
_TOO_LONG = 10_000


def told_in_milliseconds(have: dict[str, Line], by_name: dict[str, Profile]) -> None:
    """Give the unit to whole numbers whose talk would last for hours as seconds; the lines are changed in place."""
    plain = [line for column in _TIMES if (line := have.get(column)) and _is_plain(line, by_name)]
    talk = next((line for line in plain if line.column == "talk_seconds"), None)
    if talk is None or _usual(by_name[talk.names[0]]) < _TOO_LONG:
        return
    for line in plain:
        line.given["unit"] = "milliseconds"
        line.reason += "; in milliseconds, as seconds the usual talk would be of hours"
        line.confidence = min(line.confidence, 0.8)


def _is_plain(line: Line, by_name: dict[str, Profile]) -> bool:
    is_read = isinstance(line.given.get("from"), str) and "unit" not in line.given
    return is_read and by_name[line.names[0]].kind == "integer"


def _usual(profile: Profile) -> float:
    """The median of what is more than nothing."""
    some = [number for cell in profile.cells if cell and (number := as_number(cell))]
    return median(some) if len(some) >= 5 else 0.0
