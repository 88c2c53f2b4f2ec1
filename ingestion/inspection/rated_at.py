"""When a request or a contact was rated, where a column of its own says it: the day of the answer is not that of the
request."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.contracts import load_contracts
from ingestion.inspection.fields import Line, line_for
from ingestion.inspection.fitting import MOMENTS
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import best_likeness, words

RATED_AT = "rated_at"
_RATED = {"survey", "rating", "rated", "csat", "nps", "satisfaction", "feedback", "score", "scored", "review"}
_ASKED = {"sent", "send", "invited", "invitation", "offered", "due", "start", "started", "expiry", "expired"}
_CALLED_SO = 0.7


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
