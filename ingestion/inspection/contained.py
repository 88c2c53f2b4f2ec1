"""Conversations with a machine: what it settled alone is contained, what it passed on has left it."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.inspection.fields import Line, quoted, yes_and_no
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import words
from warehouse.store import quote_text

_ALONE = {"contained", "deflected"}
_HANDLED = ("talk_seconds", "hold_seconds", "wrap_seconds")


def settled_by_machine(have: dict[str, Line], profiles: Sequence[Profile], lines: list[Line]) -> list[Line]:
    """How conversations with a machine ended, where a column of yes and no says it.

    Their length is no time of handling, so it is taken out of ``lines`` and ``have``.
    """
    used = {name for line in have.values() for name in line.names}
    free = [p for p in profiles if p.name not in used and _ALONE & set(words(p.name))]
    flags = [(profile, answers) for profile in free if (answers := yes_and_no(profile))]
    if "outcome" in have or len(flags) != 1 or set(flags[0][1].values()) != {True, False}:
        return []
    profile, answers = flags[0]
    for column in _HANDLED:
        if column in have:
            lines.remove(have.pop(column))
    yes = ", ".join(quote_text(value.lower()) for value, is_so in answers.items() if is_so)
    sql = f"case when lower(trim({quoted(profile.name)})) in ({yes}) then 'contained' else 'flowed_out' end"
    line = Line("outcome", {"sql": sql, "type": "category"}, 0.6, f"told by {profile.name}", (profile.name,))
    line.problems.append(
        f"{profile.name}: these are conversations with a machine: what it settled is contained, the others were passed "
        "on. None was answered by a person, and their length is no time of handling."
    )
    met = Line("met_automation", {"value": "true", "type": "boolean"}, 0.6, "every row is one with a machine")
    return [line] if "met_automation" in have else [line, met]
