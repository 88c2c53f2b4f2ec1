"""A name for a source from the names of its files: what they have in common, without years and numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from ingestion.headers import normalise

_SUFFIX = re.compile(
    r"(?:\.(?:csv|tsv|tab|psv|txt|json|jsonl|ndjson|parquet|xlsx?|ods|zip|gz|bz2|xz))+$", re.IGNORECASE
)
_NOISE = re.compile(r"(?:^|_)(?:\d+|export|data|dump|final|copy|v\d+|new)(?=_|$)")

NO_NAME = "source"


def source_name(paths: Sequence[Path]) -> str:
    """A valid name of a source: the files' common words, else the folder's, else ``source``."""
    stems = [normalise(_SUFFIX.sub("", path.name)) for path in paths]
    words = [_cleaned(stems[0])] if len(stems) == 1 else _shared(stems)
    candidates = [*words, *([_cleaned(normalise(paths[0].parent.name))] if len(paths) > 1 else [])]
    return next((name for name in candidates if len(name) >= 3), NO_NAME)


def _shared(stems: Sequence[str]) -> list[str]:
    """The words of the first name that all the others have too."""
    others = [set(_cleaned(stem).split("_")) for stem in stems]
    kept = [word for word in _cleaned(stems[0]).split("_") if all(word in other for other in others)]
    return ["_".join(kept)] if kept else []


def _cleaned(stem: str) -> str:
    plain = unicodedata.normalize("NFKD", stem.lower().replace("đ", "d").replace("ß", "ss"))
    unmarked = "".join(letter for letter in plain if not unicodedata.combining(letter))
    ascii_only = re.sub(r"[^a-z0-9_]+", "_", unmarked)
    bare = _NOISE.sub("", ascii_only).strip("_") or ascii_only.strip("_")
    bare = re.sub(r"_+", "_", bare)[:40].strip("_")
    return bare if re.match(r"[a-z]", bare) else f"source_{bare}" if bare else ""
