"""``build``: judge a period and write the SWOT tables of the database at hand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from analytics.metrics import Metric, read_targets
from analytics.metrics.table import Frozen
from analytics.metrics.targets import Target
from analytics.swot.factors import read_factors
from analytics.swot.judging import adjust, attach_sql, judge
from analytics.swot.model import Entity, Evidence, Factor, Item
from analytics.swot.observing import Observations, observe
from analytics.swot.placing import place, rank
from analytics.swot.sentences import tell
from analytics.swot.tables import write_tables
from analytics.swot.windows import choose_windows, last_full_month, parse_period
from warehouse.errors import SwotlightError


@dataclass(frozen=True)
class BuildReport:
    """What was judged: the period, and how many items stand in which quadrant for the organisation."""

    period: date
    factors: int
    entities: int
    evidence: int
    quadrants: dict[str, int]


def build(con: Any, as_of: datetime, period: str | date | None = None) -> BuildReport:
    """Judge ``period`` (default: the last month that had ended at ``as_of``) and replace the ``swot`` tables.

    Reads ``metrics.catalogue``, ``marts.swot_factors``, ``marts.targets``, ``quality.withdrawn`` and the rollups.
    Raises `SwotlightError` in a sentence when the factor catalogue or a target cannot be right.
    """
    db = Frozen(con)
    metrics = db.catalogue
    factors = read_factors(db, metrics)
    targets = read_targets(db, metrics)
    zone, currency = _organisation(con)
    month = parse_period(period) or last_full_month(as_of, zone)
    inside = [f for f in factors if f.scope == "internal"]
    seen = observe(db, metrics, choose_windows(db, inside, metrics, month), targets)
    evidence = _evidence(inside, metrics, seen, targets, month)
    items = _items(inside, metrics, seen, evidence, month)
    for item in items:
        tell(item, metrics[item.factor.metric], currency)
    write_tables(con, factors, evidence, items, {m.name: m.unit for m in metrics.values()})
    whole: dict[str, int] = defaultdict(int)
    for item in items:
        if item.entity[1] is None:
            whole[item.quadrant] += 1
    return BuildReport(month, len(factors), len(seen.entities()), len(evidence), dict(sorted(whole.items())))


def _evidence(
    factors: list[Factor], metrics: dict[str, Metric], seen: Observations, targets: list[Target], period: date
) -> list[Evidence]:
    """Everything compared in the period, one family, in a fixed order."""
    family: list[Evidence] = []
    for entity in seen.entities():
        for factor in factors:
            if _is_seen(metrics[factor.metric], entity, seen):
                family += judge(factor, metrics[factor.metric], entity, seen, targets, period)
    for evidence in family:
        if _withdrawn_by(evidence.metric, seen):
            evidence.p, evidence.missing = None, f"withdrawn by {_withdrawn_by(evidence.metric, seen)}"
    adjust(family, {f.factor: f for f in factors})
    attach_sql(family, metrics)
    return family


def _is_seen(metric: Metric, entity: Entity, seen: Observations) -> bool:
    """The organisation is always told what is missing; an entity only of what it could ever have."""
    return entity[1] is None or (metric.name, entity) in seen.now.rows


def _withdrawn_by(metric: str, seen: Observations) -> str | None:
    return next((row.withdrawn_by for (name, _), row in seen.now.rows.items() if name == metric), None)


def _items(
    factors: list[Factor], metrics: dict[str, Metric], seen: Observations, family: list[Evidence], period: date
) -> list[Item]:
    by_factor = {f.factor: f for f in factors}
    grouped: dict[tuple[Entity, str], list[Evidence]] = defaultdict(list)
    for evidence in family:
        grouped[evidence.entity, evidence.factor].append(evidence)
    items = [
        place(by_factor[name], evidence, _withdrawn_by(by_factor[name].metric, seen), period)
        for (_, name), evidence in grouped.items()
    ]
    for entity in seen.entities():
        rank([item for item in items if item.entity == entity])
    return items


def _organisation(con: Any) -> tuple[str, str]:
    """Time zone and currency of the organisation; UTC and none where the database does not say."""
    try:
        rows = con.rows("select time_zone, currency from config.organisation limit 1")
    except SwotlightError:
        rows = []
    return (rows[0]["time_zone"] or "UTC", rows[0]["currency"] or "") if rows else ("UTC", "")
