"""Whether a request came back, where no column counts it but one says when it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingestion.inspection.fields import Line, quoted
from ingestion.inspection.fitting import MOMENTS
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import words

_AGAIN = {"reopen", "reopened", "reopening"}


def reopened_on(have: Mapping[str, Line], profiles: Sequence[Profile]) -> list[Line]:
    """A request that has a time of coming back came back once at least; one that has none did not."""
    used = {name for line in have.values() for name in line.names}
    when = [p for p in profiles if p.name not in used and p.kind in MOMENTS and _AGAIN & set(words(p.name))]
    if "reopens" in have or len(when) != 1 or not when[0].null_share:
        return []
    name, cell = when[0].name, f"nullif(trim({quoted(when[0].name)}), '')"
    nulls = "".join(f" or {cell} = '{word}'" for word in when[0].null_words if word and "'" not in word)
    sql = f"case when {cell} is null{nulls} then '0' else '1' end"
    line = Line("reopens", {"sql": sql, "type": "count"}, 0.6, f"{name} says when it came back", (name,))
    line.problems.append(f"{name} says when a request came back; it is counted as coming back once.")
    return [line]
