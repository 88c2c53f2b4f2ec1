"""Names that say little, such as ``Type``: the values under them tell what they are."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from ingestion.contracts import Column, Contract
from ingestion.inspection.likeness import best_likeness
from ingestion.inspection.profile import Profile
from ingestion.inspection.settling import Pair
from ingestion.inspection.spellings import known_values, ours_for, value_list
from ingestion.inspection.words import plain

# Names that say little: what stands in the column tells what it is.
VAGUE = {"type", "category", "kind", "class", "contact", "ticket", "state", "status", "record", "interaction"}
TOLD_BY_VALUES = {
    "channel",
    "direction",
    "priority",
    "outcome",
    "status",
    "pay_period",
    "leaving_kind",
    "event_type",
    "state",
}
_MOSTLY_WAYS, _ALL_WAYS = 0.6, 0.95


def said_outright(named: list[frozenset[str]], contract: Contract) -> set[str]:
    """The columns that some name of more than vague words says outright."""
    telling = [one for one in named if not one <= VAGUE]
    told_by_values = TOLD_BY_VALUES & contract.columns.keys()
    return {name for name in told_by_values if any(best_likeness(one, contract.table, name) >= 0.9 for one in telling)}


def only_ways(free: Sequence[Profile], have: AbstractSet[str], contract: Contract) -> list[Pair]:
    """``Create article type`` of e-mails, calls and chats: the one column that holds ways of contact alone."""
    column = contract.columns.get("channel")
    if column is None or "channel" in have or contract.table not in ("tickets", "contacts"):
        return []
    found = [
        profile
        for profile in free
        if profile.distinct > 1
        and say_it(profile, contract.table, column)
        and known_values(profile, contract.table, column) >= _ALL_WAYS
    ]
    said = "its values are ways of contact, and no other column tells any"
    return [Pair(found[0].name, "channel", 0.6, said)] if len(found) == 1 else []


def say_it(profile: Profile, table: str, column: Column) -> bool:
    """Whether values under a vague name can only be those of a column: ways, directions or ends of contacts."""
    # Several ways of contact beside the name of a tool's own are ways of contact.
    least = _MOSTLY_WAYS if column.name == "channel" else 0.9
    if column.name not in ("outcome", "direction", "channel") or known_values(profile, table, column) < least:
        return False
    if column.name == "channel" and any(
        {"inbound", "outbound"} & set(plain(value).split()) for value in profile.counts
    ):
        return False
    said = {ours_for(value, value_list(table, column.name), column.name) for value in profile.counts} - {None}
    if column.name == "outcome":
        return "abandoned" in said and profile.distinct >= 2 and profile.kind == "category"
    return profile.kind == "category" and (column.name != "channel" or len(said) > 1 or profile.distinct == 1)
