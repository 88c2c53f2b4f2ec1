"""Times that are the sum of other times in the same row: a total beside its parts is no part itself.

What belongs here: how such a column is found in the rows, and what is done with the pairs. Taken for the time of
talking, it would count hold and wrap-up twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from ingestion.contracts import Contract
from ingestion.inspection.profile import Profile, as_number
from ingestion.inspection.settling import Pair
from ingestion.inspection.words import words

TIMES = ("wait_seconds", "talk_seconds", "hold_seconds", "wrap_seconds")
_KINDS = ("duration", "time", "integer", "number")
_ROWS, _FEWEST, _MOST_COLUMNS, _MOST_PARTS = 300, 8, 14, 5
_FIRST = 3
_EVEN, _TELLING = 0.97, 0.3
_CLOCK = re.compile(r"(?:(\d+)\s*days?,?\s*)?(?:(\d+):)?(\d{1,4}):(\d{2}(?:\.\d+)?)$")
_UNITS = re.compile(r"(\d+(?:\.\d+)?)\s?(std|d|h|小|時間|时|時|giờ|m|分|phút|s|秒|giây)[a-z]*")
_SIZES = {
    "d": 86400.0, **dict.fromkeys(("h", "std", "小", "時間", "时", "時", "giờ"), 3600.0),
    **dict.fromkeys(("m", "分", "phút"), 60.0), **dict.fromkeys(("s", "秒", "giây"), 1.0),
}  # fmt: skip


def amount(cell: str | None) -> float | None:
    """A time as one number: seconds of ``0:02:23`` or ``2m 23s``, else the number that stands there."""
    if cell is None or not cell.strip():
        return None
    text = cell.strip().lower()
    if clock := _CLOCK.match(text):
        days, hours, minutes, seconds = (float(part or 0) for part in clock.groups())
        return days * 86400 + hours * 3600 + minutes * 60 + seconds
    if parts := _UNITS.findall(text):
        return sum(float(number) * _SIZES[unit] for number, unit in parts)
    return as_number(text)


def sums(profiles: Sequence[Profile], *, are_times: bool = False) -> list[tuple[str, tuple[str, ...]]]:
    """Each column of times that is the sum of two or more others in nearly all rows, with the names of these.

    ``are_times`` where their headings say so: to the millisecond each may be the only one of its kind, as a number of
    a row is.
    """
    is_amount = (lambda _: True) if are_times else _is_amount
    timed = islice((p for p in profiles if p.kind in _KINDS and p.distinct > 1 and is_amount(p)), _MOST_COLUMNS)
    cells = {p.name: [amount(cell) for cell in p.cells[:_ROWS]] for p in timed}
    found = ((name, _parts(name, values, cells)) for name, values in cells.items())
    return [(name, parts) for name, parts in found if parts]


def _is_amount(profile: Profile) -> bool:
    return not (profile.is_unique and profile.kind == "integer") and not profile.is_time_of_day


def _parts(total: str, values: list[float | None], cells: dict[str, list[float | None]]) -> tuple[str, ...]:
    rows = sorted((place for place, value in enumerate(values) if value), key=lambda place: -(values[place] or 0))
    if len(rows) < _FEWEST:
        return ()
    others = [name for name in cells if name != total and _is_within(values, cells[name], rows)]
    return next((some for some in _subsets(others) if _adds_up(values, [cells[name] for name in some], rows)), ())


def _subsets(names: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(2, min(_MOST_PARTS, len(names)) + 1):
        yield from combinations(names, size)


def _is_within(values: list[float | None], part: list[float | None], rows: list[int]) -> bool:
    """No part is longer than the whole, and one that is always nothing adds nothing."""
    told = [(values[place] or 0.0, part[place] or 0.0) for place in rows]
    return sum(0 <= one <= whole + 1 for whole, one in told) >= _EVEN * len(told) and any(one for _, one in told)


def _adds_up(values: list[float | None], parts: list[list[float | None]], rows: list[int]) -> bool:
    # Where all is far below one (parts of a day), everything would add up to within a hundredth.
    near = 0.011 * min(1.0, values[rows[0]] or 1.0)
    off = 0
    for seen, place in enumerate(rows, 1):
        whole, summed = values[place] or 0.0, sum(part[place] or 0.0 for part in parts)
        off += abs(whole - summed) > max(near, 0.5 if whole > 60 else 0.0) * len(parts)
        if off > (1 - _EVEN) * len(rows) or (seen == _FIRST and off > 1):
            return False
    telling = sum(sum(bool(part[place]) for part in parts) > 1 for place in rows)
    return telling >= _TELLING * len(rows)


def without_totals(found: list[Pair], profiles: list[Profile], contract: Contract) -> list[Pair]:
    """The pairs without a total whose parts are there; the one part that has no place yet takes the total's."""
    if not set(TIMES) & {pair.column for pair in found} or "talk_seconds" not in contract.columns:
        return found
    for total, parts in sums(profiles):
        found = _without_hold_inside(found, parts, profiles)
        found = _with_the_rest(found, total, parts)
        taken = next((pair for pair in found if pair.name == total and pair.column in TIMES), None)
        placed = {pair.name for pair in found if pair.column in TIMES}
        if taken is None or not placed & set(parts):
            continue
        found = [pair for pair in found if pair is not taken]
        left = [name for name in parts if name not in {pair.name for pair in found}]
        if len(left) == 1:
            said = f"what is left of {total}, which is {' plus '.join(parts)} in the rows"
            found.append(Pair(left[0], taken.column, 0.6, said))
            found = _without_hold_inside(found, parts, profiles)
    return found


