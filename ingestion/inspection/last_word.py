"""Ends of requests that no heading calls so: the day of the last state, or the answer that ended them.

What belongs here: ends told by columns about something else. How one is made of a duration stands in `lasting`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingestion.contracts import load_contracts
from ingestion.inspection.fields import Line, line_for, quoted
from ingestion.inspection.fitting import MOMENTS
from ingestion.inspection.lasting import ends_by_duration
from ingestion.inspection.profile import Profile
from ingestion.inspection.spellings import ours_for, value_list
from ingestion.inspection.words import words
from warehouse.store import quote_text

_ENDS = {"solved_at", "closed_at", "first_solved_at"}
_STATE = ({"status"}, {"state"})
_SINCE = {"date", "time", "at", "on", "last", "current", "since", "change", "changed", "updated", "update", "datetime",
          "timestamp", "set", "effective", "latest", "new"}  # fmt: skip
_OUTCOME = {"outcome", "decision", "result", "disposition", "verdict", "finding"}
# A first answer is one of several.
_FIRST = {"first", "initial", "acknowledged", "acknowledgement", "acknowledge", "assigned"}
_OVER, _MOSTLY, _FEWEST = ("solved", "closed"), 0.95, 5
UNENDED = (
    "No column says when a request was over: how many were solved, the backlog and the times to a solution are not "
    "told. Where one does, give the map a line for solved_at; else give the source the log of its changes."
)


def ends_told(have: dict[str, Line], profiles: list[Profile]) -> list[Line]:
    """Ends of requests by what else tells them: how long they took, else the day of their last state where that is
    over, else the answer where it is there for those alone that are over. Where nothing does, the start says so."""
    made = ends_by_duration(have, profiles)
    if have.keys() & _ENDS or {line.column for line in made} & _ENDS:
        return made
    by_name = {profile.name: profile for profile in profiles}
    status = have.get("status")
    told = by_name[status.names[0]] if status and status.names and "from" in status.given else None
    over = _over(told) if told else []
    since = _since(have, profiles) if told and over else None
    made += [_where_over(told, over, since)] if told and since else _answered(have, by_name, told, over)
    if not {line.column for line in made} & _ENDS and (over or not status) and "created_at" in have:
        have["created_at"].problems.append(UNENDED)
    return made


def _over(status: Profile) -> list[str]:
    told = value_list("tickets", "status")
    return [value for value in status.counts if ours_for(value, told, "status") in _OVER]


def _since(have: Mapping[str, Line], profiles: Sequence[Profile]) -> Profile | None:
    """``Status date``: since when a request is in its state."""
    start = have.get("created_at")
    free = [p for p in profiles if p.kind in MOMENTS and p.filled and not (start and p.name in start.names)]
    return next((p for p in free if set(words(p.name)) - _SINCE in _STATE), None)


def _where_over(status: Profile, over: Sequence[str], since: Profile) -> Line:
    line = _end(since, 0.7, f"the day of the last state, {since.name}, of what is over")
    given = line.given
    text = quoted(str(given.pop("from"))) if "from" in given else f"({given.pop('sql')})"
    listed = ", ".join(quote_text(value) for value in over)
    line.given = {"sql": f"case when trim({quoted(status.name)}) in ({listed}) then {text} end", **given}
    return line


def _answered(
    have: Mapping[str, Line], by_name: Mapping[str, Profile], status: Profile | None, over: Sequence[str]
) -> list[Line]:
    reply = have.get("first_replied_at")
    answer = by_name[reply.names[0]] if reply and len(reply.names) == 1 else None
    if answer is None or set(words(answer.name)) & _FIRST:
        return []
    is_there = [bool((cell or "").strip()) for cell in answer.cells]
    if status is None:
        ends = [p for p in by_name.values() if set(words(p.name)) & _OUTCOME and p.kind in ("category", "text")]
        by = next((p for p in ends if _parts(p, is_there)), None)
    else:
        by = status if _are_those(status, over, is_there) else None
    reason = f"the answer ended it: {answer.name} is there where {by.name} tells an end" if by else ""
    return [_end(answer, 0.6, reason)] if by else []


def _parts(outcome: Profile, is_there: Sequence[bool]) -> bool:
    """Whether what was answered has outcomes that nothing else has."""
    cells = [(cell or "").strip() for cell in outcome.cells]
    ended = {cell for cell, is_so in zip(cells, is_there, strict=True) if is_so}
    others = {cell for cell, is_so in zip(cells, is_there, strict=True) if not is_so}
    return len(ended) > 1 and "" not in ended and not ended & others


def _are_those(status: Profile, over: Sequence[str], is_there: Sequence[bool]) -> bool:
    """Whether what is over is answered, and what is not over is not."""
    is_over = [(cell or "").strip() in over for cell in status.cells]
    alike = sum(one == other for one, other in zip(is_over, is_there, strict=True))
    return is_over.count(False) >= _FEWEST <= is_over.count(True) and alike >= _MOSTLY * len(is_over)


def _end(profile: Profile, confidence: float, reason: str) -> Line:
    return line_for(profile, "tickets", load_contracts()["tickets"].columns["solved_at"], confidence, reason)
