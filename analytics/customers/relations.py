"""What satisfaction hangs on and what hangs on it: drivers, expectations, Kano's classes, loyalty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from statistics import fmean
from typing import Any

import numpy as np

from analytics.customers.drivers import MOST, Drivers, drivers_of
from analytics.customers.gaps import gap_of, in_order
from analytics.customers.kano import classify
from analytics.customers.loyalty import CLASSES, Link, Loyal, link
from analytics.customers.performance import importance_performance
from analytics.customers.tables import TableSpec, columns
from analytics.statistics.distributions import normal_two_sided

Row = dict[str, Any]
FEWEST, FEWEST_TOGETHER = 5, 30
DRIVERS = TableSpec(
    "driver_importance",
    "What the answer to an overall question hangs on: Shapley (LMG) shares of its explained variance, and the place on "
    "the importance–performance map, whose axes are the means of the attributes.",
    columns(
        "source varchar: Source of the answers",
        "survey varchar: Survey both were asked in",
        "question varchar: Overall question",
        "outcome varchar: Kind of the overall question: csat or nps",
        "attribute varchar: Attribute rated beside it",
        "n bigint: Complete answers",
        "r2 double: Share of the outcome's variance explained at all",
        "importance double: Share of the explained variance; shares add up to 1",
        "importance_low double: Lower end of the 95 % bootstrap interval",
        "importance_high double: Upper end of the 95 % bootstrap interval",
        "performance double: Mean rating; where attributes were rated on different scales, its place between 0 and 1",
        "performance_low double: Lower end of its 95 % interval",
        "performance_high double: Upper end of its 95 % interval",
        "importance_axis double: Mean importance of the attributes, where the map is parted",
        "performance_axis double: Mean performance of the attributes, where the map is parted",
        "importance_p double: Two-sided p of importance against its axis",
        "performance_p double: Two-sided p of performance against its axis",
        "quarter varchar: keep up, concentrate here, possible overkill or low priority",
        "is_clear boolean: Whether both intervals lie on one side of their axis",
    ),
)
GAPS = TableSpec(
    "servqual_gaps",
    "Perception less expectation per item, dimension and overall; one observation a respondent.",
    columns(
        "level varchar: item, dimension or overall",
        "item_or_dimension varchar: Item or dimension",
        "dimension varchar: Dimension the item belongs to; of a dimension and overall its own name",
        "n bigint: Respondents with both halves",
        "gap double: Mean of perception − expectation",
        "low double: Lower end of the 95 % interval",
        "high double: Upper end of the 95 % interval",
        "perception double: Mean perception",
        "expectation double: Mean expectation",
    ),
)
KANO = TableSpec(
    "kano_features",
    "Kano's class of each feature that was asked about in pairs.",
    columns(
        "feature varchar: Feature",
        "n bigint: Respondents with both answers",
        "kind varchar: attractive, one-dimensional, must-be, indifferent, reverse or questionable",
        "attractive double: Share of respondents",
        "one_dimensional double: Share of respondents",
        "must_be double: Share of respondents",
        "indifferent double: Share of respondents",
        "reverse double: Share of respondents",
        "questionable double: Share of respondents whose two answers contradict each other",
        "better double: How much having it pleases, 0 to 1",
        "worse double: How much lacking it displeases, −1 to 0",
        "is_clear boolean: Whether the class leads the next one beyond chance",
    ),
)
LOYALTY = TableSpec(
    "loyalty_link",
    "Who stays and who buys again, by satisfaction class, and how much more the satisfied do; an association.",
    columns(
        "segment varchar: Segment, or all",
        "kind varchar: retention or repeat",
        "satisfaction_class varchar: dissatisfied, neutral or satisfied",
        "customers bigint: Customers whose answer is at least 180 days old, from five",
        "loyal bigint: Of these, the ones who stayed or bought again",
        "rate double: Loyal ÷ customers",
        "low double: Lower end of its 95 % interval",
        "high double: Upper end of its 95 % interval",
        "difference double: Satisfied less dissatisfied, on the row of the satisfied",
        "difference_low double: Lower end of its 95 % interval",
        "difference_high double: Upper end of its 95 % interval",
        "odds_ratio double: Odds of the satisfied ÷ odds of the dissatisfied",
        "odds_low double: Lower end of its 95 % interval",
        "odds_high double: Upper end of its 95 % interval",
        "p double: Two-sided p of the difference",
    ),
)
MOST_RESPONDENTS = 5_000
"""Respondents a driver analysis takes, by a hash of their number: more would not move the shares."""
_RATINGS = """
with rated as (
    select source, coalesce(survey_id, source) as survey, response_id, instrument, item_id,
        case when instrument = 'servqual' then dimension else item_id end as attribute, value, scale_min, scale_max
    from marts.fct_survey_answers
    where role = 'perception' and value is not null and scale_max - scale_min > 1 and responded_on is not null
        and instrument in ('csat', 'nps', 'servqual', 'attribute', 'other') and responded_on between ? and ?
), chosen as (
    select source, survey, response_id from rated group by source, survey, response_id
    having count(*) filter (where instrument in ('csat', 'nps')) > 0
        and count(distinct attribute) filter (where instrument not in ('csat', 'nps')) > 1
    qualify row_number() over (partition by source, survey order by md5(response_id), response_id) <= {most}
)
select * from rated semi join chosen using (source, survey, response_id)
order by source, survey, response_id, item_id
"""
_ITEM_GAPS = """
with pairs as (
    select item_id, max(dimension) as dimension, max(value) filter (where role = 'perception') as seen,
        max(value) filter (where role = 'expectation') as expected
    from marts.fct_survey_answers where instrument = 'servqual' and value is not null and role <> 'importance'
    group by source, response_id, item_id
    -- Each half on a scale of its own says nothing of the gap.
    having min(scale_min) is not distinct from max(scale_min) and min(scale_max) is not distinct from max(scale_max)
)
select 'item' as level, item_id as name, max(dimension) as dimension, count(*) as n, sum(seen - expected) as gap_sum,
    sum((seen - expected) * (seen - expected)) as gap_sq_sum, sum(seen) as perception_sum,
    sum(expected) as expectation_sum
