"""Which people the labour market seeks, week by week, and how long ours stay: what two figures of People ask."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from analytics.statistics.survival import Curve, Step
from dashboards.filters import Filters
from dashboards.reading import Reading

CUTS = ("city", "industry", "platform", "role_type", "level", "tier")
WEEKS, QUARTER, MEAN_WEEKS = 52, 13, 4
# Postings of the market, where any are known, else ours: a year up to their newest week.
_POSTINGS = """
    with newest as (
        select is_own, max(week_on) as until_on from rollups.rollup_postings_week group by is_own
        order by is_own limit 1)
    select newest.is_own, newest.until_on, week_on, {cut} as entity, sum(postings) as postings,
        sum(openings) as openings
    from rollups.rollup_postings_week as p inner join newest
        on p.is_own = newest.is_own and p.week_on > newest.until_on - {days}
    group by all"""
_LEAVING = "select * from marts.staffing_leaving"
_RATIOS = "select * from marts.staffing_assumptions where assumption = 'leaving_ratio'"
_RECRUITING = ("openings", "own_postings", "applications", "applicants", "candidates_per_opening")


@dataclass(frozen=True)
class Sought:
    """One value of a cut: its weeks, and openings and postings of the last quarter beside the one before."""

    entity: str
    weeks: tuple[tuple[date, float], ...]
    openings: int
    postings: int
    openings_before: int

    @property
    def change(self) -> float | None:
        """Growth of openings on the quarter before; growth from nothing has no per cent."""
        return self.openings / self.openings_before - 1 if self.openings_before else None


@dataclass(frozen=True)
class Demand:
    """Postings of the market (of ours, where none of others are known) by one cut, the most sought first."""

    cut: str
    is_own: bool
    until: date | None
    rows: tuple[Sought, ...]


def cut_of(filters: Filters) -> str:
    """The cut that is asked for; cities unless said otherwise."""
    asked = filters.extra("by") or ""
    return asked if asked in CUTS else CUTS[0]


def demand(reading: Reading, filters: Filters) -> Demand:
    """A year of weeks up to the newest one, ranked by the openings of the last thirteen."""
    cut = cut_of(filters)
    rows = reading.table(_POSTINGS.format(cut=cut, days=7 * WEEKS))
    if not rows:
        return Demand(cut, False, None, ())
    is_own, until = bool(rows[0]["is_own"]), rows[0]["until_on"]
    counts: dict[str, dict[date, tuple[float, float]]] = defaultdict(dict)
    for row in rows:
        counts[str(row["entity"] or "unknown")][row["week_on"]] = (float(row["postings"]), float(row["openings"] or 0))
    found = [_sought(entity, weeks, until) for entity, weeks in counts.items()]
    ranked = sorted(found, key=lambda one: (-one.openings, -one.postings, one.entity))
    return Demand(cut, is_own, until, tuple(ranked))


def _sought(entity: str, weeks: dict[date, tuple[float, float]], until: date) -> Sought:
    days = [until - timedelta(days=7 * ago) for ago in range(WEEKS)]
    known = [weeks.get(day, (0.0, 0.0)) for day in days]
    means = [
        (days[k], sum(posted for posted, _o in known[k : k + MEAN_WEEKS]) / MEAN_WEEKS)
        for k in range(WEEKS - MEAN_WEEKS + 1)
    ]
    return Sought(
        entity,
        tuple(reversed(means)),
        round(sum(opened for _p, opened in known[:QUARTER])),
        round(sum(posted for posted, _o in known[:QUARTER])),
        round(sum(opened for _p, opened in known[QUARTER : 2 * QUARTER])),
    )


def recruiting(reading: Reading, filters: Filters, start: date, end: date) -> dict[str, float]:
    """Openings, postings, applications and people of the twelve months: four counts, each its own metric."""
    known = [name for name in _RECRUITING if name in reading.metrics()]
    rows = reading.ask(known, where=filters.values, start=start, end=end)
    return {row.metric: row.value for row in rows if row.value is not None}


@dataclass(frozen=True)
class Stay:
    """How many are still there by tenure; ``name`` None for everybody."""

    dimension: str | None
    name: str | None
    curve: Curve
    people: int
    leavers: int


def stays(reading: Reading) -> list[Stay]:
    """Everybody's curve, then those of groups with five leavers or more."""
    rows: dict[tuple[str | None, str | None], list[dict[str, Any]]] = defaultdict(list)
    told = reading.table(_LEAVING, order=("dimension", "entity", "tenure_days"))
    for row in sorted(told, key=lambda one: one["dimension"] is not None):
        rows[row["dimension"], row["entity"]].append(row)
    return [
        Stay(
            dimension,
            name,
            Curve(tuple(Step(r["tenure_days"], r["at_risk"], r["survival"], r["low"], r["high"]) for r in own)),
            own[0]["people"],
            own[0]["leavers"],
        )
        for (dimension, name), own in rows.items()
    ]


def ratios(reading: Reading) -> list[dict[str, Any]]:
    """How many times as often the people of a group leave, everything else alike; the highest first."""
    found = []
    for row in reading.table(_RATIOS, order=("value desc", "scope")):
        dimension, _colon, entity = str(row["scope"]).partition(": ")
        found.append({**row, "dimension": dimension, "entity": entity})
    return found
