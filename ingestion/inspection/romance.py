"""Column headings in Spanish, Portuguese and French, put into the words of the lexicon. Words only, like `words`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ingestion.inspection import lexicon_parsing

# Everything is a text; libyaml's reader is ten times as fast as the one in Python.
WORDS_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
ROMANCE = Path(__file__).parent / "romance.yml"

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LATIN = re.compile(r"[^\u0250-\U0010ffff]+")
_LONGEST = 4


@cache
def content() -> dict[str, Any]:
    """`romance.yml` as it stands."""
    if kept := lexicon_parsing.kept().get("romance"):
        return dict(kept)
    told: dict[str, Any] = yaml.load(ROMANCE.read_text(encoding="utf-8"), Loader=WORDS_LOADER)
    return told


def unaccented(text: str) -> str:
    """Small letters without their accents: ``Média`` is media."""
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def romance(name: str) -> str | None:
    """A heading in English where a term of these languages stands in it; None where it is not one of theirs."""
    parted = name if name.isupper() else _HUMP.sub(" ", name)
    tokens = tuple(re.sub(r"[\W_]+", " ", unaccented(parted)).split())
    whole = _terms("alone").get(tokens)
    if whole is not None:
        return whole
    found = _greedy(tokens, _terms("terms"))
    if not any(is_term for _, is_term in found) and (name.isascii() or not _LATIN.fullmatch(name)):
        return None
    rest = [(part, is_term) for part, is_term in _greedy(tokens, _terms("terms") | _terms("beside"))]
    if not any(is_term for _, is_term in rest):
        return None
    links = set(content()["links"])
    return " ".join(part for part, is_term in rest if is_term or part not in links) or None


@cache
def _terms(part: str) -> dict[tuple[str, ...], str]:
    return {tuple(term.split()): english for term, english in content()[part].items()}


def _greedy(tokens: tuple[str, ...], terms: dict[tuple[str, ...], str]) -> list[tuple[str, bool]]:
    """The tokens from the left, the longest known phrase at each place; whether each part was known."""
    found: list[tuple[str, bool]] = []
    at = 0
    while at < len(tokens):
        sizes = range(min(_LONGEST, len(tokens) - at), 0, -1)
        size = next((size for size in sizes if tokens[at : at + size] in terms), 0)
        found.append((terms[tokens[at : at + size]], True) if size else (tokens[at], False))
        at += size or 1
    return found
