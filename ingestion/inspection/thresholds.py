"""``Service level (20 seconds)``: the share gives the count, the name the threshold, the rows what it is a share of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingestion.inspection.amounts import number_sql
from ingestion.inspection.fields import Line
from ingestion.inspection.profile import Profile, as_number
from ingestion.inspection.words import words

_NEARLY = 0.95
_SECONDS = re.compile(r"(\d{1,3})\s*[_-]?\s*(?:s\b|sec)")
_WITHIN = re.compile(r"(?i)within|inside|under|less than|up to|[<≤]|\bin\b")


def threshold_lines(have: dict[str, Line], profiles: list[Profile]) -> list[Line]:
    """The contacts answered in time, from a share where no column counts them, and the threshold of the name."""
    made = []
    stated = have.get("answered_in_threshold")
    share = next((p for p in profiles if _is_share_in_time(p)), None)
    name = stated.names[0] if stated and stated.names else share.name if share else None
    if stated is None and share is not None and "answered" in have and share.kind in ("percent", "number"):
        made.append(_count(share, have, profiles))
    seconds = _SECONDS.search(name.lower()) if name else None
    if seconds and "threshold_seconds" not in have:
        given = {"value": seconds[1], "type": "seconds"}
        made.append(Line("threshold_seconds", given, 0.9, f"the name of {name} says so"))
    return made


def _is_share_in_time(profile: Profile) -> bool:
    """``Service level`` and ``% answered within 40 seconds``."""
    said = set(words(profile.name))
    is_within = "answered" in said and _WITHIN.search(profile.name) and _SECONDS.search(profile.name.lower())
    return {"service", "level"} <= said or (bool(is_within) and profile.kind == "percent")


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
    if not answered or not abandoned:
        return list(answered[:1]), "answered"
    columns = (by_name[answered[0]], by_name[abandoned[0]], share)
    rows = [
        [as_number(cell) if cell else None for cell in row] for row in zip(*(c.cells for c in columns), strict=True)
    ]
    lost = [(yes, no, part) for yes, no, part in rows if yes and no and part is not None]
    above = sum(part / full > yes / (yes + no) + 0.005 for yes, no, part in lost)
    if len(lost) < 10 or above > 0.02 * len(lost):
        return [answered[0]], "answered"
    return [answered[0], abandoned[0]], "answered and abandoned: it is never more than the share answered"
