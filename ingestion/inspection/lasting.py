"""Moments that a file tells only by how long something took: a request solved 3.5 hours after it was opened."""

from __future__ import annotations

import re
from typing import Any

from ingestion.contracts import load_contracts
from ingestion.dates_sql import timestamp_sql
from ingestion.inspection.amounts import clock_seconds_sql
from ingestion.inspection.fields import Line, quoted
from ingestion.inspection.profile import Profile
from ingestion.inspection.spellings import ours_for, value_list
from ingestion.inspection.words import words

_TAKEN = {"time", "hour", "minute", "day", "second", "age", "duration", "taken", "spent"}
_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_ENDS = {"solved_at": ({"resolved"}, {"closed"}), "first_replied_at": ({"first", "response"}, {"first", "reply"})}
_OVER = ("solved", "closed")
_OFFSET = re.compile(r"\d:\d{2}[:.\d]*\s?(?:[Zz]|UTC|[+-]\d{2}:?\d{2})$")
# Counted while somebody is there: no instant can be made of it.
_OPEN_HOURS = re.compile(
    r"(?i)business|working (?:hours|time)|office hours|geschäftszeit|arbeitszeit|servicezeit|营业|工作时间|営業時間|"
    r"giờ làm việc|hor[aá]rio comercial|horas? (?:h[aá]bil|laborables?)|heures? ouvr"
)
_IN_UTC = "make_timestamp"
# Words that make a duration one of a goal, not of what happened.
_GOALS = {"promise", "target", "due", "deadline", "expected", "estimate", "estimated", "average", "limit"}


def ends_by_duration(have: dict[str, Line], profiles: list[Profile]) -> list[Line]:
    """``solved_at`` and ``first_replied_at`` of tickets from the start and a duration, where no column tells them."""
    start = have.get("created_at")
    opened = _opened(start, profiles) if start else None
    if opened is None:
        return []
    used = {name for line in have.values() for name in line.names}
    made = []
    for column, signs in _ENDS.items():
        free = [p for p in profiles if p.name not in used and p.filled and _is_duration_of(p, signs)]
        found = [(profile, _seconds(profile)) for profile in free]
        known = [(profile, seconds) for profile, seconds in found if seconds]
        if column not in have and known:
            profile, seconds = known[0]
            made.append(_line(column, profile, seconds, opened, have, profiles))
    return made


def _is_duration_of(profile: Profile, signs: tuple[set[str], ...]) -> bool:
    said = set(words(profile.name))
    is_amount = profile.kind in ("integer", "number", "duration", "time") and (profile.numbers or [0.0])[0] >= 0
    takes_time = bool(said & _TAKEN) or profile.kind == "duration"
    is_whole = (
        signs is _ENDS["solved_at"] and re.search(r"duration|dura[cç]|dur[ée]e", profile.name.lower()) is not None
    )
    is_of_the_clock = _OPEN_HOURS.search(profile.name) is None
    return (
        is_amount
        and takes_time
        and is_of_the_clock
        and not said & _GOALS
        and (is_whole or any(sign <= said for sign in signs))
    )


def _seconds(profile: Profile) -> str | None:
    """SQL for a duration in seconds; None where nothing tells its unit."""
    cell = f"trim({quoted(profile.name)})"
    if profile.kind in ("duration", "time"):
        is_clock = profile.share("clock", lambda value: ":" in value) > 0.9
        return clock_seconds_sql(profile, short="hours") if is_clock else _spoken(cell)
    unit = next((size for word, size in _UNITS.items() if word in set(words(profile.name))), None)
    return f"try_cast(replace({cell}, ',', '') as double) * {unit}" if unit else None


def _spoken(cell: str) -> str:
    """``1d 4h 12m`` in seconds; null where none of these is said."""
    sizes = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))
    parts = [f"coalesce(try_cast(regexp_extract({cell}, '([0-9.]+) ?{unit}', 1) as double), 0) * {size}"
             for unit, size in sizes]  # fmt: skip
    return f"case when regexp_matches({cell}, '[0-9] ?[dhms]') then {' + '.join(parts)} end"


def _opened(line: Line, profiles: list[Profile]) -> str | None:
    """SQL for the start as a timestamp, of UTC where every cell carries its offset; None where only some do."""
    if "sql" in line.given:
        return None if "format" in line.given else f"try_cast({line.given['sql']} as timestamp)"
    profile = next((p for p in profiles if line.names and p.name == line.names[0]), None)
    if profile is None or profile.moments is None or profile.moments.epoch_digits:
        return None
    with_offset = profile.share("offset", lambda value: bool(_OFFSET.search(value)))
    if with_offset == 1 and profile.moments.formats() == ["ISO 8601"]:
        return f"{_IN_UTC}(epoch_us(try_cast(trim({quoted(profile.name)}) as timestamptz)))"
    if with_offset > 0:
        return None
    cell, form = f"trim({quoted(profile.name)})", line.given.get("format")
    if profile.moments.respelling:
        return timestamp_sql(cell, profile.moments, "UTC")
    if isinstance(form, list):
        return None
    return f"try_strptime({cell}, '{form}')" if form else f"try_cast({cell} as timestamp)"


def _line(
    column: str, profile: Profile, seconds: str, opened: str, have: dict[str, Line], profiles: list[Profile]
) -> Line:
    at = f"strftime({opened} + to_microseconds(cast(({seconds}) * 1e6 as bigint)), '%Y-%m-%d %H:%M:%S.%f')"
    at += " || 'Z'" if opened.startswith(_IN_UTC) else ""
    status = have.get("status")
    over = _over(status, profiles) if column == "solved_at" and status and status.names else []
    if over and status:
        listed = ", ".join("'" + value.lower().replace("'", "''") + "'" for value in over)
        at = f"case when lower(trim({quoted(status.names[0])})) in ({listed}) then {at} end"
    reason = f"the start and {profile.name}" + (", where it is solved" if over else "")
    given: dict[str, Any] = {"sql": at, "type": "instant"}
    if "time_zone" in have["created_at"].given and not opened.startswith(_IN_UTC):
        given["time_zone"] = have["created_at"].given["time_zone"]
    return Line(column, given, 0.7, reason, (profile.name,))


def _over(status: Line, profiles: list[Profile]) -> list[str]:
    """The values of a status that mean solved or closed."""
    told = value_list("tickets", load_contracts()["tickets"].columns["status"].name)
    profile = next(p for p in profiles if p.name == status.names[0])
    return [value for value in profile.counts if ours_for(value, told, "status") in _OVER]
