"""Letters that were encoded twice: UTF-8 read as cp1252 and written as UTF-8 again (``Ã¼`` for ``ü``).

Repaired only where it is certain: every letter of the file beyond ASCII is a part of such a damage. Where sound letters
stand beside damaged ones, nobody can say for each what it was; the file is then read as it stands, and that is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


def _letter(byte: int) -> str:
    """What a byte looks like to those who take it for cp1252; the five it does not know stand for themselves."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_LETTERS = {_letter(byte): byte for byte in range(0x80, 0x100)}
_FOLLOWING = "[" + re.escape("".join(_letter(byte) for byte in range(0x80, 0xC0))) + "]"
# Latin with accents, Greek, Cyrillic and their like; punctuation, Vietnamese and East Asian letters; pictures.
_DAMAGE = re.compile(f"[Â-Ñ]{_FOLLOWING}|[à-ï]{_FOLLOWING}{{2}}|[ð-ô]{_FOLLOWING}{{3}}")
_SURE = re.compile(f"[ÂÃ]{_FOLLOWING}|â€{_FOLLOWING}|[ã-é]{_FOLLOWING}{{2}}|á[º»]{_FOLLOWING}|[ÄÅÆÐÑ]{_FOLLOWING}")


@dataclass(frozen=True)
class Repair:
    """A repaired copy and how many lines of it were damaged; without a ``path`` nothing was certain."""

    path: Path | None
    lines: int


def looks_damaged(text: str) -> bool:
    """Whether a text has letters that are hardly anything but damage."""
    return _SURE.search(text) is not None


def repair(source: Path, target: Path) -> Repair:
    """Write a repaired copy of a UTF-8 text, or none when some letter in it is sound."""
    damaged, sound = 0, 0
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        source.open(encoding="utf-8", errors="replace", newline="\n") as lines,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        for line in lines:
            mended = _mended(line) if not line.isascii() else line
            if mended is None:
                sound += 1
                damaged += looks_damaged(line)
                continue
            damaged += mended != line
            out.write(mended)
    return Repair(None if sound else target, damaged)


def _mended(line: str) -> str | None:
    """The line as it was; ``None`` when some letter beyond ASCII is no part of a damage."""
    rest = _DAMAGE.sub("", line)
    if not rest.isascii() and rest != "\ufeff" + rest[1:]:
        return None
    try:
        return _DAMAGE.sub(lambda found: bytes(_LETTERS[letter] for letter in found[0]).decode("utf-8"), line)
    except UnicodeDecodeError:
        return None
