"""TOWS: inside items paired with the outside items that bear on their theme, each pair with a proposed objective."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.metrics import Metric
from analytics.metrics.periods import add_months, last_of_month
from analytics.metrics.targets import Target, target_for
from analytics.swot.model import IMPORTANCE, Evidence, Item
from analytics.swot.phrases import TOWS, units
from analytics.swot.sentences import say
from analytics.swot.words import LANGUAGES, value_text

MONTHS_AHEAD = 6
SHOWN = 5
KINDS = {
    ("strength", "opportunity"): "SO",
    ("weakness", "opportunity"): "WO",
    ("strength", "threat"): "ST",
    ("weakness", "threat"): "WT",
}


@dataclass(frozen=True)
class Pair:
    """An inside and an outside item, and the objective they propose: a metric, from, to, by when."""

    kind: str
    inside: Item
    outside: Item
    score: float
    metric: str
    goal_from: float
    goal_to: float
    due: date
    slots: Mapping[str, Any]

    @property
    def id(self) -> str:
        """A name that stays the same while both items stand."""
        return f"{self.kind}:{self.inside.id}:{self.outside.factor.factor}"


def pairs(items: Sequence[Item], metrics: Mapping[str, Metric], targets: list[Target], currency: str) -> list[Pair]:
    """The pairs of one entity, best first; a pair counts as much as the smaller of its two scores."""
    found = [
        _pair(kind, inside, outside, metrics, targets, currency)
        for (in_quadrant, out_quadrant), kind in KINDS.items()
        for inside in items
        for outside in items
        if inside.quadrant == in_quadrant
        and outside.quadrant == out_quadrant
        and inside.factor.theme in outside.factor.touches()
    ]
    return sorted(found, key=lambda p: (p.kind, -p.score, p.id))


def _pair(
    kind: str, inside: Item, outside: Item, metrics: Mapping[str, Metric], targets: list[Target], currency: str
) -> Pair:
    metric = metrics[inside.factor.metric]
    evidence = _measured(inside)
    value = (evidence.value or 0.0) if evidence else 0.0
    due = last_of_month(add_months(inside.period, MONTHS_AHEAD))
    goal = propose(inside, metric, targets)
    if inside.quadrant == "strength":
        value = goal
    unit = units().get(inside.factor.factor, metric.unit)
    slots = {"inside": inside.factor.factor, "outside": outside.factor.factor, "unit": unit,
             "currency": currency if unit == "currency" else "", "from": round(value, 9), "to": goal,
             "due": due.isoformat(), "labels": {code: metric.label_in(code) for code in LANGUAGES}}  # fmt: skip
    return Pair(kind, inside, outside, min(inside.score or 0.0, outside.score or 0.0), metric.name, value, goal, due,
                slots)  # fmt: skip


def _measured(item: Item) -> Evidence | None:
    """The comparison an item leads with, or one of its metric's own: a rating beside what matters is not its value."""
    lead = item.evidence
    if lead is None or lead.comparator != IMPORTANCE:
        return lead
    return next((e for e in item.comparisons if e.comparator != IMPORTANCE and e.value is not None), lead)


def propose(item: Item, metric: Metric, targets: list[Target]) -> float:
    """Where to: the target where it is not reached, else the comparator; a strength is kept, or moved by one SWD.

    A weakness is never asked for less than it has, nor for more than its target.
    """
    evidence = _measured(item)
    assert evidence is not None and evidence.value is not None
    up = 1 if evidence.direction == "higher" else -1
    dimension, name = item.entity
    target = target_for(targets, metric.name, (dimension, name) if name else None, evidence.window.end)
    if item.quadrant == "strength":
        goal = evidence.value
    elif target is not None and not target.is_kept(evidence.value):
        goal = target.value
    elif evidence.comparator in ("previous", "peer", "expectation") and evidence.comparator_value is not None:
        goal = evidence.comparator_value
    else:
        goal = evidence.value + up * 2 * evidence.swd
    if metric.unit == "ratio" and metric.interval == "wilson":
        goal = min(max(goal, 0.0), 1.0)
    return float(f"{goal:.4g}")


def render_pair(kind: str, slots: Mapping[str, Any], names: Mapping[str, str], language: str = "en") -> str:
    """The proposal in words; ``names`` are the factors' names in that language."""
    unit, currency = slots["unit"], slots["currency"]
    return say(TOWS[kind], language).format(
        inside=names.get(slots["inside"], slots["inside"]),
        outside=names.get(slots["outside"], slots["outside"]),
        label=_inside(slots["labels"].get(language) or slots["labels"]["en"]),
        start=value_text(slots["from"], unit, currency, language),
        goal=value_text(slots["to"], unit, currency, language),
        due=slots["due"],
    )


def _inside(label: str) -> str:
    """A label as it stands inside a sentence; an abbreviation keeps its capitals."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label
