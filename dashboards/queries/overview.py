"""What the Overview asks: four dimensions of measures, service level per channel over time, sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.metrics import MetricRow
from dashboards.filters import Filters
from dashboards.queries.judging import Target, target_for
from dashboards.queries.measures import Measure, measures
from dashboards.queries.trends import Trend, trend
from dashboards.reading import Reading

LEVEL = "service_level"
LEVEL_WITHOUT_SHORT = "service_level_f3"
SHOWN_FURTHER = 3

DIMENSIONS = ("service_quality", "customer_satisfaction", "business_benefit", "employee_development")
# The order in which measures lead; the catalogue of the release says to which dimension each belongs.
MEASURES = (
    LEVEL, "csat", "cost_per_contact", "turnover_annualised",
    "resolution_rate", "error_rate", "sla_attainment", "fcr_internal", "abandonment_rate",
    "first_reply_business_minutes_p50",
    "complaints_resolved_24h", "loyal_share", "nps", "complaint_rate", "ces", "response_rate",
    "cost_per_contact_change", "budget_use", "containment_rate", "aht_seconds", "utilisation", "shrinkage",
    "occupancy", "training_hours_per_agent", "enps", "time_to_fill_days_p50", "offer_acceptance_rate",
)  # fmt: skip


@dataclass(frozen=True)
class Scores:
    """One dimension: the measure that leads and those that follow."""

    dimension: str
    lead: Measure | None
    further: tuple[Measure, ...]

    @property
    def judged(self) -> list[Measure]:
        """Measures with a value and a target."""
        return [m for m in (self.lead, *self.further) if m and m.judged]

    @property
    def met(self) -> int:
        """How many targets are met."""
        return sum(m.verdict == "met" for m in self.judged)

    @property
    def undecided(self) -> int:
        """How many are too close to call."""
        return sum(m.verdict == "undecided" for m in self.judged)


@dataclass(frozen=True)
class ChannelLevel:
    """A channel's service level in the period, judged; channel None is all of them."""

    channel: str | None
    threshold_seconds: float | None
    row: MetricRow
    target: Target | None
    verdict: str


def scorecard(reading: Reading, filters: Filters) -> list[Scores]:
    """The four dimensions; a measure without data never leads while another has some.

    Only the measures that lead carry their comparison and their months: the others do not show them.
    """
    found = _found(reading, filters)
    groups = {dimension: _group(dimension, found) for dimension in DIMENSIONS}
    leads = measures(reading, [group[0].metric.name for group in groups.values() if group], filters)
    return [_scores(dimension, group, leads) for dimension, group in groups.items()]


def _found(reading: Reading, filters: Filters) -> dict[str, Measure]:
    """The first measures of each dimension; the others only where too few of these have data."""
    known = reading.metrics()
    by_dimension = {d: [m for m in MEASURES if m in known and known[m].dimension == d] for d in DIMENSIONS}
    first = [name for names in by_dimension.values() for name in names[: SHOWN_FURTHER + 1]]
    found = measures(reading, (*first, LEVEL_WITHOUT_SHORT), filters, history=False, compare=False)
    lacking = [
        name
        for names in by_dimension.values()
        if any(found[one].state in ("no-data", "not-cut") for one in names[: SHOWN_FURTHER + 1] if one in found)
        for name in names[SHOWN_FURTHER + 1 :]
    ]
    return found | measures(reading, lacking, filters, history=False, compare=False)


def _group(dimension: str, found: dict[str, Measure]) -> list[Measure]:
    """The measures of a dimension, those with data first."""
    group = [found[name] for name in MEASURES if name in found and found[name].metric.dimension == dimension]
    if group and group[0].metric.name == LEVEL and group[0].state == "no-data" and LEVEL_WITHOUT_SHORT in found:
        group[0] = found[LEVEL_WITHOUT_SHORT]
    return sorted(group, key=lambda m: m.state in ("no-data", "not-cut"))


def _scores(dimension: str, group: Sequence[Measure], leads: dict[str, Measure]) -> Scores:
    if not group:
        return Scores(dimension, None, ())
    rest = sorted(group[1:], key=lambda m: (m.state in ("no-data", "not-cut"), m.target is None))
    return Scores(dimension, leads[group[0].metric.name], tuple(rest[:SHOWN_FURTHER]))


def level_metric(reading: Reading, filters: Filters) -> str:
    """The service level to show: the main variant, or F3 where short abandons are not known."""
    row = reading.ask((LEVEL,), where=filters.values, start=filters.period.start, end=filters.period.end)
    return LEVEL if row and (row[0].value is not None or row[0].withdrawn_by) else LEVEL_WITHOUT_SHORT


def channel_levels(reading: Reading, filters: Filters) -> list[ChannelLevel]:
    """Channels by service level, best first, and all of them last."""
    metric = level_metric(reading, filters)
    span = {"where": filters.values, "start": filters.period.start, "end": filters.period.end}
    cut = reading.ask((metric,), by=("channel",), **span)  # type: ignore[arg-type]
    whole = reading.ask((metric,), **span)  # type: ignore[arg-type]
    rows = [_channel(reading, filters, row) for row in cut if row.value is not None]
    rows.sort(key=lambda one: -(one.row.value or 0))
    total = [_channel(reading, filters, row, is_all=True) for row in whole[:1] if row.value is not None]
    return rows + (total if len(rows) > 1 else [])


def _channel(reading: Reading, filters: Filters, row: MetricRow, *, is_all: bool = False) -> ChannelLevel:
    channel = None if is_all else str(row.dimensions.get("channel") or "unknown")
    where = dict(filters.values) | ({} if is_all else {"channel": channel or ""})
    target = level_target(reading, where, filters.period.end)
    verdict = target.verdict(row.value, row.low, row.high) if target else "no-target"
    seconds = None if is_all else reading.settings.threshold(channel or "").answer_within_seconds
    return ChannelLevel(channel, seconds, row, target, verdict)


def level_target(reading: Reading, where: dict[str, str], on: date) -> Target | None:
    """The target of the service level; the variants are held to the main one's."""
    return target_for(reading, LEVEL, where, on)


def level_trend(reading: Reading, filters: Filters) -> Trend:
    """Service level per channel over time."""
    return trend(reading, filters, (level_metric(reading, filters),), by=("channel",))
