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
    needed, there = gap.required.sum(axis=2), gap.available.sum(axis=2)
    need, have, middle = (np.median(runs, axis=0) for runs in (needed, there, there - needed))
    on_task = 1 - supply.total_shrinkage
    live, mail = _people(outlook, 1.0), _deferred_people(outlook)
    found = [
        _lever("shrinkage", -0.01, "share", need * (1 - on_task / (on_task + 0.01)), middle),
        _lever("handling_time", -0.05, "relative", live - _people(outlook, 0.95), middle),
        _lever("deflection", -0.05, "relative", live - _people(outlook, 0.95) + 0.05 * mail, middle),
        _lever("overtime", 1.0, "hours a week", have / supply.paid_hours_a_week, middle),
        _lever("target", -0.05, "share", _target_people(outlook, live), middle),
    ]
    return found


def _lever(name: str, change: float, unit: str, people: Array, middle: Array) -> Lever:
    """``middle``: available minus required of all teams together, in the middle run of each week."""
    worst = int(np.argmin(middle))
    before, after = float(middle[worst]), float((middle + people).min())
    return Lever(name, change, unit, float(people.mean()), float(people[worst]), before, after)


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
