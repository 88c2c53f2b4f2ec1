"""What Efficiency asks: handling time and its parts, paid time, agents beside their peers, mix and rate, cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.metrics import MetricRow
from analytics.statistics.distributions import student_t_two_sided
from analytics.statistics.families import benjamini_hochberg, simpson
from analytics.statistics.intervals import RatioOfDays, ratio_of_days
from dashboards.filters import Filters
from dashboards.queries.judging import Change, Target, change_between, target_for
from dashboards.queries.measures import Measure, both_spans, measures
from dashboards.queries.trends import Trend, trend
from dashboards.reading import Reading

HANDLING = "aht_seconds"
PARTS = ("aht_talk_seconds", "aht_hold_seconds", "aht_wrap_seconds")
MEASURES = (
    *(HANDLING, "occupancy", "utilisation", "shrinkage", "adherence", "conformance", "contacts_per_paid_hour"),
    *("transfer_rate", "containment_rate", "automation_rate", "chat_concurrency", "callback_share", "touches"),
    "cost_per_contact",
)
SPLIT = (HANDLING, "service_level", "abandonment_rate", "cost_per_contact")
SPLIT_BY = ("channel", "team")
TEAM_MEASURES = ("contacts_per_paid_hour", HANDLING, "occupancy", "shrinkage", "transfer_rate")
SMALLEST_AGENT = 10
FALSE_DISCOVERY = 0.05
PRODUCTIVITY = "agent_contacts_per_paid_hour"
COMPOUNDED = "shrinkage_compounded"
SHRINKAGE_PARTS = tuple(f"shrinkage_{part}" for part in ("away", "learning", "meeting", "break", "other"))
OFF_CONTACT = ("break", "absence", "holiday", "training", "meeting", "coaching", "project", "system_down", "other")
_AGENT_CUTS, _TIME_CUTS = ("channel", "team", "region"), ("channel", "team", "region")
_AGENTS = """
with days as (
    select agent_key, team, arrived_on, channel, sum(handling_seconds) as seconds, sum(handling_base) as contacts
    from rollups.rollup_agent_contacts_day where arrived_on between ? and ? {where} group by all
), peers as (
    select channel, sum(seconds) / nullif(sum(contacts), 0) as usual from days group by channel
), daily as (
    select agent_key, any_value(team) as team, arrived_on, sum(seconds) as seconds, sum(contacts) as contacts,
        sum(contacts * usual) as expected
    from days inner join peers using (channel) group by agent_key, arrived_on
)
select agent_key, any_value(team) as team, sum(contacts) as contacts, sum(seconds) as seconds,
    sum(expected) as expected, count(*) as days, sum(seconds * seconds) as tops, sum(seconds * expected) as products,
    sum(expected * expected) as bottoms
from daily where expected > 0 group by agent_key having sum(contacts) >= ?
"""
_PAID = """
select sum(paid_seconds) as paid, {sums} from rollups.rollup_agent_time_day where worked_on between ? and ? {where}
"""


@dataclass(frozen=True)
class Agent:
    """One agent's handling time as a multiple of what peers take for the same mix of channels."""

    key: str
    team: str
    contacts: float
    seconds: float
    ratio: RatioOfDays
    verdict: str
    productivity: MetricRow | None = None


@dataclass(frozen=True)
class Split:
    """A change of a blended metric: what the mix alone made of it, and what the parts' own rates did."""

    metric: str
    by: str
    unit: str
    before: float
    now: float
    mix: float
    rate: float
    is_reversed: bool

    @property
    def change(self) -> float:
        """The whole change."""
        return self.now - self.before


@dataclass(frozen=True)
class Shrinkage:
    """A part of paid time that is not open to contacts, as a share of it."""

    part: str
    share: float


@dataclass(frozen=True)
class CostRow:
    """Cost per contact of a channel (None: all), its target, verdict and change."""

    channel: str | None
    row: MetricRow
    target: Target | None
    verdict: str
    change: Change | None


