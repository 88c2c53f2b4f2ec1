"""Whether a question asks what was expected, what was found, or how much it matters."""

from __future__ import annotations

import re
from collections import defaultdict

from ingestion.inspection.profile import Profile
from ingestion.inspection.words import words

_ROLE_LETTER = {"e": "expectation", "p": "perception", "i": "importance"}
_ROLE_WORDS = {
    "expectation": {"expectation", "expected", "expect", "desired", "ideal"},
    "importance": {"importance", "important"},
    "perception": {"perception", "perceived", "actual", "experienced"},
}


def are_lettered(profiles: list[Profile]) -> bool:
    """E1…En beside P1…Pn are expectations and perceptions."""
    starts = defaultdict(set)
    for profile in profiles:
        match = re.match(r"([EPIepi])[ _-]?(\d{1,2})\b", profile.name)
        if match:
            starts[match[1].lower()].add(match[2])
    return len(starts["e"] & starts["p"]) >= 3


def role_of(name: str, *, lettered: bool) -> str:
    """The role of a question; ``lettered`` where E1 … En and P1 … Pn stand side by side."""
    if lettered and name[:1].lower() in _ROLE_LETTER:
        return _ROLE_LETTER[name[:1].lower()]
    said = set(words(name))
    return next((role for role, known in _ROLE_WORDS.items() if said & known), "perception")
