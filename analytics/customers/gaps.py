"""SERVQUAL: what was seen less what was expected, per respondent, item and dimension, weighted by stated weights."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analytics.statistics.intervals import mean_t

DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
OVERALL = "overall"


@dataclass(frozen=True)
class Pair:
    """One respondent's expectation and perception of one item; ``weight`` what the dimension means to them."""

    respondent: str
    item: str
    dimension: str
    perception: float | None
    expectation: float | None
    weight: float | None = None


@dataclass(frozen=True)
class Gap:
    """Mean gap with its 95 % interval; one observation per respondent."""

    level: str
    name: str
    n: int
    gap: float
    low: float | None
    high: float | None
    perception: float
    expectation: float


def respondent_gap(gaps: Mapping[str, float], weights: Mapping[str, float]) -> float | None:
    """One respondent's gap over dimensions: weighted where every dimension has a stated weight, else their mean."""
    if not gaps:
        return None
    if all(weights.get(dimension) is not None for dimension in gaps) and sum(weights[d] for d in gaps) > 0:
        return sum(weights[d] * gaps[d] for d in gaps) / sum(weights[d] for d in gaps)
    return sum(gaps.values()) / len(gaps)


def gaps_of(pairs: Iterable[Pair]) -> list[Gap]:
    """Gaps per item, per dimension and overall. A respondent without one half of a pair is left out of that item.

    Source: A. Parasuraman, V. A. Zeithaml, L. L. Berry, "SERVQUAL", J. Retailing 64 (1988).
    """
    complete = [p for p in pairs if p.perception is not None and p.expectation is not None]
    items: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    people: dict[str, dict[str, list[Pair]]] = defaultdict(lambda: defaultdict(list))
    for pair in complete:
        items["item", pair.item].append((float(pair.perception or 0), float(pair.expectation or 0)))
        people[pair.respondent][pair.dimension].append(pair)
    dimensions: dict[str, list[tuple[float, float]]] = defaultdict(list)
    overall: list[tuple[float, float]] = []
    for mine in people.values():
        seen = {d: (_mean([p.perception for p in ps]), _mean([p.expectation for p in ps])) for d, ps in mine.items()}
        weights = {d: ps[0].weight for d, ps in mine.items() if ps[0].weight is not None}
        for dimension, both in seen.items():
            dimensions[dimension].append(both)
        parts = [respondent_gap({d: both[k] for d, both in seen.items()}, weights) for k in (0, 1)]
        overall.append((parts[0] or 0.0, parts[1] or 0.0))
    made = [_gap(level, name, both) for (level, name), both in sorted(items.items())]
    made += [_gap("dimension", name, dimensions[name]) for name in sorted(dimensions, key=_order)]
    return [*made, *([_gap(OVERALL, OVERALL, overall)] if overall else [])]


def _order(dimension: str) -> tuple[int, str]:
    return (DIMENSIONS.index(dimension) if dimension in DIMENSIONS else len(DIMENSIONS), dimension)


def _mean(values: Sequence[float | None]) -> float:
    return sum(v for v in values if v is not None) / len(values)


def _gap(level: str, name: str, both: Sequence[tuple[float, float]]) -> Gap:
    differences = [seen - expected for seen, expected in both]
    n = len(differences)
    low, high = mean_t(math.fsum(differences), math.fsum(d * d for d in differences), n)
    perception, expectation = (math.fsum(pair[k] for pair in both) / n for k in (0, 1))
    return Gap(level, name, n, perception - expectation, low, high, perception, expectation)
