"""Tables that look like single things and are none: counts of a day, promises of tickets, legs of calls.

What belongs here: signs that a row is more, or less, than one request or one contact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingestion.inspection.fields import Line
from ingestion.inspection.profile import Profile
from ingestion.inspection.settling import DOUBTED, Pair
from ingestion.inspection.words import words

_THINGS = {"ticket", "request", "contact", "conversation"}
_NUMBERED = {"id", "number", "reference", "key", "code"}
_MEANS = re.compile(
    r"(?i)(?<![a-z])(?:median|avg|average|mean)(?![a-z])|中位数|平均|trung bình|durchschnitt|promedio|média"
)
_REPEATED = 0.8
_OF_A_LEG = ("wait_seconds", "talk_seconds", "hold_seconds", "wrap_seconds", "answered_at", "ended_at")
_FEWEST, _RATED = 2, 10


def are_counts(profiles: Sequence[Profile], key: Profile | None) -> bool:
    """Whether rows count things (``Tickets``, ``Solved tickets``, ``Median reply time``) and have no number of one."""
    if key is not None and key.distinct_share > _REPEATED:
        return False
    counts = [p for p in profiles if p.kind == "integer" and not p.is_unique and _counts_things(set(words(p.name)))]
    means = [p for p in profiles if p.kind in ("integer", "number", "duration", "time") and _MEANS.search(p.name)]
    # A few ratings of tickets are no counts; with a mean beside them they are.
    large = any(profile.numbers[-1] > _RATED for profile in counts)
    return len(counts) >= _FEWEST and (bool(means) or (len(counts) > _FEWEST and large))


def _counts_things(said: set[str]) -> bool:
    return bool(said & _THINGS) and not said & _NUMBERED


def are_promises(found: Sequence[Pair], key: Profile | None) -> bool:
    """Whether a ticket stands in several rows and none says when it was made: these are promises of tickets."""
    created = next((pair for pair in found if pair.column == "created_at"), None)
    return key is not None and key.distinct_share < _REPEATED and (created is None or created.score == DOUBTED)


def without_times_of_legs(lines: list[Line]) -> list[str]:
    """Take out of a list of calls whose rows are legs what another leg would tell otherwise; a word on it."""
    gone = [line for line in lines if line.column in _OF_A_LEG]
    for line in gone:
        lines.remove(line)
    named = ", ".join(dict.fromkeys(name for line in gone for name in line.names))
    if not gone:
        return []
    said = "A call stands in several rows (its legs), of which one is kept"
    return [f"{said}: {named} are left out, since each leg has its own."]
