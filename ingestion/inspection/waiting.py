"""How long a contact waited, where only its whole length and the time of talking are told."""

from __future__ import annotations

from ingestion.inspection.amounts import clock_seconds_sql, number_sql
from ingestion.inspection.fields import Line
from ingestion.inspection.profile import Profile
from ingestion.inspection.totals import amount
from ingestion.inspection.words import words

_ROWS, _FEWEST = 500, 20
_WHOLE = {"total", "time", "duration", "length", "second"}
_CLOCKED = ("duration", "time")


def waits_before(have: dict[str, Line], profiles: list[Profile]) -> list[Line]:
    """The wait as what the whole has over the talk: where nobody talked, the whole was waiting."""
    talk = have.get("talk_seconds")
    if talk is None or "from" not in talk.given or {"wait_seconds", "hold_seconds", "wrap_seconds"} & have.keys():
        return []
    used = {name for line in have.values() for name in line.names}
    part = next(profile for profile in profiles if profile.name == talk.names[0])
    free = [p for p in profiles if p.name not in used and p.kind == part.kind and _WHOLE & set(words(p.name))]
    for whole in free:
        if _begins_with_waiting(whole, part):
            said = f"what {whole.name} has over {part.name}; all of it where nobody talked"
            sql = f"cast({_seconds(whole)} - coalesce({_seconds(part)}, 0) as varchar)"
            unit = {"unit": talk.given["unit"]} if "unit" in talk.given else {}
            given = {"sql": sql, "type": "seconds", **unit}
            return [Line("wait_seconds", given, 0.65, said, (whole.name, part.name))]
    return []


def _begins_with_waiting(whole: Profile, part: Profile) -> bool:
    pairs = [(amount(w), amount(p) or 0.0) for w, p in zip(whole.cells[:_ROWS], part.cells[:_ROWS], strict=True)]
    told = [(all_of, talked) for all_of, talked in pairs if all_of is not None]
    lost = [all_of for all_of, talked in told if not talked]
    longer = sum(all_of > talked for all_of, talked in told if talked)
    return (
        len(told) >= _FEWEST
        and all(all_of >= talked for all_of, talked in told)
        and len(lost) >= 3
        and sum(all_of > 0 for all_of in lost) > 0.5 * len(lost)
        and longer > 0.5 * (len(told) - len(lost))
    )


def _seconds(profile: Profile) -> str:
    return clock_seconds_sql(profile) if profile.kind in _CLOCKED else number_sql(profile)
