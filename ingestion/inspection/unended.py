"""States that are taken for solved and are none: requests in them have no end, and those that are solved have one."""

from __future__ import annotations

from collections.abc import Mapping

from ingestion.inspection.fields import Line
from ingestion.inspection.profile import Profile
from ingestion.inspection.spellings import ours_for, value_list

_NEVER, _MOSTLY, _FEWEST = 0.02, 0.9, 5


def still_waiting(have: Mapping[str, Line], by_name: Mapping[str, Profile]) -> None:
    """``Answered`` beside ``Resolved`` waits for the customer where it never has an end. The line is changed in
    place."""
    line, end = have.get("status"), have.get("solved_at")
    if line is None or end is None or "from" not in line.given or len(end.names) != 1:
        return
    status, ended = by_name[line.names[0]], by_name[end.names[0]]
    told, values = value_list("tickets", "status"), line.given.get("values", {})
    state = {value: values.get(value, ours_for(value, told, "status")) for value in status.counts}
    ends = {value: _share_ended(status, ended, value) for value in state}
    waiting = [
        value for value, ours in state.items()
        if ours == "solved" and ends[value] <= _NEVER and status.counts[value] >= _FEWEST
    ]  # fmt: skip
    over = [value for value, ours in state.items() if ours in ("solved", "closed") and ends[value] >= _MOSTLY]
    if not waiting or not over:
        return
    line.given = {**line.given, "values": {**values, **dict.fromkeys(waiting, "pending")}}
    named = ", ".join(map(repr, sorted(waiting)))
    line.problems.append(
        f"{status.name}: {named} never have an end, which {', '.join(map(repr, sorted(over)))} have: they are taken "
        "for waiting (pending), not for solved."
    )


def _share_ended(status: Profile, ended: Profile, state: str) -> float:
    rows = [
        bool((at or "").strip()) and (at or "").strip() not in ended.null_words
        for now, at in zip(status.cells, ended.cells, strict=True)
        if (now or "").strip() == state
    ]
    return sum(rows) / len(rows) if rows else 0.0
