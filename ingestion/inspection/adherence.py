"""The time of a plan that was kept, told by its rows: never more than was planned, nor more than was worked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingestion.contracts import Contract
from ingestion.inspection.fields import Line
from ingestion.inspection.profile import Profile
from ingestion.inspection.settling import Pair
from ingestion.inspection.totals import amount

_ROWS, _FEWEST, _NEARLY_ALL = 300, 10, 0.99


def with_adherence(found: list[Pair], profiles: Sequence[Profile], contract: Contract) -> list[Pair]:
    """The pairs, with the column of kept time where only its rows say what it is."""
    names = {pair.column: pair.name for pair in found}
    if (
        contract.table != "agent_time"
        or "adherent_seconds" in names
        or not {"seconds", "scheduled_seconds"} <= {*names}
    ):
        return found
    by_name, used = {profile.name: profile for profile in profiles}, set(names.values())
    planned, worked = by_name[names["scheduled_seconds"]], by_name[names["seconds"]]
    free = [p for p in profiles if p.name not in used and p.kind == worked.kind and p.distinct > 3]
    kept = [profile for profile in free if _is_within_both(profile, planned, worked)]
    if len(kept) != 1:
        return found
    said = f"never more than {planned.name} nor than {worked.name} in the rows"
    return [*found, Pair(kept[0].name, "adherent_seconds", 0.6, said)]


def _is_within_both(profile: Profile, planned: Profile, worked: Profile) -> bool:
    rows = zip(*([amount(cell) for cell in one.cells[:_ROWS]] for one in (profile, planned, worked)), strict=True)
    told = [(kept, min(plan, work)) for kept, plan, work in rows if None not in (kept, plan, work)]  # type: ignore[type-var]
    within = sum(0 <= kept <= most for kept, most in told)  # type: ignore[operator]
    near = sum(kept >= 0.5 * most for kept, most in told)  # type: ignore[operator]
    return len(told) >= _FEWEST and within >= _NEARLY_ALL * len(told) and near > 0.5 * len(told)


def whole_days(have: Mapping[str, Line], *, are_parted: bool) -> list[Line]:
    """What a day was spent on, where only its plan, its work and what was kept of the plan are told (``are_parted``:
    columns of states are). Adherence and conformance need no more; nothing else is told from such a day."""
    if are_parted or "state" in have or not {"seconds", "scheduled_seconds"} <= have.keys():
        return []
    reason = "only the whole day is told, and no state of it"
    state = Line("state", {"value": "other", "type": "category"}, 0.6, reason)
    told = "adherence and conformance are" if "adherent_seconds" in have else "conformance is"
    state.problems.append(
        f"Nothing says what the time was spent on: {told} told from it, and neither occupancy, utilisation nor "
        "shrinkage."
    )
    paid = Line("is_paid", {"value": "false", "type": "boolean"}, 0.5, f"{reason}: no part of it counts as paid")
    return [state, *([] if "is_paid" in have else [paid])]
