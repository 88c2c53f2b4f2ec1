"""The verdict on a promise where a report has only the time that was left of it: ``SolutionDiffInMin``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingestion.inspection.amounts import number_sql
from ingestion.inspection.fields import Line, quoted
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import words

_LEFT = {"diff", "difference", "left", "remaining", "variance", "slack"}
_OF_THE_END = {"resolved", "solved", "solution", "resolution", "closed"}


def by_time_left(have: Mapping[str, Line], profiles: Sequence[Profile]) -> list[Line]:
    """The verdict on a promise from the time that was left of it at the end: less than none is a promise broken."""
    end = have.get("solved_at")
    if end is None or len(end.names) != 1 or {"reported_sla_state", "due_at"} & have.keys():
        return []
    used = {name for line in have.values() for name in line.names}
    left = [p for p in profiles if p.name not in used and p.kind in ("integer", "number") and _is_left(p)]
    if len(left) != 1:
        return []
    number = number_sql(left[0])
    is_open = f"nullif(trim({quoted(end.names[0])}), '') is null"
    cases = f"when {number} < 0 then 'breached' when {number} is null then null when {is_open} then 'pending'"
    sql = f"case {cases} else 'met' end"
    reason = f"{left[0].name} is the time that was left of the promise; less than none is a promise broken"
    return [Line("reported_sla_state", {"sql": sql, "type": "category"}, 0.7, reason, (left[0].name,))]


def _is_left(profile: Profile) -> bool:
    """What was left at the end, some of it and less than none."""
    said = set(words(profile.name))
    return bool(said & _LEFT and said & _OF_THE_END) and profile.numbers[0] < 0 < profile.numbers[-1]
