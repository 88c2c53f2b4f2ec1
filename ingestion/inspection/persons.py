"""Who a row is about: a number, an address or a telephone tells people apart, a name alone does not.

Two people of one name would be one, and a name written in two ways two: repeats are counted from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingestion.contracts import Contract
from ingestion.inspection.fields import Line
from ingestion.inspection.fitting import are_phones
from ingestion.inspection.profile import Profile
from ingestion.inspection.settling import Pair
from ingestion.inspection.words import words

_LETTERS = 0.8
# A column that is filled for few of those who have a name tells few of them apart.
_FILLED = 0.5
_DOUBT = 0.5
_NAMING = {"name", "full", "first", "last", "label", "display"}
_TELLING = {"id", "number", "email", "phone", "address", "code", "key", "reference", "external"}
_PERSON = {"customer", "contact", "account", "company", "member", "visitor", "person"}
_OTHERS = {"agent", "assignee", "employee", "manager", "ticket", "survey", "order", "team", "group", "office"}
_OF_THE_ROW = re.compile(r"(?i)[(\[]\s*(?:ticket|case|request|incident|issue)s?\s*[)\]]")
_REGISTER = "customers"
_ABOUT_CUSTOMERS = {"tickets", "contacts"}
_WRITTEN_TO = {"email", "address", "from", "sender", "id"}
# Few write for many: addresses that come again and again are those of the team.
_MANY = 0.2


def told_apart(found: Sequence[Pair], profiles: Sequence[Profile], contract: Contract) -> list[Pair]:
    """The pairs, the customer told by an id, an e-mail or a telephone that stands beside the name."""
    by_name = {profile.name: profile for profile in profiles}
    used = {pair.name for pair in found}
    free = [profile for profile in profiles if profile.name not in used]
    return [
        _by_number(pair, by_name[pair.name], free)
        if pair.column == "customer_id" and contract.table != _REGISTER and _is_called_name(by_name[pair.name])
        else pair
        for pair in found
    ] + ([] if any(pair.column == "customer_id" for pair in found) else _by_address(free, contract))


def _by_address(free: Sequence[Profile], contract: Contract) -> list[Pair]:
    """The one column of e-mail addresses of which no heading says whose they are, in rows about customers."""
    own = [p for p in free if p.kind == "email" and {"email"} <= _said(p) <= _WRITTEN_TO]
    if contract.table not in _ABOUT_CUSTOMERS or len(own) != 1 or own[0].distinct_share < _MANY:
        return []
    return [Pair(own[0].name, "customer_id", 0.7, "the only address in rows about customers")]


def _said(profile: Profile) -> set[str]:
    """The words of a heading; ``Email (Ticket)`` is the one that stands in the ticket."""
    return set(words(_OF_THE_ROW.sub(" ", profile.name)))


def _by_number(pair: Pair, name: Profile, free: Sequence[Profile]) -> Pair:
    others = [(rank, other) for other in free if (rank := _rank(other, name)) is not None]
    if not others:
        return pair
    _, better = min(others, key=lambda one: one[0])
    said = f"it tells customers apart, which {pair.name} does not: two may have one name"
    return replace(pair, name=better.name, score=max(pair.score, 0.8), reason=said)


def _rank(other: Profile, name: Profile) -> int | None:
    """The place of a column among those that tell the people of a name apart; ``None`` where it does not."""
    said, named = _said(other), set(words(name.name))
    whose = said - _TELLING
    about_the_same = whose == named - _NAMING or ("customer" in whose and whose <= _PERSON)
    about_the_same = about_the_same or (not whose and named - _NAMING <= _PERSON and other.kind == "email")
    if said & _OTHERS or not about_the_same or other.filled < _FILLED * name.filled or other.distinct <= 6:
        return None
    if other.kind in ("id", "integer") and said & {"id", "number", "code", "key", "reference"} and "phone" not in said:
        return 0
    if other.kind == "email":
        return 1
    return 2 if "phone" in said and (other.kind in ("id", "integer") or are_phones(other)) else None


def _is_called_name(profile: Profile) -> bool:
    """Whether a column holds names, or is called one: names of people who come often have numbers behind them."""
    return is_name(profile) or (profile.kind in ("text", "id", "category") and "name" in words(profile.name))


def is_name(profile: Profile) -> bool:
    """Whether a column holds names of people or firms, no numbers, addresses or telephones of them."""
    if profile.kind not in ("text", "category", "long_text") or are_phones(profile):
        return False
    letters = profile.share("letters", lambda value: not any(letter.isdigit() for letter in value))
    spaced = profile.share("spaced", lambda value: " " in value or "\u3000" in value)
    return letters >= _LETTERS and (bool({"name"} & set(words(profile.name))) or spaced > 0.5 or not _is_ascii(profile))


def _is_ascii(profile: Profile) -> bool:
    return profile.share("ascii", str.isascii) > 0.5


def doubt_names(table: str, lines: Sequence[Line], profiles: Sequence[Profile]) -> None:
    """Mark a customer who is told by a name alone, in place."""
    by_name = {profile.name: profile for profile in profiles}
    for line in lines if table != _REGISTER else ():
        if line.column == "customer_id" and len(line.names) == 1 and is_name(by_name[line.names[0]]):
            line.confidence = min(line.confidence, _DOUBT)
            line.reason += "; a name, since no number or address of customers was found"
            line.problems.append(
                f"{line.names[0]}: customers are told apart by their names alone; two of one name count as one who "
                "came again. Where a number or an e-mail is known, export it too."
            )
