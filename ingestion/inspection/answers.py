"""Answers in words that stand in several columns: what was good in one, what could be better in the next."""

from __future__ import annotations

from ingestion.inspection.fields import Line, quoted
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import best_likeness, words

_SURELY = 0.85


def join_comments(have: dict[str, Line], profiles: list[Profile]) -> None:
    """One comment of all the columns of free answers, each on its own line; mended in place."""
    line = have.get("comment")
    if line is None or not line.names or "from" not in line.given:
        return
    used = {name for other in have.values() for name in other.names}
    more = [p for p in profiles if p.name not in used and p.kind in ("text", "long_text", "category") and _is_one(p)]
    if not more:
        return
    names = (*line.names, *(profile.name for profile in more))
    line.given.pop("from")
    cells = [f"nullif(trim({quoted(name)}), '')" for name in names]
    line.given["sql"] = f"nullif(concat_ws(chr(10), {', '.join(cells)}), '')"
    line.names = names
    line.reason += f"; with {', '.join(profile.name for profile in more)}"


def _is_one(profile: Profile) -> bool:
    name = frozenset(words(profile.name))
    return profile.distinct > 1 and best_likeness(name, "survey_responses", "comment") >= _SURELY
