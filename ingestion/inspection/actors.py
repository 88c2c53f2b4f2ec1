"""Who did something to a ticket, where one column holds the names of colleagues and the word for a customer."""

from __future__ import annotations

from collections.abc import Mapping

from ingestion.inspection.fields import Line, quoted
from ingestion.inspection.profile import Profile
from ingestion.inspection.spellings import ours_for, value_list
from warehouse.store import quote_text


def role_of_actor(have: Mapping[str, Line], by_name: Mapping[str, Profile]) -> list[Line]:
    """Whose word stands there is no colleague; everybody else in such a column is one."""
    line = have.get("actor_id")
    if line is None or len(line.names) != 1 or "actor_role" in have:
        return []
    name, told = line.names[0], value_list("ticket_events", "actor_role")
    profile = by_name[name]
    roles = {value: role for value in profile.counts if (role := ours_for(value, told, "actor_role"))}
    if "customer" not in roles.values() or len(roles) == profile.distinct:
        return []
    cases = " ".join(f"when {quote_text(value)} then {quote_text(role)}" for value, role in sorted(roles.items()))
    words = ", ".join(sorted(roles))
    return [
        Line(
            "actor_role",
            {"sql": f"case trim({quoted(name)}) {cases} when '' then null else 'agent' end", "type": "category"},
            0.6,
            f"{name} says {words} beside names: these are taken for colleagues",
            line.names,
        )
    ]
