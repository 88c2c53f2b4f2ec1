"""Ratings whose words say what was asked or which end is the good one: promoters, praise, ``1 = very easy``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingestion.inspection.languages import simplified
from ingestion.inspection.profile import Profile
from ingestion.inspection.questions import is_about_content
from ingestion.inspection.words import plain, words

# How likely to recommend, in words; what stands for each is inside its range.
PROMOTERS = {
    "promoter": 10, "promoters": 10, "promoteur": 10, "promotor": 10, "推荐者": 10,
    "passive": 8, "passives": 8, "passif": 8, "pasivo": 8, "passivo": 8, "neutro": 8, "neutral": 8, "中立者": 8,
    "被动者": 8,
    "detractor": 3, "detractors": 3, "détracteur": 3, "detracteur": 3, "detrator": 3, "贬损者": 3,
}  # fmt: skip
_RATED = {"rating", "satisfaction", "evaluation", "feedback", "review", "score"}
_WHOSE = {"customer", "survey", "ticket", "contact", "level", "result", "服务"}
_PRAISE = {
    "good", "bad", "great", "five", "happy", "unhappy", "sad", "好评", "差评", "好", "差", "tốt", "tệ", "gut",
    "dobrze", "źle",
}  # fmt: skip
# What a number of the scale stands for; blame is looked for first, for ``dissatisfied`` is no satisfaction.
_END = re.compile(r"(?<![\d.])(\d{1,2})\s*(?:=|:|means\b|is\b)\s*([^\d,;/()\[\]]+)")
_BLAME = re.compile(
    r"difficult|\bhard\b|disagree|dissatisf|unsatisf|not satisf|\bpoor|\bbad\b|worst|unhapp|schwer|schwierig|"
    r"unzufrieden|ungenügend|schlecht|difícil|difficile|insatisf|insoddisf|moeilijk|ontevreden|niezadow|trudn|不满|困难|难|差|費力|费力|"
    r"không hài lòng|khó|tệ|不満|불만|어려"
)
_PRAISED = re.compile(
    r"\beas(?:y|ily)\b|effortless|agree|satisf|excellent|\bgood\b|\bbest\b|happy|leicht|einfach|zufrieden|sehr gut|"
    r"fácil|facile|soddisf|makkelijk|tevreden|zadowol|łatw|满意|容易|轻松|很好|非常好|hài lòng|dễ|tốt|満足|簡単|만족|쉬"
)
_LITTLE = re.compile(
    r"\blow|\blittle|\bno\b|minimal|\bless\b|gering|niedrig|wenig|baj[oa]|baix|faible|peu\b|basso|低|少|thấp|ít"
)
_MUCH = re.compile(r"\bhigh|\bmuch|\blot\b|\bgreat|hoch|\bviel|alt[oa]\b|élevé|beaucoup|高|多|cao|nhiều")


def in_promoter_words(profile: Profile) -> bool:
    """Whether the answers are words for how likely somebody recommends."""
    said = {plain(value) for value in profile.counts} if profile.distinct <= 6 else set()
    return len(said) >= 2 and said <= PROMOTERS.keys() and any(PROMOTERS[word] == 10 for word in said)


def is_praise(profile: Profile) -> bool:
    """Whether good and bad, or words of satisfaction, stand under a bare heading: ``Rating``, ``评价``."""
    said = set(words(profile.name))
    # Two words are two points.
    is_rating = bool(said & _RATED) and said <= _RATED | _WHOSE and profile.distinct > 2
    return is_rating and bool(
        profile.likert and (_PRAISE & set(profile.likert) or is_about_content("", profile.likert))
    )


def tells_what_was_asked(profile: Profile) -> bool:
    """Whether the answers alone say which kind of question it was."""
    return in_promoter_words(profile) or is_praise(profile)


def good_end(told: str, low: float, high: float) -> float | None:
    """The end of a scale that is the good one, where words beside its numbers say so. Little effort is good."""
    text = simplified(told).lower()
    of_effort = "effort" in words(told)
    found = set()
    for number, said in _END.findall(text):
        at, is_good = float(number), _is_good(said, of_effort=of_effort)
        if is_good is not None and at in (low, high):
            found.add(at if is_good else low + high - at)
    return found.pop() if len(found) == 1 else None


def undirected(names: Sequence[str]) -> list[str]:
    """A word on every question about effort that does not say which end of its scale is little effort."""
    asked = [name for name in names if "effort" in words(name) and not _PRAISED.search(name.lower())]
    return [
        f"{name}: nothing says whether a high number is much effort or little; the highest is taken for the least. "
        'Where it is not, turn it in the map with `values:` ("1": 7, "2": 6, …).'
        for name in asked
        if not any(_is_good(said, of_effort=True) is not None for _, said in _END.findall(simplified(name).lower()))
    ]


def _is_good(said: str, *, of_effort: bool) -> bool | None:
    for bad, good in ((_BLAME, _PRAISED), *([(_MUCH, _LITTLE)] if of_effort else [])):
        if bad.search(said) or good.search(said):
            return not bad.search(said)
    return None
