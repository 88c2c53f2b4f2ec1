"""People and their time in a company without effects: as busy as the target says, in every channel, team and month.

Only what the story's own company does in another way stands here; levels are `story.AT_TARGET`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from demo.company_parts import Company

DAY_SD, AGENT_SD, NOISE_SD = 0.010, 0.008, 0.020
"""By how much the days, the people, and one person's single days are busier or quieter than the level."""
PROMOTED_A_YEAR, FIRST_DAYS = 0.08, 90


def open_time(
    company: Company, month: int, planned: np.ndarray, live: np.ndarray, busy: float
) -> tuple[np.ndarray, np.ndarray]:
    """(seconds open to work, of which on tickets) per day and agent: the share handled is ``busy`` but for chance."""
    rng, days = company.plan.rng("calm time", month), len(planned)
    share = busy + rng.normal(0, DAY_SD, (days, 1)) + AGENT_SD * company.staff.quality
    share = np.clip(share + rng.normal(0, NOISE_SD, planned.shape), 0.5, 0.98)
    # Who has no work planned, or less than the contacts take, stays for as long as these ask for.
    needed = live / share
    low, high, goal = 0.0, 1.0, max(float(planned.sum()), float(needed.sum()))
    for _ in range(30):
        factor = (low + high) / 2
        low, high = (factor, high) if float(np.maximum(needed, factor * planned).sum()) < goal else (low, factor)
    opened = np.maximum(needed, high * planned)
    return opened, np.maximum(share * opened - live, 0)


def free_time(handling: list[tuple[int, int, np.ndarray]], free: np.ndarray) -> list[tuple[int, int, np.ndarray]]:
    """Time waiting for work, split over the channels as the work itself was, so that all are equally busy."""
    total = np.maximum(sum(spent for _, _, spent in handling), 1e-9)
    return [(1, code, free * spent / total) for _, code, spent in handling]


def promotions(company: Company, known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(who rises, on which day): at any time alike, once somebody has been here for a quarter of a year."""
    rng, staff, clock = company.plan.rng("promotions"), company.staff, company.clock
    first = np.maximum(staff.hired[known] + FIRST_DAYS, 1)
    day = first + rng.exponential(365 / PROMOTED_A_YEAR, len(known)).astype(np.int64)
    rises = day < np.minimum(staff.left[known], clock.days)
    return known[rises], day[rises]
