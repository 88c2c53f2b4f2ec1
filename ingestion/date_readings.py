"""What can be known of a column of dates: the shapes its values have, and the reading that was settled on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
WEEKDAYS = "(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? +"
TIME = re.compile(
    r"^(?P<gap>(?: +at +|, *|t| +))(?P<hour>9{1,2}):99(?P<second>:99)?(?P<fraction>[.,]9{1,9})?(?P<half> ?(?:am|pm))?"
)
ZONE = re.compile(r"^(?P<blank> ?)(?P<zone>z|utc|gmt|[+-]99:?99|[+-]99)$")
DATES = (
    ("ymd", re.compile(r"^9999(?P<s>[-/.])9{1,2}(?P=s)9{1,2}")),
    ("num", re.compile(r"^9{1,2}(?P<s>[-/.])9{1,2}(?P=s)(?P<y>9999|99)(?!9)")),
    ("compact", re.compile(r"^99999999(?!9)")),
    ("stamp", re.compile(r"^9{14}$")),
    ("dby", re.compile(rf"^9{{1,2}}(?P<s>[-/ .])(?P<m>{_MONTHS})(?P<s2>[-/ .]|, )(?P<y>9999|99)(?!9)")),
    ("bdy", re.compile(rf"^(?P<m>{_MONTHS})(?P<s>[-/ .])9{{1,2}}(?P<s2>,? |[-/.])(?P<y>9999|99)(?!9)")),
    ("ybd", re.compile(rf"^9999(?P<s>[-/ .])(?P<m>{_MONTHS})(?P<s2>[-/ .])9{{1,2}}")),
    ("by", re.compile(rf"^(?P<m>{_MONTHS})(?P<s>[-/ .']+)(?P<y>9999|99)(?!9)")),
    ("yb", re.compile(rf"^9999(?P<s>[-/ .])(?P<m>{_MONTHS})")),
    ("ym", re.compile(r"^9999(?P<s>[-/.])9{1,2}(?!9)")),
    ("my", re.compile(r"^9{1,2}(?P<s>[-/.])9999(?!9)")),
    ("y", re.compile(r"^(?:19|20)?9999$")),
)


@dataclass(frozen=True)
class Shape:
    """Values that look alike: how many, an example, and what their first three numbers tell."""

    pattern: str
    example: str
    count: int
    days_first: int = 0
    days_second: int = 0
    days_third: int = 0
    over_31_first: int = 0
    over_31_third: int = 0
    different: int = 0


@dataclass(frozen=True)
class DateReading:
    """How to read a column. ``iso`` values are cast, others parsed by format; ``question`` says what is undecided.

    ``doubt`` tells of dates that can be read, but look as if a program had read them wrongly before us.
    ``told_by`` says what else told day from month, ``is_assumed`` that nothing did and the make's usual order is taken.
    ``respelling`` are rewritings that come before the parsing: months of other languages, the time in front.
    """

    iso: bool = False
    has_offsets: bool = False
    local_formats: tuple[str, ...] = ()
    utc_formats: tuple[str, ...] = ()
    offset_formats: tuple[str, ...] = ()
    epoch_digits: tuple[int, ...] = ()
    given: bool = False
    unread: tuple[Shape, ...] = ()
    question: str | None = None
    suggestions: tuple[str, ...] = ()
    doubt: str | None = None
    respelling: tuple[tuple[str, str], ...] = ()
    told_by: str | None = None
    is_assumed: bool = False

    def formats(self) -> list[str]:
        """The formats in words for people: ``ISO 8601`` or strptime."""
        iso = ["ISO 8601"] if self.iso else []
        epoch = [f"Unix time of {digits} digits" for digits in self.epoch_digits]
        return [*iso, *self.local_formats, *self.utc_formats, *self.offset_formats, *epoch]


ISO = DateReading(iso=True, has_offsets=True)


def given_reading(formats: Sequence[str]) -> DateReading:
    """A reading that a map settles."""
    iso = any(form.upper() in ("ISO", "ISO 8601") for form in formats)
    own = [form for form in formats if form.upper() not in ("ISO", "ISO 8601")]
    offsets = tuple(form for form in own if "%z" in form or "%Z" in form)
    utc = tuple(form for form in own if form not in offsets and re.search(r"(?:Z|UTC|GMT)$", form))
    local = tuple(form for form in own if form not in offsets and form not in utc)
    return DateReading(iso, iso, local, utc, offsets, given=True)
