"""Letters that were encoded twice: UTF-8 read as cp1252 and written as UTF-8 again (``Ã¼`` for ``ü``).

Repaired only where it is certain: every letter of the file beyond ASCII is a part of such a damage. Where sound letters
stand beside damaged ones, nobody can say for each what it was (a customer may write of the damage he sees); the file is
then read as it stands, and that is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from ingestion.readers.reading import Piece, Problem


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


# JSON may spell letters as escapes; pairs of them are letters that no damage of ours gives.
_ESCAPED = re.compile(r"((?<!\\)(?:\\\\)*)\\u([0-9a-fA-F]{4})")
_PAIR = re.compile(r"(?<!\\)(?:\\\\)*\\u[dD][89abAB]")
_AT_ONCE = 1024 * 1024
_BETWEEN = frozenset(' \t\r\n",;|}')


@dataclass(frozen=True)
class Repair:
    """A repaired copy and how many lines of it were damaged; without a ``path`` nothing was certain."""

    path: Path | None
    lines: int


def looks_damaged(text: str, *, is_json: bool = False) -> bool:
    """Whether a text has letters that are hardly anything but damage."""
    spelt = _spelt_out(text) if is_json else text
    return not spelt.isascii() and _SURE.search(spelt) is not None


def mended_text(text: str) -> str:
    """A text without its damage, where it has no sound letter beside it."""
    return _mended(text) or text


def mended_copy(piece: Piece, path: Path, target: Path, *, is_json: bool = False) -> tuple[Path, tuple[Problem, ...]]:
    """The text without the damage of a second encoding, where that is certain, and what is told of it."""
    mended = repair(path, target, is_json=is_json)
    lines = f"{mended.lines} line{'' if mended.lines == 1 else 's'}"
    if mended.path is None:
        told = (
            f"{piece.name}: {lines} have letters that were encoded twice, beside sound ones; they are kept as they are."
        )
        return path, (Problem("mojibake_kept", told),) if mended.lines else ()
    told = f"{piece.name}: letters that were encoded twice (UTF-8 taken for cp1252) are repaired in {lines}."
    return mended.path, (Problem("mojibake_repaired", told),)


def repair(source: Path, target: Path, *, is_json: bool = False) -> Repair:
    """Write a repaired copy of a UTF-8 text, or none when some letter in it is sound."""
    damaged, sound = 0, 0
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        source.open(encoding="utf-8", errors="replace", newline="\n") as text,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        for line in _lines(text):
            spelt = _spelt_out(line) if is_json else line
            mended = None if is_json and _PAIR.search(spelt) else _mended(spelt)
            if mended is None:
                sound += 1
                damaged += looks_damaged(spelt)
                continue
            damaged += mended != spelt
            out.write(mended)
    return Repair(None if sound else target, damaged)


def _lines(text: TextIO) -> Iterator[str]:
    """The lines; a very long one in parts that end between two words."""
    while line := text.readline(_AT_ONCE):
        parts = [line]
        while parts[-1] and parts[-1][-1] not in _BETWEEN:
            parts.append(text.read(1))
        yield "".join(parts)


def _spelt_out(text: str) -> str:
    """A JSON text whose escapes beyond ASCII are letters; pairs stay as they are."""
    if "\\u" not in text:
        return text

    def letter(found: re.Match[str]) -> str:
        code = int(found[2], 16)
        is_plain = code >= 0x80 and not 0xD800 <= code <= 0xDFFF
        return found[1] + chr(code) if is_plain else found[0]

    return _ESCAPED.sub(letter, text)


def _mended(line: str) -> str | None:
    """The line without its damage; ``None`` when some letter beyond ASCII is no part of a damage."""
    if line.isascii():
        return line
    rest = _DAMAGE.sub("", line)
    if not rest.isascii() and rest != "\ufeff" + rest[1:]:
        return None
    try:
        return _DAMAGE.sub(lambda found: bytes(_LETTERS[letter] for letter in found[0]).decode("utf-8"), line)
    except UnicodeDecodeError:
        return None
