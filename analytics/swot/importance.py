"""Attributes that customers rate, by importance and performance: the fifth way to a quadrant.

An attribute counts only where its importance and its performance each differ from the attributes' mean, beyond chance
and beyond what matters. Both must hold, so the pair enters the family with the larger of its two p-values, which is a
valid test of both. Important and well done is better, important and badly done worse; what matters little decides
nothing.
Source: R. L. Berger, "Multiparameter hypothesis testing and acceptance sampling", Technometrics 24 (1982).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from analytics.customers.relations import driver_importance, ratings_sql
from analytics.metrics import Metric
from analytics.metrics.model import Database
from analytics.swot.model import IMPORTANCE, WHOLE, Evidence, Factor, Measure, Window, attribute_of
from analytics.swot.reasons import Reason, spanned
from warehouse.errors import SwotlightError

MATTERS = 0.05
"""Smallest difference from the mean share of explained variance that is worth while."""
_RESPONDENTS = """
select dimension as attribute, count(distinct response_id) as n from marts.fct_survey_answers
where instrument = 'servqual' and role = 'perception' and value is not null and responded_on between ? and ?
group by all
"""
_NOTHING: dict[str, Any] = dict.fromkeys((
    "outcome", "n", "importance", "importance_axis", "importance_p", "performance", "performance_low",
    "performance_high", "performance_axis", "performance_p",
))  # fmt: skip


class Answers(NamedTuple):
    """A window's answers: what the drivers of satisfaction are by them, and how many rated each attribute."""

    drivers: list[dict[str, Any]]
    respondents: dict[str, int]


def importance(
    db: Database, factors: Sequence[Factor], metrics: dict[str, Metric], windows: dict[Measure, Window], period: date
) -> list[Evidence]:
    """A piece of evidence per factor whose attribute the drivers of satisfaction know, from its window's answers."""
    known, found = _known(db), []
    told: dict[Window, Answers] = {}
    for factor in factors:
        attribute = attribute_of(factor.metric)
        if attribute in known:
            window = windows[factor.measure]
            if window not in told:
                told[window] = _answers(db, window)
            found.append(_evidence(factor, metrics[factor.metric], told[window], window, period))
    return found


def _known(db: Database) -> set[str]:
    """Attributes that were ever rated beside an overall question often enough to be drivers of it."""
    try:
        return {row["attribute"] for row in db.rows("select distinct attribute from marts.driver_importance")}
    except SwotlightError:
        return set()


def _answers(db: Database, window: Window) -> Answers:
    days = window.start, window.end
    counted = {row["attribute"]: int(row["n"]) for row in db.rows(_RESPONDENTS, list(days))}
    return Answers(driver_importance(db, *days) if counted else [], counted)


def _p(row: dict[str, Any]) -> float:
    return max(1.0 if row["importance_p"] is None else row["importance_p"],
               1.0 if row["performance_p"] is None else row["performance_p"])  # fmt: skip


def _evidence(factor: Factor, metric: Metric, answers: Answers, window: Window, period: date) -> Evidence:
    attribute = attribute_of(factor.metric)
    mine = [row for row in answers.drivers if row["attribute"] == attribute]
    row = min(mine, key=lambda row: (_p(row), row["outcome"]), default=_NOTHING)
    sql = _performance_sql(row, answers.drivers, window) if mine else ""
    axis, n = row["performance_axis"], row["n"] or answers.respondents.get(attribute or "", 0)
    evidence = Evidence(
        period, WHOLE, factor.factor, factor.metric, IMPORTANCE, window, factor.swd, "higher",
        value=row["performance"], value_low=row["performance_low"], value_high=row["performance_high"],
        comparator_value=axis, comparator_label="mean of the attributes",
        n=n if n and n >= metric.hide_below else None,
        definition_hash=metric.definition_hash, rests_on=metric.rests_on, sql_text=sql,
    )  # fmt: skip
    if not n:
        evidence.missing = spanned("no_data", window.start, window.end)
    elif n < metric.hide_below:
        evidence.missing = spanned("few_answers", window.start, window.end, needed=metric.hide_below)
    elif n < factor.minimum_n:
        evidence.missing = spanned("small_n", window.start, window.end, n=n, needed=factor.minimum_n)
    elif None in (row["importance_p"], row["performance_p"], axis):
        evidence.missing = Reason("no_driver_interval")
    else:
        evidence.difference = row["performance"] - axis
        evidence.low, evidence.high = row["performance_low"] - axis, row["performance_high"] - axis
        evidence.p = _p(row)
        evidence.test = f"importance for {row['outcome']} and performance, each against its mean (the larger p)"
        if row["importance"] - row["importance_axis"] < MATTERS:
            # What matters no more than others decides nothing, however well or badly it is done.
            evidence.p = 1.0
    return evidence


def _performance_sql(driver: Mapping[str, Any], drivers: Sequence[Mapping[str, Any]], window: Window) -> str:
    """The statement that gives a driver's performance: the mean rating by those who rated all drivers of its overall
    question and answered that."""
    question = ("source", "survey", "question")
    names = sorted({str(one["attribute"]) for one in drivers if all(one[k] == driver[k] for k in question)})
    told = ", ".join(_quoted(name) for name in names)
    return (
        f"with answers as (\n{ratings_sql(window.start, window.end)}\n), mine as (\n"
        f"  select * from answers where source = {_quoted(driver['source'])} and survey = {_quoted(driver['survey'])}\n"
        "), ratings as (\n"
        "  select response_id, attribute, avg(case when several then (value - scale_min) / (scale_max - scale_min) "
        "else value end) as rating\n"
        "  from mine cross join (select count(distinct (scale_min, scale_max)) > 1 as several from mine "
        "where instrument not in ('csat', 'nps'))\n"
        "  where instrument not in ('csat', 'nps') group by all\n"
        "), complete as (\n"
        f"  select response_id from ratings where attribute in ({told}) group by all having count(*) = {len(names)}\n"
        "), asked as (\n"
        f"  select distinct response_id from mine where item_id = {_quoted(driver['question'])}\n"
        ")\nselect avg(rating) as value from ratings semi join complete using (response_id) "
        f"semi join asked using (response_id)\nwhere attribute = {_quoted(driver['attribute'])}"
    )


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
