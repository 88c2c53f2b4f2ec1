"""How well the words of a heading fit what people call a contract's column. Words only, like `words`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from ingestion.inspection.languages import translated
from ingestion.inspection.words import lexicon, words

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
# A name may say whose the thing is: an extra word of these weakens a likeness less than any other.
_WHOSE = {
    "ticket", "contact", "customer", "agent", "job", "survey", "employee", "candidate", "application", "posting",
    "training", "request", "service", "response", "current", "final", "primary", "main", "actual", "record", "row",
    "total", "item", "company", "work", "business",
}  # fmt: skip
# Whose thing it is not that the row is about.
_OF_ANOTHER = {
    "previous", "old", "parent", "manager", "supervisor", "next", "target", "secondary", "related", "merged", "linked",
    "backup", "creator", "sub", "other", "second", "alternate", "emergency", "billing", "reporting", "evaluator",
    "reviewer", "trainer", "interviewer", "recruiter", "company", "employment", "lifecycle",
}  # fmt: skip
HEADED = 0.6
_LIGHT = {"id", "number", "date", "time", "name", "count", "average", "at", "code", "type", "second", "is", "key"}
# Signs that no word has, which weigh as little as a figure and as much as a word.
_LIGHT_STRANGER, _STRANGER = "\u3400", "\x00"


def likeness(name: frozenset[str], phrase: frozenset[str]) -> float:
    """How well a column's words fit a phrase, 0 to 1. Every word of the phrase should be there; others weaken it."""
    if not name or not phrase:
        return 0.0
    common = name & phrase
    if not common:
        return 0.0
    if name == phrase:
        # ``Time`` alone says less than ``Talk time``.
        return 0.95 if name <= _LIGHT else 1.0
    extra = name - phrase
    precision = _weight(common) / (
        _weight(common) + sum(_light(word) * (0.5 if word in _WHOSE else 1.3) for word in extra)
    )
    recall = _weight(common) / _weight(phrase)
    if recall < 1.0 and len(phrase) < 2:
        return 0.0
    score = 2 * precision * recall / (precision + recall)
    # ``Customer type`` is no type of request: a light word with another beside it is about that other one.
    light = 0.65 if phrase <= _LIGHT and not name <= _LIGHT | {"record", "row", "item"} else 1.0
    return score * light * (0.95 if recall == 1.0 else 0.65)


def _weight(some: frozenset[str]) -> float:
    return sum(map(_light, some))


@lru_cache(maxsize=20_000)
def _light(word: str) -> float:
    if word in _LIGHT:
        return 0.5
    # A part of a Chinese, Japanese or Korean heading that no term explains says little either way.
    return 0.3 if word.isdigit() or _HAN.search(word) else 1.0


def best_likeness(name: frozenset[str], table: str, column: str) -> float:
    """The best likeness of a column's words to anything a contract's column is called."""
    return _best_likeness(_without_strangers(name), table, column)


@lru_cache(maxsize=20_000)
def _without_strangers(name: frozenset[str]) -> frozenset[str]:
    """Which words they are that no phrase has is all one; how many there are, and how much each weighs, is not."""
    strangers = name - _told_apart()
    if not strangers:
        return name
    light = sum(_light(word) < 1.0 for word in strangers)
    return frozenset(
        [*(name - strangers), *(_LIGHT_STRANGER * n for n in range(1, light + 1)),
         *(_STRANGER * n for n in range(1, len(strangers) - light + 1))]
    )  # fmt: skip


@cache
def _told_apart() -> frozenset[str]:
    phrases = (phrase for columns in lexicon().phrases.values() for some in columns.values() for phrase in some)
    return frozenset(word for phrase in phrases for word in phrase) | _WHOSE | _LIGHT


@lru_cache(maxsize=100_000)
def _best_likeness(name: frozenset[str], table: str, column: str) -> float:
    known = _phrases_by_word(table, column)
    return max((likeness(name, phrase) for word in name for phrase in known.get(word, ())), default=0.0)


@cache
def _phrases_by_word(table: str, column: str) -> Mapping[str, Sequence[frozenset[str]]]:
    """What shares no word with a heading is not looked at."""
    found: dict[str, list[frozenset[str]]] = {}
    for phrase in lexicon().phrases[table][column]:
        for word in phrase:
            found.setdefault(word, []).append(phrase)
    return found


@cache
def columns_by_word(table: str) -> Mapping[str, Sequence[str]]:
    """The columns of a table of which some phrase has a word: a heading without any of a column's is not like it."""
    found: dict[str, list[str]] = {}
    for column in lexicon().phrases[table]:
        for word in _phrases_by_word(table, column):
            found.setdefault(word, []).append(column)
    return found


def head_likeness(name: str, table: str, column: str) -> float:
    """``Default address city`` is a city: what an English name ends in says what the thing is, if weakly."""
    head = _head(name)
    if head is None or frozenset({head}) not in _phrases_by_word(table, column).get(head, ()):
        return 0.0
    return HEADED + (0.02 if head == column else 0.0)


@lru_cache(maxsize=20_000)
def _head(name: str) -> str | None:
    said = [word for word in words(name) if word not in _LIGHT]
    return None if len(said) < 2 or set(said) & _OF_ANOTHER or translated(name) != name else said[-1]
