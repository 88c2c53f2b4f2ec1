"""Logs of messages: each row is one that came in or went out; the state beside it is that of the day of the export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ingestion.inspection.fields import Line, quoted, yes_and_no
from ingestion.inspection.profile import Profile
from ingestion.inspection.spellings import ours_for, value_list
from ingestion.inspection.words import plain, words
from warehouse.store import quote_text

_MOVED = 0.05
_OF_CHANGES = ("event_type", "actor_role", "from_value", "field")
_AUTOMATIC = {"autoreply", "automatic", "automated", "auto", "bot"}


def message_log(have: Mapping[str, Line], profiles: Sequence[Profile], lines: list[Line]) -> list[Line]:
    """Kind, author and visibility of the messages of a log; a state that never changes is taken out of ``lines``."""
    way = _ways(profiles)
    if way is None or not any("message" in words(profile.name) for profile in profiles):
        return []
    profile, ways = way
    _without_state(have, profiles, lines)
    lines[:] = [line for line in lines if line.column not in _OF_CHANGES]
    cell = f"lower(trim({quoted(profile.name)}))"
    inward, outward = (_listed(ways, one) for one in ("inbound", "outbound"))
    automatic = _automatic(profiles)
    bot = f"when {cell} in ({outward}) and {automatic} then 'bot' " if automatic else ""
    sql = f"case when {cell} in ({inward}) then 'customer' {bot}when {cell} in ({outward}) then 'agent' end"
    return [
        Line("event_type", {"value": "reply", "type": "category"}, 0.7, "every row is a message"),
        Line("actor_role", {"sql": sql, "type": "category"}, 0.7, f"{profile.name} says who wrote it", (profile.name,)),
    ]


def _listed(ways: Mapping[str, str], way: str) -> str:
    return ", ".join(quote_text(said.lower()) for said, ours in ways.items() if ours == way)


def _ways(profiles: Sequence[Profile]) -> tuple[Profile, dict[str, str]] | None:
    """The column that says which messages came in and which went out, with the way of each of its words."""
    told = value_list("contacts", "direction")
    for profile in profiles:
        ways = {value: ours_for(value, told, "direction") for value in profile.counts} if profile.distinct <= 4 else {}
        if set(ways.values()) == {"inbound", "outbound"}:
            return profile, {value: str(ours) for value, ours in ways.items()}
    return None


def _automatic(profiles: Sequence[Profile]) -> str:
    """SQL for whether a message was sent by itself, where a column of yes and no says it."""
    for profile in profiles:
        answers = yes_and_no(profile) if _AUTOMATIC & {*words(profile.name), plain(profile.name)} else None
        yes = [quote_text(value.lower()) for value, is_so in (answers or {}).items() if is_so]
        if yes:
            return f"lower(trim({quoted(profile.name)})) in ({', '.join(yes)})"
    return ""


def _without_state(have: Mapping[str, Line], profiles: Sequence[Profile], lines: list[Line]) -> None:
    """A state that is the same in all messages of a conversation is no change of it."""
    state, key = have.get("to_value"), have.get("ticket_id")
    if state is None or key is None or not state.names or not key.names:
        return
    by_name = {profile.name: profile for profile in profiles}
    seen: dict[str | None, set[str | None]] = defaultdict(set)
    for number, value in zip(by_name[key.names[0]].cells, by_name[state.names[0]].cells, strict=True):
        seen[number].add(value)
    if sum(len(values) > 1 for values in seen.values()) <= _MOVED * len(seen):
        lines.remove(state)
