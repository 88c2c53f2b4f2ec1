"""Times of a queue's report: sums, or means of its contacts, which are multiplied by their number.

The name may say it. Else the rows do: a sum grows with the number of contacts, a mean does not. One report writes all
its times alike, so the time of talking decides for those of which nothing else is known.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from ingestion.inspection.amounts import clock_seconds_sql, number_sql
from ingestion.inspection.fields import Line
from ingestion.inspection.profile import Profile
from ingestion.inspection.totals import amount
from ingestion.inspection.words import words

_HOURS = re.compile(r"0*[1-9]\d*:[0-5]\d:[0-5]\d")
_SUMMED = ("talk_seconds", "wrap_seconds", "hold_seconds", "wait_seconds")
_MEAN, _SPEED = {"average", "speed"}, {"answered", "speed"}
_FEWEST, _SPREAD = 18, 2.0
_GROWS, _STAYS = 0.65, 0.35


def settle_averages(lines: list[Line], have: dict[str, Line], by_name: dict[str, Profile]) -> None:
    """A mean a contact is made a sum by the contacts it was taken over; without their number it is taken out."""
    _of_the_answered(have, by_name)
    answered = have.get("answered") or have.get("handled")
    counted = by_name[answered.names[0]] if answered and answered.names else None
    told = [line for column in _SUMMED if (line := have.get(column)) is not None and line.names]
    usual = _usual(told, by_name, counted)
    for line in told:
        mean = by_name[line.names[0]]
        if not _is_mean(mean, usual):
            continue
        if counted is None:
            lines.remove(line)
            lines[0].problems.append(f"{mean.name} is a mean of contacts that no column counts: it is left out.")
            continue
        seconds = clock_seconds_sql(mean) if mean.kind in ("duration", "time") else number_sql(mean)
        if line.given.pop("unit", None) == "minutes":
            seconds += " * 60"
        line.given.pop("from", None)
        line.given["sql"] = f"cast({seconds} * {number_sql(counted)} as varchar)"
        line.reason += f"; an average, multiplied by {counted.name}"
        line.confidence = min(line.confidence, 0.8)


def whole_handling(lines: list[Line], have: Mapping[str, Line]) -> None:
    """What is called the time of handling holds the hold and the work afterwards: beside it they would count twice."""
    talk = have.get("talk_seconds")
    if talk is None or not talk.names or "handle" not in words(talk.names[0]):
        return
    for line in [one for column in ("hold_seconds", "wrap_seconds") if (one := have.get(column)) is not None]:
        lines.remove(line)
        named = ", ".join(line.names) or line.column
        talk.problems.append(f"{named} is left out: it is a part of {talk.names[0]}, and would be counted twice.")


def _of_the_answered(have: Mapping[str, Line], by_name: Mapping[str, Profile]) -> None:
    """A time in the queue is over all that waited: the speed of answer beside it is the wait of the answered."""
    line = have.get("wait_seconds")
    if line is None or len(line.names) != 1 or "answered" in words(line.names[0]) or "from" not in line.given:
        return
    kind, used = by_name[line.names[0]].kind, {name for one in have.values() for name in one.names}
    speeds = [p for p in by_name.values() if p.name not in used and p.kind == kind and set(words(p.name)) >= _SPEED]
    if len(speeds) == 1:
        line.given["from"], line.names = speeds[0].name, (speeds[0].name,)
        line.reason = "the name says so: the wait of those who were answered"


def _usual(told: list[Line], by_name: Mapping[str, Profile], counted: Profile | None) -> bool | None:
    """Whether the times of a report that are not called means are means all the same; None where no row tells."""
    unsaid = [by_name[line.names[0]] for line in told if not _MEAN & set(words(line.names[0]))]
    if any(_is_too_long(profile) for profile in unsaid):
        return False
    growths = [growth for profile in unsaid if counted and (growth := growth_of(profile, counted)) is not None]
    for growth in growths[:1]:
        return False if growth > _GROWS else True if growth < _STAYS else None
    return None


def _is_mean(profile: Profile, usual: bool | None) -> bool:
    if _MEAN & set(words(profile.name)):
        return True
    if usual is not None:
        return usual
    # Nothing says otherwise: neither its name nor how it grows.
    return profile.kind == "duration" and "total" not in profile.name.lower()


def _is_too_long(profile: Profile) -> bool:
    """Over an hour in every tenth row is no mean of contacts."""
    return profile.kind == "duration" and profile.share("hours", lambda v: bool(_HOURS.match(v.strip()))) >= 0.1


def growth_of(profile: Profile, counted: Profile) -> float | None:
    """The power of the number of contacts with which a time grows: about 1 for a sum, 0 for a mean. None where the
    numbers are too much alike, or the rows too few, to tell."""
    pairs = [(amount(n), amount(v)) for n, v in zip(counted.cells, profile.cells, strict=True)]
    rows = sorted((n, v) for n, v in pairs if n and n > 0 and v is not None)
    third = len(rows) // 3
    if len(rows) < _FEWEST:
        return None
    low, high = (_means(some) for some in (rows[:third], rows[-third:]))
    if high[0] < _SPREAD * low[0] or not (low[1] > 0 and high[1] > 0):
        return None
    return math.log(high[1] / low[1]) / math.log(high[0] / low[0])


def _means(rows: list[tuple[float, float]]) -> tuple[float, float]:
    return sum(n for n, _ in rows) / len(rows), sum(v for _, v in rows) / len(rows)
