"""Bytes to text: which encoding, which line ends, and a normalised copy where DuckDB cannot read the file itself.

DuckDB reads UTF-8 with LF, CRLF or CR. Everything else is copied once, in large chunks, into ``build/prepared``.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ingestion.readers.alphabets import other_alphabet, western_alphabet
from ingestion.readers.reading import FileRefused

SAMPLE_BYTES = 512 * 1024
CHUNK = 4 * 1024 * 1024
_PIECES, _PIECE_BYTES = 33, 16 * 1024
_LIKELY = 0.5
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EAST_ASIAN = ("cp932", "cp949", "gb18030", "big5")
_ALIASES = {
    "shift-jis": "cp932",
    "shift_jis": "cp932",
    "sjis": "cp932",
    "euc-kr": "cp949",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "latin-1": "cp1252",
    "iso-8859-1": "cp1252",
    "windows-1252": "cp1252",
    "ansi": "cp1252",
}


@dataclass(frozen=True)
class TextSample:
    """The beginning of a text file, decoded. ``whole`` says whether it is all of it."""

    text: str
    encoding: str
    whole: bool

    @property
    def has_mixed_ends(self) -> bool:
        """Whether rows end in more than one way, as far as the sample shows."""
        crlf = self.text.count("\r\n")
        alone = self.text.count("\r") - crlf
        newline = self.text.count("\n") - crlf
        return sum(1 for count in (crlf, alone, newline) if count) > 1


def codec_name(encoding: str) -> str:
    """The codec for an encoding as people write it. Raises ``LookupError``."""
    name = _ALIASES.get(encoding.strip().lower(), encoding.strip())
    codecs.lookup(name)
    return name


def read_sample(path: Path, size: int, encoding: str | None = None) -> TextSample:
    """Decode the beginning of a file. Raises `FileRefused` when it is no text."""
    with path.open("rb") as handle:
        data = handle.read(SAMPLE_BYTES)
    whole = len(data) >= size
    encoding = encoding or detect_encoding(data, whole=whole)
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    return TextSample(decoder.decode(data, final=whole).lstrip("\ufeff"), encoding, whole)


def spread_text(path: Path, size: int) -> str:
    """Pieces from all over a UTF-8 text that is larger than its sample; empty for a smaller one."""
    if size <= SAMPLE_BYTES:
        return ""
    with path.open("rb") as handle:
        return " ".join(_piece(handle, size * place // _PIECES) for place in range(1, _PIECES))


def _piece(handle: BinaryIO, at: int) -> str:
    handle.seek(at)
    return handle.read(_PIECE_BYTES).decode("utf-8", errors="ignore")


def detect_encoding(data: bytes, *, whole: bool) -> str:
    """The encoding of a sample: its byte-order mark, UTF-8 where valid, else the likeliest of those in use."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    wide = _wide_without_mark(data)
    if wide:
        return wide
    if _decodes(data, "utf-8", whole) or _is_mostly_utf8(data):
        return "utf-8"
    return _likeliest(data, whole)


def _wide_without_mark(data: bytes) -> str | None:
    head = data[:4096]
    if len(head) < 4 or b"\x00" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 5 and even < odd // 10 + 1:
        return "utf-16-le"
    if even > len(head) // 5 and odd < even // 10 + 1:
        return "utf-16-be"
    return None


