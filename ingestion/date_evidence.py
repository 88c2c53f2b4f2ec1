"""What else tells day from month, where no row of a column does: its file, the other files of its source, the calendar.

Each kind of evidence says one order or nothing; the first that says one is taken, and told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

DAY_FIRST, MONTH_FIRST = "d-m-Y", "m-d-Y"
Columns = Mapping[str, Sequence[str | None]]
_DATE = re.compile(r"\s*(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)(.*)$", re.DOTALL)
_CLOCK = re.compile(r"\D*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp])?")
_COMMA, _POINT = re.compile(r"-?\d+,\d{1,2}%?$"), re.compile(r"-?\d*\.\d+%?$")
# What may lie ahead of when a row was written.
_AHEAD = re.compile(
    r"(?i)due|until|target|promis|valid|expir|plan|schedul|deadline|expected|by$|frist|fällig|hạn|截止|预计"
)
_MOSTLY, _FEWEST, _FEWEST_DAYS = 0.8, 8, 15
_IN_ORDER, _OUT_OF_ORDER = 0.98, 0.9


def told_order(values: Sequence[str | None], name: str, beside: Columns, others: Mapping[str, Columns],
               latest: datetime) -> tuple[str, str] | None:  # fmt: skip
    """The order of day and month of a column and what tells it; ``None`` where nothing does.

    ``values`` are its texts in the order of the rows, ``beside`` all columns of its file, ``others`` those of the other
    files of the source by their names, ``latest`` the instant that no event lies after.
    """
    sign = _separator(values)
    if sign is None:
        return None
    if sign == ".":
        return DAY_FIRST, "points stand between its parts"
    found = _by_columns(beside, sign, name, "column {column}") or _by_files(others, sign)
    if found:
        return found
    read = {order: _instants(values, order) for order in (DAY_FIRST, MONTH_FIRST)}
    calendar = (_by_future(read, latest) if not _AHEAD.search(name) else None, _by_rows(read), _by_weekends(read))
    return next((one for one in calendar if one), None) or _by_commas(beside)


def _separator(values: Sequence[str | None]) -> str | None:
    matches = [_DATE.match(value) for value in values if value and value.strip()]
    signs = {match[2] for match in matches if match}
    return signs.pop() if len(signs) == 1 and len([m for m in matches if m]) >= _MOSTLY * len(matches) else None


def _by_columns(columns: Columns, sign: str, name: str | None, said: str) -> tuple[str, str] | None:
    told = {column: order for column, values in columns.items() if column != name and (order := _order(values, sign))}
    if len(set(told.values())) != 1:
        return None
    column, order = next(iter(told.items()))
    return order, f"{said.format(column=repr(column))} is written so"


def _by_files(others: Mapping[str, Columns], sign: str) -> tuple[str, str] | None:
    found = [(one, file) for file, columns in others.items() if (one := _by_columns(columns, sign, None, "{column}"))]
    if len({order for (order, _), _ in found}) != 1:
        return None
    (order, said), file = found[0]
    return order, f"{said} in {file}"


def _order(values: Sequence[str | None], sign: str) -> str | None:
    matches = [match for value in values if value and (match := _DATE.match(value)) and match[2] == sign]
    days_first = sum(12 < int(match[1]) <= 31 for match in matches)
    days_second = sum(12 < int(match[3]) <= 31 for match in matches)
    if bool(days_first) == bool(days_second):
        return None
    return DAY_FIRST if days_first else MONTH_FIRST


def _instants(values: Sequence[str | None], order: str) -> list[datetime]:
    found = []
    for value in values:
        match = _DATE.match(value) if value else None
        if match is None:
            continue
        day, month = (int(match[1]), int(match[3])) if order == DAY_FIRST else (int(match[3]), int(match[1]))
        year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
        clock = _CLOCK.match(match[5])
        hour = (int(clock[1]) % 12 + 12 * (clock[4] in "pP") if clock[4] else int(clock[1])) if clock else 0
        try:
            found.append(
                datetime(year, month, day, hour, int(clock[2]) if clock else 0, int(clock[3] or 0) if clock else 0)
            )
        except ValueError:
            continue
    return found


def _by_future(read: Mapping[str, list[datetime]], latest: datetime) -> tuple[str, str] | None:
    """Nothing is written down before it happens."""
    ahead = {order: any(at > latest + timedelta(days=1) for at in found) for order, found in read.items()}
    return _other_than(ahead, "the other way some would lie in the future")


def _by_rows(read: Mapping[str, list[datetime]]) -> tuple[str, str] | None:
    """Rows that follow each other in time, forwards or backwards, under one reading alone."""
    shares = {order: _in_order(found) for order, found in read.items()}
    if min(len(set(found)) for found in read.values()) < _FEWEST:
        return None
    ordered = [order for order, share in shares.items() if share >= _IN_ORDER]
    if len(ordered) == 1 and min(shares.values()) < _OUT_OF_ORDER:
        return ordered[0], "so its rows follow each other in time"
    return None


def _in_order(found: Sequence[datetime]) -> float:
    steps = [(after > before, after < before) for before, after in pairwise(found) if after != before]
    return max(sum(up for up, _ in steps), sum(down for _, down in steps)) / len(steps) if steps else 0.0


def _by_weekends(read: Mapping[str, list[datetime]]) -> tuple[str, str] | None:
    """Days without a weekend among them are those of an office."""
    free = {}
    for order, found in read.items():
        days = {at.date() for at in found}
        if len(days) < _FEWEST_DAYS:
            return None
        free[order] = sum(day.weekday() >= 5 for day in days) / len(days)
    if min(free.values()) == 0 and max(free.values()) >= 0.15:
        return min(free, key=lambda order: free[order]), "so no weekend is among its days"
    return None


def _by_commas(beside: Columns) -> tuple[str, str] | None:
    """Who writes a decimal comma writes the day first."""
    for column, values in beside.items():
        filled = [value.strip() for value in values if value and value.strip()]
        commas = sum(bool(_COMMA.match(value)) for value in filled)
        if commas >= 5 and commas >= 0.5 * len(filled) and not any(map(_POINT.match, filled)):
            return DAY_FIRST, f"the numbers in column {column!r} have a decimal comma"
    return None


def _other_than(wrong: Mapping[str, bool], said: str) -> tuple[str, str] | None:
    right = [order for order, is_wrong in wrong.items() if not is_wrong]
    return (right[0], said) if len(right) == 1 else None
