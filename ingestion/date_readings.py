"""What can be known of a column of dates: the shapes its values have, and the reading that was settled on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


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

    def formats(self) -> list[str]:
        """The formats in words for people: ``ISO 8601`` or strptime."""
        iso = ["ISO 8601"] if self.iso else []
        epoch = [f"Unix time of {digits} digits" for digits in self.epoch_digits]
        return [*iso, *self.local_formats, *self.utc_formats, *self.offset_formats, *epoch]

    def same_as(self, other: DateReading) -> bool:
        """Whether both read every value alike."""
        mine = (self.iso, self.has_offsets, set(self.formats()), self.question)
        return mine == (other.iso, other.has_offsets, set(other.formats()), other.question)


ISO = DateReading(iso=True, has_offsets=True)


def given_reading(formats: Sequence[str]) -> DateReading:
    """A reading that a map settles."""
    iso = any(form.upper() in ("ISO", "ISO 8601") for form in formats)
    own = [form for form in formats if form.upper() not in ("ISO", "ISO 8601")]
    offsets = tuple(form for form in own if "%z" in form or "%Z" in form)
    utc = tuple(form for form in own if form not in offsets and re.search(r"(?:Z|UTC|GMT)$", form))
    local = tuple(form for form in own if form not in offsets and form not in utc)
    return DateReading(iso, iso, local, utc, offsets, given=True)