def _decodes(data: bytes, encoding: str, whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(data, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether a few broken letters stand among many that are valid; chance gives no such text."""
    text = data.decode("utf-8", errors="replace")
    foreign = sum(letter > "\x7f" for letter in text)
    return text.count("\ufffd") * 10 < foreign


def _likeliest(data: bytes, whole: bool) -> str:
    """Score the text each encoding would give; the Western one wins where no other is clearly better."""
    best, best_score = western_alphabet(data), _western_score(data)
    other, score = other_alphabet(data)
    if score > max(best_score, _LIKELY) and _decodes(data, other, whole):
        best, best_score = other, score
    for encoding in _EAST_ASIAN:
        if not _decodes(data, encoding, whole):
            continue
        score = _east_asian_score(codecs.getincrementaldecoder(encoding)().decode(data), encoding)
        if score > best_score:
            best, best_score = encoding, score
    return best


def _western_score(data: bytes) -> float:
    """Accented letters stand alone between ASCII ones; runs of high bytes are another alphabet."""
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", data)]
    if not runs:
        return 1.0
    odd = sum(data.count(bytes([byte])) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))
    alone = sum(length for length in runs if length <= 2)
    return alone / sum(runs) - 2.0 * odd / sum(runs)


def _east_asian_score(text: str, encoding: str) -> float:
    """The share of characters usual in the language an encoding was made for."""
    letters = [letter for letter in text if ord(letter) > 0x7F]
    if not letters:
        return 0.0
    usual = sum(_USUAL[encoding](letter) for letter in letters)
    return usual / len(letters)


def _hangul(letter: str) -> float:
    if not "\uac00" <= letter <= "\ud7a3":
        return 0.3 if "\u3000" <= letter <= "\u303f" else 0.0
    return 1.0 if _in_rows(letter, "euc_kr", 0xB0, 0xC8) else 0.2


def _kana_or_kanji(letter: str) -> float:
    if "\u3040" <= letter <= "\u30ff" or "\u3000" <= letter <= "\u303f":
        return 1.0
    if "\uff61" <= letter <= "\uff9f":
        return 0.1
    return 0.95 if _in_rows(letter, "euc_jp", 0xB0, 0xCF) else 0.2


def _common_hanzi(letter: str) -> float:
    if "\u3000" <= letter <= "\u303f" or "\uff00" <= letter <= "\uff5e":
        return 0.8
    return 1.0 if _in_rows(letter, "gb2312", 0xB0, 0xD7) else 0.2


def _common_traditional(letter: str) -> float:
    return 0.9 if _in_rows(letter, "big5", 0xA4, 0xC6) else 0.1


def _in_rows(letter: str, encoding: str, first: int, last: int) -> bool:
    """Whether a character stands among the frequent ones of a national set (those come first in it)."""
    try:
        code = letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and first <= code[0] <= last


_USUAL = {"cp932": _kana_or_kanji, "cp949": _hangul, "gb18030": _common_hanzi, "big5": _common_traditional}


def write_normalised(
    source: Path, target: Path, encoding: str, *, name: str, skip_lines: int = 0, first_line: str = ""
) -> Path:
    """Copy a text as UTF-8 with LF line ends, leaving out the first lines and putting ``first_line`` in front.

    Raises `FileRefused` when it is no text.
    """
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    target.parent.mkdir(parents=True, exist_ok=True)
    held, first = "", True
    with source.open("rb") as reader, target.open("w", encoding="utf-8", newline="") as writer:
        writer.write(first_line)
        while True:
            data = reader.read(CHUNK)
            try:
                text = held + decoder.decode(data, final=not data)
            except UnicodeDecodeError as error:
                raise FileRefused(
                    f"{name} is not all {encoding} text; save it as UTF-8.",
                    code="bad_encoding",
                    file=name,
                    hint="Or name its encoding under `read: {encoding: …}` in the map.",
                ) from error
            if first:
                text, first = text.lstrip("\ufeff"), False
            # A CR at the end of a block may be half of a CRLF.
            text, held = (text[:-1], "\r") if data and text.endswith("\r") else (text, "")
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            while skip_lines and "\n" in text:
                text = text.split("\n", 1)[1]
                skip_lines -= 1
            if not (skip_lines and data):
                writer.write("" if skip_lines else text)
            if not data:
                return target


def is_damaged_utf8(path: Path) -> bool:
    """Whether a file with some bytes that are no UTF-8 is UTF-8 all the same: most of its other letters are valid."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    foreign, broken = 0, 0
    with path.open("rb") as reader:
        while True:
            data = reader.read(CHUNK)
            text = decoder.decode(data, final=not data)
            foreign += len(text) - len(text.encode("ascii", errors="ignore"))
            broken += text.count("\ufffd")
            if not data:
                return broken * 10 < foreign