from pairs where seen is not null and expected is not null group by item_id
"""
_DIMENSION_GAPS = """
select case when dimension = 'overall' then 'overall' else 'dimension' end as level, dimension as name, dimension,
    sum(respondents) as n, sum(gap_sum) as gap_sum, sum(gap_sq_sum) as gap_sq_sum,
    sum(perception_sum) as perception_sum, sum(expectation_sum) as expectation_sum
from rollups.rollup_servqual_day group by all
"""
_KANO = """
with pairs as (
    select coalesce(dimension, regexp_replace(item_id, '_(dys)?functional.*$', '')) as feature,
        max(value) filter (where not regexp_matches(item_id, 'dysfunctional')) as functional,
        max(value) filter (where regexp_matches(item_id, 'dysfunctional')) as dysfunctional
    from marts.fct_survey_answers where instrument = 'kano' group by source, response_id, 1
)
select feature, functional, dysfunctional, count(*) as n from pairs
where functional is not null and dysfunctional is not null group by all
"""
_LOYALTY = """
select coalesce(segment, 'all') as segment, satisfaction_class, sum(people) as due,
    sum(people_retained) as retained, sum(people_with_purchases) as base, sum(people_repeating) as repeating
from rollups.rollup_loyalty_month group by grouping sets ((satisfaction_class), (segment, satisfaction_class))
order by all
"""


def driver_importance(con: Any, start: date = date.min, end: date = date.max) -> list[Row]:
    """Drivers of every overall question that was asked beside at least two rated attributes, answered in those days.

    A dimension of several items is rated by their mean.
    """
    answers: dict[tuple[str, str], dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    overall: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    rated = con.rows(_RATINGS.format(most=MOST_RESPONDENTS), [start, end])
    uneven = _on_several_scales(rated)
    items: dict[tuple[str, str, str, str], list[float]] = defaultdict(list)
    for row in rated:
        key, one = (row["source"], row["survey"]), answers[row["source"], row["survey"]][row["response_id"]]
        if row["instrument"] in ("csat", "nps"):
            overall[key][row["item_id"]] = row["instrument"]
            one["\0" + row["item_id"]] = row["value"]
        elif row["attribute"]:
            mine = items[*key, row["response_id"], row["attribute"]]
            mine.append(_placed(row) if key in uneven else float(row["value"]))
            one[row["attribute"]] = fmean(mine)
    made: list[Row] = []
    for key in sorted(answers):
        for item, instrument in sorted(overall[key].items()):
            found = _drivers(instrument, item, answers[key].values())
            asked = {"source": key[0], "survey": key[1], "question": item}
            made += [asked | row for row in _driver_rows(found)] if found else []
    return made


def ratings_sql(start: date, end: date) -> str:
    """The answers that drivers are reckoned from, as a statement to be read and run."""
    rated = _RATINGS.format(most=MOST_RESPONDENTS).strip()
    return rated.replace("?", f"date '{start}'", 1).replace("?", f"date '{end}'", 1)


def _on_several_scales(rated: Iterable[Row]) -> set[tuple[str, str]]:
    """Surveys whose attributes were not all rated on one scale: their ratings have no common mean as they are."""
    scales: dict[tuple[str, str], set[tuple[float, float]]] = defaultdict(set)
    for row in rated:
        if row["instrument"] not in ("csat", "nps"):
            scales[row["source"], row["survey"]].add((row["scale_min"], row["scale_max"]))
    return {key for key, found in scales.items() if len(found) > 1}


def _placed(row: Row) -> float:
    """A rating's place on its scale, 0 the lowest and 1 the highest."""
    return float((row["value"] - row["scale_min"]) / (row["scale_max"] - row["scale_min"]))


