"""What People asks: who leaves, who comes and from where, how long it takes, what they are paid, how they fare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.metrics import Metric, MetricRow
from analytics.metrics.periods import add_months, last_of_month
from analytics.metrics.trailing import added_up
from analytics.statistics.survival import Curve, kaplan_meier
from dashboards.filters import Filters
from dashboards.queries.judging import Change, Target, change_between, only, target_for
from dashboards.reading import Reading

FACTS = (
    "headcount",
    "tenure_days_mean",
    "turnover_voluntary_annualised",
    "turnover_early_annualised",
    "promotion_rate_annualised",
    "absence_rate",
    "training_hours_per_agent",
    "training_need_met",
    "enps",
    "cost_per_hire",
    "replacement_cost_per_leaver",
)
TURNOVER = "turnover_annualised"
LINES = (TURNOVER, "turnover_voluntary_annualised", "turnover_involuntary_annualised")
SOURCE_METRICS = ("retention_90_days", "retention_365_days", "hired_csat")
DURATIONS = {
    "fill": "rollups.rollup_fill_durations",
    "hire": "rollups.rollup_hire_durations",
    "start": "rollups.rollup_start_durations",
    "stay": "rollups.rollup_tenure_durations",
}
_DURATIONS = """
    select '{kind}' as kind, days, sum(filled) as filled, sum(censored) as censored
    from {table} where {where} group by days
"""
_PAY = "select * from marts.pay_positions"
_REASONS = "select * from marts.leaving_reasons"
_TRAINING = "select * from marts.training_effects"
_PLANS = "select * from marts.improvement_plans"
_TEAMS = "select * from marts.team_scorecard"
_ROLES = "select * from marts.sought_roles where place <= 10"
_REQUIREMENTS = "select * from marts.requirement_mix where place <= 8"
_STAGES = "select stage, min(position) as position from rollups.rollup_funnel_month group by stage"
# Also of those who are in no history of stages.
_APPLIED = """
    select coalesce(source_channel, 'unknown') as source_channel, count(*) as applications
    from marts.fct_applications where applied_on between ? and ? group by all
"""


@dataclass(frozen=True)
class Fact:
    """A measure over twelve months, beside the twelve before and its target."""

    metric: Metric
    row: MetricRow
    change: Change | None
    target: Target | None
    verdict: str


@dataclass(frozen=True)
class Stage:
    """A stage of the funnel in its order."""

    name: str
    row: MetricRow

    @property
    def entered(self) -> float:
        """Everybody who came into it: who left it one way or another, and who is in it still."""
        return (self.row.denominator or 0) + (self.row.pending or 0)


@dataclass(frozen=True)
class Waiting:
    """A survival curve, how many it speaks of, how many of them still wait."""

    kind: str
    curve: Curve
    n: int
    waiting: int


@dataclass(frozen=True)
class Source:
    """Where candidates come from, down to who stays and how they do."""

    name: str
    applications: float | None
    rows: dict[str, MetricRow]


def year_to(filters: Filters) -> tuple[date, date]:
    """The twelve months up to the period's end."""
    last = filters.period.end
    return add_months(last.replace(day=1), -11), last


def _year_before(start: date) -> tuple[date, date]:
    return add_months(start, -12), last_of_month(add_months(start, -1))


def facts(reading: Reading, filters: Filters, names: Sequence[str] = (TURNOVER, *FACTS)) -> dict[str, Fact]:
    """The measures over twelve months; those that the filters do not cut are left out."""
    start, end = year_to(filters)
    before_start, before_end = _year_before(start)
    now = reading.ask(names, where=filters.values, start=start, end=end)
    then = reading.ask(names, where=filters.values, start=before_start, end=before_end)
    found = {}
    for row in now:
        target = target_for(reading, row.metric, dict(filters.values), end)
        verdict = target.verdict(row.value, row.low, row.high) if target else "no-target"
        change = change_between(row, only(then, row.metric))
        found[row.metric] = Fact(reading.metrics()[row.metric], row, change, target, verdict)
    return found


def turnover_lines(reading: Reading, filters: Filters) -> list[MetricRow]:
    """Turnover over the twelve months to each month of two years, and its voluntary and involuntary part.

    Leavers and heads are added up first and divided last. Months before the first leaver is recorded say nothing.
    """
    end = filters.period.end
    start = add_months(end.replace(day=1), -34)
    rows = reading.ask(LINES, grain="month", where=filters.values, start=start, end=end)
    left = [row.period for row in rows if row.metric == TURNOVER and row.numerator and row.period]
    known_from = min(left, default=end)
    found = []
    for metric in LINES:
        mine = [row for row in rows if row.metric == metric and row.period and row.period >= known_from]
        told = reading.metrics()[metric] if mine else None
        found += [added_up(mine[place - 11 : place + 1], told) for place in range(11, len(mine)) if told]
    return found


def funnel(reading: Reading, filters: Filters) -> list[Stage]:
    """The stages entered in twelve months, in the order in which applications enter them."""
    start, end = year_to(filters)
    rows = reading.ask(("stage_conversion",), by=("stage",), where=filters.values, start=start, end=end)
    places = {one["stage"]: one["position"] for one in reading.table(_STAGES)}
    stages = [Stage(str(row.dimensions["stage"]), row) for row in rows]
    return sorted(stages, key=lambda one: (places.get(one.name, 99), one.name))


