"""How long a contact waited, where only its whole length and the time of talking are told."""

from __future__ import annotations

from datetime import timedelta

from ingestion.contracts import load_contracts
from ingestion.inspection.amounts import clock_seconds_sql, number_sql
from ingestion.inspection.features import instants
from ingestion.inspection.fields import Line, line_for
from ingestion.inspection.fitting import fit
from ingestion.inspection.profile import Profile
from ingestion.inspection.totals import amount
from ingestion.inspection.words import words

_ROWS, _FEWEST = 500, 20
_WHOLE = {"total", "time", "duration", "length", "second"}
_CLOCKED = ("duration", "time")
_HOURS = timedelta(hours=4)
_REPLIED = {"response", "reply"}


def wait_in_queue(have: dict[str, Line], profiles: list[Profile]) -> None:
    """A first response is the wait only where no column tells the time in the queue; the line is changed in place."""
    line, used = have.get("wait_seconds"), {name for one in have.values() for name in one.names}
    if line is None or len(line.names) != 1 or not _REPLIED & set(words(line.names[0])):
        return
    mine = next(profile for profile in profiles if profile.name == line.names[0])
    column = load_contracts()["contacts"].columns["wait_seconds"]
    queued = [p for p in profiles if p.name not in used and p.filled >= mine.filled and _is_in_queue(p)]
    if len(queued) == 1 and fit(queued[0], "contacts", column):
        made = line_for(queued[0], "contacts", column, line.confidence, f"the time in the queue, beside {mine.name}")
        line.given, line.names, line.reason = made.given, made.names, made.reason


def begun_before(have: dict[str, Line], profiles: list[Profile]) -> None:
    """Where the beginning is blank in some rows, and one other moment is filled in all, never later and at most hours
    before it: that is when they came. The line is changed in place."""
    line, used = have.get("arrived_at"), {name for one in have.values() for name in one.names}
    mine = next((p for p in profiles if line and line.names == (p.name,) and "from" in line.given), None)
    if line is None or mine is None or not mine.null_share:
        return
    free = [p for p in profiles if p.name not in used and p.kind == "instant" and not p.null_share]
    before = [one for one in free if _is_just_before(one, mine)]
    if len(before) == 1:
        column = load_contracts()["contacts"].columns["arrived_at"]
        reason = f"filled in every row, and never after {mine.name}"
        made = line_for(before[0], "contacts", column, line.confidence, reason)
        line.given, line.names, line.reason, line.problems = made.given, made.names, made.reason, made.problems


def _is_just_before(one: Profile, other: Profile) -> bool:
    both = [(a, b) for a, b in zip(instants(one), instants(other), strict=True) if a and b]
    return len(both) >= _FEWEST and all(timedelta() <= b - a <= _HOURS for a, b in both)


def _is_in_queue(profile: Profile) -> bool:
    said = set(words(profile.name))
    return bool(said & {"queue", "wait"}) and bool(said & {"time", "second", "minute"}) and "average" not in said


def waits_before(have: dict[str, Line], profiles: list[Profile]) -> list[Line]:
    """The wait as what the whole has over the talk: where nobody talked, the whole was waiting. Of two waits that are
    told the one in the queue is taken, in place."""
    begun_before(have, profiles)
    wait_in_queue(have, profiles)
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
