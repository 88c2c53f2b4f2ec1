"""What the wording of a survey's question says: which instrument it is, and the scale written beside it in brackets."""

from __future__ import annotations

import re

from ingestion.inspection.fields import yes_and_no
from ingestion.inspection.languages import simplified
from ingestion.inspection.profile import Profile, as_number
from ingestion.inspection.words import words

_ENDS = (3.0, 4.0, 5.0, 6.0, 7.0, 9.0, 10.0)
_BRACKETS = re.compile(r"[(\[（]([^()\[\]（）]*)[)\]）]")
_RANGE = re.compile(r"(?<![\d.])([01])\s*(?:-|–|—|\.\.+|to|bis|until|through)\s*(\d{1,2})(?![\d.])")
_NAMED_END = re.compile(r"(?<![\d.])(\d{1,2})\s*(?:=|:|is\b|means\b)")
_EASY = re.compile(r"\b(?:made|make|makes|was|is|how)\b[^?]*\b(?:easy|difficult|hard)\b|\bease of\b")
_SOLVE_EASILY = re.compile(
    r"(?:dễ dàng|dễ|không mất công)\b.*giải quyết|giải quyết.*dễ|"
    r"(?:容易|轻松|省力|方便|费力).*解决|解决.*(?:容易|轻松|省力|费力)|"
    r"łatwo\b.*rozwiąza|rozwiąza.*łatwo|\b(?:makkelijk|eenvoudig)\b.*\bopgelost|"
    r"\b(?:leicht|einfach)\b.*\b(?:gelöst|lösen|klären|lösung)|"
    r"\b(?:fácil|facile|facilement)\b.*\b(?:resol|résou|résol|risol)|"
    r"\b(?:resol|résou|résol|risol)\w*\b.*\b(?:fácil|facile|facilement)|簡単.*解決|解決.*簡単|쉽.*해결|해결.*쉽"
)
_CONTENT = re.compile(r"satisf|zufrieden|tevreden|zadowol|满意|hài lòng|満足|만족")
_CONTACT = r"(?:contact|call|attempt|interaction|conversation|visit|chat)"
_ONCE = re.compile(
    rf"\b(?:first|one|single)\s+(?:time|{_CONTACT})\b|\b(?:during|in|on)\s+(?:this|your|the)\s+{_CONTACT}\b"
)
_AT_ONCE = re.compile(
    r"(?:一次|首次|第一次)\w{0,5}解决|(?:một lần|lần đầu)[\w ]*giải quyết|giải quyết[\w ]*(?:một lần|lần đầu)"
)
_SETTLED = {"resolved", "solved", "fixed", "settled", "answered", "resolution"}


def is_question(name: str) -> bool:
    """Whether a heading is a whole question; the scale may stand behind it in brackets."""
    return _BRACKETS.sub("", name).rstrip(" *:.").endswith(("?", "？"))


def without_scale(name: str) -> str:
    """A heading without what stands in brackets: ``Satisfaction (1-5)`` is the satisfaction."""
    return _BRACKETS.sub(" ", name)


def told_scale(name: str) -> tuple[float, float] | None:
    """``(1-5)`` and ``(1 = strongly disagree, 7 = strongly agree)``: the lowest and the highest answer."""
    for inside in _BRACKETS.findall(name.lower()):
        span = _RANGE.search(inside)
        ends = [float(number) for number in ([span[1], span[2]] if span else _NAMED_END.findall(inside))]
        if len(ends) >= 2 and min(ends) in (0.0, 1.0) and max(ends) in _ENDS:
            return min(ends), max(ends)
    return None


def on_told_scale(profile: Profile) -> tuple[float, float] | None:
    """The scale of the heading, where nearly all answers are whole numbers on it."""
    told = told_scale(profile.name)
    if told is None or not profile.numbers or not profile.is_whole or profile.distinct < 2:
        return None
    inside = profile.share("told scale", lambda value: told[0] <= (as_number(value) or 0.0) <= told[1])
    return told if inside >= 0.9 else None


def asks_effort(name: str) -> bool:
    """``The company made it easy for me to handle my issue``; in other languages what was easy must be the solving."""
    said = simplified(name).lower()
    # Japanese has letters of its own that the Chinese ones are not folded into.
    solves = _SOLVE_EASILY.search(said) or _SOLVE_EASILY.search(name.lower())
    return (len(words(name)) >= 4 and bool(_EASY.search(said))) or bool(solves)


def asks_satisfaction_overall(name: str) -> bool:
    """``Overall, how satisfied were you``; what one is satisfied *with* in particular is a question of its own."""
    text = name.lower()
    return "satisfied" in text and ("overall" in text or "how satisfied" in text)


def is_about_content(name: str, answers: object) -> bool:
    """Whether something is answered in words of satisfaction, or asks for it in a whole question."""
    asks = is_question(name) and bool(_CONTENT.search(simplified(name).lower()))
    return asks or (answers is not None and bool(_CONTENT.search(simplified(str(answers)).lower())))


def asks_once_settled(profile: Profile) -> bool:
    """Yes or no to a question whether the first contact settled it."""
    text = simplified(profile.name).lower()
    is_settled = bool(_SETTLED & set(re.split(r"[^a-z]+", text)))
    said = bool(_AT_ONCE.search(text)) or (bool(_ONCE.search(text)) and is_settled)
    return said and yes_and_no(profile) is not None and is_question(profile.name)


_WORDED_NUMBER = re.compile(r"(\d{1,2})(?:\s*[（(\[=:：,、.\-–—]\s*([^\W\d_][^()（）]*)[)）\]]?)?\s*$")


def worded_numbers(profile: Profile) -> dict[str, int] | None:
    """The number of each value where all are numbers with their words: ``5 (very satisfied)``."""
    found = {value: _WORDED_NUMBER.match(value) for value in profile.counts} if profile.distinct <= 11 else {}
    if len(found) < 2 or not any(one and one[2] for one in found.values()) or None in found.values():
        return None
    places = {value: int(one[1]) for value, one in found.items() if one}
    return places if len(set(places.values())) == len(places) else None