def all_measures(reading: Reading, filters: Filters) -> dict[str, Measure]:
    """Every measure of the page, and the parts of shrinkage, with their targets and their changes."""
    return measures(reading, (*MEASURES, *SHRINKAGE_PARTS, COMPOUNDED), filters, history=False)


def handling_over_time(reading: Reading, filters: Filters) -> Trend:
    """Handling time and its three parts per week or month."""
    return trend(reading, filters, (HANDLING, *PARTS))


def agents(reading: Reading, filters: Filters) -> list[Agent] | None:
    """Agents beside their peers, judged together at a false-discovery rate; None where it is not kept this way."""
    where, values = _conditions(filters, _AGENT_CUTS)
    if where is None:
        return None
    parameters = (filters.period.start, filters.period.end, *values, SMALLEST_AGENT)
    found = []
    for row in reading.table(_AGENTS.format(where=where), parameters):
        ratio = ratio_of_days(
            row["seconds"], row["expected"], (row["tops"], row["products"], row["bottoms"]), int(row["days"])
        )
        if ratio is not None:
            found.append((row, ratio))
    verdicts = _verdicts([ratio for _row, ratio in found])
    made = [
        Agent(str(row["agent_key"]), str(row["team"]), row["contacts"], row["seconds"] / row["contacts"], ratio, said)
        for (row, ratio), said in zip(found, verdicts, strict=True)
    ]
    return sorted(made, key=lambda agent: -agent.ratio.value)


def productive(reading: Reading, filters: Filters, found: Sequence[Agent]) -> list[Agent]:
    """The same agents with the contacts of each paid hour; paid time names no channel, so a channel leaves them out."""
    rows = reading.ask(
        (PRODUCTIVITY,), by=("agent_key",), where=filters.values, start=filters.period.start, end=filters.period.end
    )
    known = {str(row.dimensions["agent_key"]): row for row in rows if row.value is not None}
    return [replace(agent, productivity=known.get(agent.key)) for agent in found]


def _verdicts(ratios: Sequence[RatioOfDays]) -> list[str]:
    """slower, faster or alike: Benjamini–Hochberg over all agents shown."""
    tested = [place for place, ratio in enumerate(ratios) if ratio.error]
    p = [
        student_t_two_sided((ratios[k].value - 1) / (ratios[k].error or 1), max(1, ratios[k].days - 1)) for k in tested
    ]
    said = ["alike"] * len(ratios)
    for place, adjusted in zip(tested, benjamini_hochberg(p), strict=True):
        if adjusted <= FALSE_DISCOVERY:
            said[place] = "slower" if ratios[place].value > 1 else "faster"
    return said


def _conditions(filters: Filters, known: Sequence[str]) -> tuple[str | None, list[str]]:
    if any(name not in known for name, _value in filters.values):
        return None, []
    return "".join(f" and {name} = ?" for name, _value in filters.values), [value for _name, value in filters.values]


def shrinkage_parts(reading: Reading, filters: Filters) -> list[Shrinkage]:
    """Off-contact parts of paid time, the largest first; none where paid time is not known."""
    where, values = _conditions(filters, _TIME_CUTS)
    if where is None:
        return []
    sums = ", ".join(f"sum({part}_seconds) as {part}" for part in OFF_CONTACT)
    found = reading.table(_PAID.format(sums=sums, where=where), (filters.period.start, filters.period.end, *values))
    if not found or not found[0].get("paid"):
        return []
    row = found[0]
    parts = [Shrinkage(part, (row[part] or 0) / row["paid"]) for part in OFF_CONTACT]
    return sorted((part for part in parts if part.share > 0), key=lambda part: -part.share)


def planned_parts(found: Mapping[str, Measure]) -> dict[str, float]:
    """The parts of shrinkage, each of the time the ones before it leave, and what they compound to."""
    asked = (*SHRINKAGE_PARTS, COMPOUNDED)
    return {name: value for name in asked if name in found and (value := found[name].value) is not None}


