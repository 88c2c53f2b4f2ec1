"""What Customers asks about money: what was spent on what, against plan, and what customers' spend was kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analytics.metrics import MetricRow
from dashboards.filters import Filters
from dashboards.queries.judging import only
from dashboards.queries.measures import Measure, both_spans, measures
from dashboards.reading import Reading

SHARES = {
    "labour": "labour_cost_share", "technology": "technology_cost_share", "training": "training_cost_share",
    "recruiting": "recruiting_cost_share",
}  # fmt: skip
UNIT_COSTS = (
    "cost_per_contact", "cost_per_contact_change", "cost_per_resolution", "cost_per_hire",
    "replacement_cost_per_leaver", "budget_use", "revenue_retained",
)  # fmt: skip
_MONEY = (*UNIT_COSTS, *SHARES.values())
REST, ALL = "rest", "all"


@dataclass(frozen=True)
class Spent:
    """One kind of cost in the period: the amount, its share of all costs, and the share in the span compared with."""

    kind: str
    amount: float
    share: float
    share_before: float | None

    @property
    def change(self) -> float | None:
        """The share's change."""
        return None if self.share_before is None else self.share - self.share_before


@dataclass(frozen=True)
class Kept:
    """Customers' yearly spend at the month's start, and how much of it stayed; several months as their sum."""

    segment: str | None
    at_start: float
    kept: float
    share: float
    customers: float | None


def unit_costs(reading: Reading, filters: Filters) -> list[Measure]:
    """What a contact, a resolution, a hire and a leaver cost, the budget, the revenue kept; each with its target."""
    found = measures(reading, _MONEY, _of_all(filters), history=False)
    return [measure for name, measure in found.items() if name in UNIT_COSTS and measure.state != "no-data"]


def _of_all(filters: Filters) -> Filters:
    """The same period for the whole organisation."""
    return Filters(filters.period, filters.compare)


def _both(reading: Reading, filters: Filters) -> tuple[Sequence[MetricRow], Sequence[MetricRow]]:
    """Everything told of costs, of the period and of the one compared with: one question for all sections."""
    return both_spans(reading, [name for name in _MONEY if name in reading.metrics()], _of_all(filters))


def without_contacts(reading: Reading, filters: Filters) -> float:
    """What teams and channels without contacts of their own cost: in the cost per contact of all, and in no channel's.

    Filters but the period's are not asked: it is told beside the figure of the whole organisation.
    """
    rows = reading.ask(("cost_per_contact",), by=("channel",), start=filters.period.start, end=filters.period.end)
    return sum(float(row.numerator or 0) for row in rows if not row.denominator)


def spending(reading: Reading, filters: Filters) -> list[Spent]:
    """Costs by kind, all together last; none where no costs are known for the period."""
    now, before = (_shares(rows) for rows in _both(reading, filters))
    known = {kind: row for kind, row in now.items() if row.numerator is not None and row.denominator}
    if not known:
        return []
    total = next(float(row.denominator or 0) for row in known.values())
    rows = [
        Spent(kind, float(row.numerator or 0), float(row.value or 0), before[kind].value if kind in before else None)
        for kind, row in known.items()
    ]
    told, earlier = sum(r.amount for r in rows), [r.share_before for r in rows if r.share_before is not None]
    rest = Spent(REST, total - told, 1 - told / total, 1 - sum(earlier) if len(earlier) == len(rows) else None)
    parts = [*rows, rest] if rest.share > 0.0005 else rows
    return [*sorted(parts, key=lambda one: -one.amount), Spent(ALL, total, 1.0, None)]


def _shares(rows: Sequence[MetricRow]) -> dict[str, MetricRow]:
    found = {kind: only(rows, metric) for kind, metric in SHARES.items()}
    return {kind: row for kind, row in found.items() if row is not None and row.value is not None}


def budget(reading: Reading, filters: Filters) -> tuple[float, float] | None:
    """Spent and planned in the period, where something was planned."""
    row = only(_both(reading, filters)[0], "budget_use")
    return (float(row.numerator), float(row.denominator)) if row and row.numerator and row.denominator else None


def revenue(reading: Reading, filters: Filters) -> list[Kept]:
    """Revenue kept of all customers and by segment, the largest first; none where spend is not known."""
    span: dict[str, Any] = {"start": filters.period.start, "end": filters.period.end}
    where = tuple(pair for pair in filters.values if pair[0] == "region")
    asked = reading.ask(("revenue_retained",), where=where, **span) if where else _both(reading, filters)[0]
    whole = [row for row in asked if row.metric == "revenue_retained"]
    parts = reading.ask(("revenue_retained",), by=("segment",), where=where, **span)
    made = [_kept(row, None) for row in whole] + [_kept(row, str(row.dimensions["segment"])) for row in parts]
    found = [one for one in made if one is not None]
    return sorted(found, key=lambda one: (one.segment is not None, -one.at_start))


def _kept(row: MetricRow, segment: str | None) -> Kept | None:
    if row.value is None or not row.denominator:
        return None
    return Kept(segment, row.denominator, row.numerator or 0.0, row.value, row.n)