def _with_the_rest(found: list[Pair], total: str, parts: Sequence[str]) -> list[Pair]:
    """What a time of handling has beside the talk and the hold that are known is the work afterwards."""
    columns = {pair.column for pair in found}
    left = [name for name in parts if name not in {pair.name for pair in found}]
    if "handle" not in words(total) or len(left) != 1 or "wrap_seconds" in columns or "talk_seconds" not in columns:
        return found
    said = f"what {total} has beside the other parts: it is {' plus '.join(parts)} in the rows"
    return [*found, Pair(left[0], "wrap_seconds", 0.6, said)]


def _without_hold_inside(found: list[Pair], parts: Sequence[str], profiles: list[Profile]) -> list[Pair]:
    """A hold that is no part of the total, and never longer than the talk that is one, lies inside the talk."""
    by_column = {pair.column: pair for pair in found}
    hold, talk = by_column.get("hold_seconds"), by_column.get("talk_seconds")
    if hold is None or talk is None or hold.name in parts or talk.name not in parts:
        return found
    cells = {p.name: [amount(cell) for cell in p.cells[:_ROWS]] for p in profiles if p.name in (hold.name, talk.name)}
    held = [(one, whole or 0.0) for one, whole in zip(cells[hold.name], cells[talk.name], strict=True) if one]
    return (
        [pair for pair in found if pair is not hold] if held and all(one <= all_of for one, all_of in held) else found
    )


def told_totals(used: set[str], profiles: list[Profile]) -> list[str]:
    """A word on each total that is left out while parts of it are read."""
    return [
        f"{total} is left out: in the rows it is {' plus '.join(parts)}, and would be counted twice."
        for total, parts in sums(profiles)
        if total not in used and used & set(parts)
    ]


def untold_times(used: set[str], profiles: list[Profile]) -> list[str]:
    """A word on each further column of times that is not read: handle times are told without it."""
    totals = {total for total, _ in sums(profiles)}
    left = [
        p for p in profiles if p.kind == "duration" and p.name not in used | totals and "aban" not in p.name.lower()
    ]
    said = "is not read: it is a time, but nothing says of what. Handle times are told without it."
    return [f"{p.name} {said}" for p in left]
