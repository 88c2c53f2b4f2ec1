"""Results of surveys per wave and group: value, interval, change to the wave before; small groups hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from analytics.customers.suppression import SMALLEST, hidden_cells
from analytics.customers.tables import TableSpec, columns
from analytics.customers.waves import Sample, change
from analytics.statistics.intervals import NONE, Interval, adjusted_wald_nps, mean_t, wilson

LAST_WAVES = 8
RESULTS = TableSpec(
    "survey_results",
    "Surveys by wave, question and group, with interval and change to the wave before; groups under five are hidden, "
    "and so is what would give them away.",
    columns(
        "source varchar: Source the answers came from",
        "survey varchar: Survey",
        "instrument varchar: Kind of question",
        "item varchar: Question",
        "item_dimension varchar: Dimension or theme it belongs to",
        "audience varchar: customer or employee",
        "wave varchar: Wave; where a survey has none, the first day of the quarter",
        "group_dimension varchar: What the group is cut by; all is everybody",
        "group_name varchar: Group",
        "measure varchar: share (satisfied), nps (points) or mean (on the scale)",
        "scale varchar: Lowest and highest answer of the scale",
        "n bigint: Valid answers, empty where hidden",
        "value double: Result, empty where hidden",
        "low double: Lower end of the 95 % interval",
        "high double: Upper end of the 95 % interval",
        "previous_wave varchar: Wave compared with",
        "change double: Difference to that wave",
        "change_low double: Lower end of its 95 % interval",
        "change_high double: Upper end of its 95 % interval",
        "p double: Two-sided p of the difference",
        "test varchar: Test used",
        "note varchar: Why there is no value: small, complement, vanished or two scales",
    ),
)
_CUSTOMERS = """
with alike as materialized (
    -- Answers alike in all that is cut by are added up once.
    select source, survey_id, instrument, item_id, wave as own_wave,
        case when wave is null then cast(date_trunc('quarter', responded_on) as date) end as quarter_on,
        channel, region, segment, any_value(dimension) as dimension,
        min(scale_min) as scale_min, max(scale_max) as scale_max,
        min(scale_max * 1000 + scale_min) as first_scale, max(scale_max * 1000 + scale_min) as last_scale,
        coalesce(sum(n) filter (where value is not null), 0) as n,
        coalesce(sum(n) filter (where satisfied is not null), 0) as satisfied_base, sum(satisfied) as satisfied,
        count(recommendation) as nps_base, sum(recommendation) as nps_sum,
        count_if(recommendation = 1) as promoters, count_if(recommendation = -1) as detractors,
        sum(value * n) as value_sum, sum(value * value * n) as value_sq_sum
    from marts.fct_survey_answers
    where role = 'perception' and responded_on is not null and scale_min is not null and instrument <> 'kano'
    group by all
), answers as (
    select * exclude (survey_id, own_wave, quarter_on), coalesce(survey_id, source) as survey,
        coalesce(own_wave, cast(quarter_on as varchar)) as wave
    from alike
), waves as (
    select source, survey, item_id, wave,
        dense_rank() over (partition by source, survey, item_id order by wave desc) as age
    from (select distinct source, survey, item_id, wave from answers)
)
select source, survey, instrument, item_id as item, any_value(dimension) as item_dimension,
    'customer' as audience, wave,
    case when grouping(channel) = 0 then 'channel' when grouping(region) = 0 then 'region'
         when grouping(segment) = 0 then 'segment' else 'all' end as group_dimension,
    coalesce(case when grouping(channel) = 0 then channel when grouping(region) = 0 then region
         when grouping(segment) = 0 then segment else 'all' end, 'unknown') as group_name,
    min(scale_min) as scale_min, max(scale_max) as scale_max,
    case when min(first_scale) = max(last_scale) then 1 else 2 end as scales,
    sum(n) as n, sum(satisfied_base) as satisfied_base, sum(satisfied) as satisfied,
    sum(nps_base) as nps_base, sum(nps_sum) as nps_sum, sum(promoters) as promoters, sum(detractors) as detractors,
    sum(value_sum) as value_sum, sum(value_sq_sum) as value_sq_sum
from answers semi join (select * from waves where age <= {last}) using (source, survey, item_id, wave)
group by grouping sets (
    (source, survey, instrument, item_id, wave), (source, survey, instrument, item_id, wave, channel),
    (source, survey, instrument, item_id, wave, region), (source, survey, instrument, item_id, wave, segment))
"""
_EMPLOYEES = """
select source, source as survey, instrument, item_id as item, any_value(dimension) as item_dimension, audience,
    cast(responded_on as varchar) as wave,
    case when grouping(team) = 0 then 'team' else 'all' end as group_dimension,
    case when grouping(team) = 0 then team else 'all' end as group_name,
    cast(null as double) as scale_min, cast(null as double) as scale_max, 1 as scales,
    sum(n) as n, sum(satisfied_base) as satisfied_base, sum(satisfied) as satisfied,
    sum(nps_base) as nps_base, sum(nps_points) / 100 as nps_sum, sum(promoters) as promoters,
    sum(detractors) as detractors, sum(value_sum) as value_sum, sum(value_sq_sum) as value_sq_sum
from rollups.rollup_surveys_day where audience = 'employee'
group by grouping sets (
    (source, instrument, item_id, audience, responded_on), (source, instrument, item_id, audience, responded_on, team))
