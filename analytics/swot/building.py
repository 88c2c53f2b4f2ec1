"""``judge_period``: all evidence and items of a month; ``build``: that, written as the tables of schema ``swot``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from analytics.metrics import Metric, read_targets
from analytics.metrics.table import Frozen
from analytics.metrics.targets import Target
from analytics.swot.comparing import Case
from analytics.swot.factors import read_factors
from analytics.swot.family import adjust, attach_sql
from analytics.swot.importance import importance
from analytics.swot.judging import judge
from analytics.swot.leading import leading
from analytics.swot.model import WHOLE, Entity, Evidence, Factor, Item, Measure
from analytics.swot.observing import Observations, observe
from analytics.swot.placing import place, rank
from analytics.swot.reasons import Reason
from analytics.swot.sentences import tell
from analytics.swot.support import support
from analytics.swot.windows import choose_windows, last_full_month, parse_period
from warehouse.errors import SwotlightError


@dataclass(frozen=True)
class Judgement:
    """A month as it was judged: what was read, all evidence, and the items of every entity."""

    period: date
    factors: list[Factor]
    metrics: dict[str, Metric]
    targets: list[Target]
    seen: Observations
    evidence: list[Evidence]
    items: list[Item]
    currency: str

    def of(self, entity: Entity) -> list[Item]:
        """The items of an entity."""
        return [item for item in self.items if item.entity == entity]


def judge_period(db: Any, as_of: datetime, period: str | date | None = None) -> Judgement:
    """Judge ``period`` (default: the last month that had ended at ``as_of``); nothing is written.

    Raises `SwotlightError` in a sentence when the factor catalogue or a target cannot be right.
    """
    frozen = Frozen(db)
    metrics = frozen.catalogue
    factors = read_factors(frozen, metrics)
    targets = read_targets(frozen, metrics)
    zone, currency = organisation_of(db)
    month = parse_period(period) or last_full_month(as_of, zone)
    factors, targets = leading(frozen, factors, metrics, targets, month)
    compared: dict[Measure, set[str]] = defaultdict(set)
    fewest: dict[Measure, int] = {}
    for factor in factors:
        compared[factor.measure] |= set(factor.comparators)
        fewest[factor.measure] = min(fewest.get(factor.measure, factor.minimum_n), factor.minimum_n)
    # What is counted on the day a case began looks better the younger it is: the quick ones are through, no others.
    windows = choose_windows(
        frozen, factors, metrics, month, lambda days: last_full_month(as_of - timedelta(days=days), zone)
    )
    seen = observe(frozen, metrics, windows, targets, compared, fewest)
    rated = importance(frozen, factors, metrics, windows, month)
    evidence = _evidence(factors, metrics, seen, targets, month, rated)
    items = _items(factors, seen, evidence, month)
    support(frozen, items, month)
    for item in items:
        tell(item, metrics[item.factor.metric], currency)
        item.trend_direction, item.trend_months = last_run(_months(item, metrics[item.factor.metric], seen))
    return Judgement(month, factors, metrics, targets, seen, evidence, items, currency)


def _evidence(
    factors: Sequence[Factor],
    metrics: dict[str, Metric],
    seen: Observations,
    targets: list[Target],
    period: date,
    rated: Sequence[Evidence],
) -> list[Evidence]:
    """Everything compared in the period, one family, in a fixed order."""
    family: list[Evidence] = []
    # What only the world outside is cut by (a market's segment, a rival's country) is no part of the organisation.
    inside = {f.measure for f in factors if f.scope == "internal"}
    own = {entity for measure, entity in seen.rows if measure in inside} | {WHOLE}
    for entity in [e for e in seen.entities() if e in own] or [WHOLE]:
        for factor in factors:
            # The organisation is always told what is missing; an entity only of what it could ever have.
            if entity[1] is None or ((factor.measure, entity) in seen.rows and can_face(factor, entity)):
                family += judge(factor, metrics[factor.metric], entity, seen, targets, period)
    family += rated
    for evidence in family:
        if check := seen.withdrawn.get(evidence.metric):
            evidence.p, evidence.missing = None, Reason("withdrawn", {"check": check})
    adjust(family)
    attach_sql(family, metrics, {f.factor: f for f in factors})
    return family


def can_face(factor: Factor, entity: Entity) -> bool:
    """Whether a factor can be the entity's own: which team gets how much of what comes in is our doing, no demand."""
    return factor.scope == "internal" or entity[0] != "team"


def _items(factors: Sequence[Factor], seen: Observations, family: list[Evidence], period: date) -> list[Item]:
    by_factor = {f.factor: f for f in factors}
    grouped: dict[tuple[Entity, str], list[Evidence]] = defaultdict(list)
    for evidence in family:
        grouped[evidence.entity, evidence.factor].append(evidence)
    items = [
        place(by_factor[name], evidence, seen.withdrawn.get(by_factor[name].metric), period)
        for (_, name), evidence in grouped.items()
    ]
    by_entity: dict[Entity, list[Item]] = defaultdict(list)
    for item in items:
        by_entity[item.entity].append(item)
    for mine in by_entity.values():
        rank(mine)
    return items


def _months(item: Item, metric: Metric, seen: Observations) -> list[float]:
    if metric.quantile:
        values = seen.durations.months.get((item.factor.measure, item.entity), (np.zeros(0),))[0]
    else:
        values = Case(item.factor, metric, item.entity, seen).months()
    return [float(v) for v in values if not np.isnan(v)]


def last_run(values: Sequence[float]) -> tuple[int, int]:
    """(direction, months) of the last run of changes in one direction: (1, 4) is four months up."""
    direction, months = 0, 0
    for later, earlier in zip(reversed(values[1:]), reversed(values[:-1]), strict=True):
        step = (later > earlier) - (later < earlier)
        if not step or (direction and step != direction):
            break
        direction, months = step, months + 1
    return direction, months


def organisation_of(con: Any) -> tuple[str, str]:
    """Time zone and currency of the organisation; UTC and none where the database does not say."""
    try:
        rows = con.rows("select time_zone, currency from config.organisation limit 1")
    except SwotlightError:
        rows = []
    return (rows[0]["time_zone"] or "UTC", rows[0]["currency"] or "") if rows else ("UTC", "")
