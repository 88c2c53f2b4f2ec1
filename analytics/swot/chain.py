"""The chain: contact → wait → first reply → handling → resolution → after-care, judged together.

A stage's cost is what its shortfall takes from satisfaction: the months of all entities tell how satisfaction moves
with the stage's measure (a fixed effect per entity and per month, errors clustered by entity), and that slope times the
shortfall is the cost, with the interval of the slope. A slope of the wrong sign, or one that could be none, costs
nothing that can be told. This is association, not proof of cause; the page says so.
Source: M. Arellano, Oxford Bulletin of Economics and Statistics 49 (1987) for the clustered errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.statistics.clustered import t_limit
from analytics.swot.model import ENTITY_DIMENSIONS, STAGES, Entity, Item
from analytics.swot.observing import Observations
from analytics.swot.reasons import Reason

SATISFACTION = "csat"
FEWEST_ENTITIES = 8
PANEL = ("team", "topic", "channel")
"""Kinds of entities whose months are held together; the first with enough of them."""


@dataclass(frozen=True)
class Stage:
    """A stage: how its items stand, and what its worst one costs satisfaction (a share), with its 95 % interval."""

    stage: str
    strengths: int
    weaknesses: int
    watch: int
    factor: str | None = None
    cost: float | None = None
    low: float | None = None
    high: float | None = None
    entities: int = 0
    is_weakest: bool = False
    missing: Reason | None = None


def chain(items: Sequence[Item], seen: Observations) -> list[Stage]:
    """Every stage in order; the one that costs most satisfaction is marked, if any cost can be told."""
    stages = [_stage(stage, [i for i in items if i.factor.chain_stage == stage], seen) for stage in STAGES]
    told = [s for s in stages if s.cost is not None and s.low is not None and s.low > 0]
    worst = max(told, key=lambda s: s.cost or 0.0) if told else None
    return [Stage(**{**vars(s), "is_weakest": s is worst}) for s in stages]


def _stage(stage: str, items: Sequence[Item], seen: Observations) -> Stage:
    strengths, weaknesses, watch = (sum(i.quadrant == q for i in items) for q in ("strength", "weakness", "watch"))
    costs = [
        _cost(i, seen) for i in items if i.quadrant in ("weakness", "contested") and i.factor.metric != SATISFACTION
    ]
    told = [c for c in costs if isinstance(c, tuple)]
    if told:
        factor, cost, low, high, entities = max(told, key=lambda c: c[1])
        return Stage(stage, strengths, weaknesses, watch, factor, cost, low, high, entities)
    is_judged = any(i.quadrant not in ("insufficient", "withdrawn") for i in items)
    missing = next((c for c in costs if isinstance(c, Reason)), None if is_judged else Reason("no_stage"))
    return Stage(stage, strengths, weaknesses, watch, missing=missing)


def _cost(item: Item, seen: Observations) -> tuple[str, float, float, float, int] | Reason:
    """(factor, cost, low, high, entities) of an item's shortfall, or what is missing to tell it."""
    evidence = item.evidence
    if evidence is None or evidence.difference is None:
        return Reason("no_shortfall")
    for dimension in PANEL:
        pair = _months(item, seen, dimension)
        if pair is None or len(pair[0]) < FEWEST_ENTITIES:
            continue
        found = slope(*pair)
        if found is None:
            continue
        b, error, entities = found
        cost, half = -b * evidence.difference, abs(evidence.difference) * error * t_limit(entities - 1)
        return item.factor.factor, cost, cost - half, cost + half, entities
    return Reason("few_panels", {"needed": FEWEST_ENTITIES})


def _months(item: Item, seen: Observations, dimension: str) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """(satisfaction, measure, answers) per entity and month."""
    rated = next((p for (m, d), p in seen.months.items() if m.metric == SATISFACTION and d == dimension), None)
    if rated is None or dimension not in ENTITY_DIMENSIONS:
        return None
    names = [n for n in rated.names if n is not None]
    csat, measured, weights = [], [], []
    for name in names:
        mine = _measured(item, seen, (dimension, name))
        if mine is None:
            continue
        months = {day: place for place, day in enumerate(rated.days)}
        line = rated.line(name)
        values = rated.values(name)
        row_x, row_y, row_n = (np.full(len(rated.days), np.nan) for _ in range(3))
        for day, value in mine.items():
            if day in months:
                place = months[day]
                row_x[place], row_y[place], row_n[place] = value, values[place], rated.x[line][place]
        csat.append(row_y)
        measured.append(row_x)
        weights.append(row_n)
    return (np.array(csat), np.array(measured), np.array(weights)) if csat else None


def _measured(item: Item, seen: Observations, entity: Entity) -> dict | None:
    measure = item.factor.measure
    if (measure, entity) in seen.durations.months:
        from analytics.metrics.periods import add_months
        from analytics.swot.windows import history_of

        values = seen.durations.months[measure, entity][0]
        first = history_of(seen.windows[measure]).start
        return {add_months(first, i): float(v) for i, v in enumerate(values) if not np.isnan(v)}
    panel = seen.months.get((measure, entity[0]))
    if panel is None or panel.line(entity[1]) is None:
        return None
    return {d: float(v) for d, v in zip(panel.days, panel.values(entity[1]), strict=True) if not np.isnan(v)}


def slope(y: np.ndarray, x: np.ndarray, weights: np.ndarray) -> tuple[float, float, int] | None:
    """(slope, its standard error clustered by entity, entities) of y on x within entities and months, weighted.

    Both are swept of entity and month means until nothing changes; ``None`` where too little is left to tell.
    """
    known = ~np.isnan(y) & ~np.isnan(x) & (weights > 0)
    used = known.sum(axis=1) >= 6
    y, x, w, known = y[used], x[used], np.where(known, weights, 0.0)[used], known[used]
    if len(y) < FEWEST_ENTITIES:
        return None
    a, b = np.where(known, y, 0.0), np.where(known, x, 0.0)
    for _ in range(30):
        for axis in (1, 0):
            total = np.maximum(w.sum(axis=axis, keepdims=True), 1e-12)
            a = a - (w * a).sum(axis=axis, keepdims=True) / total
            b = b - (w * b).sum(axis=axis, keepdims=True) / total
    a, b = np.where(known, a, 0.0), np.where(known, b, 0.0)
    spread = float((w * b * b).sum())
    if not spread > 1e-12:
        return None
    beta = float((w * a * b).sum()) / spread
    scores = (w * b * (a - beta * b)).sum(axis=1)
    k = len(scores)
    return beta, float(np.sqrt(k / (k - 1) * (scores**2).sum())) / spread, k
