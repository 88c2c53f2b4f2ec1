"""The one sentence: how many openings by when, or what happens in which month, with what probability."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from analytics.staffing.demand import WEEKS
from analytics.staffing.hiring import lead_time
from analytics.staffing.outlook import Outlook
from analytics.staffing.series import Array
from analytics.staffing.workload import RATIOS, PoolWork

# A month is at risk from even odds on; so many openings are enough that it keeps its target in three runs of four.
LIKELY, SAFE = 0.5, 0.25
MOST = 500
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True)
class Headline:
    """A key with its slots, and the English sentence made of them."""

    key: str
    slots: dict[str, Any]
    sentence: str


@dataclass(frozen=True)
class Risk:
    """A pool's month: its weeks, how likely its mean service level misses the target, and the middle run's level."""

    pool: int
    month: date
    weeks: Array
    probability: float
    level: float


def headline(outlook: Outlook) -> Headline:
    """`post`: a month openings still reach; `too_late`: one they no longer reach; `enough`; `insufficient`."""
    gap = outlook.gap
    if gap is None or not outlook.works:
        return Headline("insufficient", {}, "There is not enough data to hold people against work.")
    risks = risks_of(outlook)
    lead = lead_time(outlook.supply, gap.teams[0], outlook.seed) if outlook.supply else None
    assert lead is not None
    likely = [risk for risk in risks if risk.probability >= LIKELY]
    reach = outlook.inputs.as_of + timedelta(days=int(lead.full_days))
    in_time = [risk for risk in likely if risk.month >= reach]
    if in_time:
        return _post(outlook, in_time[0], int(lead.full_days))
    if likely:
        return _too_late(outlook, likely[0], reach)
    return _enough(outlook, max(risks, key=lambda risk: (risk.probability, -risk.month.toordinal())))


def risks_of(outlook: Outlook) -> list[Risk]:
    """Each pool and full month ahead: how likely its mean service level misses the target; by month."""
    assert outlook.gap is not None
    mondays = [outlook.inputs.monday + timedelta(days=7 * week) for week in range(WEEKS)]
    months = sorted({day.replace(day=1) for day in mondays})
    found = []
    for pool, work in enumerate(outlook.works):
        for month in months:
            weeks = np.array(
                [k for k, day in enumerate(mondays) if (day + timedelta(days=3)).replace(day=1) == month], int
            )
            if len(weeks) < 3:
                continue
            level = outlook.gap.levels[:, weeks, pool].mean(axis=1)
            share = float((level < _target(work)).mean())
            found.append(Risk(pool, month, weeks, share, float(np.median(level))))
    return sorted(found, key=lambda risk: (risk.month, -risk.probability))


def _target(work: PoolWork) -> float:
    return float(work.targets.service_level or 0.8)


def still_short(outlook: Outlook, risk: Risk, people: int, by: date) -> float:
    """How likely the month misses its target when so many openings are posted on a day, as they become people."""
    gap, supply = outlook.gap, outlook.supply
    assert gap is not None
    assert supply is not None
    work = outlook.works[risk.pool]
    members = [k for k, team in enumerate(gap.teams) if team in work.pool.teams]
    productive = lead_time(supply, gap.teams[members[0]], outlook.seed).productive
    since = risk.weeks - (by - outlook.inputs.monday).days / 7
    added = people * np.interp(since, np.arange(WEEKS), productive, left=0.0)
    need = gap.required[:, risk.weeks][:, :, members].sum(axis=2)
    have = gap.available[:, risk.weeks][:, :, members].sum(axis=2) + added
    ratio = have / np.maximum(need, 1e-9)
    weeks = range(len(risk.weeks))
    level = np.mean([np.interp(ratio[:, k], RATIOS, work.levels[risk.weeks[k]]) for k in weeks], axis=0)
    return float((level < _target(work)).mean())


def _needed(outlook: Outlook, risk: Risk, by: date) -> int:
    """The fewest openings, posted on a day, with which the month keeps its target in three runs of four."""
    return next((n for n in range(1, MOST) if still_short(outlook, risk, n, by) <= SAFE), MOST)


def _slots(outlook: Outlook, risk: Risk) -> dict[str, Any]:
    return {
        "pool": outlook.works[risk.pool].pool.name,
        "target": _target(outlook.works[risk.pool]),
        "month": risk.month.isoformat(),
        "probability": round(risk.probability, 2),
        "service_level": round(risk.level, 4),
    }


def _post(outlook: Outlook, risk: Risk, lead_days: int) -> Headline:
    by = risk.month - timedelta(days=lead_days)
    people = _needed(outlook, risk, by)
    slots = _slots(outlook, risk) | {"people": people, "by": by.isoformat()}
    return Headline(
        "post",
        slots,
        f"Post {_number(people)} {'opening' if people == 1 else 'openings'} for {slots['pool']} by {by.day} "
        f"{MONTHS[by.month - 1]}, or its service level falls below {_percent(slots['target'])} in "
        f"{MONTHS[risk.month.month - 1]}, probability {_chance(risk.probability)}.",
    )


def _too_late(outlook: Outlook, risk: Risk, reach: date) -> Headline:
    slots = _slots(outlook, risk) | {"reach": reach.isoformat()}
    return Headline(
        "too_late",
        slots,
        f"Service level of {slots['pool']} stays below {_percent(slots['target'])} in "
        f"{MONTHS[risk.month.month - 1]}, probability {_chance(risk.probability)}; "
        f"people hired now help from {reach.day} {MONTHS[reach.month - 1]}.",
    )


def _enough(outlook: Outlook, risk: Risk) -> Headline:
    slots = _slots(outlook, risk)
    return Headline(
        "enough",
        slots,
        f"People suffice in every month ahead; the thinnest is {MONTHS[risk.month.month - 1]} for {slots['pool']}, "
        f"probability {_chance(risk.probability)} of falling below {_percent(slots['target'])}.",
    )


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\u202f%"


def _chance(share: float) -> str:
    return f"{min(max(share, 0.01), 0.99):.1f}" if 0.05 <= share < 0.95 else f"{min(max(share, 0.01), 0.99):.2f}"