def splits(reading: Reading, filters: Filters) -> list[Split]:
    """For each blended metric and cut, the change against the comparison split into mix and rate."""
    found = []
    for by in SPLIT_BY:
        if filters.value(by):
            continue
        now, then = (_segments(rows, by) for rows in _cut(reading, filters, by))
        found += [made for name in SPLIT if (made := _split(reading, name, by, now, then)) is not None]
    return found


Segments = dict[tuple[str, str], tuple[float, float]]


def _segments(rows: Sequence[MetricRow], by: str) -> Segments:
    return {
        (row.metric, str(row.dimensions[by])): (row.numerator or 0.0, row.denominator or 0.0)
        for row in rows
        # A part that cost something and handled nothing belongs to the blend all the same.
        if row.metric in SPLIT and (row.numerator or row.denominator)
    }


def _cut(reading: Reading, filters: Filters, by: str) -> tuple[Sequence[MetricRow], Sequence[MetricRow]]:
    """All that the page shows by one dimension, in one question: the answers are kept and shared by its figures."""
    metrics = tuple(dict.fromkeys((*SPLIT, *(TEAM_MEASURES if by == "team" else ()))))
    return both_spans(reading, metrics, filters, by=(by,))


def _split(reading: Reading, name: str, by: str, now: Segments, then: Segments) -> Split | None:
    segments = sorted({segment for metric, segment in (*now, *then) if metric == name})
    first = [now.get((name, segment), (0.0, 0.0)) for segment in segments]
    second = [then.get((name, segment), (0.0, 0.0)) for segment in segments]
    if len(segments) < 2 or not sum(n for _top, n in first) or not sum(n for _top, n in second):
        return None
    blend = simpson(first, second)
    unit = reading.metrics()[name].unit
    return Split(name, by, unit, blend.second, blend.first, blend.mix, blend.rate, blend.is_reversed)


def costs(reading: Reading, filters: Filters, whole: Measure | None) -> list[CostRow]:
    """Cost per contact of each channel, the dearest first, and of all last."""
    now, then = (_costs_of(rows) for rows in _cut(reading, filters, "channel"))
    before = {str(row.dimensions["channel"]): row for row in then}
    made = [
        _cost(reading, filters, str(row.dimensions["channel"]), row, before.get(str(row.dimensions["channel"])))
        for row in now
    ]
    made.sort(key=lambda one: -(one.row.value or 0))
    if whole is None or whole.row is None or whole.value is None:
        return made
    return [*made, CostRow(None, whole.row, whole.target, whole.verdict, whole.change)]


def _costs_of(rows: Sequence[MetricRow]) -> list[MetricRow]:
    return [row for row in rows if row.metric == "cost_per_contact" and row.value is not None]


def _cost(reading: Reading, filters: Filters, channel: str, row: MetricRow, before: MetricRow | None) -> CostRow:
    where = {**dict(filters.values), "channel": channel}
    target = target_for(reading, row.metric, where, filters.period.end)
    verdict = target.verdict(row.value, row.low, row.high) if target else "no-target"
    return CostRow(channel, row, target, verdict, change_between(row, before))


def teams(reading: Reading, filters: Filters) -> list[tuple[str, dict[str, MetricRow]]]:
    """Teams with what they handle for an hour that is paid, the most productive first."""
    rows = [row for row in _cut(reading, filters, "team")[0] if row.metric in TEAM_MEASURES]
    found: dict[str, dict[str, MetricRow]] = {}
    for row in rows:
        if row.value is not None:
            found.setdefault(str(row.dimensions["team"]), {})[row.metric] = row
    lead = TEAM_MEASURES[0]
    known = [(name, cells) for name, cells in found.items() if name != "unknown" and HANDLING in cells]
    return sorted(known, key=lambda pair: -((pair[1][lead].value or 0) if lead in pair[1] else -1))
