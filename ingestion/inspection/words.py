"""What column names mean: names taken apart into plain words, and their likeness to what people call things.

What belongs here: words only. What the values look like is said in `profile`; which table a file is, in `kinds`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from ingestion.inspection import lexicon_parsing
from ingestion.inspection.languages import content as other_languages
from ingestion.inspection.languages import simplified, translated
from ingestion.inspection.romance import WORDS_LOADER, unaccented
from ingestion.inspection.romance import content as romance_languages

LEXICON = Path(__file__).parent / "lexicon.yml"

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_E_MAIL = re.compile(r"(?i)\be-mail")
# How a clock is written: ``(HH:mm:ss)``, ``(mm:ss)``.
_WRITTEN_AS = re.compile(r"(?i)[(\[]?(?:\b(?:hh?:mm(?::ss)?|mm?:ss|min:se[cg])\b|分:秒|분:초|phút:giây)[)\]]?")
# ``Resolve by`` is a deadline, ``(Do Not Modify)`` a warning to whoever imports it again.
_DEADLINE_OF = "response|respond|reply|resolve|resolution|completion|complete|close|fix"
_PHRASES = (
    (re.compile(rf"(?i)\b({_DEADLINE_OF})[ _]by(?:[ _](?:date|time))?$"), r"\1 due"),
    (re.compile(r"(?i)[(\[]\s*(?:do not|read[- ]only|required|optional)\b[^()\[\]]*[)\]]"), " "),
    (re.compile(r"(?i)\bwrap[- ]up\b"), "wrap up"),
    (re.compile(r"(?i)\bre-open"), "reopen"),
    # ``T. retención`` is a time.
    (re.compile(r"(?i)^t\.\s*(?=(?:de )?(?:espera|retenci|conversaci|administrativ|atenci|respuesta))"), "tiempo "),
    (re.compile(r"(?i)(?<=[a-zäöüß]{4})-?nr(?![a-zäöüß])\.?"), "nummer"),
)
_BY_WHOM = (
    # ``Calls handled by adviser`` counts them.
    (
        re.compile(
            r"(?i)(?<!s[ _])\b(?:answered|handled|served|taken|resolved|solved|closed|processed|worked)[ _]by\b"
        ),
        "agent",
    ),
    (re.compile(r"(?i)\b(?:reported|raised|requested|submitted|lodged)[ _]by\b"), "customer"),
    (
        re.compile(r"(?i)\b(?:changed|updated|modified|edited|performed|made)[ _]?by\b|\bupdater\b|\bcreateby\b"),
        "actor",
    ),
)
# None of these forms is without one of these signs; most names have none.
_MARKED = re.compile(r"(?i)by|nr|wrap|updater|[-:.(\[]")
_DIGIT = re.compile(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_NO_LETTERS, _NUMBERED = re.compile(r"[\W_]+"), re.compile(r"^\d+\s+(?=\D)")
_NUMBER_SIGNS = ("#", "№", "Nº", "N°")
_ID_WORDS = ("number", "reference", "code", "key")
_KEPT_WHOLE = {"status", "address", "class", "business", "process", "access", "bonus", "axis", "basis", "plus"}


@dataclass(frozen=True)
class Lexicon:
    """`lexicon.yml` with its phrases taken apart; phrases[table][column] are sets of words."""

    phrases: dict[str, dict[str, tuple[frozenset[str], ...]]]
    signs: dict[str, frozenset[str]]
    values: dict[str, dict[str, str]]
    likert: tuple[tuple[str, ...], ...]
    truth: dict[str, str]


@cache
def _content() -> dict[str, Any]:
    if told := lexicon_parsing.kept().get("content"):
        return dict(told)
    content: dict[str, Any] = yaml.load(LEXICON.read_text(encoding="utf-8"), Loader=WORDS_LOADER)
    return content


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[str, ...]:
    """The meaningful words of a name, in order: ``Nhs1 Answered 60sec SUM`` is nhs, 1, answered, 60, second."""
    abbreviations, idle = _content()["abbreviations"], _idle()
    if _MARKED.search(name):
        name = _WRITTEN_AS.sub(" ", _E_MAIL.sub("email", name))
        for form, told in (*_PHRASES, *_BY_WHOM):
            name = form.sub(told, name)
    name = translated(name)
    if not name.isupper():
        name = _HUMP.sub(" ", name)
    parted = re.sub(r"[^0-9A-Za-z]+", " ", _DIGIT.sub(" ", name)) if name.isascii() else re.sub(r"[\W_]+", " ", name)
    if name.strip() in _NUMBER_SIGNS:
        return ("number",)
    found: list[str] = []
    parts = [half for part in parted.lower().split() for half in _halves(part)]
    for part in parts:
        word = abbreviations.get(part) or abbreviations.get(_singular(part)) or _singular(part)
        if word not in idle or (not found and len(parts) == 1):
            found += str(word).split("_")
    # ``Resolved date time`` is when, as ``Resolved date`` is.
    return tuple(word for at, word in enumerate(found) if word != "time" or found[max(0, at - 1)] != "date")


@cache
def _idle() -> frozenset[str]:
    return frozenset([*_content()["idle"], *other_languages()["idle"]])


@cache
def known_words() -> frozenset[str]:
    """Every word that some phrase of the lexicon has."""
    content = _content()
    said = [str(phrase) for entry in content["tables"].values() for own in entry["columns"].values() for phrase in own]
    said += [str(phrase) for own in content["shared"].values() for phrase in own]
    plain_words = {word for phrase in said for word in phrase.lower().split() if len(word) > 2 or word == "id"}
    return frozenset(plain_words | {word for word in content["abbreviations"] if len(word) > 3})


@cache
def _short_forms() -> frozenset[str]:
    """Abbreviations of three letters, which count in front of a known word of four or more: ``abncalls``."""
    return frozenset(word for word in _content()["abbreviations"] if len(word) == 3)


@lru_cache(maxsize=20_000)
def _halves(part: str) -> tuple[str, ...]:
    """A word run together from two known ones is parted: ``ticketid``, ``periodname``."""
    known = known_words()
    if part in known or _singular(part) in known or len(part) < 6:
        return (part,)
    heads = known | _short_forms()
    splits = [(part[:at], part[at:]) for at in range(3, len(part) - 1) if part[:at] in heads and part[at:] in known]
    splits = [pair for pair in splits if pair[0] in known or len(pair[1]) >= 4]
    return max(splits, key=lambda pair: len(pair[0])) if splits else (part,)


def _singular(word: str) -> str:
    if len(word) < 4 or word in _KEPT_WHOLE or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1] if word.endswith("s") else word


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    told = lexicon_parsing.kept().get("lexicon")
    return Lexicon(*told) if told else _taken_apart()


def parts() -> dict[str, Any]:
    """What can be kept of it: the words as they stand, and taken apart."""
    found = lexicon()
    return {"content": _content(), "lexicon": (found.phrases, found.signs, found.values, found.likert, found.truth)}


def _taken_apart() -> Lexicon:
    content = _content()
    shared = content["shared"]
    phrases: dict[str, dict[str, tuple[frozenset[str], ...]]] = {}
    signs = {}
    for table, entry in content["tables"].items():
        signs[table] = frozenset(word for sign in entry["signs"] for word in words(str(sign)))
        phrases[table] = {
            column: tuple({frozenset(words(str(phrase))) for phrase in [column, *own]})
            for column, own in entry["columns"].items()
        }
    from ingestion.contracts import load_contracts

    for table, contract in load_contracts().items():
        for column, given in contract.columns.items():
            known = phrases[table].get(column, ())
            general = {frozenset(words(str(phrase))) for phrase in [column, *shared.get(column, [])]}
            every = {*known, *general}
            if given.type == "id":
                every |= {phrase - {"id"} | {other} for phrase in every if "id" in phrase for other in _ID_WORDS}
            if contract.key == (column,):
                every |= {frozenset({other}) for other in ("id", *_ID_WORDS)}
            phrases[table][column] = tuple(every)
    foreign = other_languages()
    values: dict[str, dict[str, str]] = {}
    romance = romance_languages()
    for mapping_of in (content["values"], foreign["values"], romance["values"]):
        for name, mapping in mapping_of.items():
            told = {plain(said): ours for ours, some in mapping.items() for said in [ours, *some]}
            bare = {unaccented(said): ours for said, ours in told.items()} if mapping_of is romance["values"] else {}
            values[name] = {**bare, **told, **values.get(name, {})}
    scales = [*content["likert"], *foreign["likert"], *romance["likert"]]
    likert = tuple(tuple(plain(word) for word in scale) for scale in scales)
    told_by = (romance, foreign, content)
    truth = {plain(word): said for one in told_by for said, some in one["truth"].items() for word in some}
    return Lexicon(phrases, signs, values, likert, truth)


@lru_cache(maxsize=50_000)
def plain(value: str) -> str:
    """A category value for comparison: lower case, no number in front, no punctuation, simplified characters.
    ``1 - Critical`` is critical."""
    text = _NO_LETTERS.sub(" ", simplified(value).lower()).strip()
    return (_NUMBERED.sub("", text) or text) if text[:1].isdigit() else text
