"""Measures with all that a scorecard shows of them: value, interval, target, verdict, change, thirteen months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from analytics.metrics import Metric, MetricRow
from analytics.metrics.periods import add_months
from analytics.metrics.trailing import MONTHS as YEAR
from analytics.metrics.trailing import is_yearly, year_to
from dashboards.filters import Filters, Period
from dashboards.queries.about import withdrawn_by
from dashboards.queries.judging import Change, Target, change_between, only, target_for
from dashboards.queries.settling import settles_in
from dashboards.reading import Reading

HISTORY_MONTHS = 13
LEVEL = "service_level"  # its variants are held to its own target


@dataclass(frozen=True)
class Measure:
    """One metric over one period, judged. ``state`` is shown, no-data, suppressed, withdrawn or not-cut.

    ``settles_in``: days until all cases of the period have had their time; before that it is judged by nothing.
    ``over_a_year``: told, and compared, over the twelve months up to the period's end, whatever the period.
    """

    metric: Metric
    state: str
    row: MetricRow | None
    target: Target | None
    verdict: str
    change: Change | None = None
    history: tuple[tuple[date, float | None], ...] = ()
    settles_in: int = 0
    over_a_year: bool = False

    @property
    def value(self) -> float | None:
        """The value, where one is shown."""
        return self.row.value if self.row else None

    @property
    def judged(self) -> bool:
        """Whether there is a value and a target."""
        return self.state == "shown" and self.target is not None


def state_of(row: MetricRow | None) -> str:
    """How a number stands: shown, withdrawn, suppressed or without data."""
    if row is None:
        return "no-data"
    if row.withdrawn_by:
        return "withdrawn"
    if row.suppressed:
        return "suppressed"
    return "no-data" if row.value is None else "shown"


def measures(
    reading: Reading, names: Sequence[str], filters: Filters, *, history: bool = True, compare: bool = True
) -> dict[str, Measure]:
    """The named metrics that the release knows, over the filters' period and, where asked, against their comparison."""
    known = [name for name in names if name in reading.metrics()]
    dimensions = [name for name, _value in filters.values]
    told = [name for name in known if reading.knows(name, dimensions)]
    cut = [name for name in told if not is_yearly(reading.metrics()[name])]
    months = _months(reading, cut, filters) if history and cut else []
    now: Sequence[MetricRow] = []
    then: Sequence[MetricRow] = []
    if cut and compare and not history:
        now, then = both_spans(reading, cut, filters)
    elif cut:
        now = _over(reading, cut, filters, filters.period, months)
        then = _over(reading, cut, filters, filters.comparison, months) if compare else []
    yearly = _over_years(reading, [name for name in told if name not in cut], filters)
    return {
        name: yearly.get(name)
        or _measure(reading, name, filters, only(now, name), only(then, name), months, is_cut=name in told)
        for name in known
    }


def _over_years(reading: Reading, names: Sequence[str], filters: Filters) -> dict[str, Measure]:
    """Rates of a year over twelve months, beside the twelve before, and for each month of the history."""
    if not names:
        return {}
    last = filters.period.end.replace(day=1)
    first = add_months(last, 1 - 2 * YEAR)
    rows = reading.ask(names, grain="month", where=filters.values, start=first, end=filters.period.end)
    found = {}
    for name in names:
        metric = reading.metrics()[name]
        now, then = year_to(rows, last, metric), year_to(rows, add_months(last, -YEAR), metric)
        steps = [add_months(last, 1 - HISTORY_MONTHS + k) for k in range(HISTORY_MONTHS)]
        lines = [row for row in (year_to(rows, step, metric, whole=True) for step in steps) if row]
        found[name] = replace(_measure(reading, name, filters, now, then, lines, is_cut=True), over_a_year=True)
    return found


def both_spans(
    reading: Reading, names: Sequence[str], filters: Filters, *, by: tuple[str, ...] = ()
) -> tuple[Sequence[MetricRow], Sequence[MetricRow]]:
    """Rows of the period and of its comparison: one question for both where they are periods of one kind.

    A question costs what it is, not what it reads: most of a page's time is the number of them.
    """
    spans = (filters.period, filters.comparison)
    grains = {span.grain for span in spans}
    if len(grains) > 1:
        asked = [reading.ask(names, by=by, where=filters.values, start=one.start, end=one.end) for one in spans]
        return asked[0], asked[1]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    rows = reading.ask(names, by=by, grain=grains.pop(), where=filters.values, start=start, end=end)
    now, then = ([row for row in rows if row.period == span.start] for span in spans)
    return now, then


def _months(reading: Reading, names: Sequence[str], filters: Filters) -> list[MetricRow]:
    first = add_months(filters.period.end.replace(day=1), -HISTORY_MONTHS + 1)
    return reading.ask(names, grain="month", where=filters.values, start=first, end=filters.period.end)


def _over(
    reading: Reading, names: Sequence[str], filters: Filters, span: Period, months: Sequence[MetricRow]
) -> Sequence[MetricRow]:
    """The rows of a span; a month that the history already holds is not asked for twice."""
    if span.is_month and months and span.start >= add_months(filters.period.end.replace(day=1), -HISTORY_MONTHS + 1):
        return [row for row in months if row.period == span.start]
    return reading.ask(names, where=filters.values, start=span.start, end=span.end)


def _measure(
    reading: Reading,
    name: str,
    filters: Filters,
    now: MetricRow | None,
    then: MetricRow | None,
    months: Sequence[MetricRow],
    *,
    is_cut: bool,
) -> Measure:
    metric = reading.metrics()[name]
    held_to = LEVEL if name.startswith(LEVEL) else name
    target = target_for(reading, held_to, dict(filters.values), filters.period.end)
    state = state_of(now) if is_cut else "not-cut"
    check = withdrawn_by(reading, name) if state == "no-data" else None
    if check:
        # What is withheld may leave no row at all in a month; that is not the same as nothing told.
        now = now or MetricRow(name, None, {}, None, None, None, None, None, None, metric.unit)
        state, now = "withdrawn", replace(now, withdrawn_by=check)
    verdict = "no-target"
    if target is not None and now is not None and state == "shown":
        verdict = target.verdict(now.value, now.low, now.high)
    left = settles_in(reading, metric, filters.period.end)
    if left and verdict != "no-target":
        verdict = "undecided"
    history = history_of(months, name, filters.period.end)
    return Measure(metric, state, now, target, verdict, change_between(now, then), history, left)


def history_of(
    months: Sequence[MetricRow], name: str, end: date, size: int = HISTORY_MONTHS
) -> tuple[tuple[date, float | None], ...]:
    """The last `size` months to `end`, a missing month as None."""
    by_month = {row.period: row.value for row in months if row.metric == name}
    last = end.replace(day=1)
    firsts = [add_months(last, k - size + 1) for k in range(size)]
    return tuple((first, by_month.get(first)) for first in firsts)