"""
Row = dict[str, Any]


def survey_results(con: Any) -> list[Row]:
    """Every wave, question and group. Employees come from their rollup, in which small teams are already merged."""
    found = con.rows(_CUSTOMERS.format(last=LAST_WAVES)) + con.rows(_EMPLOYEES)
    return results_of(found)


def results_of(sums: Iterable[Row]) -> list[Row]:
    """Sums per wave and group become results: pure, in a fixed order."""
    questions: dict[tuple[Any, ...], dict[str, dict[tuple[str, str], Row]]] = defaultdict(lambda: defaultdict(dict))
    for row in sums:
        key = (row["source"], row["survey"], row["instrument"], row["item"], row["audience"])
        questions[key][row["wave"]][row["group_dimension"], row["group_name"]] = row
    made: list[Row] = []
    for key in sorted(questions):
        waves = questions[key]
        scales = max(row["scales"] for groups in waves.values() for row in groups.values())
        spans = {(r["scale_min"], r["scale_max"]) for groups in waves.values() for r in groups.values()}
        mixed = scales > 1 or len(spans) > 1
        for place, wave in enumerate(sorted(waves)):
            before = sorted(waves)[place - 1] if place else None
            made += _wave(wave, waves[wave], before, waves.get(before or ""), is_mixed=mixed)
    return made


def _wave(
    wave: str, groups: Mapping[tuple[str, str], Row], before: str | None, earlier: Mapping[Any, Row] | None, *,
    is_mixed: bool,
) -> list[Row]:  # fmt: skip
    sizes = {cell: float(_size(row)) for cell, row in groups.items()}
    small = {cell for cell, n in sizes.items() if n < SMALLEST}
    totals = [
        [cell for cell in groups if cell[0] == dimension] for dimension in sorted({c[0] for c in groups} - {"all"})
    ]
    hidden = hidden_cells({c: n for c, n in sizes.items() if c[0] != "all"}, totals) | (small & {("all", "all")})
    if ("all", "all") in hidden:
        hidden = set(groups)
    vanished = sorted(set(earlier or {}) - set(groups))
    made = [
        _result(groups[cell], before, (earlier or {}).get(cell), hidden, small, is_mixed=is_mixed)
        for cell in sorted(groups)
    ]
    return made + [_vanished((earlier or {})[cell], wave, before) for cell in vanished]


def _size(row: Row) -> float:
    return row["nps_base"] if row["instrument"] in ("nps", "enps") else row["n"]


def measure_of(instrument: str, satisfied_base: float) -> str:
    """How an instrument is told: satisfied share, net promoter points, or the mean on its scale."""
    if instrument in ("nps", "enps"):
        return "nps"
    return "share" if instrument in ("csat", "fcr", "employee") and satisfied_base else "mean"


def _head(row: Row) -> Row:
    names = ("source", "survey", "instrument", "item", "item_dimension", "audience", "group_dimension", "group_name")
    scale = None if row["scale_min"] is None else f"{row['scale_min']:g} to {row['scale_max']:g}"
    measure = measure_of(row["instrument"], row["satisfied_base"])
    return {name: row[name] for name in names} | {"wave": row["wave"], "measure": measure, "scale": scale}


def _vanished(row: Row, wave: str, before: str | None) -> Row:
    return {**_head(row), "wave": wave, "previous_wave": before, "n": 0, "note": "vanished"}


def _result(
    row: Row, before: str | None, earlier: Row | None, hidden: set[Any], small: set[Any], *, is_mixed: bool
) -> Row:
    head = _head(row)
    cell = (row["group_dimension"], row["group_name"])
    if cell in hidden:
        return {**head, "note": "small" if cell in small else "complement"}
    if is_mixed and head["measure"] == "mean":
        return {**head, "scale": None, "n": int(row["n"]), "note": "two scales"}
    sample = sample_of(row, head["measure"])
    if sample.n <= 0:
        return {**head, "n": 0}
    factor = 100.0 if head["measure"] == "nps" else 1.0
    low, high = _interval(row, head["measure"])
    made = {**head, "n": int(sample.n), "value": factor * sample.mean, "low": low, "high": high}
    if earlier is None:
        return made
    moved = change(sample, sample_of(earlier, head["measure"]), share=head["measure"] == "share")
    if moved is None:
        return made
    ends = [None if end is None else factor * end for end in (moved.low, moved.high)]
    return made | {
        "previous_wave": before, "change": factor * moved.difference, "change_low": ends[0], "change_high": ends[1],
        "p": moved.p, "test": moved.test,
    }  # fmt: skip


def sample_of(row: Row, measure: str) -> Sample:
    """The sums of a row as a sample: zeros and ones, −1, 0 and 1, or answers on their scale."""
    if measure == "nps":
        return Sample(row["nps_base"], row["nps_sum"] or 0.0, (row["promoters"] or 0) + (row["detractors"] or 0))
    if measure == "share":
        return Sample(row["satisfied_base"], row["satisfied"] or 0.0, row["satisfied"] or 0.0)
    return Sample(row["n"], row["value_sum"] or 0.0, row["value_sq_sum"] or 0.0)


def _interval(row: Row, measure: str) -> Interval:
    if measure == "share":
        return wilson(row["satisfied"] or 0.0, row["satisfied_base"])
    if measure == "mean":
        return mean_t(row["value_sum"] or 0.0, row["value_sq_sum"] or 0.0, row["n"])
    # Classes of a small group of employees are not counted; then there is no interval either.
    if row["promoters"] is None or row["detractors"] is None:
        return NONE
    return adjusted_wald_nps(
        row["promoters"], row["nps_base"] - row["promoters"] - row["detractors"], row["detractors"]
    )
