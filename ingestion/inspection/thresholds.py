"""``Service level (20 seconds)``: the share gives the count, the name the threshold, the rows what it is a share of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingestion.inspection.amounts import number_sql
from ingestion.inspection.fields import Line
from ingestion.inspection.profile import Profile, as_number
from ingestion.inspection.words import words

_NEARLY = 0.95
# ``20 seconds`` in some languages, and ``80/20``.
_SECONDS = re.compile(r"(\d{1,3})\s*[_-]?\s*(?:s\b|se[ckg]|giây|秒|초)|\b\d{2}\s?/\s?(\d{1,3})\b")
_OTHER = {"target", "goal", "objective", "missed", "breached", "abandoned", "out", "outside", "average"}
_SERVICE, _FULL = {"service", "level"}, 100
_FEWEST, _SHORT = 10, 10


def threshold_lines(have: dict[str, Line], profiles: list[Profile]) -> list[Line]:
    """The contacts answered in time, where no column of that name counts them, and the threshold of the name."""
    made = []
    stated = have.get("answered_in_threshold")
    used = {name for line in have.values() for name in line.names}
    told = [profile for profile in profiles if profile.name not in used and _is_in_time(profile)]
    shares = [p for p in told if p.kind in ("percent", "number", "integer") and _is_share(p)]
    if stated is None and "answered" in have and (line := _counted(told, have, profiles)):
        made.append(line)
    elif stated is None and "answered" in have and shares:
        made.append(_count(shares[0], have, profiles))
    names = [*(stated.names if stated else ()), *(name for line in made for name in line.names)]
    names += [profile.name for profile in shares]
    seconds = ((name, found) for name in names if (found := _SECONDS.search(name.lower())))
    name, first = next(seconds, ("", None))
    if first and "threshold_seconds" not in have:
        given = {"value": first[1] or first[2], "type": "seconds"}
        made.append(Line("threshold_seconds", given, 0.9, f"the name of {name} says so"))
    return made


def _is_in_time(profile: Profile) -> bool:
    """``Service level``, ``% answered within 40 seconds`` and ``In SLA``, and no target of them."""
    said = set(words(profile.name))
    is_within = "answered" in said and _SECONDS.search(profile.name.lower())
    return not said & _OTHER and (said >= _SERVICE or "promise" in said or bool(is_within))


def _is_share(profile: Profile) -> bool:
    """Per cent, or numbers that the heading calls a share or that are too small for counts."""
    said = set(words(profile.name))
    is_called_so = "%" in profile.name or bool(said & {"rate", "percent", "share"}) or said >= _SERVICE
    return profile.kind == "percent" or (is_called_so and bool(profile.numbers) and profile.numbers[-1] <= _FULL)


def _counted(told: list[Profile], have: Mapping[str, Line], profiles: list[Profile]) -> Line | None:
    """A number of contacts that is never more than those answered, and in most rows near them."""
    answered = next((p for p in profiles if p.name in have["answered"].names), None)
    for profile in told:
        is_count = profile.kind == "integer" and profile.distinct > 1 and "%" not in profile.name
        if answered is None or not is_count or {"rate", "percent", "share"} & set(words(profile.name)):
            continue
        pairs = [(as_number(a or ""), as_number(b or "")) for a, b in zip(profile.cells, answered.cells, strict=True)]
        both = [(one, whole) for one, whole in pairs if one is not None and whole]
        inside = sum(one <= whole for one, whole in both)
        if len(both) >= _FEWEST and inside >= _NEARLY * len(both) and any(one for one, _ in both):
            given = {"from": profile.name, "type": "count"}
            reason = f"a number of contacts in time, never more than {answered.name}"
            return Line("answered_in_threshold", given, 0.7, reason, (profile.name,))
    return None


def short_of_its_neighbour(have: dict[str, Line], profiles: list[Profile]) -> list[Line]:
    """``of which < 5 s`` just behind those who gave up: the soon ones among them."""
    lost = have.get("abandoned")
    places = {profile.name: place for place, profile in enumerate(profiles)}
    if lost is None or len(lost.names) != 1 or "abandoned_short" in have or "from" not in lost.given:
        return []
    at = places[lost.names[0]]
    beside = profiles[at + 1] if at + 1 < len(profiles) else None
    seconds = _SECONDS.search(beside.name.lower()) if beside else None
    used = {name for line in have.values() for name in line.names}
    if beside is None or not seconds or beside.kind != "integer" or beside.name in used:
        return []
    within = "<" in beside.name and "answered" not in words(beside.name) and int(seconds[1] or seconds[2]) <= _SHORT
    pairs = [(as_number(a or ""), as_number(b or "")) for a, b in zip(beside.cells, profiles[at].cells, strict=True)]
    if not within or any(one is not None and one > (all_ or 0) for one, all_ in pairs):
        return []
    reason = f"of {profiles[at].name}, beside which it stands and of which it is never more"
    return [Line("abandoned_short", {"from": beside.name, "type": "count"}, 0.6, reason, (beside.name,))]


def short_beside(have: Mapping[str, Line], by_name: Mapping[str, Profile]) -> None:
    """Where all are answered, given up and given up soon, the soon ones are no part of the others: the sum of both gave
    up. The line is changed in place."""
    lines = [have.get(column) for column in ("offered", "answered", "abandoned", "abandoned_short")]
    named = [one.names[0] for one in lines if one and len(one.names) == 1 and "from" in one.given]
    if len(named) != len(lines):
        return
    rows = list(zip(*([as_number(cell or "") or 0.0 for cell in by_name[name].cells] for name in named), strict=True))
    beside = [all_ == answered + lost + soon for all_, answered, lost, soon in rows if soon]
    if beside and sum(beside) >= _NEARLY * len(beside):
        lost, soon = (number_sql(by_name[name]) for name in named[2:])
        line = have["abandoned"]
        line.given = {"sql": f"cast({lost} + coalesce({soon}, 0) as varchar)", "type": "count"}
        line.reason += f"; {named[3]} are not among them: {named[0]} is the sum of all three"


def _count(share: Profile, have: dict[str, Line], profiles: list[Profile]) -> Line:
    part = number_sql(share)
    is_percent = share.kind == "percent" or bool(share.numbers and share.numbers[-1] > 1)
    counted, said = _whole(share, have, profiles, 100 if is_percent else 1)
    by_name = {profile.name: profile for profile in profiles}
    whole = " + ".join(f"coalesce({number_sql(by_name[name])}, 0)" for name in counted)
    sql = f"cast(round({part}{' / 100' if is_percent else ''} * ({whole})) as varchar)"
    reason = f"the share inside the threshold times {said}"
    return Line("answered_in_threshold", {"sql": sql, "type": "count"}, 0.6, reason, (share.name,))


def _whole(share: Profile, have: dict[str, Line], profiles: list[Profile], full: int) -> tuple[list[str], str]:
    """The columns whose sum the share is of. More than was answered in time of all can only be a share of answered."""
    by_name = {profile.name: profile for profile in profiles}
    answered, abandoned = have["answered"].names, have["abandoned"].names if "abandoned" in have else ()
    offered = have["offered"].names if "offered" in have else ()
    if not answered or not (abandoned or offered):
        return list(answered[:1]), "answered"
    columns = [by_name[name] for name in (answered[0], abandoned[0] if abandoned else offered[0], share.name)]
    rows = [
        [as_number(cell) if cell else None for cell in row] for row in zip(*(c.cells for c in columns), strict=True)
    ]
    told = [(yes, yes + other if abandoned else other, part) for yes, other, part in rows if yes and other and part]
    lost = [(yes, all_, part) for yes, all_, part in told if all_ > yes]
    above = sum(part / full > yes / all_ + 0.005 for yes, all_, part in lost)
    if len(lost) < _FEWEST or above > 0.02 * len(lost):
        return [answered[0]], "answered"
    if not abandoned:
        return [offered[0]], "offered: it is never more than the share answered"
    return [answered[0], abandoned[0]], "answered and abandoned: it is never more than the share answered"
