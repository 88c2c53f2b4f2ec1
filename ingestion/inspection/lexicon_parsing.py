"""The recogniser's words as they were read and taken apart: kept by set-up beside them, as compiled Python is.

Taking thousands of phrases in a dozen languages apart costs a quarter of a second of every `swotlight inspect` and says
the same each time. ``python -m ingestion.words_ahead`` does it ahead; where that was not done, or a word has changed
since, they are taken apart when they are first asked for. A command writes nothing here.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_PLACE = _HERE / "parsed"
_SOURCES = ("*.yml", "words.py", "languages.py", "romance.py", "lexicon_parsing.py")
_CONTRACTS = "contracts/*.yml"


@cache
def kept() -> dict[str, Any]:
    """What was taken apart ahead of just these words, by what it is; nothing where it was not."""
    try:
        told: dict[str, Any] = marshal.loads((_PLACE / _name()).read_bytes())
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return told


def keep(parts: dict[str, Any]) -> Path:
    """Write what was taken apart, and nothing else of that sort is left."""
    _PLACE.mkdir(exist_ok=True)
    target = _PLACE / _name()
    half = target.with_suffix(".half")
    half.write_bytes(marshal.dumps(parts))
    half.replace(target)
    for old in _PLACE.iterdir():
        if old != target:
            old.unlink(missing_ok=True)
    return target


def _name() -> str:
    """Told by what the words depend on, and by the Python that wrote them."""
    told = hashlib.blake2b(f"{sys.version} {marshal.version}".encode(), digest_size=12)
    paths = [path for pattern in _SOURCES for path in sorted(_HERE.glob(pattern))]
    for path in [*paths, *sorted(_HERE.parent.glob(_CONTRACTS))]:
        told.update(path.read_bytes())
    return f"{told.hexdigest()}.words"
