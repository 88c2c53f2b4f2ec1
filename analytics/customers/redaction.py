"""Names, addresses and numbers out of a comment before anybody may see it."""

from __future__ import annotations

import re
from collections.abc import Iterable

NAME, ADDRESS, NUMBER = "[name]", "[address]", "[number]"
_EMAIL = re.compile(r"\S+@\S+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"[+(]?\d[\d\s().,/:-]*\d|\d")
# A title and what follows it; a street and its kin, in the languages comments come in.
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Herr|Frau|Anh|Chị|Ông|Bà|Cô)\.?\s+(?:[A-ZĐÀ-ỹ][\w’'-]*\s?){1,3}|[\u4e00-\u9fff]{1,2}(?:先生|女士|小姐|经理)"
)
_STREET = re.compile(
    r"\b[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|str\.|weg|platz|gasse)\b"
    r"|\b(?:[A-Z][\w’'-]*\s){1,3}(?:Street|St\.|Road|Rd\.|Avenue|Ave\.|Lane|Square)\b"
    r"|\b(?:Rua|Calle|Avenida|Phố|Đường)\s+(?:[A-ZĐÀ-ỹ][\w’'-]*\s?){1,3}"
    r"|[\u4e00-\u9fff]{2,6}(?:路|街|巷|小区)(?:\[number\])?号?",
)
_SHORTEST = 2


def redact(text: str, names: Iterable[str] = ()) -> str:
    """The comment without e-mail and web addresses, digits, streets, titled names, and the ``names`` known to us.

    Names match whole words and as written (a capital letter); Chinese ones anywhere. What no list knows and no title
    announces can stay: this is why comments are shown from groups of ten only.
    """
    for pattern, mark in ((_EMAIL, ADDRESS), (_LINK, ADDRESS), (_NUMBER, NUMBER), (_TITLED, NAME), (_STREET, ADDRESS)):
        text = pattern.sub(f" {mark} ", text)
    return without_names(re.sub(r"\s+", " ", text).strip(), names)


def without_names(text: str, names: Iterable[str]) -> str:
    """The text without these names, the longest first; several in a row are one."""
    found = [name for name in set(names) if name in text]
    for name in sorted(found, key=lambda n: (-len(n), n)):
        text = _without(text, name)
    return re.sub(r"(\[name\])(?:\s+\[name\])+", r"\1", text)


def _without(text: str, name: str) -> str:
    if len(name) < _SHORTEST or name not in text:
        return text
    if re.search(r"[\u4e00-\u9fff]", name):
        return text.replace(name, NAME)
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", NAME, text)


def name_parts(full_names: Iterable[str | None]) -> set[str]:
    """Full names and their parts, as they may be written in a comment."""
    parts: set[str] = set()
    for full in full_names:
        if full:
            parts |= {full, *(part for part in full.split() if len(part) >= _SHORTEST)}
    return parts
