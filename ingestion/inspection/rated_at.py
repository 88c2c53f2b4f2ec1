"""When a request or a contact was rated, or when somebody was asked, where a column of its own says it: the day of the
answer is neither that of the request nor that of the invitation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ingestion.contracts import load_contracts
from ingestion.inspection.fields import Line, line_for
from ingestion.inspection.fitting import MOMENTS
from ingestion.inspection.likeness import best_likeness
from ingestion.inspection.profile import Profile
from ingestion.inspection.surveys import Item, lone_score
from ingestion.inspection.words import words

RATED_AT, INVITED_AT = "rated_at", "invited_at"
_RATED = {"survey", "rating", "rated", "csat", "nps", "satisfaction", "feedback", "score", "scored", "review"}
_ASKED = {"sent", "send", "invited", "invitation", "offered", "due", "start", "started", "expiry", "expired"}
_CALLED_SO, _SURELY = 0.7, 0.85


def rated_at(profiles: Sequence[Profile]) -> Line | None:
    """The only column of dates that is called one of an answer."""
    table, column = "survey_responses", load_contracts()["survey_responses"].columns["responded_at"]
    found = [
        profile
        for profile in profiles
        if profile.kind in MOMENTS
        and _RATED & set(said := words(profile.name))
        and not _ASKED & set(said)
        and best_likeness(frozenset(said), table, column.name) >= _CALLED_SO
    ]
    if len(found) != 1:
        return None
    line = line_for(found[0], table, column, 0.8, f"{found[0].name} says when it was rated")
    # A day of the answer that cannot be read does not refuse the request.
    line.given["otherwise"] = "null"
    return line


def scored(table: str, profiles: Sequence[Profile], named: str) -> Item | None:
    """The one column called a score in a list of those who were asked: the answer stands beside its invitation."""
    found = lone_score(list(profiles), named, is_asked=True) if table == "survey_invitations" else []
    return found[0] if found else None


def invited_at(profiles: Sequence[Profile], lines: Sequence[Line]) -> Line | None:
    """When somebody was asked, in a list of answers that also has those who gave none."""
    answered = next((line.names for line in lines if line.column == "responded_at"), ())
    used = {name for line in lines for name in line.names}
    column = load_contracts()["survey_invitations"].columns[INVITED_AT]
    found = [
        profile
        for profile in profiles
        if profile.kind in MOMENTS
        and profile.name not in used
        and _ASKED & set(words(profile.name))
        and best_likeness(frozenset(words(profile.name)), "survey_invitations", INVITED_AT) >= _SURELY
    ]
    rest = [profile for profile in profiles if profile.name in answered]
    if len(found) != 1 or not rest or rest[0].filled >= found[0].filled:
        return None
    return line_for(found[0], "survey_invitations", column, 0.8, f"{found[0].name} says when it was asked for")


def at_field(line: Line | None) -> dict[str, Line]:
    """The field of the map that such a moment becomes."""
    return {} if line is None else {INVITED_AT if line.column == INVITED_AT else RATED_AT: line}


def invitations(columns: Mapping[str, str]) -> dict[str, Any]:
    """Who was asked, told by the same rows as the answers."""
    ours = load_contracts()["survey_invitations"].columns
    kept = {name: sql for name, sql in columns.items() if name in ours and name != "response_id"}
    told = {"invitation_id": columns["response_id"], INVITED_AT: f"row.{INVITED_AT}", **kept}
    return {"table": "survey_invitations", "from": "row", "where": f"row.{INVITED_AT} is not null", "columns": told}
