"""In which unit times of single contacts are written, where no word says it."""

from __future__ import annotations

from datetime import datetime
from statistics import median

from ingestion.inspection.features import instants
from ingestion.inspection.fields import Line
from ingestion.inspection.profile import Profile, as_number

_TIMES = ("talk_seconds", "wait_seconds", "hold_seconds", "wrap_seconds")
# Hardly any contact is spoken for three hours; in milliseconds ten seconds are as much.
_TOO_LONG = 10_000
# Between which moments of a contact a time lies, and how much of it in seconds a unit is.
_BETWEEN = {"talk_seconds": ("answered_at", "ended_at"), "wait_seconds": ("arrived_at", "answered_at")}
_SIZES = {"minutes": 60.0, "hours": 3600.0, "milliseconds": 0.001}
_FEWEST, _NEARLY_ALL, _NEAR, _ROUNDED = 10, 0.9, 0.02, 1.5


def told_in_milliseconds(have: dict[str, Line], by_name: dict[str, Profile]) -> None:
    """Give the unit to numbers that the moments of the same rows tell, and to whole ones whose talk would last for
    hours as seconds; the lines are changed in place."""
    _told_by_moments(have, by_name)
    plain = [line for column in _TIMES if (line := have.get(column)) and _is_plain(line, by_name)]
    talk = next((line for line in plain if line.column == "talk_seconds"), None)
    if talk is None or _usual(by_name[talk.names[0]]) < _TOO_LONG:
        return
    for line in plain:
        line.given["unit"] = "milliseconds"
        line.reason += "; in milliseconds, as seconds the usual talk would be of hours"
        line.confidence = min(line.confidence, 0.8)


def _told_by_moments(have: dict[str, Line], by_name: dict[str, Profile]) -> None:
    for column, ends in _BETWEEN.items():
        line, moments = have.get(column), [by_name.get(name) for end in ends if end in have for name in have[end].names]
        if line is None or len(moments) != 2 or not _is_plain(line, by_name, "number"):
            continue
        start, end = ([] if one is None else instants(one) for one in moments)
        pairs = _spans(by_name[line.names[0]], start, end)
        unit = next((unit for unit, size in _SIZES.items() if _all_last(pairs, size) and not _all_last(pairs, 1)), None)
        if unit:
            line.given["unit"] = unit
            line.reason += f"; in {unit}: so long it is between {ends[0]} and {ends[1]} of the same row"


def _spans(profile: Profile, start: list[datetime | None], end: list[datetime | None]) -> list[tuple[float, float]]:
    """Number and seconds between the two moments, of rows that have them all."""
    rows = zip(profile.cells, start, end, strict=False)
    told = ((as_number(cell) if cell else None, a, b) for cell, a, b in rows)
    return [(number, (b - a).total_seconds()) for number, a, b in told if number and a and b and b > a]


def _all_last(pairs: list[tuple[float, float]], size: float) -> bool:
    fits = sum(abs(number * size - lasted) <= max(_ROUNDED, _NEAR * lasted) for number, lasted in pairs)
    return len(pairs) >= _FEWEST and fits >= _NEARLY_ALL * len(pairs)


def _is_plain(line: Line, by_name: dict[str, Profile], *other: str) -> bool:
    is_read = isinstance(line.given.get("from"), str) and "unit" not in line.given
    return is_read and by_name[line.names[0]].kind in ("integer", *other)


def _usual(profile: Profile) -> float:
    """The median of what is more than nothing."""
    some = [number for cell in profile.cells if cell and (number := as_number(cell))]
    return median(some) if len(some) >= 5 else 0.0