def _drivers(instrument: str, item: str, respondents: Iterable[dict[str, float]]) -> Drivers | None:
    """Attributes asked of most who answered the overall question; the most often rated ten at the most."""
    mine = [r for r in respondents if "\0" + item in r]
    counts: dict[str, int] = defaultdict(int)
    for one in mine:
        for name in one:
            if not name.startswith("\0"):
                counts[name] += 1
    names = sorted(sorted(counts, key=lambda name: (-counts[name], name))[:MOST])
    # An attribute few could rate (most did not meet it) would leave few complete answers: it goes first.
    while len(names) >= 2:
        complete = [r for r in mine if all(name in r for name in names)]
        if len(complete) >= max(FEWEST_TOGETHER, 0.3 * len(mine), 5 * len(names)):
            break
        names.remove(min(names, key=lambda name: (counts[name], name)))
    else:
        return None
    ratings = np.array([[r[name] for name in names] for r in complete])
    keep = ratings.std(axis=0) > 0
    outcome = np.array([r["\0" + item] for r in complete])
    if keep.sum() < 2 or outcome.std() <= 0:
        return None
    return drivers_of(instrument, [n for n, k in zip(names, keep, strict=True) if k], ratings[:, keep], outcome)


def _driver_rows(found: Drivers) -> list[Row]:
    placed = importance_performance(found.drivers)
    if placed is None:
        return []
    rows = []
    for driver, place in zip(found.drivers, placed.places, strict=True):
        rows.append({
            "outcome": found.outcome, "attribute": driver.attribute, "n": found.n, "r2": found.r2,
            "importance": driver.share, "importance_low": driver.low, "importance_high": driver.high,
            "performance": driver.performance, "performance_low": driver.performance_low,
            "performance_high": driver.performance_high, "importance_axis": placed.importance_axis,
            "performance_axis": placed.performance_axis, "quarter": place.quarter, "is_clear": place.is_clear,
            "importance_p": _p(driver.share - placed.importance_axis, driver.high - driver.low),
            "performance_p": _p(driver.performance - placed.performance_axis,
                                driver.performance_high - driver.performance_low),
        })  # fmt: skip
    return rows


def _p(difference: float, width: float) -> float:
    """From a 95 % interval's width, taken as normal."""
    return normal_two_sided(difference / (width / 3.919928)) if width > 0 else 1.0


def servqual_gaps(con: Any) -> list[Row]:
    """Gaps of every item and dimension with at least five respondents."""
    sums = con.rows(_ITEM_GAPS) + con.rows(_DIMENSION_GAPS)
    found = [gap_of(**{**row, "n": int(row["n"])}) for row in sums if row["n"] >= FEWEST]
    return [{**vars(gap), "item_or_dimension": gap.name} for gap in sorted(found, key=in_order)]


def kano_features(con: Any) -> list[Row]:
    """Classes of every feature asked in pairs."""
    answers: dict[str, dict[tuple[float, float], int]] = defaultdict(dict)
    for row in con.rows(_KANO):
        answers[row["feature"]][row["functional"], row["dysfunctional"]] = row["n"]
    found = [classify(feature, answers[feature]) for feature in sorted(answers)]
    return [
        {**vars(one), **{name.replace("-", "_"): share for name, share in one.shares.items()}} for one in found if one
    ]


def loyalty_link(con: Any) -> list[Row]:
    """Retention and repeat purchase by satisfaction class, of all and of each segment."""
    groups: dict[tuple[str, str], dict[str, Loyal]] = defaultdict(dict)
    for row in con.rows(_LOYALTY):
        name = row["satisfaction_class"]
        groups[row["segment"], "retention"][name] = Loyal(name, row["due"], row["retained"])
        groups[row["segment"], "repeat"][name] = Loyal(name, row["base"], row["repeating"])
    made: list[Row] = []
    for (segment, kind), classes in sorted(groups.items()):
        upper, lower = classes.get(CLASSES[2]), classes.get(CLASSES[0])
        found = link(upper, lower) if upper and lower else None
        made += [_loyal_row(segment, kind, classes[c], found) for c in CLASSES if c in classes]
    return [row for row in made if row["customers"] >= FEWEST]


def _loyal_row(segment: str, kind: str, one: Loyal, found: Link | None) -> Row:
    low, high = one.interval
    row: Row = {"segment": segment, "kind": kind, "satisfaction_class": one.name, "customers": int(one.customers),
                "loyal": int(one.loyal), "rate": one.rate, "low": low, "high": high}  # fmt: skip
    if found and one.name == CLASSES[2]:
        row |= {"difference": found.difference, "difference_low": found.low, "difference_high": found.high,
                "odds_ratio": found.odds_ratio, "odds_low": found.odds_low, "odds_high": found.odds_high,
                "p": found.p}  # fmt: skip
    return row
