"""Column headings in other languages, put into the words of the lexicon. Words only, like `words`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from ingestion.inspection import lexicon_parsing
from ingestion.inspection.romance import WORDS_LOADER, romance

LANGUAGES = Path(__file__).parent / "languages.yml"
_UNSPACED, _SPACED, _COMPOUNDING = ("ja", "ko", "zh"), ("it", "pl", "nl", "vi", "de"), ("it", "pl", "nl", "de")
# Han characters, kana and hangul.
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
# Letters that no Romance language has: Polish shares ``data`` with them and little more.
_POLISH = re.compile(r"(?i)[ąćęłńśźż]")
_LINKS = ("", "s", "n", "en", "es", "e")
_SHORTEST = 4
_RUN = re.compile(r"\w+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@cache
def content() -> dict[str, Any]:
    """`languages.yml` as it stands."""
    if kept := lexicon_parsing.kept().get("languages"):
        return dict(kept)
    told: dict[str, Any] = yaml.load(LANGUAGES.read_text(encoding="utf-8"), Loader=WORDS_LOADER)
    return told


@lru_cache(maxsize=20_000)
def translated(name: str) -> str:
    """A heading with every known foreign term put into English; a name with none comes back as it is."""
    if not _HAN.search(name) and not _POLISH.search(name) and (told := romance(name)):
        return told
    found = _unspaced(name) if _HAN.search(name) else name
    if found.isascii():
        return _plain_vietnamese(found) or _by_token(_phrases_in_english(found))
    return _by_token(_spaced_pattern().sub(lambda term: f" {_spaced()[_composed(term[0].lower())]} ", _composed(found)))


def _phrases_in_english(name: str) -> str:
    """Few headings hold all words of such a phrase: the pattern of them all is made for those that do."""
    said = frozenset(_RUN.findall(name.lower()))
    if not any(words <= said for word in said for words in _words_of_phrases().get(word, ())):
        return name
    return _phrases_in_letters().sub(_in_english, name)


@cache
def _words_of_phrases() -> dict[str, list[frozenset[str]]]:
    """The words of each phrase, by the first of them."""
    found: dict[str, list[frozenset[str]]] = {}
    for term in _terms_in_letters():
        if " " in term and term.isascii():
            found.setdefault(_RUN.findall(term)[0], []).append(frozenset(_RUN.findall(term)))
    return found


def _in_english(term: re.Match[str]) -> str:
    return f" {_terms_in_letters()[term[0].lower()]} "


@cache
def _phrases_in_letters() -> re.Pattern[str]:
    """Terms of several words, which need no letter of their own to be known: ``Kunde seit``."""
    several = (term for term in _terms_in_letters() if " " in term and term.isascii())
    listed = "|".join(sorted(map(re.escape, several), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _unspaced(name: str) -> str:
    """What is left untold is tried as traditional Chinese, which shares characters with Japanese."""
    told = _put_into_english(_composed(name), _UNSPACED)
    plainer = simplified(_composed(name))
    if not _HAN.search(told) or plainer == name:
        return told
    other = _put_into_english(plainer, ("zh",))
    return other if len(_HAN.findall(other)) < len(_HAN.findall(told)) else told


def _put_into_english(name: str, languages: tuple[str, ...]) -> str:
    terms = _terms(languages)
    return _unspaced_pattern(languages).sub(lambda term: f" {terms[term[0].lower()]} ", name)


def simplified(text: str) -> str:
    """Traditional Chinese in simplified characters; any other text comes back as it is."""
    return text.translate(_traditional()) if _HAN.search(text) else text


@cache
def _traditional() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in content()["traditional"].split()}


@cache
def _unspaced_pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _terms(languages)), key=len, reverse=True)), re.IGNORECASE)


@cache
def _terms(languages: tuple[str, ...]) -> dict[str, str]:
    return {_composed(term.lower()): english for one in languages for term, english in content()[one].items()}


@cache
def _spaced() -> dict[str, str]:
    return _terms(_SPACED)


@cache
def _spaced_pattern() -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, _spaced()), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)


def _by_token(text: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda token: _told(token[0]) or token[0], text)


def _told(token: str) -> str | None:
    """A word of German, Dutch, Polish or Italian, or a compound of two or three of them with their linking sounds."""
    known, word = _terms_in_letters(), token.lower()
    if word in known:
        return known[word]
    parts = _parted(word) if len(word) >= 2 * _SHORTEST else None
    return " ".join(parts) if parts else None


@cache
def _terms_in_letters() -> dict[str, str]:
    own = _terms(_COMPOUNDING)
    return own | {_spelt_out(term): english for term, english in own.items()}


def _spelt_out(term: str) -> str:
    """``ä`` as it is written where there is none."""
    return term.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")


@cache
def _parted(word: str) -> tuple[str, ...] | None:
    known = _terms_in_letters()
    if word in known:
        return (known[word],)
    for at in range(len(word) - _SHORTEST + 1, _SHORTEST - 1, -1):
        head = known.get(word[:at])
        if head is None:
            continue
        rests = (word[at + len(link) :] for link in _LINKS if word[at:].startswith(link))
        tail = next((parts for rest in rests if len(rest) >= 3 and (parts := _parted(rest))), None)
        if tail:
            return (head, *tail)
    return None


@cache
def _bare_vietnamese() -> dict[str, str]:
    return {_unmarked(term): english for term, english in content()["vi"].items()}


def _unmarked(text: str) -> str:
    parted = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def _plain_vietnamese(name: str) -> str | None:
    """Vietnamese typed without its marks (``ngay_tao``), only where all its words, two at least, are Vietnamese."""
    spaced = " ".join(re.sub(r"[\W_]+", " ", _HUMP.sub(" ", name).lower()).split())
    if " " not in spaced or not _vietnamese_words().issuperset(spaced.split(" ")):
        return None
    whole, term = _bare_vietnamese_patterns()
    return term.sub(lambda found: _bare_vietnamese()[found[0]], spaced) if whole.fullmatch(spaced) else None


@cache
def _vietnamese_words() -> frozenset[str]:
    return frozenset(word for term in _bare_vietnamese() for word in term.split(" "))


@cache
def _bare_vietnamese_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    listed = "|".join(sorted(map(re.escape, _bare_vietnamese()), key=len, reverse=True))
    return re.compile(rf"(?:(?:{listed})(?: |$))+"), re.compile(rf"(?<!\w)(?:{listed})(?!\w)")
