"""What Service level asks: the week by hour, the trend, waits, promises by priority, backlog, variants, teams."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.metrics import MetricRow
from analytics.metrics.buckets import representative
from analytics.metrics.model import GAMMA
from analytics.statistics.intervals import wilson
from dashboards.filters import Filters
from dashboards.queries.about import about
from dashboards.queries.judging import Target, target_for
from dashboards.queries.overview import level_metric
from dashboards.queries.trends import Trend, trend
from dashboards.reading import Reading

VARIANTS = (
    "service_level",
    "service_level_f1",
    "service_level_f2",
    "service_level_f3",
    "service_level_f4",
    "service_level_f5",
)
TEAM_METRICS = ("offered", "abandonment_rate", "asa_seconds", "aht_seconds")
FLOWS = ("backlog_created", "backlog_reopened", "backlog_solved", "backlog_deleted")
SMALL_CELL = 10
# Waits in single rows are as trustworthy as the metrics made of them.
WAITS = ("wait_seconds_p50", "asa_seconds")
WAIT_EDGES = (0, 5, 10, 20, 30, 60, 120, 300)


@dataclass(frozen=True)
class HourCell:
    """An hour of the week over the period; shares from summed numerators and denominators."""

    weekday: int
    hour: int | None
    met: float
    base: float

    @property
    def value(self) -> float | None:
        """The share answered inside the threshold."""
        return self.met / self.base if self.base else None

    @property
    def interval(self) -> tuple[float | None, float | None]:
        """Its 95 % Wilson interval."""
        return wilson(self.met, self.base)


@dataclass(frozen=True)
class WaitBin:
    """Answered contacts that waited from ``start`` to under ``end`` seconds (None: no end)."""

    start: float
    end: float | None
    n: float
    share: float


@dataclass(frozen=True)
class Judged:
    """A row of a table with its target and verdict."""

    name: str
    row: MetricRow
    target: Target | None
    verdict: str
    others: dict[str, MetricRow]


def hours(reading: Reading, filters: Filters) -> list[HourCell]:
    """Every hour of the week that had contacts, and per weekday its total (hour None); empty when not kept this way."""
    metric = level_metric(reading, filters)
    rows = reading.ask(
        (metric,),
        by=("iso_weekday", "minute_of_day"),
        where=filters.values,
        start=filters.period.start,
        end=filters.period.end,
    )
    sums: dict[tuple[int, int | None], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows:
        if row.numerator is None or not row.denominator:
            continue
        weekday, hour = int(row.dimensions["iso_weekday"]), int(row.dimensions["minute_of_day"]) // 60
        for key in ((weekday, hour), (weekday, None)):
            sums[key][0] += row.numerator
            sums[key][1] += row.denominator
    return [HourCell(weekday, hour, met, base) for (weekday, hour), (met, base) in sums.items()]


def worst_hours(cells: Sequence[HourCell], count: int = 6) -> list[HourCell]:
    """The lowest hours by the upper end of their interval, so that a small hour is not worst by chance."""
    judged = [c for c in cells if c.hour is not None and c.base >= SMALL_CELL]
    return sorted(judged, key=lambda c: c.interval[1] or 1.0)[:count]


def hardest_hour(cells: Sequence[HourCell], level: float | None) -> HourCell | None:
    """The hour surest to lie below the level of the whole, of all hours of the week that were looked at.

    Among a hundred hours five lie below it by chance; so each is held to a hundredth of five per cent (Bonferroni).
    """
    judged = [c for c in cells if c.hour is not None and c.base >= SMALL_CELL]
    if level is None or not judged:
        return None
    highs = [(wilson(c.met, c.base, 1 - 0.05 / len(judged))[1], c) for c in judged]
    high, hour = min(((1.0 if high is None else high, c) for high, c in highs), key=lambda pair: pair[0])
    return hour if high < level else None


def level_line(reading: Reading, filters: Filters) -> Trend:
    """The service level of the chosen slice over time."""
    return trend(reading, filters, (level_metric(reading, filters),))


def waits(reading: Reading, filters: Filters) -> list[WaitBin]:
    """Answered contacts by how long they waited, from the log buckets of the release (each right within 1 %)."""
    if any(row["metric"] in WAITS for row in about(reading).withdrawn):
        return []
    # Periods are whole months; a small company has no histogram by month, and its durations are read as they are.
    monthly = ("rollup_durations_channel_month", "month_on") if set(dict(filters.values)) <= {"channel"} else None
    for table, day in filter(None, (monthly, ("rollup_durations_day", "counted_on"))):
        conditions = ["measure = 'wait_seconds'", f"{day} between ? and ?"]
        params: list[object] = [filters.period.start, filters.period.end]
        for dimension, value in filters.values:
            conditions.append(f"{dimension} = ?")
            params.append(value)
        sql = f"select bucket, sum(n) as n from rollups.{table} where {' and '.join(conditions)} group by bucket"
        found = bins([(int(row["bucket"]), float(row["n"])) for row in reading.table(sql, tuple(params)) if row["n"]])
        if found:
            return found
    return []


def bins(buckets: Sequence[tuple[int, float]], edges: Sequence[float] = WAIT_EDGES) -> list[WaitBin]:
    """Log buckets gathered into spans of seconds; a wait of just an edge is within it, as a threshold is judged."""
    counts = [0.0] * len(edges)
    for bucket, n in buckets:
        shortest = representative(bucket) * (GAMMA + 1) / (2 * GAMMA)
        place = max(k for k, edge in enumerate(edges) if shortest >= edge)
        counts[place] += n
    total = sum(counts)
    if not total:
        return []
    ends = [*edges[1:], None]
    return [WaitBin(start, end, n, n / total) for start, end, n in zip(edges, ends, counts, strict=True)]


def by_priority(reading: Reading, filters: Filters) -> list[Judged]:
    """Promises kept per priority, the most urgent first."""
    order = {"urgent": 0, "high": 1, "normal": 2, "low": 3}
    rows = reading.ask(
        ("sla_attainment",), by=("priority",), where=filters.values, start=filters.period.start, end=filters.period.end
    )
    judged = [
        _judge(reading, filters, str(row.dimensions["priority"] or "unknown"), row)
        for row in rows
        if row.value is not None
    ]
    return sorted(judged, key=lambda one: (order.get(one.name, 9), one.name))


def _judge(
    reading: Reading,
    filters: Filters,
    name: str,
    row: MetricRow,
    others: dict[str, MetricRow] | None = None,
    where: dict[str, str] | None = None,
) -> Judged:
    metric = "service_level" if row.metric.startswith("service_level") else row.metric
    target = target_for(reading, metric, {**dict(filters.values), **(where or {})}, filters.period.end)
    return Judged(
        name, row, target, target.verdict(row.value, row.low, row.high) if target else "no-target", others or {}
    )


def backlog(reading: Reading, filters: Filters) -> Trend:
    """Open tickets at each period's end with what came in and went out in it."""
    return trend(reading, filters, ("backlog", *FLOWS))


def tickets_begin(reading: Reading) -> date | None:
    """The month of the first ticket that the release knows."""
    rows = reading.ask(("tickets_created",), grain="month")
    return min((row.period for row in rows if row.value and row.period), default=None)


def variants(reading: Reading, filters: Filters) -> list[MetricRow]:
    """The service level by every formula in use."""
    return reading.ask(VARIANTS, where=filters.values, start=filters.period.start, end=filters.period.end)


def by_team(reading: Reading, filters: Filters) -> list[Judged]:
    """Teams with their level and what belongs to it, the lowest first."""
    level = level_metric(reading, filters)
    rows = reading.ask(
        (level, *TEAM_METRICS), by=("team",), where=filters.values, start=filters.period.start, end=filters.period.end
    )
    grouped: dict[str, dict[str, MetricRow]] = defaultdict(dict)
    for row in rows:
        grouped[str(row.dimensions.get("team") or "unknown")][row.metric] = row
    teams = [(name, found) for name, found in grouped.items() if level in found and found[level].value is not None]
    judged = [_judge(reading, filters, name, found[level], found, {"team": name}) for name, found in teams]
    return sorted(judged, key=lambda one: one.row.value or 0)
