"""What the values of a column look like: nulls, kinds of values, formats. Nothing about names.

Works on a sample of rows as text. Every recogniser says what share of the filled cells it fits; a kind is claimed when
nearly all of them fit.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from ingestion.date_readings import DateReading
from ingestion.inspection.counted import Spellings
from ingestion.inspection.moments import moment_kind
from ingestion.inspection.words import lexicon, plain

NULL_WORDS = frozenset(
    ["", "?", "na", "n/a", "#n/a", "null", "none", "nan", "-", "--", "---", "\u2010", "\u2011", "\u2012", "\u2013",
     "\u2014", "\u2015", "\u2212", "./.", "0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "00.00.0000", "nil",
     "(null)", "nat", "<na>", "\\n", "undefined", "blank", "(blank)", "#", "*", "**"]
)  # fmt: skip
# What programs write where somebody was asked for a rating and gave none.
UNRATED = frozenset(
    [
        *("not set", "never"),
        *("not rated", "unrated", "no rating", "not yet rated", "not scored", "not evaluated"),
        *("未评价", "未評價", "暂未评价", "未评分", "未評分", "未参评", "未打分", "无评价", "未評価", "미평가"),
        *("chưa đánh giá", "không đánh giá", "nicht bewertet", "keine bewertung", "non noté", "non évalué"),
        *("sin calificar", "sin valorar", "no calificado", "não avaliado", "sem avaliação", "non valutato"),
        *("niet beoordeeld", "brak oceny"),
    ]
)
_NOTHING = NULL_WORDS | UNRATED
# A letter or two more than the longest: small letters may be more than their capitals.
_LONGEST_NOTHING = 2 * max(map(len, _NOTHING))
NEARLY_ALL = 0.97
_MOST_SPELLINGS = 40

_NUMBER = re.compile(r"[-+]?(?:\d+(?:[.,]\d+)?|\d{1,3}(?:[,.' ]\d{3})+(?:[.,]\d+)?|[.,]\d+)(?:[eE][-+]?\d+)?$")
_FIGURE, _NO_NUMBER = re.compile(r"\d"), re.compile(r"[^\d.,eE+-]")
_PARTED = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?$")
_FARTHEST = sys.float_info.max
_INTEGER = re.compile(r"[-+]?\d+$")
_WHOLE = re.compile(r"[-+]?\d+(?:\.0+)?$")
_PERCENT = re.compile(r"[-+]?\d+(?:[.,]\d+)?\s*%$")
_CURRENCY = (
    r"(?:(?:NT|HK|US|AU|CA|NZ|SG|R|S|A|C)?\$|[€£¥￥₩₹₫฿₽]|"
    r"USD|EUR|GBP|INR|VND|CNY|JPY|CHF|AUD|CAD|TWD|KRW|BRL|MXN|PLN|元|円|원|đ|zł|Kč|kr\.?|Rp\.?|RM)"
)
_MONEY = re.compile(rf"{_CURRENCY}\s?[-+]?[\d.,']+\s?[kKmM]?$|[-+]?[\d.,' ]*\d\s?{_CURRENCY}$")
_DURATION = re.compile(
    r"(?:\d+\s*days?,?\s*)?\d{1,4}:\d{2}(?::\d{2}(?:\.\d+)?)?$|"
    r"(?:\d+(?:\.\d+)?\s?(?:h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?|d|days?)\s*)+$|"
    r"(?:\d+ ?(?:std\.?|小时|小時|時間|时|時|giờ) ?)?(?:\d+ ?(?:min\.?|分钟|分鐘|分|phút) ?)?"
    r"(?:\d+ ?(?:sek\.?|秒钟|秒鐘|秒|giây))?(?<=\D)$",
    re.IGNORECASE,
)
_BASE_DATED = re.compile(r"(?:12/3[01]/1899|1899-12-3[01]|1900-01-0[01]|0?1/0[01]/1900)[ T]\d{1,2}:\d{2}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w{2,}$")
_URL = re.compile(r"https?://\S+$|www\.\S+$")
_LIST = re.compile(r"\[.*\]$|\{.*\}$", re.DOTALL)
_ID = re.compile(r"(?=.*\d)[A-Za-z]{0,8}[-_/#]?[A-Za-z0-9][-A-Za-z0-9_/.]*$")
_COMPACT_MONTH = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])$")
_QUARTER = re.compile(
    r"(?:19|20)\d{2}[- /]?[QqTt][1-4]$|[QqTt][1-4][- /]?(?:19|20)\d{2}$|[1-4][QqTt][- /]?(?:19|20)\d{2}$"
)
_TRUE = {"y", "yes", "true", "t", "1", "1.0"}
_FALSE = {"n", "no", "false", "f", "0", "0.0"}
_HALF = re.compile(r"(?i)[ap]\.?\s?m\b|\d\s?(?:sa|ch)$|上午|下午|午前|午後|오전|오후")
_HOUR = re.compile(r"(\d{1,2}):\d{2}")
_TIME_OF_DAY = re.compile(
    r"(?i)(?:(?:上午|下午|午前|午後|오전|오후)\s?)?(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\s?(?:[ap]\.?\s?m\.?|sa|ch))?$"
)


@dataclass(eq=False)
class Profile:
    """One column's values in a sample. Shares are of the filled cells, 0 to 1. ``own_null`` is a word that stands for
    no value in this column alone, ``files`` how many of the cells are of each file where they are of several, ``above``
    is what stands in the lines over the header."""

    name: str
    cells: Sequence[str | None]
    moments: DateReading | None = None
    moment_text: str | None = None
    own_null: str | None = None
    files: Sequence[int] = ()
    above: str = ""
    _shares: dict[str, float] = field(default_factory=dict, init=False)
    _below: dict[str, float] = field(default_factory=dict, init=False)

    @cached_property
    def counts(self) -> Spellings:
        """Filled cells, stripped, with how often they occur."""
        counted = Spellings()
        # Alike cells are looked at once.
        for cell, often in Counter(self.cells).items():
            value = "" if cell is None else cell.strip()
            if (len(value) > _LONGEST_NOTHING or value.lower() not in _NOTHING) and value != self.own_null:
                counted[value] += often
        return counted

    @cached_property
    def null_words(self) -> list[str]:
        """Spellings of "no value" that occur, blank aside."""
        found = Counter(cell.strip() for cell in self.cells if cell and cell.strip().lower() in _NOTHING)
        return sorted(word for word in [*found, self.own_null] if word)

    @cached_property
    def filled(self) -> int:
        return sum(self.counts.values())

    @property
    def null_share(self) -> float:
        """Share of all cells that hold no value."""
        return 1 - self.filled / len(self.cells) if self.cells else 1.0

    @property
    def distinct(self) -> int:
        return len(self.counts)

    @property
    def distinct_share(self) -> float:
        """Distinct values in filled cells."""
        return self.distinct / self.filled if self.filled else 0.0

    @property
    def is_unique(self) -> bool:
        """Whether every row has its own value."""
        return bool(self.cells) and self.distinct == len(self.cells)

    @property
    def is_unique_in_each_file(self) -> bool:
        """Whether nearly every value stands once in a file, where there are several."""
        at, repeated = 0, 0
        for count in self.files if len(self.files) > 1 else ():
            cells = [cell for cell in self.cells[at : at + count] if cell]
            repeated += len(cells) - len(set(cells))
            at += count
        return len(self.files) > 1 and repeated <= 0.03 * len(self.cells)

    def share(self, kind: str, fits: Callable[[str], bool], least: float = 0.0) -> float:
        """Share of filled cells that fit, remembered under ``kind``. Where it is below ``least`` it may be told as
        none: what too many cells do not fit is not looked through to the end."""
        if kind not in self._shares:
            if least >= self._below.get(kind, 2.0):
                return 0.0
            missed, most = 0, (1 - least) * self.filled + 0.001
            for value, count in self.counts.items():
                if not fits(value):
                    missed += count
                    if missed > most:
                        self._below[kind] = least
                        return 0.0
            self._shares[kind] = (self.filled - missed) / self.filled if self.filled else 0.0
        return self._shares[kind]

    @cached_property
    def kind(self) -> str:
        """What nearly all values are: boolean, integer, number, percent, money, duration, time, instant, date, month,
        email, url, list, id, category, text or long_text; ``empty`` when there are none."""
        if not self.filled:
            return "empty"
        if self.moments and not _is_clock(self):
            return moment_kind(self.moments, self.counts)
        for name, test in _TESTS:
            if test(self):
                return name
        return self._wordy()

    def _wordy(self) -> str:
        mean_length = sum(len(value) * count for value, count in self.counts.items()) / self.filled
        if mean_length > 60:
            return "long_text"
        if self.share("id", lambda v: bool(_ID.match(v)) and " " not in v, 0.9) > 0.9 and self.distinct_share > 0.2:
            return "id"
        if self.distinct <= max(30, 0.02 * self.filled) and mean_length <= 40 and self.distinct_share < 0.7:
            return "category"
        return "text"

    @cached_property
    def numbers(self) -> list[float]:
        """The values as numbers, each distinct one once; empty when they are none."""
        return sorted(number for number in map(as_number, self.counts) if number is not None)

    @cached_property
    def is_numeric(self) -> bool:
        return _share_like(self, "number", _NUMBER) >= NEARLY_ALL

    @cached_property
    def is_time_of_day(self) -> bool:
        """Clock times spread over a day: no durations."""
        hours = {int(found[1]) for value in self.counts if (found := _HOUR.search(value))}
        half = any(_HALF.search(value) for value in self.counts)
        return len(hours) >= 4 and (max(hours) >= 12 or half)

    @cached_property
    def is_whole(self) -> bool:
        """Whole numbers, also where blanks beside them made ``3.0`` of 3."""
        return _share_like(self, "whole", _WHOLE) >= NEARLY_ALL

    @cached_property
    def period(self) -> str | None:
        """``yyyymm`` or ``quarter`` where values are months or quarters that are no dates to anybody else."""
        for name, form in (("yyyymm", _COMPACT_MONTH), ("quarter", _QUARTER)):
            if _share_like(self, name, form) >= NEARLY_ALL:
                return name
        return None

    @cached_property
    def likert(self) -> tuple[str, ...] | None:
        """The scale of words all values belong to, lowest first."""
        if self.distinct > _MOST_SPELLINGS:
            return None
        said = {plain(value) for value in self.counts}
        if not 2 <= len(said) <= 9:
            return None
        return next((scale for scale, words_of in _likert_scales() if said <= words_of), None)

    @cached_property
    def booleans(self) -> tuple[list[str], list[str]] | None:
        """The spellings of yes and of no, when these are all there is."""
        yes = [value for value in self.counts if value.lower() in _TRUE]
        no = [value for value in self.counts if value.lower() in _FALSE]
        if self.distinct <= 4 and len(yes) + len(no) == self.distinct and (yes or no):
            return yes, no
        return None


@cache
def _likert_scales() -> list[tuple[tuple[str, ...], frozenset[str]]]:
    return [(scale, frozenset(scale)) for scale in lexicon().likert]


def as_number(text: str) -> float | None:
    """A number as people write it: ``1,234.5``, ``17%``, ``$50K``; None when it is none.

    One beyond what a computer counts in is the farthest it does.
    """
    if not _FIGURE.search(text):
        return None
    try:
        return max(-_FARTHEST, min(float(text), _FARTHEST))
    except ValueError:
        pass
    cleaned = _NO_NUMBER.sub("", text)
    if "," in cleaned and _PARTED.match(cleaned):
        cleaned = cleaned.replace(",", "")
    try:
        number = float(cleaned.replace(",", "."))
    except ValueError:
        return None
    return max(-_FARTHEST, min(number, _FARTHEST))


def _is_clock(profile: Profile) -> bool:
    """A time of day that a spreadsheet wrote with its day zero."""
    return _share_like(profile, "based", _BASE_DATED, 0.5) > 0.5


def _is_boolean(profile: Profile) -> bool:
    return profile.booleans is not None and (profile.distinct == 2 or not profile.is_numeric)


def _share_like(profile: Profile, kind: str, form: re.Pattern[str], least: float = NEARLY_ALL) -> float:
    return profile.share(kind, lambda value: form.match(value) is not None, least)


_TESTS: list[tuple[str, Callable[[Profile], bool]]] = [
    ("boolean", _is_boolean),
    ("time", lambda p: _is_clock(p)),
    ("percent", lambda p: _share_like(p, "percent", _PERCENT, 0.9) >= 0.9),
    ("time", lambda p: _share_like(p, "time", _TIME_OF_DAY) >= NEARLY_ALL and _spans_a_day(p)),
    ("duration", lambda p: _share_like(p, "duration", _DURATION) >= NEARLY_ALL and not p.is_numeric),
    ("integer", lambda p: _share_like(p, "integer", _INTEGER) >= NEARLY_ALL),
    ("number", lambda p: p.is_numeric),
    ("money", lambda p: _share_like(p, "money", _MONEY, 0.9) >= 0.9),
    ("email", lambda p: _share_like(p, "email", _EMAIL, 0.9) > 0.9),
    ("url", lambda p: _share_like(p, "url", _URL, 0.9) > 0.9),
    ("list", lambda p: _share_like(p, "list", _LIST, 0.8) > 0.8),
]


def _spans_a_day(profile: Profile) -> bool:
    """Clock times lie all over the day; durations of contacts stay under two hours."""
    if any(_HALF.search(value) for value in profile.counts):
        return True
    hours = [int(value.split(":")[0]) for value in profile.counts if _TIME_OF_DAY.match(value)]
    return max(hours, default=0) >= 12