def waiting(reading: Reading, filters: Filters, kinds: Sequence[str] = ("fill", "hire", "start")) -> list[Waiting]:
    """How long it takes, of everything known up to the period's end; those not there yet count as waiting."""
    conditions, params = ["month_on <= ?"], [filters.period.end]
    for dimension, value in filters.values:
        conditions.append(f"{dimension} = ?")
        params.append(value)  # type: ignore[arg-type]
    where = " and ".join(conditions)
    parts = (_DURATIONS.format(kind=kind, table=DURATIONS[kind], where=where) for kind in kinds)
    counts = reading.table(" union all ".join(parts), tuple(params * len(kinds)))
    found = []
    for kind in kinds:
        rows = [(float(r["days"]), int(r["filled"]), int(r["censored"])) for r in counts if r["kind"] == kind]
        if sum(filled for _d, filled, _c in rows) >= 5:
            n, still = sum(f + c for _d, f, c in rows), sum(c for _d, _f, c in rows)
            found.append(Waiting(kind, kaplan_meier(rows), n, still))
    return found


def sources(reading: Reading, filters: Filters) -> list[Source]:
    """Where the candidates of twelve months came from; who stays is told of all hired who are old enough."""
    start, end = year_to(filters)
    applied = {one["source_channel"]: one["applications"] for one in reading.table(_APPLIED, (start, end))}
    rows = reading.ask(SOURCE_METRICS, by=("source_channel",), where=filters.values, end=end)
    names = {str(row.dimensions["source_channel"]) for row in rows} | set(applied)
    if names <= {"unknown", "None"}:
        return []
    by_name: dict[str, dict[str, MetricRow]] = {name: {} for name in names}
    for row in rows:
        by_name[str(row.dimensions["source_channel"])][row.metric] = row
    # Where no application is known of any source, their number is not nought but unknown.
    told = {name: applied.get(name, None if name == "unknown" or not applied else 0) for name in names}
    found = [Source(name, told[name], by_name[name]) for name in names]
    return sorted(found, key=lambda one: (-(one.applications or 0), one.name))


def facets(reading: Reading, filters: Filters) -> list[tuple[MetricRow, MetricRow | None]]:
    """Satisfaction of employees by facet over twelve months, beside the twelve before; the least satisfied first."""
    start, end = year_to(filters)
    before_start, before_end = _year_before(start)
    names, by = ("employee_satisfaction",), ("dimension",)
    now = reading.ask(names, by=by, where=filters.values, start=start, end=end)
    then = {
        row.dimensions["dimension"]: row
        for row in reading.ask(names, by=by, where=filters.values, start=before_start, end=before_end)
    }
    shown = [row for row in now if row.value is not None]
    return [(row, then.get(row.dimensions["dimension"])) for row in sorted(shown, key=lambda row: row.value or 0)]


def pay(reading: Reading) -> list[dict[str, Any]]:
    """Our pay beside the market's, by city and role."""
    rows = reading.table(_PAY, order=("gap", "city"))
    return sorted(rows, key=lambda row: row["standing"] != "below")


def reasons(reading: Reading) -> list[dict[str, Any]]:
    """Reasons for leaving of the last twelve months beside the twelve before, small ones together."""
    rows = sorted(reading.table(_REASONS, order=("leavers desc", "reason")), key=lambda row: row["reasons"] > 1)
    then = {row["reason"]: row for row in rows if row["span"] != "last 12 months"}
    now = [row for row in rows if row["span"] == "last 12 months"]
    return [{**row, "before": then.get(row["reason"])} for row in now]


def training(reading: Reading) -> list[dict[str, Any]]:
    """How people do by the hours of training they had."""
    return reading.table(_TRAINING, order=("hours_a_month",))


def plans(reading: Reading) -> dict[str, Any] | None:
    """What improvement plans brought, or None where too few people had one."""
    rows = reading.table(_PLANS)
    return rows[0] if rows and rows[0]["effect"] is not None else None


def teams(reading: Reading) -> list[dict[str, Any]]:
    """A row per team with its three measures."""
    found: dict[str, dict[str, Any]] = {}
    for row in reading.table(_TEAMS, order=("team", "measure")):
        team = found.setdefault(row["team"], {"team": row["team"], "people": row["people"]})
        team[row["measure"]] = row["value"]
        team[f"{row['measure']}_reliability"] = row["reliability"]
        team["people"] = max(team["people"], row["people"])
    return list(found.values())


def roles(reading: Reading) -> list[dict[str, Any]]:
    """The roles most sought in the last 13 weeks, those of the market and our own."""
    return reading.table(_ROLES, order=("is_own", "place", "role"))


def requirements(reading: Reading) -> list[dict[str, Any]]:
    """What postings ask for: a row per requirement, our share beside the market's."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    rows = reading.table(_REQUIREMENTS, order=("requirement", "value", "is_own"))
    sizes = {(row["requirement"], row["is_own"]): row["postings_stating"] for row in rows}
    for row in rows:
        one = found.setdefault(
            (row["requirement"], row["value"]),
            {
                "requirement": row["requirement"],
                "value": row["value"],
                "own_n": sizes.get((row["requirement"], True), 0),
                "market_n": sizes.get((row["requirement"], False), 0),
            },
        )
        one["own" if row["is_own"] else "market"] = row["share"]
    return sorted(found.values(), key=lambda r: (r["requirement"], -(r.get("market") or r.get("own") or 0), r["value"]))
