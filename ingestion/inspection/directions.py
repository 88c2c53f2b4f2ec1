"""Which way a contact went, where the column of its end says it too: ``Outbound`` beside ``Inbound`` and ``Missed``."""

from __future__ import annotations

from ingestion.inspection.fields import Line
from ingestion.inspection.profile import Profile
from ingestion.inspection.spellings import value_list
from ingestion.inspection.words import plain

_MOST = 30


def ways_in_outcome(have: dict[str, Line], profiles: dict[str, Profile]) -> list[Line]:
    """The direction told by the words of the outcome; none where no word, or each of them, says outbound."""
    line = have.get("outcome")
    if line is None or not line.names or "direction" in have:
        return []
    profile = profiles[line.names[-1]]
    ways = {value: _way(value) for value in profile.counts}
    if profile.distinct > _MOST or set(ways.values()) != {"inbound", "outbound"}:
        return []
    out = ", ".join(value for value, way in ways.items() if way == "outbound")
    given = {"from": profile.name, "type": "category", "values": ways}
    return [
        Line("direction", given, 0.7, f"{profile.name} says of some that they are outbound: {out}", (profile.name,))
    ]


def _way(value: str) -> str:
    said = plain(value)
    told = value_list("contacts", "direction")
    outward = (phrase for phrase, ours in told.items() if ours == "outbound")
    phrases = [phrase for phrase in outward if len(phrase) > 3 and phrase not in ("made", "callback")]
    return "outbound" if any(f" {phrase} " in f" {said} " for phrase in phrases) else "inbound"
