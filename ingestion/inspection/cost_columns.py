"""Costs with a column a kind: rows of months whose columns are salaries, rent, software …

What belongs here: how such columns are known. Months that are columns are told in `month_columns`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingestion.contracts import load_contracts
from ingestion.inspection.fields import Line, line_for
from ingestion.inspection.month_columns import is_sum
from ingestion.inspection.profile import Profile
from ingestion.inspection.spellings import ours_for, value_list
from ingestion.inspection.state_columns import StateColumn

_AMOUNTS, _MONTHS = ("integer", "number", "money"), ("date", "month", "instant")
_FEWEST, _HALF = 3, 0.5
_IN_BRACKETS = re.compile(r"[(\[（].*?[)\]）]")
# What a heading may have before or behind the kind: ``Chi phí lương``, ``Coste de personal``, ``Training cost``.
_COSTS = re.compile(
    r"(?i)^(?:chi phí|cost[eo]?s?(?: of| de| do)?|gastos?(?: de| do)?|frais(?: de)?|kosten(?: für)?)\s+|"
    r"\s+(?:costs?|expenses?|kosten)$"
)


def kind_columns(profiles: Sequence[Profile]) -> list[tuple[Profile, str]]:
    """The columns of amounts, each with its kind of cost, beside the one column of months; none for any other table.
    An amount whose heading is no known kind is a kind of its own."""
    filled = [profile for profile in profiles if profile.filled]
    amounts = [p for p in filled if p.kind in _AMOUNTS and not is_sum(p.name)]
    others = [p for p in filled if p.kind not in _AMOUNTS]
    months = [profile for profile in others if profile.kind in _MONTHS]
    known = [(profile, _kind(profile.name)) for profile in amounts]
    told = [kind for _, kind in known if kind]
    if len(months) != 1 or len(others) > 2 or len(told) < _FEWEST or len(set(told)) < 2:
        return []
    if len(told) < _HALF * len(amounts):
        return []
    return [(profile, kind or profile.name.strip()) for profile, kind in known]


def _kind(heading: str) -> str | None:
    told = value_list("costs", "category")
    bare = _IN_BRACKETS.sub(" ", heading).strip()
    return ours_for(bare, told, "category") or ours_for(_COSTS.sub("", bare), told, "category")


def find_kinds(table: str, profiles: Sequence[Profile]) -> list[StateColumn]:
    """The columns of kinds and how each is read."""
    if table != "costs":
        return []
    column = load_contracts()[table].columns["amount"]
    return [
        StateColumn(profile.name, kind, f"amount_{place}", line_for(profile, table, column, 0.8, "").given)
        for place, (profile, kind) in enumerate(kind_columns(profiles), 1)
    ]


def without_amounts(
    lines: Sequence[Line], kinds: Sequence[StateColumn], profiles: Sequence[Profile]
) -> tuple[list[Line], list[str]]:
    """The lines that hold for every kind, and a word on what is left out and on the kinds that are not known."""
    of_kinds = {one.name for one in kinds}
    kept = [
        one
        for one in lines
        if one.column not in ("category", "amount", "budget", "item") and not of_kinds & set(one.names)
    ]
    sums = [profile.name for profile in profiles if profile.kind in _AMOUNTS and is_sum(profile.name)]
    said = [f"{', '.join(sums)}: left out, since it sums up the kinds of cost beside it."] if sums else []
    known = set(load_contracts()["costs"].columns["category"].values)
    other = [one.name for one in kinds if one.state not in known]
    said += [
        f"{', '.join(other)} is no kind of cost that is known: it stays a kind of its own, and is no labour."
    ] if other else []  # fmt: skip
    return kept, said
