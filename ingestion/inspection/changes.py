"""A log of changes that says nothing of how tickets end: no tickets are made of it, and it is said what to do.

Tickets of which none was ever solved would all stand in the backlog for ever, and none would have a time to resolution.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.inspection.fields import Line
from ingestion.inspection.profile import Profile
from ingestion.inspection.proposal import Proposal, map_text
from ingestion.inspection.trial import Changes, Trial, try_map

# Of a hundred tickets some are solved while the log is written.
_FEW = 100
_DOUBT = 0.3
_SHOWN = 4


def settle_changes(proposal: Proposal, trial: Trial, profiles: Sequence[Profile], name: str) -> None:
    """Take the tickets out of a proposal whose changes do not tell their state; the proposal is changed in place."""
    told = _untold(trial.changes)
    if told and trial.rows < len(profiles[0].cells):
        # The end of what was opened first may stand further down.
        told = _untold(try_map(profiles, map_text(proposal, name), len(profiles[0].cells)).changes)
    if told is None:
        return
    proposal.derives = False
    line = next((one for one in proposal.lines if one.column == told[0]), None)
    if line is not None:
        line.confidence = min(line.confidence, _DOUBT)
    proposal.problems.insert(0, _said(told, line, profiles))


def _untold(changes: Changes | None) -> tuple[str, str, str] | None:
    """The column that would have to tell, what it does not tell, and what is to be said in the map."""
    if changes is None or not changes.tickets:
        return None
    if not changes.known:
        what = "None of its kinds of change is known"
        return "event_type", what, "which of them are created, status, reply or note"
    if changes.tickets > _FEW and not changes.solved:
        return (
            "to_value",
            f"None of the {changes.tickets:,} tickets looked at is ever solved",
            "which mean solved or closed",
        )
    return None


def _said(told: tuple[str, str, str], line: Line | None, profiles: Sequence[Profile]) -> str:
    column, what, how = told
    profile = next((one for one in profiles if line and one.name in line.names), None)
    some = ", ".join(repr(value) for value, _ in profile.counts.most_common(_SHOWN)) if profile else ""
    shown = f" ({profile.name}: {some})" if profile else ""
    return (
        f"{what}{shown}: backlog and times to resolution would be told wrongly, so no tickets are made of this log. "
        f"Say under `values:` of {column} {how}, then write `derive: tickets` above `shapes:`."
    )
