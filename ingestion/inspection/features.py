"""What the columns of a file tell without their headings: keys, numbers that repeat, moments in order, times, words.

What belongs here: one look at a time. What they make together is said in `by_values`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from ingestion.contracts import load_contracts
from ingestion.inspection.profile import Profile
from ingestion.inspection.spellings import known_values, ours_for, value_list
from ingestion.inspection.totals import amount, sums

_MOMENTS = ("instant", "date", "month")
_KNOWN, _MOSTLY, _ORDERED = 0.7, 0.9, 0.97
_ROWS = 300
_PHONE = re.compile(r"\+?\d[\d ()/.-]{7,18}\d$")
_PERSON = re.compile(r"[^\W\d_][\w'.-]*,? [^\W\d_][\w'.-]*(?: [^\W\d_][\w'.-]*)?$")
_EVEN_STEPS, _FEWEST = {300.0, 600.0, 900.0, 1200.0, 1800.0, 3600.0, 86400.0}, 8
_OVER, _NOT_OVER = {"solved", "closed"}, {"new", "open", "pending", "on_hold"}


class Features:
    """The columns of a file without a header, asked what each can be."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self.profiles = [profile for profile in profiles if profile.filled]

    def _free(self, but: Sequence[Profile | None]) -> list[Profile]:
        return [profile for profile in self.profiles if not any(profile is one for one in but)]

    @cached_property
    def moments(self) -> list[Profile]:
        """Columns of dates that are not the same in every row, the earliest first."""
        found = [p for p in self.profiles if p.kind in _MOMENTS and p.distinct > 1]
        filled = [p for p in found if p.null_share < 0.02]
        return sorted(filled, key=lambda p: self._mean(p)) + [p for p in found if p not in filled]

    def _mean(self, profile: Profile) -> float:
        told = [at.timestamp() for at in instants(profile) if at]
        return sum(told) / len(told) if told else float("inf")

    def first_moment(self) -> Profile | None:
        """The earliest column of dates, if it is filled."""
        return next((p for p in self.moments if p.null_share < 0.02), None)

    def row_key(self) -> Profile | None:
        """The first column with a value of its own in every row that can be a number of it."""
        keys = [p for p in self.profiles if p.is_unique and p.kind in ("id", "integer")]
        return next((p for p in keys if p.kind == "id" or p is self.profiles[0]), None)

    def repeated_number(self) -> Profile | None:
        """A number of something that stands in several rows each."""
        return next(
            (
                p
                for p in self.profiles
                if (p.kind == "id" or (p.kind == "integer" and p.numbers[0] >= 100))
                and 5 <= p.distinct <= 0.85 * p.filled
                and p.null_share < 0.02
            ),
            None,
        )

    def states_between(self, key: Profile | None) -> tuple[Profile | None, Profile | None]:
        """The column of the state that a change led to, and that of the state it left: the one before's new one."""
        first = self.known("tickets", "status", but=(key,))
        second = self.known("tickets", "status", but=(key, first)) if first else None
        if key is None or first is None or second is None:
            return first, None
        forth, back = (self._follow(key, *pair) for pair in ((first, second), (second, first)))
        if max(forth, back) < _KNOWN:
            return first, None
        return (second, first) if forth > back else (first, second)

    def _follow(self, key: Profile, former: Profile, state: Profile) -> float:
        """Share of the changes of one request whose former state is the state of the change before."""
        last: dict[str | None, str | None] = {}
        steps = same = 0
        for number, before, after in zip(key.cells, former.cells, state.cells, strict=True):
            if number in last and before:
                steps, same = steps + 1, same + (before == last[number])
            last[number] = after
        return same / steps if steps else 0.0

    def rises_within(self, key: Profile, when: Profile) -> bool:
        """Whether the rows of one number follow each other in time, as those of a log do."""
        last: dict[str, datetime] = {}
        steps = risen = 0
        for cell, at in zip(key.cells, instants(when), strict=False):
            if cell is None or at is None:
                continue
            if cell in last:
                steps, risen = steps + 1, risen + (at >= last[cell])
            last[cell] = at
        return steps >= 5 and risen >= _ORDERED * steps

    def known(self, table: str, column: str, but: Sequence[Profile | None] = ()) -> Profile | None:
        """The column whose words are most surely those of a category of ours."""
        told = load_contracts()[table].columns[column]
        free = [p for p in self._free(but) if p.kind == "category" and p.distinct > 1 and not p.booleans]
        scored = [(known_values(p, table, told), p) for p in free]
        best = max(scored, key=lambda one: one[0], default=(0.0, None))
        return best[1] if best[0] >= _KNOWN else None

    def times(self, but: Sequence[Profile | None] = ()) -> list[Profile]:
        """Columns of times that are no sum of others; whole numbers only where no column is written as one."""
        totals = {name for name, _ in sums(self.profiles)}
        free = [p for p in self._free(but) if p.name not in totals and p.distinct > 3]
        written = [p for p in free if p.kind == "duration" or (p.kind == "time" and not p.is_time_of_day)]
        return written or [p for p in free if p.is_numeric and p.is_whole and not p.is_unique and p.numbers[0] >= 0
                           and 30 <= p.numbers[-1] <= 36_000]  # fmt: skip

    def by_outcome(self, times: Sequence[Profile], outcome: Profile) -> tuple[list[Profile], list[Profile]] | None:
        """The times that are filled where nobody answered, and those that are nothing there."""
        told = value_list("contacts", "outcome")
        lost = [cell is not None and ours_for(cell, told, "outcome") == "abandoned" for cell in outcome.cells]
        if sum(lost) < 3:
            return None
        shares = [(_filled_where(p, lost), _filled_where(p, [not one for one in lost]), p) for p in times]
        waits = [p for in_lost, _, p in shares if in_lost > 0.5]
        talks = [p for in_lost, in_answered, p in shares if in_lost < 0.1 and in_answered > 0.9]
        return (waits, talks) if len(waits) <= 1 and len(talks) <= 1 else None

    def end_by_state(self, start: Profile, status: Profile) -> Profile | None:
        """The column of dates that is filled where a request is over and blank where it is not."""
        told = value_list("tickets", "status")
        ours = [ours_for(cell, told, "status") if cell else None for cell in status.cells]
        for profile in self.moments:
            cells = [bool(cell and cell.strip()) for cell in profile.cells]
            over = [filled for filled, one in zip(cells, ours, strict=True) if one in _OVER]
            other = [filled for filled, one in zip(cells, ours, strict=True) if one in _NOT_OVER]
            if profile is start or len(over) < 3 or len(other) < 3:
                continue
            if sum(over) >= 0.95 * len(over) and sum(other) <= 0.05 * len(other):
                return profile
        return None

    def people(self, but: Profile | None = None) -> Profile | None:
        """Few names of people (or short codes of them) in many rows."""
        few = [p for p in self._free([but]) if p.kind in ("category", "text") and 2 <= p.distinct <= 0.3 * p.filled]
        return next((p for p in few if p.share("people", lambda value: bool(_PERSON.match(value))) > _MOSTLY), None)

    def phones(self) -> Profile | None:
        """Telephone numbers."""
        return next(
            (p for p in self.profiles if p.kind not in _MOMENTS and not p.is_whole
             and p.share("phones_bare", lambda value: bool(_PHONE.match(value))) > _MOSTLY), None,
        )  # fmt: skip

    def sentences(self) -> Profile | None:
        """Short texts of several words, hardly any twice."""
        texts = [p for p in self.profiles if p.kind in ("text", "long_text") and p.distinct_share > 0.5]
        return next((p for p in texts if p.share("spaced", lambda value: " " in value) > 0.8
                     and p.share("people", lambda value: bool(_PERSON.match(value))) < 0.5), None)  # fmt: skip

    def is_even(self, when: Profile) -> bool:
        """Whether the instants of a column are mostly a round step apart, as those of a report are."""
        told = sorted({at for at in instants(when) if at})
        steps = Counter((after - before).total_seconds() for before, after in pairwise(told))
        step, often = steps.most_common(1)[0] if steps else (0.0, 0)
        return step in _EVEN_STEPS and len(told) > _FEWEST and often >= 0.8 * (len(told) - 1)

    def counts(self) -> list[Profile]:
        """Whole numbers from nothing on that are no number of anything."""
        whole = [p for p in self.profiles if p.kind == "integer" and p.numbers[0] >= 0 and not p.is_unique]
        return [p for p in whole if p.distinct > 3]

    def amounts(self) -> list[Profile]:
        """Columns of money, or of numbers with decimals."""
        money = [p for p in self.profiles if p.kind == "money"]
        return money or [p for p in self.profiles if p.kind == "number" and not p.is_whole]

    def are_requests(self) -> bool:
        """Whether some words are states or priorities of requests rather than ends of contacts."""
        return any(self._is_rather(("tickets", column), ("contacts", "outcome")) for column in ("status", "priority"))

    def are_applicants(self) -> bool:
        """Whether some words are states of applications rather than of requests."""
        return self._is_rather(("applications", "status"), ("tickets", "status"))

    def _is_rather(self, one: tuple[str, str], other: tuple[str, str]) -> bool:
        found = self.known(*one)
        if found is None:
            return False
        shares = [known_values(found, table, load_contracts()[table].columns[name]) for table, name in (one, other)]
        return shares[0] > shares[1]

    def some(self, profile: Profile) -> str:
        """A few of a column's values."""
        return ", ".join(value for value, _ in profile.counts.most_common(3))


