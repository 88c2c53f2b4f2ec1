"""Words of urgency that mean less or more where another one stands beside them."""

from __future__ import annotations

from collections.abc import Mapping

from ingestion.inspection.fields import Line
from ingestion.inspection.profile import Profile
from ingestion.inspection.spellings import ours_for, value_list
from ingestion.inspection.words import plain

# Urgent by its own name, below ``Immediate`` and ``Critical``.
_BY_NAME = frozenset(
    [
        "urgent",
        "dringend",
        "urgente",
        "pilne",
        "pilny",
        "spoed",
        "紧急",
        "緊急",
        "至急",
        "긴급",
        "khẩn",
        "majeure",
        "majeur",
    ]
)
_STEPS = 4


def settle_urgent(have: Mapping[str, Line], by_name: Mapping[str, Profile]) -> None:
    """``Urgent`` below ``Immediate`` is high, where the scale has four steps and no other word for it, and so is
    ``Major`` above ``Normal``. The line is changed in place."""
    line = have.get("priority")
    if line is None or "from" not in line.given:
        return
    told, values = value_list("tickets", "priority"), line.given.get("values", {})
    ours = {value: values.get(value, ours_for(value, told, "priority")) for value in by_name[line.names[0]].counts}
    major = [value for value in ours if plain(value) == "major"]
    if major and "high" not in ours.values() and [ours[value] for value in ours].count("normal") > len(major):
        # Between ``Normal`` and ``Critical``.
        line.given = {**line.given, "values": {**values, **dict.fromkeys(major, "high")}}
        return
    urgent = [value for value, step in ours.items() if step == "urgent"]
    below = [value for value in urgent if plain(value) in _BY_NAME]
    if "high" in ours.values() or len(ours) < _STEPS or len(urgent) != len(below) + 1 or len(below) != 1:
        return
    line.given = {**line.given, "values": {**values, below[0]: "high"}}
