"""Wide surveys: which columns are questions that share a scale, and what each of them measures."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache

from ingestion.inspection.alike import answered_alike, of_one_stem, spare_tops
from ingestion.inspection.fields import yes_and_no
from ingestion.inspection.profile import Profile, as_number
from ingestion.inspection.questions import (
    asks_effort,
    asks_once_settled,
    asks_satisfaction_overall,
    is_about_content,
    is_question,
    on_told_scale,
    without_scale,
    worded_numbers,
)
from ingestion.inspection.roles import are_lettered, role_of
from ingestion.inspection.spoken_scales import PROMOTERS, good_end, in_promoter_words, is_praise, tells_what_was_asked
from ingestion.inspection.words import plain, words

_SCALE_ENDS = (4, 5, 6, 7, 10)
_HEADINGS, _STARS, _STARRED = 2, 5, {"rating", "star"}
_NO_QUESTION = {
    "id", "year", "month", "week", "day", "age", "date", "time", "hour", "code", "zip", "weight", "count", "number",
    "duration", "gender", "quantity",
}  # fmt: skip
# Headings of which two make a file one of answers, and what the one score in it is called.
_ASKED = {"review", "survey", "feedback", "respondent", "questionnaire", "response"}
_CALLED = {"score", "rating", "star"}
_SURVEYED = {"survey", "score", "result", "results", "rating"}
_SCORES = {"score", "rating", "satisfaction"}
_OF_SATISFACTION = {
    "satisfaction",
    "level",
    "rating",
    "score",
    "grade",
    "mark",
    "value",
    "customer",
    "note",
    "star",
    "review",
}
SERVQUAL = ("tangible", "reliability", "responsiveness", "assurance", "empathy")


@dataclass(frozen=True)
class Item:
    """One question of a wide survey. ``words`` are answers in words, as they are written, and their places."""

    name: str
    item: str
    instrument: str
    dimension: str | None
    role: str
    low: float
    high: float
    words: tuple[tuple[str, int], ...] | None = None
    no_answer: tuple[str, ...] = ()


def find_items(profiles: list[Profile], named: str = "") -> list[Item]:
    """The questions of a wide survey; the only one that is answered in words of satisfaction is the satisfaction."""
    found = _find_items(profiles, named)
    content = [item for item in found if is_about_content(item.name, item.words)]
    if len(content) != 1 or content[0].instrument != "other" or any(item.instrument == "csat" for item in found):
        return found
    return [replace(item, instrument="csat") if item is content[0] else item for item in found]


def _find_items(profiles: list[Profile], named: str) -> list[Item]:
    """The questions of a wide survey: three columns or more of one scale, and any 0–10 recommendation beside them.

    ``named`` is the file's name: a lone score in a file of that name is what the name says.
    """
    groups: dict[object, list[Profile]] = defaultdict(list)
    scales = [_scale(profile) for profile in profiles]
    for profile, scale in zip(profiles, scales, strict=True):
        if scale is not None:
            groups[scale].append(profile)
    for profile, scale in zip(profiles, scales, strict=True):
        if scale is None and (top := _of_siblings(profile, groups)) is not None:
            groups[top].append(profile)
    lone = lone_score(profiles, named)
    if any(_is_recommendation(profile) for profile in profiles) or any(item.instrument == "nps" for item in lone):
        # The number says it already, and finer.
        groups.pop("promoters", None)
    settled = [profile for profile in profiles if asks_once_settled(profile)]
    found = of_one_stem([profile for group in groups.values() if len(group) >= 3 for profile in group])
    if not found:
        rated = [profile for group in groups.values() for profile in group]
        found = [p for p in rated if instrument_of(p.name, 10.0) in ("nps", "csat", "ces") or tells_what_was_asked(p)]
        found += [p for p in rated if p not in found and _asks_satisfaction(p)]
        asked = [p for p in profiles if p not in found and _scale(p) is not None and _is_asked(p)]
        return [_item(p, False, frozenset()) for p in [*found, *([*asked, *settled] if found else [])]] or lone
    few = [profile for group in groups.values() if len(group) < 3 for profile in group]
    alone = [p for p in few if instrument_of(p.name, 10.0) != "other" or tells_what_was_asked(p)]
    lettered = are_lettered(found)
    spare = spare_tops(found)
    also = [p for p in answered_alike(found, profiles, spare) if p not in alone]
    return [_item(profile, lettered, spare) for profile in [*found, *alone, *also, *settled]]


def _of_siblings(profile: Profile, groups: dict[object, list[Profile]]) -> float | None:
    """``Waiting time`` is rated where it takes every value of the scale that two others are rated on, and no more."""
    if profile.kind != "integer" or set(words(profile.name)) & (_NO_QUESTION - {"time"}):
        return None
    top = float(profile.numbers[-1])
    used = {str(step) for step in range(1, int(top) + 1)} if 4 <= top <= 10 else set()
    return top if used and set(profile.counts) == used and len(groups.get(top, [])) >= 2 else None


def _is_asked(profile: Profile) -> bool:
    return is_question(profile.name) or on_told_scale(profile) is not None


def lone_score(profiles: list[Profile], named: str, *, is_asked: bool = False) -> list[Item]:
    """The one column called a score, where the file's name, the numbers of its rows or its headings say what it is."""
    scores = [p for p in profiles if _is_called_score(p) and _scale(p)]
    marks = [re.split(r"[^a-z]", min(p.counts).lower())[0] for p in profiles if p.kind == "id" and p.counts]
    said = {*re.split(r"[^a-z]+", named.lower().replace("satisfaction", "csat")), *marks}
    instrument = next((one for one in ("nps", "csat", "ces") if one in said), None)
    if len(scores) != 1 or not (scores[0].numbers or scores[0].likert):
        return []
    top = scores[0].numbers[-1] if scores[0].numbers else float(len(scores[0].likert or ()))
    # Stars are given to the whole.
    is_asked = is_asked or (top == _STARS and "star" in words(scores[0].name))
    headings = sum(bool(_ASKED & set(words(name))) for name in (*(p.name for p in profiles), named))
    if instrument is None and (is_asked or headings >= _HEADINGS):
        is_nps = top == 10 and scores[0].numbers[:1] == [0]
        are_reviews = top == _STARS and any("review" in words(name) for name in (*(p.name for p in profiles), named))
        told = _item(scores[0], False, frozenset()).instrument
        instrument = "nps" if is_nps else "csat" if told == "other" and are_reviews else told
    if instrument is None or (instrument == "nps" and top != 10):
        return []
    return [replace(_item(scores[0], False, frozenset()), instrument=instrument)]


