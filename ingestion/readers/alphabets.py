"""Which one-byte alphabet a text is in: Western, Central European, Turkish, Cyrillic or Greek.

They share their bytes. What tells them apart are bytes that are letters in one and signs in another where they stand
inside a word, and the letters that a language uses most.
"""

from __future__ import annotations

import re

WESTERN = "cp1252"
_FEWEST = 2
# Inside a word these are letters of Polish, Slovak or Romanian; to cp1252 they are signs: ³ ¹ ¾ ¼ £ ¥ ¿ ¯.
_SIGNS_1250 = re.compile(rb"(?<=[A-Za-z\xc0-\xff])[\xb3\xb9\xbe\xbc\xa3\xa5\xbf\xaf](?=[a-z\xe0-\xff])")
# Letters of Polish in ISO 8859-2, which has nothing below 0xA0: to cp1252 and cp1250 they are ± and ¶.
_POLISH_LATIN_2 = re.compile(rb"(?<=[a-z])[\xb1\xb6](?=[a-z])")
_NOT_LATIN_2 = re.compile(rb"[\x80-\x9f]")
_CARON = re.compile(rb"[\x8a\x8e\x9a\x9e](?=[a-z\xe0-\xff])")
_SLAVIC = re.compile(rb"(?<=[A-Za-z])[\xe8\xf8\xec\xe6\xf9](?=[a-z])|(?<![A-Za-z\xc0-\xff])[\xc8\xe8](?=[a-z])")
_HUNGARIAN = re.compile(rb"(?<=[a-z])[\xf5\xfb](?![e])")
_TURKISH = re.compile(rb"(?<=[A-Za-z\xc0-\xff])[\xfd\xfe\xf0]")
_ICELANDIC = re.compile(rb"[\xe1\xed\xf3\xfa\xe6]")
_RUNS = re.compile(rb"[\xb8\xa8\xc0-\xff]{2,}")
_VOWELS_CYRILLIC = b"\xe0\xee\xe5\xe8"
_VOWELS_GREEK = b"\xe1\xef\xe9\xdc\xdf\xfc\xdd\xde"
_LONG_RUN = 3.0


def western_alphabet(data: bytes) -> str:
    """The alphabet of a text whose letters are Latin ones: cp1252 unless another one is told by several words."""
    if not _NOT_LATIN_2.search(data) and len(_POLISH_LATIN_2.findall(data)) >= _FEWEST:
        return "iso8859-2"
    if len(_SIGNS_1250.findall(data)) >= _FEWEST:
        return "cp1250"
    if len(_CARON.findall(data)) >= _FEWEST and len(_SLAVIC.findall(data)) >= _FEWEST:
        return "cp1250"
    hungarian = _HUNGARIAN.findall(data)
    if len(set(hungarian)) == _FEWEST and b"\xe3" not in data:
        return "cp1250"
    return "cp1254" if _is_turkish(data) else WESTERN


def _is_turkish(data: bytes) -> bool:
    """``ı`` more often than ``ğ``; Icelandic, which has its ý and ð in their places, has ð more often, and æ beside."""
    found = _TURKISH.findall(data)
    is_told = len(found) > _FEWEST and len({*found}) > 1 and data.count(b"\xfd") > data.count(b"\xf0")
    return is_told and len(_ICELANDIC.findall(data)) < len(found)


def other_alphabet(data: bytes) -> tuple[str, float]:
    """Cyrillic or Greek and how likely it is, 0 to 1: words of such letters alone, mostly small ones, with vowels."""
    runs = _RUNS.findall(data)
    high = sum(byte > 0x7F for byte in data)
    if not runs or not high or sum(map(len, runs)) / len(runs) < _LONG_RUN:
        return "cp1251", 0.0
    letters = b"".join(runs)
    told = {"cp1251": _VOWELS_CYRILLIC, "cp1253": _VOWELS_GREEK}
    shares = {name: sum(letters.count(bytes([one])) for one in vowels) for name, vowels in told.items()}
    name = max(shares, key=lambda one: shares[one])
    small = sum(letters.count(bytes([one])) for one in range(0xDC if name == "cp1253" else 0xE0, 0x100))
    return name, (small / len(letters)) * min(1.0, shares[name] / len(letters) / 0.25) * len(letters) / high
