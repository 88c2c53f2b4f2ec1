"""The time of day beside a day: a clock time, the hour alone (``9``), or hour and minute run together (``930``).

A day in one column and the time in another are one instant. Which time is whose is told by what both are called
(``Date closed``, ``Time closed``), else by standing side by side.
"""

from __future__ import annotations

import re

from ingestion.contracts import Contract
from ingestion.inspection.fields import Line, quoted
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import words

_RANGE = re.compile(
    r"(?:[01]?\d|2[0-3])[:.h]?[0-5]\d\s*(?:-|–|—|~|～|〜|to|a|à|bis)\s*(?:[01]?\d|2[0-4])[:.h]?[0-5]\d$"
)
_POINTED = re.compile(r"(?:[01]?\d|2[0-3])\.(?:00|15|30|45)")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?")
# Contacts begin in the morning, and last no hours.
_MORNING = 5
_SAYS_TIME = {"hour", "time", "start", "interval", "slot", "half"}
_OF_ANY = {"date", "day", "time", "hour", "clock", "at", "of", "local"}
_MEASURED = {"average", "talk", "wait", "hold", "wrap", "handle", "answered", "end", "second", "minute", "total"}


def is_range(profile: Profile) -> bool:
    """``08:00-09:00``: from one time of the day to another."""
    return profile.filled > 0 and profile.share("ranges", lambda value: bool(_RANGE.match(value))) > 0.95


def is_bare_clock(profile: Profile) -> bool:
    """``09:00:10`` under a name that says no more than a time: when it was, however few rows tell it."""
    if not profile.counts or not all(map(_CLOCK.fullmatch, profile.counts)):
        return False
    if _matter(profile.name) or not words(profile.name):
        return False
    hours = sorted(int(value.partition(":")[0]) for value in profile.counts)
    return hours[len(hours) // 2] >= _MORNING


def hour_form(profile: Profile) -> str | None:
    """``hour``, ``hhmm`` or ``h.mm`` where numbers under a name of time can only be times of day."""
    said = set(words(profile.name))
    if said & _SAYS_TIME and not said & _MEASURED and profile.share("pointed clock", _is_pointed) > 0.98:
        return "h.mm"
    if profile.kind != "integer" or not said & _SAYS_TIME or said & _MEASURED or profile.distinct < 4:
        return None
    numbers = [int(number) for number in profile.numbers]
    if numbers[0] < 0 or profile.null_share > 0:
        return None
    if numbers[-1] <= 23 and (said == {"time"} or "hour" in said):
        return "hour"
    is_clock = numbers[-1] >= 100 and numbers[-1] <= 2359 and all(number % 100 in (0, 15, 30, 45) for number in numbers)
    return "hhmm" if is_clock else None


def _is_pointed(value: str) -> bool:
    return _POINTED.fullmatch(value) is not None


def clock_sql(profile: Profile) -> str:
    """SQL for the time of day as ``HH:MM``, whatever stands in front of it."""
    cell, form = quoted(profile.name), hour_form(profile)
    if is_range(profile):
        first = f"regexp_extract({cell}, '^\\s*(\\d{{1,2}}[:.h]?\\d\\d)', 1)"
        return f"regexp_replace({first}, '^(\\d{{1,2}})[:.h]?(\\d\\d)$', '\\1:\\2')"
    if form == "hour":
        return f"lpad(trim({cell}), 2, '0') || ':00'"
    if form == "h.mm":
        return f"replace(trim({cell}), '.', ':')"
    if form == "hhmm":
        padded = f"lpad(trim({cell}), 4, '0')"
        return f"substr({padded}, 1, 2) || ':' || substr({padded}, 3, 2)"
    return f"regexp_replace({cell}, '^\\S*\\d[/-]\\S*\\s+', '')"


def join_clocks(contract: Contract, have: dict[str, Line], profiles: list[Profile]) -> None:
    """Give each day its time; the lines are mended in place."""
    by_name = {profile.name: profile for profile in profiles}
    instants = [line for column, line in have.items() if contract.columns[column].type == "instant"]
    days = [line for line in instants if len(line.names) == 1 and by_name[line.names[0]].kind == "date"]
    days.sort(key=lambda line: line.column != contract.event_time)
    for line in days:
        day = by_name[line.names[0]]
        used = {name for other in have.values() for name in other.names}
        free = [profile for profile in profiles if profile.name not in used]
        if line.column == contract.event_time:
            others = [_matter(other.names[0]) for other in days if other is not line]
            clock = _own(day, free) or _nearest(day, free, profiles, others)
        else:
            clock = _own(day, free) or _beside(day, free, profiles)
        if clock is not None:
            _join(line, day, clock, is_told=line.column == contract.event_time)


def _own(day: Profile, free: list[Profile]) -> Profile | None:
    """The time that is called as the day is: ``Hora de alta`` beside ``Fecha de alta``."""
    called = [profile for profile in free if profile.kind == "time" and _matter(profile.name) == _matter(day.name)]
    return called[0] if len(called) == 1 and _matter(day.name) else None


def _nearest(
    day: Profile, free: list[Profile], profiles: list[Profile], others: list[frozenset[str]]
) -> Profile | None:
    mine = [profile for profile in free if not _matter(profile.name) or _matter(profile.name) not in others]
    clocks = [p for p in mine if p.kind == "time" or hour_form(p) or is_range(p) or is_bare_clock(p)]
    return min(clocks, key=lambda one: abs(profiles.index(one) - profiles.index(day)), default=None)


def _beside(day: Profile, free: list[Profile], profiles: list[Profile]) -> Profile | None:
    """The next column, where it is a time and is called nothing else."""
    after = profiles[profiles.index(day) + 1 :][:1]
    return next((one for one in after if one in free and one.kind == "time" and not _matter(one.name)), None)


def _matter(name: str) -> frozenset[str]:
    return frozenset(word for word in words(name) if word not in _OF_ANY and not word.isdigit())


def _join(line: Line, day: Profile, clock: Profile, *, is_told: bool) -> None:
    text = str(line.given.get("sql", quoted(day.name)))
    whole = f"concat_ws(' ', {_iso_day(text, line.given.pop('format', None))}, {clock_sql(clock)})"
    line.given.pop("from", None)
    line.given["sql"] = whole if is_told else f"case when trim({quoted(day.name)}) <> '' then {whole} end"
    line.names = (day.name, clock.name)
    line.reason += f"; the time stands in {clock.name}"


def _iso_day(column: str, form: str | list[str] | None) -> str:
    if not isinstance(form, str):
        return f"trim({column})"
    return f"strftime(try_strptime(trim({column}), '{form}'), '%Y-%m-%d')"