def _asks_satisfaction(profile: Profile) -> bool:
    """A question in a sentence that is answered in words of satisfaction."""
    return bool(profile.likert) and is_question(profile.name) and is_about_content("", profile.likert)


def _is_called_score(profile: Profile) -> bool:
    said = set(words(profile.name))
    return bool(said & _CALLED) and said <= _CALLED | _ASKED


def find_rating(profiles: list[Profile]) -> Item | None:
    """A single satisfaction score in a file about something else."""
    for profile in sorted(profiles, key=lambda p: instrument_of(p.name, 10.0) != "csat"):
        item = _item(profile, False, frozenset()) if _scale(profile) is not None else None
        if item is not None and item.instrument in ("csat", "nps", "ces"):
            return item
        if item is not None and item.high == _STARS and profile.numbers and set(words(profile.name)) <= _STARRED:
            # What a contact or a request is rated is the satisfaction with it.
            return replace(item, instrument="csat")
    return None


def _scale(profile: Profile) -> object:
    """What columns of one scale have in common, or None where a column is no rating."""
    if profile.likert and profile.distinct >= 2 and len(profile.likert) >= 3:
        # Ladders of one length and the same ends differ only in their middle, which not every question uses.
        return len(profile.likert), profile.likert[0], profile.likert[-1]
    if in_promoter_words(profile):
        return "promoters"
    if _is_recommendation(profile):
        return 10.0
    if told := on_told_scale(profile):
        return told[1]
    if worded := _numbers_with_words(profile):
        return float(max(worded.values()))
    if profile.kind not in ("integer", "number") or not profile.numbers or _is_no_question(profile.name):
        return None
    numbers = profile.numbers
    if numbers[0] < 0 or numbers[-1] not in _SCALE_ENDS:
        return None
    if not profile.is_whole:
        is_score = bool(set(words(profile.name)) & _SCORES) and numbers[-1] in (5, 10)
        return ("decimal", numbers[-1]) if is_score and profile.distinct <= 101 else None
    return numbers[-1] if 4 <= profile.distinct <= 12 else None


def _numbers_with_words(profile: Profile) -> dict[str, int] | None:
    # Priorities are written so too, and are no answers.
    is_asked = is_question(profile.name) or instrument_of(profile.name, 10.0) != "other"
    found = worded_numbers(profile) if is_asked else None
    return found if found and max(found.values()) in _SCALE_ENDS else None


