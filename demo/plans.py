"""Improvement plans: people whose checks failed often get courses that belong to a plan of their own.

The plan changes nothing in this company: who was worst gets better by chance alone, and a sound reading must say so.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from demo.company_parts import Company
from demo.exports import numbered

EVERY_MONTHS, SHARE = 2, 0.06


def plan_of(company: Company, month: int, who: np.ndarray) -> pa.Array:
    """The number of the plan that each course of the month belongs to; empty for ordinary courses.

    Every second month the weakest twentieth of the people start a plan; its courses are those of two months.
    """
    start = month // EVERY_MONTHS * EVERY_MONTHS
    staff, day = company.staff, company.clock.month_days(start)[0]
    there = np.flatnonzero((staff.hired < day - 90) & (staff.left > day + 90))
    rng = company.plan.rng("improvement plans", start)
    count = max(1, round(SHARE * len(there))) if start else 0
    weakest = there[np.argsort(staff.quality[there] + rng.normal(0, 0.6, len(there)))[:count]]
    return numbered("IP-", np.where(np.isin(who, weakest), start * 100_000 + who, -1))
