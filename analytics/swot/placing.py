"""Quadrant, score, rank, robustness, IFE and EFE: where an item stands among the others of its entity."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date

import numpy as np

from analytics.swot.model import INSIDE, OUTSIDE, SCORE_CAP, Evidence, Factor, Item, is_past
from analytics.swot.reasons import Reason, of_comparisons
from analytics.swot.windows import valid_until

REWEIGHTINGS = 1_000
CONCENTRATION = 100.0
"""Sum of the Dirichlet's parameters: a weight of 5 % then varies by about ±2 points."""
TOP = 3
_SIDES = {"internal": INSIDE, "external": OUTSIDE}
_GOOD = {"strength", "opportunity"}


def place(factor: Factor, evidence: Sequence[Evidence], withdrawn_by: str | None, period: date) -> Item:
    """The item of a factor and entity from all its comparisons."""
    tested = [] if withdrawn_by or is_past(evidence, period) else [e for e in evidence if e.p is not None]
    quadrant = "withdrawn" if withdrawn_by else _quadrant(factor, {e.verdict for e in evidence}) if tested else ""
    quadrant = quadrant or "insufficient"
    lead = max(tested, key=_prominence) if tested else None
    # What only lags until its cases are through is judged anew with the next period, as everything else.
    end = evidence[0].window.end.replace(day=1) if is_past(evidence, period) else period
    item = Item(period, evidence[0].entity, factor, quadrant, lead, list(evidence), valid_until(end))
    item.strength = lead.near_end() if lead and quadrant in _SIDES[factor.scope] else 0.0
    item.withdrawn_by = withdrawn_by
    if quadrant == "insufficient":
        item.missing = of_comparisons((e.comparator, e.missing) for e in evidence if e.missing)
        if is_past(evidence, period):
            item.missing = Reason("ended", {"month": evidence[0].window.end.isoformat()})
    return item


def _quadrant(factor: Factor, verdicts: set[str]) -> str:
    if {"better", "worse"} <= verdicts:
        return "contested"
    good, bad = _SIDES[factor.scope]
    return good if "better" in verdicts else bad if "worse" in verdicts else "watch"


def _prominence(evidence: Evidence) -> tuple:
    decided = evidence.verdict in ("better", "worse")
    return (decided, evidence.near_end() if decided else 0.0, evidence.comparator == "target", -(evidence.p or 0.0))


def rank(items: Sequence[Item]) -> None:
    """Weights renormalised over the entity's active factors of a scope, then score, rank, robustness and rating."""
    for scope, quadrants in _SIDES.items():
        active = [i for i in items if i.quadrant not in ("insufficient", "withdrawn") and i.factor.scope == scope]
        total = sum(item.factor.weight for item in active)
        for item in active:
            item.weight = item.factor.weight / total if total > 0 else 1 / len(active)
        for quadrant in quadrants:
            _rank(quadrant, active)


def _rank(quadrant: str, active: Sequence[Item]) -> None:
    mine = [item for item in active if item.quadrant == quadrant]
    for item in mine:
        item.score = item.weight * item.strength
        item.rating, item.note = _rating(item)
    for position, item in enumerate(sorted(mine, key=lambda i: (-(i.score or 0), i.factor.factor)), start=1):
        item.rank = position
    _shake(mine, active)


def _shake(mine: Sequence[Item], active: Sequence[Item]) -> None:
    """Share of re-weightings, drawn around the weights and seeded by the content, in which an item stays on top."""
    if not mine:
        return
    alpha = np.array([max(item.weight, 1e-6) for item in active]) * CONCENTRATION
    weights = _generator(active).dirichlet(alpha, REWEIGHTINGS)
    columns = [active.index(item) for item in mine]
    scores = weights[:, columns] * np.array([item.strength for item in mine])
    ahead = (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
    for column, item in enumerate(mine):
        item.robustness = float((ahead[:, column] < TOP).mean())


def _generator(active: Sequence[Item]) -> np.random.Generator:
    content = [
        (i.period.isoformat(), i.entity, i.factor.factor, i.quadrant, f"{i.weight:.9g}", f"{i.strength:.6g}")
        for i in active
    ]
    digest = hashlib.sha256(json.dumps(content).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def _rating(item: Item) -> tuple[float, str | None]:
    """3–4 for what helps, 1–2 for what hurts, by the third of the scale its strength falls in; the catalogue's own
    rating stands where it fits the quadrant and is refused, in a sentence, where it contradicts it."""
    third = min(int(3 * item.strength / SCORE_CAP), 2) / 2
    worked_out = 3 + third if item.quadrant in _GOOD else 2 - third
    given = item.factor.rating
    if given is None:
        return worked_out, None
    low, high = (3, 4) if item.quadrant in _GOOD else (1, 2)
    if low <= given <= high:
        return given, None
    article = "an" if item.quadrant == "opportunity" else "a"
    return worked_out, (
        f"The catalogue rates {item.factor.factor} {given:g}, but {article} {item.quadrant} is rated {low} to {high}: "
        f"the rating is refused and {worked_out:g} is used."
    )
