"""How a contact ended, where several columns speak of it: whether it was lost, whether anybody spoke, in which words.

What an agent notes after a call (*Transferred*, *Follow-up*) is no way in which the wait ended: who was spoken to was
answered. A column that says yes or no of being abandoned outranks talk, talk outranks words.
"""

from __future__ import annotations

import re

from ingestion.inspection.fields import LOST, Line, quoted, yes_and_no
from ingestion.inspection.profile import Profile
from ingestion.inspection.spellings import ours_for, value_list
from ingestion.inspection.words import words
from warehouse.store import quote_text

_NOTHING = ("", "0", "0.0", "00:00:00", "0:00:00")
_FEWEST, _MOSTLY, _SOME = 3, 0.8, 0.2
_TAKEN = "are taken for answered."
_ALL_ANSWERED = (
    "Every contact looked at was answered. A list of answered ones alone does not say that nobody gave up: if this is "
    "one, its abandonment of 0 % means nothing, and of the service levels only F2, the share of the answered, does."
)


def settle_outcome(have: dict[str, Line], profiles: list[Profile]) -> None:
    """Mend an outcome that was read from words alone; the line is changed in place."""
    line = have.get("outcome")
    by_name = {profile.name: profile for profile in profiles}
    if line is not None and _all_answered(line, by_name):
        line.problems.append(_ALL_ANSWERED)
    if line is None or not isinstance(line.given.get("from"), str) or yes_and_no(by_name[line.names[0]]):
        return
    told = by_name[line.names[0]]
    _never_spoken(line, told, have, by_name)
    lost = _flag(profiles, told)
    spoken = _spoken(have, by_name)
    if lost is None and not (spoken and _moved_on_but_spoken(line, told, by_name[spoken[0]])):
        return
    cases = [f"when {_cell(lost)} in ({_yes(lost)}) then 'abandoned'"] if lost else []
    cases += [f"when {spoken[1]} then 'answered'"] if spoken else []
    line.given.pop("from")
    line.given["sql"] = f"case {' '.join(cases)} else {quoted(told.name)} end"
    told_by = [*([lost.name] if lost else []), *([spoken[0]] if spoken else []), told.name]
    line.names = tuple(told_by)
    line.reason = f"told by {', then by '.join(told_by)}"
    line.confidence, line.problems = 0.8, []


def _never_spoken(line: Line, told: Profile, have: dict[str, Line], by_name: dict[str, Profile]) -> None:
    """Words that nobody knows were not answered where nobody ever talked, while those that were answered did."""
    talk, values = have.get("talk_seconds"), line.given.get("values", {})
    if talk is None or len(talk.names) != 1:
        return
    rows = list(zip(told.cells, by_name[talk.names[0]].cells, strict=True))
    spoken: dict[str, list[bool]] = {}
    for word, seconds in rows:
        spoken.setdefault((word or "").strip(), []).append(bool(re.search("[1-9]", seconds or "")))
    known = value_list("contacts", "outcome")
    unknown = [value for value in told.counts if ours_for(value, known, "outcome") is None]
    ours = {value: values.get(value, value.lower()) for value in spoken if value not in unknown}
    answered = [one for value, those in spoken.items() if ours.get(value) == "answered" for one in those]
    silent = [value for value in unknown if len(spoken[value]) >= _FEWEST and not any(spoken[value])]
    if not silent or not answered or sum(answered) < _MOSTLY * len(answered):
        return
    line.given["values"] = {**values, **dict.fromkeys(silent, "abandoned")}
    line.problems = [one for one in line.problems if not one.endswith(_TAKEN)]
    line.problems.append(
        f"{told.name}: {', '.join(map(repr, silent[:4]))} are taken for abandoned: nobody ever talked."
    )
    if others := [value for value in unknown if value not in silent]:
        line.problems.append(f"{told.name}: {', '.join(map(repr, others[:4]))} {_TAKEN}")


def _all_answered(line: Line, by_name: dict[str, Profile]) -> bool:
    if "from" not in line.given or not line.names:
        return False
    values = line.given.get("values", {})
    return {values.get(value, value.lower()) for value in by_name[line.names[0]].counts} == {"answered"}


