"""Who ended the work of somebody, where only a reason is told."""

from __future__ import annotations

from collections.abc import Mapping

from ingestion.contracts import load_contracts
from ingestion.inspection.fields import Line, line_for
from ingestion.inspection.profile import Profile
from ingestion.inspection.spellings import known_values

_MOSTLY_KNOWN = 0.6


def who_ended_it(have: Mapping[str, Line], by_name: Mapping[str, Profile]) -> list[Line]:
    """Reasons for leaving that are words of who ended it (*resignation*, *dismissal*) say that as well."""
    line = have.get("leaving_reason")
    if line is None or "leaving_kind" in have or not line.names or "from" not in line.given:
        return []
    column, profile = load_contracts()["agents"].columns["leaving_kind"], by_name[line.names[0]]
    if known_values(profile, "agents", column) < _MOSTLY_KNOWN:
        return []
    reason = f"the words of {profile.name} say who ended it"
    made = line_for(profile, "agents", column, 0.6, reason)
    # The column is that of the reason.
    made.names = ()
    return [made]
