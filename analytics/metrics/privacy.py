"""Small groups of people who answered are hidden, and so is the complement that would give them away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from analytics.metrics.model import MetricRow


def hide_small_groups(rows: Sequence[MetricRow], below: int) -> list[MetricRow]:
    """Rows with fewer than ``below`` respondents without their numbers.

    Where the hidden groups of a period together are still fewer than ``below`` beside shown ones, their sum follows by
    subtraction from the whole; then the smallest shown groups are hidden as well until it does not.
    """
    if below <= 0:
        return list(rows)
    hidden = {id(row) for row in rows if row.n is not None and 0 < row.n < below}
    periods: dict[object, list[MetricRow]] = defaultdict(list)
    for row in rows:
        periods[row.period].append(row)
    for group in periods.values():
        hidden |= _complements(group, hidden, below)
    return [_hide(row) if id(row) in hidden else row for row in rows]


def _complements(group: Sequence[MetricRow], hidden: set[int], below: int) -> set[int]:
    mine = [row for row in group if id(row) in hidden]
    shown = sorted((row for row in group if id(row) not in hidden and row.n), key=lambda row: (row.n, str(row)))
    more: set[int] = set()
    total, count = sum(row.n or 0 for row in mine), len(mine)
    for row in shown:
        if not mine or (total >= below and count > 1):
            break
        more.add(id(row))
        total, count = total + (row.n or 0), count + 1
    return more


def _hide(row: MetricRow) -> MetricRow:
    return replace(
        row, value=None, low=None, high=None, numerator=None, denominator=None, n=None, pending=None, suppressed=True
    )
