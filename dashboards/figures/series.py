"""The shapes line figures are drawn from, and what can be said of a run of points. Nothing is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise


@dataclass(frozen=True)
class Point:
    """One period of a series; ``value`` None is a gap. ``is_settling``: not all its cases have had their time."""

    day: date
    value: float | None
    low: float | None = None
    high: float | None = None
    n: float | None = None
    is_settling: bool = False


@dataclass(frozen=True)
class Series:
    """A line with its name; ``verdict`` colours it when it is the one the title speaks of."""

    name: str
    points: tuple[Point, ...]
    verdict: str = "no-target"


@dataclass(frozen=True)
class Goal:
    """The target line: value, which side meets it, and its words inside the band."""

    value: float
    higher_meets: bool
    words: str


@dataclass(frozen=True)
class LineChart:
    """All that a line figure needs. ``focus`` names the series of concern."""

    series: tuple[Series, ...]
    unit: str
    focus: str | None = None
    goal: Goal | None = None
    from_zero: bool = False
    end_note: str = ""
    labels: bool = True
    currency: str = "EUR"
    marks: bool = field(default=True)


def stand(point: Point, goal: Goal) -> str:
    """met or missed where the whole interval lies on one side (the value, where it is no sample), else undecided."""
    if point.value is None:
        return "no-data"
    ends = [point.value if end is None else end for end in (point.low, point.high)]
    sides = {(end >= goal.value) if goal.higher_meets else (end <= goal.value) for end in (*ends, point.value)}
    return "undecided" if len(sides) > 1 else "met" if sides.pop() else "missed"


def longest_below(points: Sequence[Point], goal: Goal) -> int:
    """How many of the last points in a row lie off the target, from the first that misses it with its whole interval.

    One whose interval holds the target does not end the row as long as its value lies off it. Nought unless the last
    point misses with its whole interval.
    """
    count = 0
    for back, point in enumerate(reversed(points), 1):
        missed = stand(point, goal) == "missed"
        if not missed and (count == 0 or point.value is None or (point.value >= goal.value) is goal.higher_meets):
            break
        count = back if missed else count
    return count


def falling_months(values: Sequence[float | None]) -> int:
    """How many of the last steps in a row went down."""
    known = [v for v in values if v is not None]
    count = 0
    for later, earlier in pairwise(reversed(known)):
        if later >= earlier:
            break
        count += 1
    return count
