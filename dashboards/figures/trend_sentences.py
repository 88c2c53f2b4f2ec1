"""What a line did against its target, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards import formats
from dashboards.figures.series import Goal, Point, falling_months, longest_below, stand
from dashboards.language import _


def trend_title(name: str, points: Sequence[Point], goal: Goal | None, *, weekly: bool) -> str:
    """What the line of concern did against its target."""
    known = [p for p in points if p.value is not None]
    if goal is None or len(known) < 3:
        return _("{name}, period by period", name=name)
    below = longest_below(known, goal)
    slots = {"name": name, "count": below, "periods": len(known)}
    stands = [stand(p, goal) for p in known]
    if stands.count("missed") == len(known):
        words = (
            _("{name} missed its target in every one of {periods} weeks")
            if weekly
            else _("{name} missed its target in every one of {periods} months")
        )
        return words.format(**slots)
    if 2 <= below < len(known):
        slots["month"] = formats.month_long(known[-below].day, year=not weekly)
        words = (
            _("{name} fell below its target in {month} and has not come back")
            if goal.higher_meets
            else _("{name} passed its limit in {month} and has not come back")
        )
        return words.format(**slots)
    return _kept_words(stands, weekly=weekly).format(**slots)


def _kept_words(stands: Sequence[str], *, weekly: bool) -> str:
    """In how many periods the target was kept; one whose interval holds the target is not said to have kept it."""
    kept, missed = stands.count("met"), stands.count("missed")
    if kept == len(stands):
        return (
            _("{name} kept its target in all {periods} weeks")
            if weekly
            else _("{name} kept its target in all {periods} months")
        )
    if not kept and not missed:
        return (
            _("{name} is too close to its target to call in all {periods} weeks")
            if weekly
            else _("{name} is too close to its target to call in all {periods} months")
        )
    if not missed:
        words = (
            _("{name} kept its target in {kept} of {periods} weeks; the others are too close to call")
            if weekly
            else _("{name} kept its target in {kept} of {periods} months; the others are too close to call")
        )
    else:
        words = (
            _("{name} kept its target in {kept} of {periods} weeks and missed it in {missed}")
            if weekly
            else _("{name} kept its target in {kept} of {periods} months and missed it in {missed}")
        )
    return words.replace("{kept}", str(kept)).replace("{missed}", str(missed))


def decline(values: Sequence[float | None]) -> int:
    """Months in a row that a value fell, up to the last one."""
    return falling_months(values)
