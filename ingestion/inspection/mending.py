"""A proposal that would refuse its own rows is not proposed so: it is tried; what does not hold is changed and said.

What cannot be read in a column that is not needed leaves it out; rows without what each of them needs are left out
where they are many; what is needed and cannot be read is marked, and the whole proposal is doubted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingestion.contracts import Contract, load_contracts
from ingestion.inspection.aggregates import without_times_of_legs
from ingestion.inspection.changes import settle_changes
from ingestion.inspection.fields import Line
from ingestion.inspection.profile import Profile
from ingestion.inspection.proposal import Proposal, map_text
from ingestion.inspection.trial import Refusal, Trial, try_map

# Some rows of any export are wrong in truth; more than this share is the map's fault.
OFTEN = 0.03
_NEVER = 0.9
_DOUBT = 0.3
_TRIALS = 3
_TOLD = re.compile(r"row\.(\w+) is not null")
_MISSING = ("missing_value", "null_key")
_EARLY, _BEFORE = "end_before_start", re.compile(r"(\w+) < (\w+)")
_ENDING, _OVER, _SOME = ("tickets", "contacts"), ("solved_at", "closed_at"), 0.2


def tried(proposal: Proposal, profiles: Sequence[Profile], name: str) -> Trial:
    """Try a proposal and mend it, in place, until it reads its rows or nothing more can be done."""
    trial = Trial(0)
    if proposal.is_doubted:
        return trial
    for _ in range(_TRIALS):
        trial = try_map(profiles, map_text(proposal, name))
        mended = [_mend(proposal, one, trial.rows) or _unneeded(proposal, one, profiles) for one in trial.refusals]
        if not any(mended):
            break
    if proposal.guess.table == "contacts" and trial.replaced >= OFTEN * max(1, trial.rows):
        proposal.problems += without_times_of_legs(proposal.lines)
    settle_changes(proposal, trial, profiles, name)
    _tell(proposal, trial)
    return trial


def _mend(proposal: Proposal, refusal: Refusal, rows: int) -> bool:
    """Whether something was changed for a refusal."""
    if refusal.reason == _EARLY and _empty_early(proposal, refusal.rows, rows):
        return True
    if refusal.rows < OFTEN * rows:
        return False
    contract = load_contracts()[proposal.guess.table]
    line = next((one for one in proposal.lines if one.column == refusal.field), None)
    if line is None:
        line = _weakest_of_rule(proposal, contract, refusal.reason)
    if line is None:
        return False
    said = f"{refusal.rows:,} of {rows:,} rows"
    if line.column not in contract.required:
        proposal.lines.remove(line)
        proposal.problems.append(f"{_named(line)} is left out as {line.column}: {said} would be refused for it.")
        return True
    can_leave_out = refusal.reason in _MISSING and refusal.rows < _NEVER * rows and not proposal.where
    if can_leave_out and contract.key != (line.column,):
        proposal.where = f"row.{line.column} is not null"
        for one in proposal.lines:
            # A line that sums the others up lacks more than one part of the key.
            if one is line or (line.column in contract.key and one.column in contract.key):
                one.given["required"] = False
        proposal.problems.append(f"{said} have nothing in {_named(line)}: they become no row of {contract.table}.")
        return True
    return False


def _unneeded(proposal: Proposal, refusal: Refusal, profiles: Sequence[Profile]) -> bool:
    """What only rows lack that become none anyway refuses no row: a course not begun took no hours."""
    line = next((one for one in proposal.lines if one.column == refusal.field), None)
    meant = _TOLD.fullmatch(proposal.where or "")
    by_column = {one.column: one.names for one in proposal.lines}
    if refusal.reason not in _MISSING or line is None or meant is None or line.given.get("required") is False:
        return False
    by_name = {profile.name: profile for profile in profiles}
    columns = [by_name[name] for name in (*line.names[:1], *by_column.get(meant[1], ())[:1])]
    if len(columns) != 2 or line.column in load_contracts()[proposal.guess.table].key:
        return False
    lacking = [[(cell or "").strip() in ("", *one.null_words) for cell in one.cells] for one in columns]
    if not all(left_out for lacks, left_out in zip(*lacking, strict=True) if lacks):
        return False
    line.given["required"] = False
    return True


def _empty_early(proposal: Proposal, early: int, rows: int) -> bool:
    """Empty the replies and ends that lie before the start, where most do not: the row and the rest of it stay. An end
    is emptied only where a state says that it is over; else it would stand open."""
    contract, have = load_contracts()[proposal.guess.table], {line.column: line for line in proposal.lines}
    compared = [pair for rule in contract.rules if rule.name == _EARLY for pair in _BEFORE.findall(rule.when)]
    told = [
        (end, start)
        for end, start in compared
        if {end, start} <= have.keys() and start == contract.event_time and end not in proposal.emptied
    ]
    if proposal.guess.table not in _ENDING or early > _SOME * rows or not told:
        return False
    if any(end in _OVER for end, _ in told) and "status" not in have and proposal.guess.table == "tickets":
        return False
    proposal.emptied |= {end: f"case when row.{end} < row.{start} then null else row.{end} end" for end, start in told}
    named = ", ".join(dict.fromkeys(name for end, _ in told for name in have[end].names))
    proposal.problems.append(
        f"{early:,} of {rows:,} rows have a reply or an end before the start ({named}): such a cell is emptied, the "
        "row and its other cells stay."
    )
    return True


def _weakest_of_rule(proposal: Proposal, contract: Contract, reason: str) -> Line | None:
    """The least sure of the columns that a broken rule speaks of, and that can be missing."""
    spoken = " ".join(rule.when for rule in contract.rules if rule.name == reason)
    free = [one for one in proposal.lines if one.column in spoken and one.column not in contract.required]
    free = [one for one in free if one.column != contract.event_time]
    return min(free, key=lambda one: one.confidence, default=None)


def _tell(proposal: Proposal, trial: Trial) -> None:
    if trial.error:
        proposal.problems.append(f"Tried on the file's own rows, the map reads none of them: {trial.error}")
        proposal.is_doubted = True
    refused = {one.field: one for one in trial.refusals if one.field}
    for line in proposal.lines:
        if line.column in refused and refused[line.column].rows >= OFTEN * trial.rows:
            line.confidence = min(line.confidence, _DOUBT)
    for one in trial.refusals:
        about = f" in {one.field}" if one.field else ""
        proposal.problems.append(
            f"{one.rows:,} of the first {trial.rows:,} rows would be refused: {one.reason.replace('_', ' ')}{about}."
        )
    if trial.replaced >= OFTEN * max(1, trial.rows) and not proposal.version:
        proposal.problems.append(
            f"{trial.replaced:,} of the first {trial.rows:,} rows would take another's place: they share their key. "
            "Look for the column that tells them apart."
        )
        for line in proposal.lines:
            if line.column in load_contracts()[proposal.guess.table].key:
                line.confidence = min(line.confidence, _DOUBT)
    proposal.is_doubted = proposal.is_doubted or trial.refused_share > 0.5


def _named(line: Line) -> str:
    return " and ".join(line.names) or line.column
