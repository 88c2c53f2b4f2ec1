"""``build``: ``marts.scorecard`` from the targets in force and the metric engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from analytics.customers.tables import TableSpec, columns, write
from analytics.metrics import Metric, MetricRequest, MetricRow, ask, read_targets, target_for
from analytics.metrics.periods import add_months
from analytics.metrics.table import Frozen
from analytics.metrics.targets import ORGANISATION, Target
from analytics.metrics.trailing import MONTHS as YEAR
from analytics.metrics.trailing import is_yearly, year_to
from analytics.scorecard.judging import Score, score, with_streaks

MONTHS = 13
ENTITIES = ("channel", "team", "region")
NOBODY = ("unknown", "None", "small teams")
SCORECARD = TableSpec(
    "scorecard",
    "Every target against its metric, per entity and month, over thirteen months.",
    columns(
        "period date: Month, by its first local day",
        "entity_dimension varchar: organisation, channel, team, region, segment or topic",
        "entity varchar: Which one of them; empty for the organisation",
        "metric varchar: Name of the metric",
        "dimension varchar: service_quality, customer_satisfaction, business_benefit or employee_development",
        "comparison varchar: How the value is compared with the target",
        "target double: Value to reach, in the metric's unit",
        "valid_from date: First day the target holds; empty means from the start",
        "owner varchar: Role that answers for it",
        "unit varchar: Unit of value and target",
        "value double: Value of the month, of a rate of a year the twelve up to it; empty: no data, or withheld",
        "low double: Lower end of the 95 % interval",
        "high double: Upper end of the 95 % interval",
        "n double: Observations behind the value",
        "verdict varchar: met, missed (the whole interval on one side), undecided or no data",
        "probability_kept double: Chance that the true value keeps the target",
        "streak integer: Months in a row, up to this one, with the same verdict of met or missed",
        "withdrawn_by varchar: Failed check that withholds the value",
    ),
)


def build(con: Any, as_of: datetime) -> int:
    """Replace ``marts.scorecard``, judged for the full months before ``as_of``. Returns the number of rows.

    A target of the organisation is asked of each channel, team and region as well; an entity's own target stands
    before it. Versions of a target each hold for the months that end inside their validity.
    """
    db = Frozen(con)
    targets = read_targets(db, db.catalogue)
    last = (as_of - timedelta(microseconds=1)).date()
    end = last if (last + timedelta(days=1)).day == 1 else last.replace(day=1) - timedelta(days=1)
    start = add_months(end.replace(day=1), 1 - MONTHS)
    scores = with_streaks(_scores(db, db.catalogue, targets, start, end))
    return write(con, SCORECARD, (vars(one) for one in scores))


def _scores(
    db: Frozen, metrics: Mapping[str, Metric], targets: list[Target], start: date, end: date
) -> Iterable[Score]:
    named = sorted({t.metric for t in targets})
    cuts = [ORGANISATION, *ENTITIES, *sorted({t.entity_dimension for t in targets} - {ORGANISATION, *ENTITIES})]
    for cut in cuts:
        wanted = [name for name in named if cut == ORGANISATION or cut in metrics[name].dimensions()]
        if cut not in (ORGANISATION, *ENTITIES):
            wanted = [name for name in wanted if any(t.metric == name and t.entity_dimension == cut for t in targets)]
        if not wanted:
            continue
        by = () if cut == ORGANISATION else (cut,)
        for row in _monthly(db, [metrics[name] for name in wanted], by, start, end):
            entity = None if cut == ORGANISATION else str(row.dimensions[cut])
            if row.period is None or entity in NOBODY:
                continue
            month_end = add_months(row.period, 1) - timedelta(days=1)
            target = target_for(targets, row.metric, (cut, entity) if entity else None, month_end)
            if target:
                yield score(row, metrics[row.metric], target, (cut, entity))


def _monthly(db: Frozen, metrics: list[Metric], by: tuple[str, ...], start: date, end: date) -> Iterable[MetricRow]:
    """Each metric's months; of a rate of a year each month is the twelve up to it."""
    yearly = [metric for metric in metrics if is_yearly(metric)]
    others = tuple(metric.name for metric in metrics if not is_yearly(metric))
    if others:
        yield from ask(db, MetricRequest(others, by=by, grain="month", start=start, end=end))
    if not yearly:
        return
    names, first = tuple(metric.name for metric in yearly), add_months(start, 1 - YEAR)
    cuts: dict[tuple[object, ...], list[MetricRow]] = defaultdict(list)
    for row in ask(db, MetricRequest(names, by=by, grain="month", start=first, end=end)):
        cuts[tuple(row.dimensions.values())].append(row)
    for metric in yearly:
        for rows in cuts.values():
            months = sorted(row.period for row in rows if row.metric == metric.name and row.period)
            yield from filter(None, (year_to(rows, month, metric) for month in months if month >= start))
