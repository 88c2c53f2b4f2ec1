"""The time of day beside a day: a clock time, the hour alone (``9``), or hour and minute run together (``930``)."""

from __future__ import annotations

import re

from ingestion.inspection.fields import quoted
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import words

_RANGE = re.compile(r"(?:[01]?\d|2[0-3])[:.h]?[0-5]\d\s*(?:-|–|—|to|a|à|bis)\s*(?:[01]?\d|2[0-4])[:.h]?[0-5]\d$")
_SAYS_TIME = {"hour", "time", "start", "interval", "slot", "half"}
_MEASURED = {"average", "talk", "wait", "hold", "wrap", "handle", "answered", "end", "second", "minute", "total"}


def is_range(profile: Profile) -> bool:
    """``08:00-09:00``: from one time of the day to another."""
    return profile.filled > 0 and profile.share("ranges", lambda value: bool(_RANGE.match(value))) > 0.95


def hour_form(profile: Profile) -> str | None:
    """``hour`` or ``hhmm`` where whole numbers under a name of time can only be times of day."""
    said = set(words(profile.name))
    if profile.kind != "integer" or not said & _SAYS_TIME or said & _MEASURED or profile.distinct < 4:
        return None
    numbers = [int(number) for number in profile.numbers]
    if numbers[0] < 0 or profile.null_share > 0:
        return None
    if numbers[-1] <= 23 and (said == {"time"} or "hour" in said):
        return "hour"
    is_clock = numbers[-1] >= 100 and numbers[-1] <= 2359 and all(number % 100 in (0, 15, 30, 45) for number in numbers)
    return "hhmm" if is_clock else None


def clock_sql(profile: Profile) -> str:
    """SQL for the time of day as ``HH:MM``, whatever stands in front of it."""
    cell, form = quoted(profile.name), hour_form(profile)
    if is_range(profile):
        first = f"regexp_extract({cell}, '^\\s*(\\d{{1,2}}[:.h]?\\d\\d)', 1)"
        return f"regexp_replace({first}, '^(\\d{{1,2}})[:.h]?(\\d\\d)$', '\\1:\\2')"
    if form == "hour":
        return f"lpad(trim({cell}), 2, '0') || ':00'"
    if form == "hhmm":
        padded = f"lpad(trim({cell}), 4, '0')"
        return f"substr({padded}, 1, 2) || ':' || substr({padded}, 3, 2)"
    return f"regexp_replace({cell}, '^\\S*\\d[/-]\\S*\\s+', '')"
