"""Which language a comment is in, and its words: English, Chinese, Vietnamese; others are told apart and left alone."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from analytics.customers.vietnamese import LISTED, in_words

KNOWN = ("en", "zh", "vi")
_TOLD_APART = ("en", "zh", "vi", "de", "es", "pt", "fr", "it", "nl", "ja", "ko")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_KANA_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
# Letters that Vietnamese has and no neighbour in Europe.
_VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
OTHER = "other"


def language_of(text: str) -> str:
    """``en``, ``zh``, ``vi`` or ``other``: by script where it tells, by words only English has, else by py3langid."""
    if _KANA_HANGUL.search(text):
        return OTHER
    if _HAN.search(text):
        return "zh"
    if _VIETNAMESE.search(text):
        return "vi"
    words = {word.lower() for word in _WORD.findall(text)}
    if not words:
        return OTHER
    if words & _only_english() and not words & _only_others():
        return "en"
    found = _detector().classify(text)[0]
    return found if found in KNOWN else OTHER


_NEIGHBOURS = ("de", "es", "pt", "fr", "it", "nl", "vi")


@cache
def _only_english() -> frozenset[str]:
    """Small English words that no neighbour has."""
    from stopwordsiso import stopwords

    return frozenset(stopwords("en")) - frozenset().union(*(stopwords(code) for code in _NEIGHBOURS))


@cache
def _only_others() -> frozenset[str]:
    """Small words of the neighbours that English has not."""
    from stopwordsiso import stopwords

    return frozenset().union(*(stopwords(code) for code in _NEIGHBOURS)) - frozenset(stopwords("en"))


@cache
def _detector() -> Any:
    # Loaded when the first comment needs it: over half a second of work.
    import py3langid

    py3langid.set_languages(list(_TOLD_APART))
    return py3langid


@cache
def stop_words(language: str) -> frozenset[str]:
    """Words that carry no topic."""
    from stopwordsiso import stopwords

    return frozenset(stopwords(language)) if language in KNOWN else frozenset()


def words_of(text: str, language: str) -> list[str]:
    """The words in order, lower case; Chinese is cut by rjieba, Vietnamese joined from its syllables."""
    if language == "zh":
        import rjieba

        return [word.strip().lower() for word in rjieba.cut(text) if _WORD.search(word)]
    words = [word.lower() for word in _WORD.findall(text)]
    return in_words(words) if language == "vi" else words


_LONGEST = {"en": 3, "zh": 4, "vi": 4}
"""Words in a phrase. Chinese is cut finely, and what no list knows of Vietnamese stays in syllables."""
_NOT = {
    "en": frozenset({"not", "no", "never", "cannot", "without"}),
    "zh": frozenset({"没", "没有", "不", "未", "无"}),
    "vi": frozenset({"không", "chưa", "chẳng"}),
}
"""Small words that turn what follows into its opposite: “not solved” is no “solved”."""
_CLAUSE = re.compile(r"[,.;:!?…，。；：！？、()\[\]]+")


def terms_of(text: str, language: str) -> set[str]:
    """Words and phrases of a clause that neither begin nor end with a stop word, each once; a “not” may lead."""
    empty, joint = stop_words(language), "" if language == "zh" else " "
    turning = _NOT.get(language, frozenset())
    found = set()
    for clause in _CLAUSE.split(text):
        words = words_of(clause, language)
        for size in range(1, _LONGEST.get(language, 3) + 1):
            for start in range(len(words) - size + 1):
                phrase = words[start : start + size]
                # A Vietnamese syllable that no list knows is hardly ever a word by itself.
                if size == 1 and language == "vi" and phrase[0] not in LISTED:
                    continue
                leads = phrase[0] not in empty or (size > 1 and phrase[0] in turning and phrase[1] not in empty)
                if leads and phrase[-1] not in empty:
                    found.add(joint.join(phrase))
    return {term for term in found if len(term) > 1}