def by_filling(have: dict[str, Line], by_name: dict[str, Profile]) -> list[Line]:
    """How a contact ended, where no column says it: by whether anything of an answer is filled.

    Who gave up in a queue stood in one: where others that nobody answered have a queue, one without queue, wait and
    agent ended in front of it, and is no offered contact.
    """
    told = next((have[at] for at in ("answered_at", "talk_seconds", "agent_id") if at in have and have[at].names), None)
    if told is None:
        reason = "nothing tells answered from abandoned"
        line = Line("outcome", {"value": "answered", "type": "category"}, 0.3, reason)
        line.problems.append(_ALL_ANSWERED)
        return [line]
    answer = by_name[told.names[0]]
    lost = _is_nothing(answer, zeros=told.column == "talk_seconds")
    names, gone = _in_front(have, by_name, answer, zeros=told.column == "talk_seconds")
    reason = f"told by whether {answer.name} is filled"
    if not gone:
        sql = f"case when {lost} then 'abandoned' else 'answered' end"
        line = Line("outcome", {"sql": sql, "type": "category"}, 0.6, reason)
        if not any(_nothing(cell, zeros=told.column == "talk_seconds") for cell in answer.cells):
            line.problems.append(_ALL_ANSWERED)
        return [line]
    columns = [by_name[name] for name in names]
    empty = " and ".join(_is_nothing(one, zeros=True) for one in columns)
    sql = f"case when {lost} and {empty} then 'contained' when {lost} then 'abandoned' else 'answered' end"
    line = Line("outcome", {"sql": sql, "type": "category"}, 0.6, f"{reason}, and {columns[0].name}")
    line.problems.append(
        f"{gone:,} of {len(answer.cells):,} rows looked at have nothing in {' and '.join(names)} and were not "
        "answered: they never reached a queue, so they ended in the menu (contained) and are neither offered nor "
        "abandoned. Which of the others met the menu is not told: no share of contained contacts is counted from it."
    )
    # Those that ended there are all that is known of the menu; a share of them alone would be all of them.
    unknown = Line("met_automation", {"value": "false", "type": "boolean"}, 0.5, "no column says who met the menu")
    return [line] if "met_automation" in have else [line, unknown]


def _in_front(
    have: dict[str, Line], by_name: dict[str, Profile], answer: Profile, *, zeros: bool
) -> tuple[list[str], int]:
    """The columns that are empty together in rows that never reached a queue, and how many rows of the sample these
    are: none, unless other rows that nobody answered have a queue, and most answered ones too."""
    lines = [have[column] for column in ("queue", "wait_seconds", "agent_id") if column in have]
    if "queue" not in have or any("from" not in line.given or not line.names for line in lines):
        return [], 0
    names = list(dict.fromkeys(line.names[0] for line in lines))
    rows = list(zip(answer.cells, *(by_name[name].cells for name in names), strict=True))
    lost = [cells for told, *cells in rows if _nothing(told, zeros=zeros)]
    queued = sum(not _nothing(cells[0]) for cells in lost)
    gone = sum(all(_nothing(cell) for cell in cells) for cells in lost)
    answered = [cells for told, *cells in rows if not _nothing(told, zeros=zeros)]
    with_queue = sum(not _nothing(cells[0]) for cells in answered)
    is_told = min(queued, gone) >= _FEWEST and with_queue > 0.5 * len(answered)
    return (names, gone) if is_told else ([], 0)


def _nothing(cell: str | None, *, zeros: bool = True) -> bool:
    return (cell or "").strip() in (_NOTHING if zeros else _NOTHING[:1])


def _is_nothing(profile: Profile, *, zeros: bool) -> str:
    listed = ", ".join(map(quote_text, _NOTHING if zeros else _NOTHING[:1]))
    return f"coalesce(trim({quoted(profile.name)}), '') in ({listed})"


def _flag(profiles: list[Profile], told: Profile) -> Profile | None:
    """A column that says yes or no of being abandoned, and says both."""
    for profile in profiles:
        answers = yes_and_no(profile) if profile is not told and LOST & set(words(profile.name)) else None
        if answers and {answers.get(value) for value in profile.counts} >= {True, False}:
            return profile
    return None


def _spoken(have: dict[str, Line], by_name: dict[str, Profile]) -> tuple[str, str] | None:
    """The column that shows that somebody spoke, and the condition: any digit but nought in a time of talk."""
    line = have.get("talk_seconds")
    if line is not None and isinstance(line.given.get("from"), str) and by_name[line.names[0]].filled:
        return line.names[0], f"regexp_matches({quoted(line.names[0])}, '[1-9]')"
    return None


def _moved_on_but_spoken(line: Line, told: Profile, talk: Profile) -> bool:
    """Whether rows whose word means that they flowed out have a time of talk all the same. A time that those who gave
    up have too is that of the whole call, and shows nothing of who spoke."""
    ours = line.given.get("values", {})
    ends = {value: ours.get(value, value.lower()) for value in told.counts}
    spoke: dict[str, list[bool]] = {}
    for word, cell in zip(told.cells, talk.cells, strict=True):
        spoke.setdefault(ends.get(word or "", ""), []).append(bool(re.search("[1-9]", cell or "")))
    lost = spoke.get("abandoned", [])
    return any(spoke.get("flowed_out", [])) and not (sum(lost) > _SOME * len(lost))


def _cell(profile: Profile) -> str:
    return f"lower(trim({quoted(profile.name)}))"


def _yes(profile: Profile) -> str:
    answers = yes_and_no(profile) or {}
    return ", ".join(dict.fromkeys(quote_text(value.strip().lower()) for value, is_so in answers.items() if is_so))
