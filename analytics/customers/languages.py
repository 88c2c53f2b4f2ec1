"""Which language a comment is in, and its words: English, Chinese, Vietnamese; others are told apart and left alone."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

KNOWN = ("en", "zh", "vi")
_TOLD_APART = ("en", "zh", "vi", "de", "es", "pt", "fr", "it", "nl", "ja", "ko")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_KANA_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
# Letters that Vietnamese has and no neighbour in Europe.
_VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
OTHER = "other"


def language_of(text: str) -> str:
    """``en``, ``zh``, ``vi`` or ``other``. Scripts decide where they can; py3langid decides among Latin letters."""
    if _KANA_HANGUL.search(text):
        return OTHER
    if _HAN.search(text):
        return "zh"
    if _VIETNAMESE.search(text):
        return "vi"
    if not _WORD.search(text):
        return OTHER
    found = _detector().classify(text)[0]
    return found if found in KNOWN else OTHER


@cache
def _detector() -> Any:
    # Loaded when the first comment asks for it: half a second that a workspace without comments never pays.
    import py3langid

    py3langid.set_languages(list(_TOLD_APART))
    return py3langid


@cache
def stop_words(language: str) -> frozenset[str]:
    """Words that carry no topic."""
    from stopwordsiso import stopwords

    return frozenset(stopwords(language)) if language in KNOWN else frozenset()


def words_of(text: str, language: str) -> list[str]:
    """The words in order, lower case; Chinese is cut by rjieba."""
    if language == "zh":
        import rjieba

        return [word.strip().lower() for word in rjieba.cut(text) if _WORD.search(word)]
    return [word.lower() for word in _WORD.findall(text)]


def terms_of(text: str, language: str, longest: int = 3) -> set[str]:
    """Words and phrases of up to three words that neither begin nor end with a stop word, each once."""
    words, empty = words_of(text, language), stop_words(language)
    # Vietnamese writes a syllable at a time: one syllable is hardly ever a word.
    shortest = 2 if language == "vi" else 1
    joint = "" if language == "zh" else " "
    found = set()
    for size in range(shortest, longest + 1):
        for start in range(len(words) - size + 1):
            phrase = words[start : start + size]
            if phrase[0] not in empty and phrase[-1] not in empty:
                found.add(joint.join(phrase))
    return {term for term in found if len(term) > 1}
