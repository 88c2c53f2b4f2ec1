"""What each lever would buy, in people: held against the middle run, everything else unchanged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.staffing.demand import WEEKS
from analytics.staffing.gap import _at
from analytics.staffing.outlook import Outlook
from analytics.staffing.series import Array
from analytics.staffing.workload import formula_hours


@dataclass(frozen=True)
class Lever:
    """``people_mean`` and ``people_worst_week``: people the lever is worth, over 26 weeks and in the worst."""

    lever: str
    change: float
    unit: str
    people_mean: float
    people_worst_week: float
    worst_gap_before: float
    worst_gap_after: float


def levers(outlook: Outlook) -> list[Lever]:
    """Shrinkage one point down, handling time 5 % down, 5 % deflected, an hour of overtime, target 5 points down."""
    gap, supply = outlook.gap, outlook.supply
    if gap is None or supply is None:
        return []
    need, have = np.median(gap.required, axis=0).sum(axis=1), np.median(gap.available, axis=0).sum(axis=1)
    on_task = 1 - supply.total_shrinkage
    live, mail = _people(outlook, 1.0), _deferred_people(outlook)
    found = [
        _lever("shrinkage", -0.01, "share", need * (1 - on_task / (on_task + 0.01)), need, have),
        _lever("handling_time", -0.05, "relative", live - _people(outlook, 0.95), need, have),
        _lever("deflection", -0.05, "relative", live - _people(outlook, 0.95) + 0.05 * mail, need, have),
        _lever("overtime", 1.0, "hours a week", have / supply.paid_hours_a_week, need, have),
        _lever("target", -0.05, "share", _target_people(outlook, live), need, have),
    ]
    return found


def _lever(name: str, change: float, unit: str, people: Array, need: Array, have: Array) -> Lever:
    worst = int(np.argmin(have - need))
    before = float(have[worst] - need[worst])
    return Lever(
        name, change, unit, float(people.mean()), float(people[worst]), before, float((have - need + people).min())
    )


def _people(outlook: Outlook, factor: float) -> Array:
    """People that live work asks for at a load factor, per week."""
    assert outlook.gap is not None and outlook.shares is not None
    total = np.zeros(WEEKS)
    for place, work in enumerate(outlook.works):
        hours = _at(work.hours, np.full((1, WEEKS), factor))[0]
        total += (hours[:, None] * outlook.shares.live[place] / outlook.gap.week_hours).sum(axis=1)
    return total


def _deferred_people(outlook: Outlook) -> Array:
    assert outlook.gap is not None and outlook.shares is not None
    if outlook.deferred is None:
        return np.zeros(WEEKS)
    return np.asarray((outlook.deferred.hours[:, None] * outlook.shares.deferred / outlook.gap.week_hours).sum(axis=1))


def _target_people(outlook: Outlook, live: Array) -> Array:
    """People saved by a target five points lower; an hour at work gives what it gives today."""
    assert outlook.gap is not None and outlook.shares is not None
    total = np.zeros(WEEKS)
    for place, work in enumerate(outlook.works):
        lower = formula_hours(outlook.inputs, outlook.demand, work.pool, -0.05)
        if lower is not None:
            hours = _at(lower / work.steering, np.ones((1, WEEKS)))[0]
            total += (hours[:, None] * outlook.shares.live[place] / outlook.gap.week_hours).sum(axis=1)
    return np.maximum(live - total, 0.0)