def likely_states(of: Features) -> Profile | None:
    """States of people at work; requests and contacts have other ones."""
    found = of.known("agent_time", "state")
    if found is None or len({ours_for(v, value_list("agent_time", "state"), "state") for v in found.counts}) < 3:
        return None
    status = load_contracts()["tickets"].columns["status"]
    return found if known_values(found, "tickets", status) < _KNOWN else None


def instants(profile: Profile) -> list[datetime | None]:
    """The first cells of a column of dates as moments, for comparing; offsets are left aside."""
    formats = profile.moments.formats() if profile.moments else []
    return [_instant(cell, formats) for cell in profile.cells[:_ROWS]]


def _instant(cell: str | None, formats: Sequence[str]) -> datetime | None:
    if not cell or not cell.strip():
        return None
    for form in formats:
        try:
            said = cell.strip()
            # The engine reads ``2026/06/01`` as it reads ``2026-06-01``.
            iso = said.replace("/", "-")
            found = datetime.fromisoformat(iso) if form == "ISO 8601" else datetime.strptime(said, form)
        except ValueError:
            continue
        return found.replace(tzinfo=None)
    return None


def _filled_where(profile: Profile, rows: Sequence[bool]) -> float:
    cells = [cell for cell, is_in in zip(profile.cells, rows, strict=True) if is_in]
    return sum(bool(amount(cell)) for cell in cells) / len(cells) if cells else 0.0
