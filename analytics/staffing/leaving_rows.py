"""Leaving as rows: the curves by tenure, hazards a year, ratios of groups. Fewer than five leavers are not told."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.staffing.leaving import FEWEST_LEAVERS, KNOTS, YEAR, Hazard
from analytics.staffing.rows import Row, fact, round_off


def curve_rows(hazard: Hazard) -> Iterable[Row]:
    """Who is still there by tenure: everybody, then every group of five leavers or more."""
    for group in hazard.groups:
        head = (group.dimension, group.entity)
        tail = (group.people, group.leavers)
        for step in group.curve.steps:
            parts = (round_off(part) for part in (step.survival, step.low, step.high))
            yield (*head, step.time, step.at_risk, *parts, *tail)


def leaving_facts(hazard: Hazard) -> Iterable[Row]:
    """Leavings a year by tenure, and how groups differ from the others, everything else alike."""
    for place, daily in enumerate(hazard.daily):
        leavers = float(hazard.leavers[place])
        low, high = KNOTS[place], KNOTS[place + 1]
        scope = f"{low:.0f} to {high:.0f} days" if place + 1 < len(hazard.daily) else f"{low:.0f} days and more"
        yield fact("leaving_a_year", scope, float(daily) * YEAR, "rate", leavers if leavers >= FEWEST_LEAVERS else None)
    for one in hazard.ratios:
        if one.leavers >= FEWEST_LEAVERS:
            note = "Cox’s proportional hazards; drawn to one by four leavers."
            scope = f"{one.dimension}: {one.entity}"
            yield fact("leaving_ratio", scope, one.value, "ratio", float(one.leavers), note, (one.low, one.high))
