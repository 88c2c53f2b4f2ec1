"""A number or a length of time in SQL as its column writes it: ``85,3%``, ``1.234``, ``1,234.5``, ``05:45``."""

from __future__ import annotations

import re

from ingestion.datatypes import whole_seconds
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import words
from warehouse.store import quote_name

_DECIMAL_COMMA = re.compile(r"[-+]?(?:\d{1,3}(?:[. ]\d{3})+|\d+),\d+\s*%?$")
_POINTED_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(?:\.\d{3})+\s*%?$")
_WITH_POINT = re.compile(r"\d\.\d{1,2}\s*%?$|\d\.\d{4,}|^[-+]?0?\.\d")
_THOUSANDS_COMMA = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?\s*%?$")
_MANY_DECIMALS = re.compile(r"[.,]\d{5,}$|e-\d+$", re.IGNORECASE)
_PART_OF_A_DAY = 0.25
_UNITS_OF_TIME = {"second", "minute", "hour", "day", "ms", "millisecond"}
_IN_HOURS = re.compile(r"(?i)\bhh?:mm\b(?!:)")
_IN_MINUTES = re.compile(r"(?i)\bmm?:s(?:s|e[cg])?\b|\bmin:se[cg]\b|分:秒|분:초|phút:giây")
# The unit of a report's amounts: ``(单位：万元)``, ``(in thousands)``, ``T€``.
_UNITS_OF_MONEY = (
    (1e8, re.compile(r"[亿億]\s?[元円]|억\s?원")),
    (
        1e6,
        re.compile(
            r"百[万萬]\s?[元円]|백만\s?원|triệu (?:đồng|vnd|vnđ)|\bin (?:millions|mio|millionen)\b|"
            r"\bmio\.? ?(?:€|eur|chf)|[€$£]m\b"
        ),
    ),
    (1e4, re.compile(r"[万萬]\s?[元円]|만\s?원")),
    (
        1e3,
        re.compile(
            r"千\s?[元円]|천\s?원|(?:nghìn|ngàn) (?:đồng|vnd|vnđ)|\bin (?:thousands|teur|tsd|tausend)\b|\bteur\b|"
            r"\btsd\.? ?(?:€|eur|chf)|\b[tk]€|[€$£](?:000s?|k)\b|"
            r"\bx ?(?:€|eur)? ?1[.,]?000\b|\b(?:en miles|en milliers|em milhares)\b"
        ),
    ),
)


def told_units(profile: Profile) -> float:
    """How much one of a column's amounts is, as its heading says or the lines above all headings; 1 where none does."""
    return _units_in(profile.name) or _units_in(profile.above) or 1.0


def says_units(text: str) -> bool:
    """Whether a text says what amounts are counted in: ``(단위: 천원)``."""
    return _units_in(text) is not None


def _units_in(text: str) -> float | None:
    return next((size for size, sign in _UNITS_OF_MONEY if sign.search(text.lower())), None)


def number_sql(profile: Profile) -> str:
    """SQL for a cell as a double, without its percent sign; a cell that is no number is null."""
    bare = f"regexp_replace(trim({quote_name(profile.name)}), '[ %]', '', 'g')"
    if _writes_commas(profile):
        return f"try_cast(replace(replace({bare}, '.', ''), ',', '.') as double)"
    return f"try_cast(replace({bare}, ',', '') as double)"


def _writes_commas(profile: Profile) -> bool:
    """Whether a comma stands before the decimals; ``1,234`` alone is a thousand, ``1.234`` alone as well."""
    if any(_WITH_POINT.search(value) for value in profile.counts):
        return False
    commas = sum(bool(_DECIMAL_COMMA.match(value)) and not _THOUSANDS_COMMA.match(value) for value in profile.counts)
    if commas > 0 or profile.kind == "percent":
        # No share is a thousand per cent: ``85.312%`` has three decimals.
        return commas > 0
    return profile.share("pointed", lambda value: bool(_POINTED_THOUSANDS.match(value))) > 0


def clock_seconds_sql(profile: Profile, *, short: str = "minutes") -> str:
    """SQL for a clock in seconds. ``05:45`` is what its heading says, else ``short``: minutes and seconds of a call,
    hours and minutes of a day's work."""
    cell = f"trim({quote_name(profile.name)})"
    says = "hours" if _IN_HOURS.search(profile.name) else "minutes" if _IN_MINUTES.search(profile.name) else short
    if says == "hours" or profile.share("short clock", lambda value: value.count(":") == 1) < 0.95:
        return f"epoch(try_cast({cell} as interval))"
    first, second = (f"try_cast(split_part({cell}, ':', {part}) as double)" for part in (1, 2))
    return f"({first} * 60 + {second})"


def is_in_hours(profile: Profile) -> bool:
    """Whether the heading says that a clock of two parts is hours and minutes."""
    return bool(_IN_HOURS.search(profile.name))


def part_of_a_day_sql(profile: Profile) -> str | None:
    """SQL for the seconds of times that a spreadsheet wrote as parts of a day: many decimals, all far below one."""
    numbers = profile.numbers
    if profile.kind != "number" or not numbers or numbers[0] < 0 or not 0 < numbers[-1] <= _PART_OF_A_DAY:
        return None
    if _UNITS_OF_TIME & set(words(profile.name)):
        return None
    if profile.share("many decimals", lambda value: bool(_MANY_DECIMALS.search(value)) or not float_of(value)) < 0.9:
        return None
    return f"cast({whole_seconds(f'{number_sql(profile)} * 86400')} as varchar)"


def float_of(value: str) -> float:
    """A number as it is written, nought where it is none."""
    try:
        return float(value.replace(",", "."))
    except ValueError:
        return 0.0
