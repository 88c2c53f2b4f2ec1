"""Answers in words that stand in several columns: what was good in one, what could be better in the next."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from ingestion.inspection.fields import Line, quoted
from ingestion.inspection.likeness import best_likeness
from ingestion.inspection.profile import Profile
from ingestion.inspection.questions import is_question
from ingestion.inspection.surveys import instrument_of
from ingestion.inspection.words import words

_SURELY = 0.85
_SENTENCE = 12
_TOP, _FEWEST = 10, 5
_TOPS = (5, 7, 10)
_UNNAMED = {"answer", "answered", "score", "response", "value", "result", "number", "point", "rate", "numeric"}


def join_comments(have: dict[str, Line], profiles: list[Profile]) -> None:
    """One comment of all the columns of free answers, each on its own line; mended in place."""
    line = have.get("comment")
    if line is None or not line.names or "from" not in line.given:
        return
    used = {name for other in have.values() for name in other.names}
    more = [p for p in profiles if p.name not in used and p.kind in ("text", "long_text", "category") and _is_one(p)]
    if not more:
        return
    names = (*line.names, *(profile.name for profile in more))
    line.given.pop("from")
    cells = [f"nullif(trim({quoted(name)}), '')" for name in names]
    line.given["sql"] = f"nullif(concat_ws(chr(10), {', '.join(cells)}), '')"
    line.names = names
    line.reason += f"; with {', '.join(profile.name for profile in more)}"


def _is_one(profile: Profile) -> bool:
    name = frozenset(words(profile.name))
    is_answer = is_question(profile.name) and not profile.likert and _are_sentences(profile)
    return profile.distinct > 1 and (is_answer or best_likeness(name, "survey_responses", "comment") >= _SURELY)


def asked_comment(profiles: list[Profile], used: AbstractSet[str]) -> Profile | None:
    """The first whole question that is answered in free words, where no heading speaks of comments."""
    asked = [p for p in profiles if p.name not in used and p.filled and is_question(p.name) and not p.likert]
    return next((p for p in asked if _are_sentences(p)), None)


def _are_sentences(profile: Profile) -> bool:
    long = sum(map(len, profile.counts)) >= _SENTENCE * profile.distinct
    return (
        profile.kind in ("text", "long_text", "category")
        and long
        and (profile.distinct > 5 or profile.null_share > 0.3)
    )


def one_question(have: dict[str, Line], by_name: dict[str, Profile]) -> list[Line]:
    """The question of a row that is one score: named by what kind of question it is, else the score itself."""
    if "item_id" in have or "value" not in have:
        return []
    kind = have.get("instrument")
    if kind is not None and "from" in kind.given:
        return [Line("item_id", {"from": kind.given["from"], "type": "id"}, 0.6, "one question a row", kind.names)]
    score = Line(
        "item_id", {"value": "score", "type": "id"}, 0.5, "no column names a question: there is one score a row"
    )
    return [score, *(_named_by_heading(have, by_name) or _may_be_recommendation(have, by_name))]


def _named_by_heading(have: dict[str, Line], by_name: dict[str, Profile]) -> list[Line]:
    """What the heading of the one score says that was asked (``star_rating``), on the scale that its answers use."""
    line = have["value"]
    profile = by_name.get(line.names[0]) if len(line.names) == 1 and "from" in line.given else None
    if profile is None or {"instrument", "scale_max"} & have.keys() or not profile.is_whole or not profile.numbers:
        return []
    low, top = profile.numbers[0], profile.numbers[-1]
    kind = instrument_of(profile.name, top)
    if kind == "other" or low < 0 or top not in _TOPS or profile.distinct < _FEWEST - 1:
        return []
    reason = f"the heading {profile.name} says what was asked; its answers lie within {low:g} and {top:g}"
    ends = (("scale_min", "0" if top == _TOP and low == 0 else "1"), ("scale_max", f"{top:g}"))
    return [
        Line("instrument", {"value": kind, "type": "category"}, 0.7, reason),
        *(Line(name, {"value": end, "type": "decimal"}, 0.6, reason) for name, end in ends),
    ]


def _may_be_recommendation(have: dict[str, Line], by_name: dict[str, Profile]) -> list[Line]:
    """One score of 0 to 10 that nobody names is most likely a recommendation; that is said, and to be looked at."""
    line = have["value"]
    profile = by_name.get(line.names[0]) if len(line.names) == 1 and "from" in line.given else None
    if profile is None or {"instrument", "scale_max"} & have.keys() or not set(words(profile.name)) <= _UNNAMED:
        return []
    is_ten = profile.is_whole and bool(profile.numbers) and profile.numbers[0] >= 0 and profile.numbers[-1] == _TOP
    if not is_ten or not {"9", "10"} <= profile.counts.keys() or profile.distinct < _FEWEST:
        return []
    reason = f"{profile.name} lies within 0 and 10, which is how a recommendation is asked for"
    kind = Line("instrument", {"value": "nps", "type": "category"}, 0.5, reason)
    kind.problems.append(
        f"{profile.name}: nothing names the question; its one score lies within 0 and 10, so it is taken for the "
        "recommendation (NPS). Where it is not, write another `instrument:`."
    )
    ends = (("scale_min", "0"), ("scale_max", "10"))
    return [kind, *(Line(name, {"value": end, "type": "decimal"}, 0.5, reason) for name, end in ends)]
