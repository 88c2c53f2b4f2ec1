"""Opportunities and threats as dated statements with a probability, scored when their date comes.

The forecast is last year's level of the month plus the drift since, normal, with the spread that this rule showed on
the months before; the base rate is the share of known months beyond the limit. Hindcasts make and score the same
statement for the twelve months before, each with nothing but what was known by then, so that a new workspace has a
score at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from analytics.metrics.periods import add_months, last_of_month
from analytics.swot.comparing import Case
from analytics.swot.model import OUTSIDE, Factor, Item
from analytics.swot.observing import Observations

SEASON = 12
HINDCASTS = 12
FEWEST = 15
_CERTAIN = 0.02
"""No statement is given less or more than this: a probability of 0 or 1 claims knowledge nobody has."""


@dataclass(frozen=True)
class Forecast:
    """P(the measure lies beyond the limit in a month), made at the end of ``made_for``; scored when it is known."""

    id: str
    kind: str
    factor: str
    metric: str
    slice: str | None
    entity_dimension: str
    entity: str | None
    quadrant: str
    made_for: date
    due: date
    side: str
    limit_value: float
    probability: float
    base_rate: float
    outcome: float | None = None
    brier: float | None = None
    base_brier: float | None = None
    scored_for: date | None = None

    def scored(self, value: float, period: date) -> Forecast:
        """The same with its outcome and scores."""
        happened = float(value > self.limit_value if self.side == "above" else value < self.limit_value)
        return replace(
            self, outcome=happened, brier=(self.probability - happened) ** 2,
            base_brier=(self.base_rate - happened) ** 2, scored_for=period,
        )  # fmt: skip


def probability(values: np.ndarray, limit: float, side: str, ahead: int = 1) -> tuple[float, float] | None:
    """(P(beyond the limit ``ahead`` steps after the last value), base rate); ``None`` with too few values."""
    known = values[~np.isnan(values)]
    if len(known) < FEWEST:
        return None
    guess, errors = _guess(values, ahead), []
    for end in range(SEASON + 1, len(values) - ahead + 1):
        made, came = _guess(values[:end], ahead), values[end + ahead - 1]
        if made is not None and not math.isnan(came):
            errors.append(came - made)
    spread = float(np.std(errors)) if len(errors) >= 4 else float(np.std(known))
    if guess is None:
        return None
    beyond = 0.5 if not spread > 0 else 0.5 * math.erfc((limit - guess) / spread / math.sqrt(2))
    base = float((known > limit).mean())
    chance, rate = (beyond, base) if side == "above" else (1 - beyond, 1 - base)
    return tuple(min(max(v, _CERTAIN), 1 - _CERTAIN) for v in (chance, rate))  # type: ignore[return-value]


def _guess(values: np.ndarray, ahead: int) -> float | None:
    """The value a season before, moved by how the last three months stand to theirs a season before."""
    at = len(values) - 1 + ahead - SEASON
    if at < 0 or math.isnan(values[at]):
        known = values[~np.isnan(values)]
        return float(known[-3:].mean()) if len(known) else None
    recent, before = values[-3:], values[-3 - SEASON : -SEASON] if len(values) >= SEASON + 3 else values[-SEASON:][:0]
    drift = float(np.nanmean(recent - before)) if len(before) == 3 and not np.isnan(recent - before).all() else 0.0
    return float(values[at]) + drift


def make(items: Iterable[Item], seen: Observations, metrics: Any) -> list[Forecast]:
    """A statement per opportunity and threat, and the hindcasts of every external factor of the organisation."""
    found = []
    for item in items:
        if item.factor.scope != "external" or item.entity[1] is not None:
            continue
        values, case = _values(item, seen, metrics), item.evidence
        if case is None or values is None:
            continue
        limit, side = _limit(item, values)
        if item.quadrant in OUTSIDE and (told := probability(values, limit, side)):
            found.append(_forecast("forecast", item, item.period, limit, side, told))
        found += _hindcasts(item, values)
    return found


def _values(item: Item, seen: Observations, metrics: Any) -> np.ndarray | None:
    case = Case(item.factor, metrics[item.factor.metric], item.entity, seen)
    if case.metric.quantile or case.panel("months") is None:
        return None
    return case.months().round(9)


def _limit(item: Item, values: np.ndarray) -> tuple[float, str]:
    """Beyond last year's value of the month that is due, on the side the item points to."""
    evidence = item.evidence
    side = "above" if evidence is not None and (evidence.difference or 0.0) > 0 else "below"
    before = values[len(values) - SEASON]
    known = values[~np.isnan(values)]
    return float(before if not math.isnan(before) else known.mean()), side


def _hindcasts(item: Item, values: np.ndarray) -> list[Forecast]:
    found = []
    for back in range(HINDCASTS, 0, -1):
        past, came = values[: len(values) - back], values[len(values) - back]
        at = len(past) - SEASON
        if at < 0 or math.isnan(came) or math.isnan(past[at]):
            continue
        told = probability(past, float(past[at]), "above")
        if told:
            made_for = add_months(item.period, -back)
            forecast = _forecast("hindcast", item, made_for, float(past[at]), "above", told)
            found.append(forecast.scored(float(came), add_months(made_for, 1)))
    return found


def _forecast(kind: str, item: Item, made_for: date, limit: float, side: str, told: tuple[float, float]) -> Forecast:
    due = last_of_month(add_months(made_for, 1))
    return Forecast(
        f"{kind}:{item.id}:{made_for:%Y-%m}", kind, item.factor.factor, item.factor.metric, item.factor.slice,
        *item.entity, item.quadrant, made_for, due, side, limit, *told,
    )  # fmt: skip


def score_earlier(earlier: Iterable[Forecast], factors: Sequence[Factor], seen: Observations, metrics: Any,
                  period: date) -> list[Forecast]:  # fmt: skip
    """Statements of earlier releases: those whose month is known now are scored, the others wait."""
    by_name = {f.factor: f for f in factors}
    found = []
    for old in earlier:
        factor = by_name.get(old.factor)
        if old.outcome is None and factor is not None and old.due <= last_of_month(period):
            case = Case(factor, metrics[factor.metric], (old.entity_dimension, old.entity), seen)
            months = case.months() if factor.measure in seen.windows and not case.metric.quantile else np.zeros(0)
            back = (period.year - old.due.year) * 12 + period.month - old.due.month
            if 0 <= back < len(months) and not math.isnan(months[-1 - back]):
                found.append(old.scored(float(months[-1 - back]), period))
                continue
        found.append(old)
    return found
