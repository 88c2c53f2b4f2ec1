"""Objectives as the pages ask for them: those of ``state/`` with what the release has measured of them.

An objective is there from the moment it is adopted; its progress comes with the next refresh.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import asdict
from typing import Any

from analytics.swot import Objectives
from dashboards.queries.swot import Board, SwotItem
from dashboards.reading import Reading
from warehouse.errors import SwotlightError, UsageError

_MEASURED = "select id, period, value, low, high, n, progress, is_passed, missing from swot.objectives"
_NAMES = ("period", "value", "low", "high", "n", "progress", "is_passed", "missing")
_FACTORS = {"ratio": 100.0}
_NO_GOAL = ("trend", "importance")
"""Comparators that are told in another measure than the value: a change a year, a rating."""


def version(reading: Reading) -> Hashable:
    """Changes whenever an objective is adopted or changed."""
    try:
        told = reading.settings.paths.objectives.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size


def objectives(reading: Reading) -> list[dict[str, Any]]:
    """Every adopted objective, oldest first, with its progress in this release where it has any."""
    return reading.kept(("objectives", version(reading)), lambda: _objectives(reading))


def _objectives(reading: Reading) -> list[dict[str, Any]]:
    try:
        goals = Objectives(reading.settings.paths.objectives).all()
    except SwotlightError:
        goals = []
    if not goals:
        return reading.table("select * from swot.objectives order by id")
    measured = {row["id"]: row for row in reading.table(_MEASURED)}
    return [{**asdict(g), **{name: measured.get(g.id, {}).get(name) for name in _NAMES}} for g in goals]


def proposal_of(board: Board, item: SwotItem) -> Mapping[str, Any] | None:
    """What an item of the board proposes: a pair's objective, else its way back to what it falls short of."""
    if item.value is None or item.quadrant in ("insufficient", "withdrawn"):
        return None
    pair = next((pair for pair in board.tows if pair["inside_factor"] == item.factor), None)
    if pair is not None:
        return pair
    worse = [c for c in item.comparisons if c.get("verdict") == "worse" and c.get("comparator_value") is not None]
    named = sorted(worse, key=lambda c: c["comparator"] != "target")
    goal = next((c["comparator_value"] for c in named if c["comparator"] not in _NO_GOAL), item.value)
    return {
        "metric": item.metric,
        "entity_dimension": board.dimension,
        "entity": board.value,
        "goal_from": item.value,
        "goal_to": goal,
        "owner_role": item.owner_role,
        "due": None,
    }


def to_shown(value: float, unit: str) -> str:
    """A goal as the form shows it: shares in per cent, all else in its own unit."""
    shown = value * _FACTORS.get(unit, 1.0)
    if abs(shown) < 0.1:
        return f"{shown:.6g}"
    return f"{shown:.{1 if unit == 'ratio' and abs(shown) >= 10 else 2}f}".rstrip("0").rstrip(".")


def from_shown(text: str, unit: str) -> float:
    """A goal as the form sends it, with a decimal point or comma. `UsageError` where it is no number."""
    try:
        return float(text.strip().replace("\u2212", "-").replace(",", ".")) / _FACTORS.get(unit, 1.0)
    except ValueError as error:
        raise UsageError(f"'{text}' is no number.", code="objective", key="goal_to") from error
