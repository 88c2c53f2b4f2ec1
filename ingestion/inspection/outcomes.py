"""How a contact ended, where several columns speak of it: whether it was lost, whether anybody spoke, in which words.

What an agent notes after a call (*Transferred*, *Follow-up*) is no way in which the wait ended: who was spoken to was
answered. A column that says yes or no of being abandoned outranks talk, talk outranks words.
"""

from __future__ import annotations

from ingestion.inspection.fields import LOST, Line, quoted, yes_and_no
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import words
from warehouse.store import quote_text


def settle_outcome(have: dict[str, Line], profiles: list[Profile]) -> None:
    """Mend an outcome that was read from words alone; the line is changed in place."""
    line = have.get("outcome")
    by_name = {profile.name: profile for profile in profiles}
    if line is None or not isinstance(line.given.get("from"), str) or yes_and_no(by_name[line.names[0]]):
        return
    told = by_name[line.names[0]]
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
    """Whether rows whose word means that they flowed out have a time of talk all the same."""
    ours = line.given.get("values", {})
    gone = {value for value in told.counts if ours.get(value, value.lower()) == "flowed_out"}
    pairs = zip(told.cells, talk.cells, strict=True)
    return any(word in gone and cell and any(digit in "123456789" for digit in cell) for word, cell in pairs)


def _cell(profile: Profile) -> str:
    return f"lower(trim({quoted(profile.name)}))"


def _yes(profile: Profile) -> str:
    answers = yes_and_no(profile) or {}
    return ", ".join(dict.fromkeys(quote_text(value.strip().lower()) for value, is_so in answers.items() if is_so))
