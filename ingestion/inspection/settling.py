"""What the pairs that were found tell of each other: an end alone is the end, a state alone is the new one.

What belongs here: what is changed once all pairs are known. How they are found is said in `pairing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingestion.contracts import Contract
from ingestion.inspection.not_about import is_of_before
from ingestion.inspection.profile import Profile
from ingestion.inspection.spellings import ours_for, value_list
from ingestion.inspection.words import plain, words

DOUBTED = 0.3
_AGREE, _HARDLY, _FEWEST = 0.95, 0.7, 5
_MOMENTS = ("instant", "date")
_WHEN = {"at", "date", "time", "created", "on", "timestamp"}
_ENDED = {"closed", "resolved", "solved", "done", "completed"}
_PARTS, _CALLED = ({"division"}, {"sector"}), {"name", "description", "employee", "ticket"}
_AFTER = ("first_replied_at", "first_solved_at", "solved_at", "closed_at", "first_reply_due_at", "due_at")


@dataclass(frozen=True)
class Pair:
    """A file's column given to a contract's column."""

    name: str
    column: str
    score: float
    reason: str


def settled(found: list[Pair], profiles: list[Profile], contract: Contract) -> list[Pair]:
    """The pairs, with those renamed or taken out that mean something else beside the others."""
    if any(pair.column == "created_at" and pair.score == DOUBTED for pair in found):
        # Durations from a day that is about something else would be wrong; none are better.
        found = [pair for pair in found if pair.column not in _AFTER]
    columns = {pair.column for pair in found}
    if contract.table == "agents" and "valid_to" in columns and not columns & {"valid_from", "left_on"}:
        # The end of no period that is told is the end of the work.
        return [replace(pair, column="left_on") if pair.column == "valid_to" else pair for pair in found]
    if contract.table == "ticket_events" and "from_value" in columns and "to_value" not in columns:
        # A state that stands alone is the one it became, unless its heading says that it is the one before.
        return [
            replace(pair, column="to_value")
            if pair.column == "from_value" and not is_of_before(set(words(pair.name)))
            else pair
            for pair in found
        ]
    if contract.table == "survey_responses" and "survey_id" in columns and "response_id" not in columns:
        # The number of a survey that every row has for itself is the number of the answer.
        own = {profile.name for profile in profiles if profile.is_unique and profile.filled > 20}
        return [
            replace(pair, column="response_id") if pair.column == "survey_id" and pair.name in own else pair
            for pair in found
        ]
    if contract.table == "survey_responses" and (later := _of_the_answer(found, profiles)):
        found = [pair for pair in found if pair.column != "responded_at"] + [later]
    if contract.table == "job_postings" and {"opened_on", "employer"} <= columns and "posted_on" not in columns:
        # What names its employer is an advertisement: it was posted, not opened.
        return [replace(pair, column="posted_on") if pair.column == "opened_on" else pair for pair in found]
    if "wait_seconds" in columns and contract.table == "contacts":
        return [_fuller(pair, found, profiles) if pair.column == "wait_seconds" else pair for pair in found]
    found = _without_deadline(found, profiles) if contract.table == "tickets" else found
    if contract.table == "tickets" and (ends := first_and_last(profiles, found)):
        names, given = {end.name for end in ends}, {end.column for end in ends}
        found = [pair for pair in found if pair.name not in names and pair.column not in given]
        return [*found, *ends]
    if contract.table == "tickets" and "closed_at" in columns and "solved_at" not in columns:
        # Where there is one end only, a request was solved when it was closed.
        return [replace(pair, column="solved_at") if pair.column == "closed_at" else pair for pair in found]
    return found


def _of_the_answer(found: list[Pair], profiles: list[Profile]) -> Pair | None:
    """The day of what was rated where the one that was found is blank for most of it: that of our reply to it."""
    by_name, pairs = {profile.name: profile for profile in profiles}, {pair.column: pair for pair in found}
    if not {"responded_at", "value"} <= pairs.keys():
        return None
    mine, rated = by_name[pairs["responded_at"].name], by_name[pairs["value"].name]
    used = {pair.name for pair in found}
    whole = [p for p in profiles if p.kind in _MOMENTS and p.filled >= rated.filled and set(words(p.name)) <= _WHEN]
    if mine.filled >= _HARDLY * rated.filled or len(whole) != 1 or whole[0].name in used:
        return None
    reason = f"the day of every answer; {mine.name} is blank for most of them"
    return replace(pairs["responded_at"], name=whole[0].name, reason=reason)


def part_of_the_house(free: Sequence[Profile], have: set[str], contract: Contract) -> list[Pair]:
    """The division or sector of a request or of somebody who serves, where no team is told."""
    if contract.table not in ("tickets", "agents") or "team" in have:
        return []
    named = [p for p in free if p.kind == "category" and p.distinct > 1 and set(words(p.name)) - _CALLED in _PARTS]
    return [Pair(p.name, "team", 0.55, "a part of the house, where no team is told") for p in named[:1]]


def _without_deadline(found: list[Pair], profiles: list[Profile]) -> list[Pair]:
    """What is filled for requests that are still open is no end of them: it changes places with what is filled for
    those alone that are over."""
    by_name = {profile.name: profile for profile in profiles}
    have = {pair.column: pair for pair in found}
    if not {"status", "solved_at", "due_at"} <= have.keys():
        return found
    status, told = by_name[have["status"].name], value_list("tickets", "status")
    over = [ours_for((cell or "").strip(), told, "status") in ("solved", "closed") for cell in status.cells]

    def filled(column: str, *, ended: bool) -> float:
        cells = by_name[have[column].name].cells
        rows = [bool(cell and cell.strip()) for cell, is_over in zip(cells, over, strict=True) if is_over is ended]
        return sum(rows) / len(rows) if rows else 0.0

    if over.count(False) < _FEWEST or filled("solved_at", ended=False) < _AGREE:
        return found
    if filled("due_at", ended=False) > 1 - _AGREE or filled("due_at", ended=True) < _AGREE:
        return found
    swapped = {"solved_at": have["due_at"], "due_at": have["solved_at"]}
    reason = "told by the state: it is filled for what is over, the other also for what is not"
    return [
        replace(pair, name=swapped[pair.column].name, score=max(pair.score, 0.8), reason=reason)
        if pair.column in swapped
        else pair
        for pair in found
    ]


def first_and_last(profiles: list[Profile], found: list[Pair]) -> list[Pair]:
    """``First closed at`` beside ``Last closed at``: the first and the last time that a request was solved.

    What ends a request may also be the file's own word for it, as its column of states has it: ``firstDone``.
    """
    status = next((p for pair in found for p in profiles if pair.column == "status" and p.name == pair.name), None)
    told = value_list("tickets", "status")
    own = {plain(v) for v in status.counts if ours_for(v, told, "status") in ("solved", "closed")} if status else set()
    moments = [profile for profile in profiles if profile.kind in _MOMENTS and profile.filled]
    ends: dict[tuple[str, str], Profile] = {}
    for profile in moments:
        said = set(words(profile.name))
        what, which = said - {"first", "last"} - _WHEN, said & {"first", "last"}
        if len(which) == 1 and len(what) == 1 and (what <= _ENDED or what <= own):
            ends[which.pop(), what.pop()] = profile
    both = [word for which, word in ends if which == "first" and ("last", word) in ends]
    columns = (("first", "first_solved_at"), ("last", "solved_at"))
    reason = f"the first and the last time it was {''.join(both[:1])}"
    return [Pair(ends[which, word].name, column, 0.8, reason) for word in both[:1] for which, column in columns]


def _fuller(pair: Pair, found: list[Pair], profiles: list[Profile]) -> Pair:
    """Of two waits the one that also those have who gave up, where both agree elsewhere."""
    mine = next(profile for profile in profiles if profile.name == pair.name)
    used = {other.name for other in found}
    for profile in profiles:
        is_wait = profile.name not in used and profile.kind == mine.kind and "wait" in words(profile.name)
        if not is_wait or profile.filled <= mine.filled:
            continue
        both = [(one, other) for one, other in zip(mine.cells, profile.cells, strict=True) if one and other]
        if both and sum(one == other for one, other in both) >= _AGREE * len(both):
            return replace(pair, name=profile.name, reason=f"as {mine.name}, and filled where that is blank")
    return pair