def _is_no_question(name: str) -> bool:
    """A count, a code or a time; a whole sentence that speaks of one is a question all the same."""
    said = words(name)
    return len(said) < 4 and bool(set(said) & _NO_QUESTION)


def _is_recommendation(profile: Profile) -> bool:
    """Nearly all answers 0 to 10, and the name says recommend; codes above ten are no answers."""
    if instrument_of(profile.name, 10.0) != "nps" or not profile.numbers or profile.numbers[0] < 0:
        return False
    inside = profile.share("0-10", lambda value: (as_number(value) or 0.0) <= 10)
    return profile.is_whole and inside >= 0.9 and profile.distinct >= 2 and profile.numbers[-1] > 5


def _item(profile: Profile, lettered: bool, spare: frozenset[str]) -> Item:
    none: tuple[str, ...] = ()
    if in_promoter_words(profile):
        low, high = 0.0, 10.0
        said = tuple((word, PROMOTERS[plain(word)]) for word in profile.counts)
    elif profile.likert:
        low, high = 1.0, float(len(profile.likert))
        said = tuple(sorted(((w, profile.likert.index(plain(w)) + 1) for w in profile.counts), key=lambda one: one[1]))
    elif asks_once_settled(profile):
        low, high = 0.0, 1.0
        said = tuple(
            sorted(((word, int(so)) for word, so in (yes_and_no(profile) or {}).items()), key=lambda one: one[1])
        )
    elif told := on_told_scale(profile):
        low, high, said = *told, None
    elif worded := _numbers_with_words(profile):
        high, said = float(max(worded.values())), tuple(sorted(worded.items(), key=lambda one: one[1]))
        low = 0.0 if high == 10 and (min(worded.values()) == 0 or _is_recommendation(profile)) else 1.0
    else:
        top = 10.0 if _is_recommendation(profile) else profile.numbers[-1]
        if f"{top:g}" in spare:
            none, top = (f"{top:g}",), top - 1
        elif "6" in spare and top == 5:
            none = ("6",)
        is_from_none = top == 10 and (profile.numbers[0] == 0 or _is_recommendation(profile))
        low, high, said = (0.0 if is_from_none else 1.0), top, None
    if low == good_end(profile.name, low, high) and not profile.likert:
        places = said or [(f"{n}", n) for n in range(int(low), int(high) + 1)]
        said = tuple((word, int(low + high) - place) for word, place in places)
    role = role_of(profile.name, lettered=lettered)
    instrument = "nps" if in_promoter_words(profile) else instrument_of(profile.name, high)
    if asks_once_settled(profile):
        instrument = "fcr"
    if instrument == "other" and is_praise(profile):
        instrument = "csat"
    if role != "perception" or lettered:
        instrument = "servqual"
    dimension = next((d for d in SERVQUAL if any(w.startswith(d[:9]) for w in words(profile.name))), None)
    return Item(profile.name, _slug(profile.name), instrument, _full(dimension), role, low, high, said, none)


def _full(dimension: str | None) -> str | None:
    return "tangibles" if dimension == "tangible" else dimension


@lru_cache(maxsize=20_000)
def instrument_of(name: str, high: float) -> str:
    """The kind of question that a heading or a wording is, on a scale up to ``high``."""
    said = set(words(name)) | set(re.sub(r"[^a-z]+", " ", name.lower()).split())
    text = name.lower()
    if high == 10 and (
        said & {"nps", "recommend", "recommendation", "promoter"} or "netpro" in text or "net promoter" in text
    ):
        return "nps"
    if said & {"effort", "ces"} or asks_effort(name):
        return "ces"
    bare = without_scale(name)
    asked = set(words(bare)) | set(re.sub(r"[^a-z]+", " ", bare.lower()).split())
    is_the_whole = len(asked) <= 3 or "overall" in asked or set(words(bare)) <= _OF_SATISFACTION
    if said & {"csat"} or ("satisfaction" in asked and is_the_whole):
        return "csat"
    is_rated = re.fullmatch(r"(conversation|chat|ticket|call)[ _]rating", text.strip()) is not None
    named = set(words(bare))
    is_stars = bool({"star", "customer"} & named and named & _CALLED) and named <= _OF_SATISFACTION | {"star"}
    if asks_satisfaction_overall(name) or (
        high == 5 and (is_rated or is_stars or ("survey" in said and said <= _SURVEYED))
    ):
        return "csat"
    return "other"


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "_", name.strip().lower()).strip("_")[:60] or "item"
