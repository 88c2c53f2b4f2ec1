"""Twelve months as one number: counts and heads are added up, and divided last.

For rates of a year. Told of one month, a small company's rate is mostly chance: nobody left in October of 38 people
says nought, and anything up to 116 % a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from analytics.metrics.model import Metric, MetricRow
from analytics.metrics.periods import add_months
from analytics.statistics.intervals import poisson_rate

MONTHS = 12


def is_yearly(metric: Metric) -> bool:
    """Whether a metric is a rate of a year, and so is told over twelve months wherever a period is a month."""
    return metric.name.endswith("_annualised")


def year_to(rows: Iterable[MetricRow], month: date, metric: Metric, *, whole: bool = False) -> MetricRow | None:
    """The twelve months up to ``month`` of a metric's monthly rows, named by that month; None without any row.

    ``whole``: None also where one of the twelve is not told.
    """
    first = add_months(month, 1 - MONTHS)
    months = [row for row in rows if row.metric == metric.name and row.period and first <= row.period <= month]
    if not months or (whole and len({row.period for row in months}) < MONTHS):
        return None
    return replace(added_up(sorted(months, key=lambda row: row.period or month), metric), period=month)


def added_up(months: Sequence[MetricRow], metric: Metric) -> MetricRow:
    """Monthly rows in their order as one: a month of which nothing is told adds nothing."""
    known = [row.numerator for row in months if row.numerator is not None]
    events = sum(known) if known else None
    base = sum(row.denominator or 0 for row in months)
    told = events is not None and base > 0
    low, high = poisson_rate(events, base) if told and events is not None else (None, None)
    return replace(
        months[-1],
        value=metric.scale * events / base if told and events is not None else None,
        numerator=events,
        denominator=base,
        n=base,
        low=None if low is None else metric.scale * low,
        high=None if high is None else metric.scale * high,
        suppressed=months[-1].suppressed and not told,
    )
