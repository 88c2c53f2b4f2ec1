"""Columns that nothing reads although they are called like something the table has no other column for."""

from __future__ import annotations

import re

from ingestion.contracts import Contract
from ingestion.inspection.fields import yes_and_no
from ingestion.inspection.fitting import MOMENTS, are_other_words, fit
from ingestion.inspection.likeness import best_likeness
from ingestion.inspection.not_about import is_kept_from, speaks_of_promises
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import words

_CALLED_SO = 0.85
_SAYS_LITTLE = ("empty", "long_text", "text", "id", "email", "url", "list")
_LISTED = 12
_SAY_WHAT_WAS_ASKED = ("instrument", "role", "dimension")
UNASKED = (
    "Nothing says what was asked: where it was satisfaction, effort or how likely people recommend you, give the map "
    "the line `instrument: {value: csat}` (or ces, nps); without it no score counts these answers."
)
_DEADLINES = ("due_at", "first_reply_due_at")
_LEFT = {"attrition", "termination", "terminated", "left", "leaver", "exited", "departed", "turnover", "churn"}


def _who_left(unused: list[Profile], have: set[str], contract: Contract) -> list[str]:
    """A word on a yes and no of having left, without a day: a headcount takes everybody for there."""
    if contract.table != "agents" or "left_on" in have:
        return []
    return [
        f"{profile.name} is not read: it says who left and nothing says when, so everybody in the list counts as "
        "there. Leave those out who left, or give the map a column for left_on."
        for profile in unused
        if profile.distinct == 2 and yes_and_no(profile) and _LEFT & set(words(profile.name))
    ]


def unread_columns(
    unused: list[Profile], have: set[str], contract: Contract, said: list[str], *, is_dated: bool = True
) -> list[str]:
    """A word on each, but for those of which a problem (``said``) speaks already. Rows that are not dated
    (``is_dated``) have no moments after their beginning."""
    missing = [name for name in contract.columns if name not in have]
    told = _who_left(unused, have, contract)
    if contract.table == "survey_responses" and "value" in have and have.isdisjoint(_SAY_WHAT_WAS_ASKED):
        told.append(UNASKED)
    told += _verdicts(unused, have, contract)
    said = [*said, *told]
    for profile in unused:
        if profile.filled and profile.kind != "time" and not any(profile.name in one for one in said):
            name = frozenset(words(profile.name))
            like = max(missing, key=lambda column: best_likeness(name, contract.table, column), default=None)
            if like and best_likeness(name, contract.table, like) >= _CALLED_SO:
                why = _why(profile, contract, like, is_dated=is_dated)
                told.append(f"{profile.name} is not read: it is called like {like}, but {why}.")
    is_whole = all(name in have for name in contract.required)
    return [*told, *(_others_unread(unused, [*said, *told]) if is_whole else [])]


def _verdicts(unused: list[Profile], have: set[str], contract: Contract) -> list[str]:
    """A word on promises of which only the source's own verdict is told."""
    told = [
        f"{profile.name} is not read: it tells whether a promise was kept, and {contract.table} have no promises."
        for profile in unused
        if profile.filled and "reported_sla_state" not in contract.columns and speaks_of_promises(profile)
    ]
    if "reported_sla_state" in have and have.isdisjoint(_DEADLINES):
        told.append(
            "No column tells a deadline: whether a promise was kept is held as the source's own word, and no promise "
            "is counted from it alone. Give the map a line for due_at or first_reply_due_at, or a file of the promises."
        )
    return told


def _why(profile: Profile, contract: Contract, like: str, *, is_dated: bool) -> str:
    """Why a column is not read that is called like one that is wanted."""
    column = contract.columns[like]
    if not fit(profile, contract.table, column):
        return "its values do not fit"
    if not is_dated and column.type in MOMENTS:
        return "no column says when a row was made, and nothing is counted from another day"
    if is_kept_from(profile, frozenset(words(profile.name)), contract.table, like):
        return "another word of its heading says that it is something else"
    return f"nothing makes it sure; where it is {like}, give the map that line"


def _others_unread(unused: list[Profile], said: list[str]) -> list[str]:
    """One sentence on all the rest that might tell something: nothing is left out in silence."""
    left = [p.name for p in unused if _may_tell(p) and not any(p.name in one for one in said)]
    if not left:
        return []
    more = f" and {len(left) - _LISTED} more" if len(left) > _LISTED else ""
    listed = ", ".join(left[:_LISTED])
    return [f"Not read: {listed}{more}. Where one of them is wanted, give the map a line for it."]


def _may_tell(profile: Profile) -> bool:
    """Whether a column parts rows, or measures something; one of texts, of keys or of one value does not."""
    return profile.distinct > 1 and profile.kind not in _SAYS_LITTLE and not re.match(r"unnamed_\d+$", profile.name)


def no_channels(unused: list[Profile], contract: Contract) -> list[str]:
    """A word on a column that is called a channel and holds something else."""
    column = contract.columns.get("channel")
    return [
        f"{profile.name} is left out as channel: most of its words are no way of contact, such as "
        f"{', '.join(repr(value) for value, _ in profile.counts.most_common(3))}."
        for profile in unused
        if column is not None
        and profile.kind == "category"
        and are_other_words(profile, contract.table, column)
        and best_likeness(frozenset(words(profile.name)), contract.table, "channel") >= _CALLED_SO
    ]
