"""Which way a call went, told by its two numbers: extensions of two to five digits are inside, longer numbers outside.

A telephone system writes every call that it made or carried: what went out or stayed between colleagues is no contact
that was offered. What belongs here: records with a number on both sides; a direction in words is read in `fields`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ingestion.inspection.fields import Line, quoted
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import plain, words
from warehouse.store import quote_text

_CALLER = frozenset(
    ["src", "source", "from", "from number", "caller", "caller id", "caller number", "caller id number", "a number",
     "calling", "calling number", "calling party", "calling party number"]
)  # fmt: skip
_CALLED = frozenset(
    ["dst", "destination", "to", "to number", "callee", "callee number", "called", "called number", "b number",
     "called party", "called party number", "destination number", "dialed number", "dialled number"]
)  # fmt: skip
# Where a call entered the exchange: *from-trunk*, *public*, *from-internal*, *outbound-routes*.
_OUTSIDE, _INSIDE = "trunk|pstn|did|public|external|outside|inbound|incoming", "internal|inside|local|outbound|outgoing"
_SHORT, _LONG = (2, 5), (6, 15)
_NUMBERS, _KNOWN, _OTHERS = 0.5, 0.8, 0.5
# ``201``, ``+1 (646) 555-1001``, ``Ext. 201``, ``Jo Finch <201>``.
_NUMBER = re.compile(r"(?i)(?:.*[<(]|ext[.:]?\s*)?\+?[0-9][0-9 ()./-]*[>)]?$")


@dataclass(frozen=True)
class Sides:
    """The two columns of numbers and, where there is one, that of the place a call came from."""

    caller: Profile
    called: Profile
    context: Profile | None

    @property
    def names(self) -> tuple[str, ...]:
        return (self.caller.name, self.called.name, *([self.context.name] if self.context else []))

    def ways(self) -> Counter[str]:
        """How many of the rows that were looked at went which way."""
        places = self.context.cells if self.context else [None] * len(self.caller.cells)
        return Counter(
            _way(*(row or "" for row in cells))
            for cells in zip(self.caller.cells, self.called.cells, places, strict=True)
        )


def sides_of(profiles: Mapping[str, Profile]) -> Sides | None:
    """The numbers on both sides of a list of calls; None where its columns are no numbers."""
    caller, called = (_called_so(names, profiles) for names in (_CALLER, _CALLED))
    if caller is None or called is None:
        return None
    told = [p for p in profiles.values() if "context" in p.name.lower() and p.kind == "category"]
    places = [profile for profile in told if any(map(_place, profile.counts))]
    return Sides(caller, called, places[0] if len(places) == 1 else None)


def ways_by_numbers(have: dict[str, Line], profiles: Mapping[str, Profile]) -> list[Line]:
    """The direction of calls where no column says it. Who was called from inside is the customer of that call, and no
    queue of it: those lines are changed in place."""
    sides = sides_of(profiles) if "direction" not in have else None
    if sides is None or not _are_told(sides):
        return _untold(sides, have)
    ways = sides.ways()
    if set(ways) <= {"inbound"}:
        return []
    is_outbound, sql = _sql(sides)
    for column, one in (("customer_id", sides.caller), ("queue", sides.called)):
        line = have.get(column)
        if line is not None and line.given.get("from") == one.name:
            other = quoted(sides.called.name) if column == "customer_id" else "null"
            line.given.pop("from")
            line.given["sql"] = f"case when {is_outbound} then {other} else {quoted(one.name)} end"
    told = " and ".join(sides.names)
    reason = f"told by {told}: extensions of two to five digits are inside"
    line = Line("direction", {"sql": sql, "type": "category", "otherwise": "null"}, 0.7, reason, sides.names)
    line.problems.append(
        f"{told}: {ways['outbound']:,} of {len(sides.caller.cells):,} rows looked at were called from an "
        "extension to a number outside: they are outbound, and not offered."
    )
    return [line]


def without_colleagues(line: Line, profiles: Mapping[str, Profile]) -> tuple[str | None, list[str]]:
    """Which rows are meant where some calls stayed between extensions, and the word on it."""
    sides = sides_of(profiles)
    rows = sides.ways()["internal"] if sides and line.names == sides.names else 0
    if not sides or not rows:
        return None, []
    said = f"{rows:,} of {len(sides.caller.cells):,} rows looked at stayed between extensions"
    return "row.direction is not null", [f"{sides.caller.name}: {said}: they are calls between colleagues, left out."]


def _untold(sides: Sides | None, have: dict[str, Line]) -> list[Line]:
    """A word on calls of which numbers on both sides tell nothing, where these might be of both ways."""
    line = have.get("contact_id") or have.get("arrived_at")
    many = sides is not None and sides.called.distinct_share > _OTHERS and sides.called.distinct > _SHORT[1]
    if sides is not None and many and line is not None and _share(sides.called, _LONG) > _KNOWN:
        line.problems.append(
            f"Nothing tells which calls came in and which went out: {' and '.join(sides.names[:2])} are numbers from "
            "outside. All count as offered; give the map a line for direction where some went out."
        )
    return []


def _called_so(names: frozenset[str], profiles: Mapping[str, Profile]) -> Profile | None:
    found = [p for p in profiles.values() if plain(p.name) in names or " ".join(words(p.name)) in names]
    numbers = [
        p for p in found if p.filled and p.share("numbers of calls", lambda v: bool(_NUMBER.match(v))) >= _NUMBERS
    ]
    return numbers[0] if len(numbers) == 1 else None


def _are_told(sides: Sides) -> bool:
    """Extensions and longer numbers call alike, or a column says where each call came from, or one number seldom twice
    is called: a list of customers by five digits who call one line is none of it."""
    short, long = _share(sides.caller, _SHORT), _share(sides.caller, _LONG)
    outside = _share(sides.called, _LONG)
    many = sides.called.distinct_share > _OTHERS and outside > _KNOWN
    return short > 0 and (long > 0 or sides.context is not None or many) and (outside > 0 or long > 0)


def _share(profile: Profile, between: tuple[int, int]) -> float:
    return profile.share(f"{between} digits", lambda value: between[0] <= _digits(value) <= between[1])


def _digits(value: str) -> int:
    return sum(letter.isdigit() for letter in value)


def _place(value: str) -> str | None:
    return "inside" if re.search(_INSIDE, value.lower()) else "outside" if re.search(_OUTSIDE, value.lower()) else None


def _way(caller: str, called: str, place: str) -> str:
    at, called_outside = _place(place), _LONG[0] <= _digits(called) <= _LONG[1]
    is_extension = _SHORT[0] <= _digits(caller) <= _SHORT[1] and at != "outside"
    if called_outside and (is_extension or at == "inside"):
        return "outbound"
    return "internal" if is_extension else "inbound"


def _sql(sides: Sides) -> tuple[str, str]:
    """`_way` as SQL: whether a row is outbound, and its way."""
    is_extension = _between(sides.caller, _SHORT)
    from_inside = is_extension
    if sides.context:
        place = f"lower(coalesce({quoted(sides.context.name)}, ''))"
        inside, outside = (f"regexp_matches({place}, {quote_text(said)})" for said in (_INSIDE, _OUTSIDE))
        is_extension = f"{is_extension} and ({inside} or not {outside})"
        from_inside = f"({is_extension} or {inside})"
    is_outbound = f"{_between(sides.called, _LONG)} and {from_inside}"
    return (
        is_outbound,
        f"case when {is_outbound} then 'outbound' when {is_extension} then 'internal' else 'inbound' end",
    )


def _between(profile: Profile, digits: tuple[int, int]) -> str:
    bare = f"regexp_replace(coalesce({quoted(profile.name)}, ''), '[^0-9]', '', 'g')"
    return f"length({bare}) between {digits[0]} and {digits[1]}"
