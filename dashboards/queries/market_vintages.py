"""Market as it was known on an earlier day: published figures are revised, and each vintage is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from analytics.metrics import MetricRow
from analytics.metrics.periods import add_months, last_of_month
from dashboards.filters import Filters
from dashboards.queries.market import MONTHS, Line
from dashboards.reading import Reading

Row = dict[str, Any]
Known = tuple[dict[tuple[str, ...], dict[date, float]], dict[tuple[str, ...], dict[date, MetricRow]]]
SERIES = ("source", "indicator", "subject", "segment", "region")
CHOICES = 4
WORTH_SAYING = 0.0005
"""A revision that would not show in one decimal of a per cent is not told."""
_FIRST = "select min(known_from) as first_on from rollups.rollup_market_vintages_month"


def known_on(filters: Filters) -> date | None:
    """The day the address asks for; none where it asks for the latest figures or for no day there is."""
    try:
        return date.fromisoformat(filters.extra("known") or "")
    except ValueError:
        return None


def days(reading: Reading, until: date) -> list[date]:
    """Ends of the last quarters on which anything had been published, the newest first."""
    found = reading.table(_FIRST)
    if not found or found[0]["first_on"] is None:
        return []
    quarter = add_months(until.replace(day=1), -((until.month - 1) % 3 + 1))
    ends = [last_of_month(add_months(quarter, -3 * back)) for back in range(CHOICES)]
    return [day for day in ends if day >= found[0]["first_on"]]


def newest(reading: Reading, until: date, day: date, latest: Sequence[Row]) -> list[Row]:
    """The rows of ``latest`` as known on ``day``: the last month then published, its growth, what became of it.

    ``revised_since`` is the month's latest value ÷ the value then known − 1. A series of which nothing was known yet is
    left out.
    """
    values, growth = _known(reading, until, day)
    today = {(_series(row), row["month_on"]): row["value"] for row in reading.table(_LATEST, (until,))}
    made = []
    for row in latest:
        months = values.get(_series(row))
        if not months:
            continue
        month = max(months)
        now, grown = months[month], growth.get(_series(row), {}).get(month)
        later = today.get((_series(row), month))
        made.append({
            **row, "month_on": month, "value": now,
            "revised_by": None, "seasonally_adjusted": None, "published_on": None,
            "growth_year": grown.value if grown else None,
            "value_year_before": grown.denominator if grown else None,
            "growth_state": "known" if grown else _unknown(row["growth_state"]),
            "revised_since": later / now - 1 if later and now > 0 and abs(later / now - 1) >= WORTH_SAYING else None,
        })  # fmt: skip
    return made


_LATEST = """
    select source, indicator, subject, segment, region, month_on, value from marts.market_trends where month_on <= ?
"""


def lines(reading: Reading, until: date, day: date, latest: Sequence[Line]) -> list[Line]:
    """The market's lines as known on ``day``, with the same month at 100; our own are no publication and stay."""
    values, _ = _known(reading, until, day)
    made = []
    for line in latest:
        if line.is_own:
            made.append(line)
            continue
        months = values.get((line.source, line.indicator, "market", line.segment, line.region), {})
        shown = {month: value for month, value in months.items() if month > add_months(until, -MONTHS)}
        base = [months[month] for month in sorted(months) if add_months(line.base_on, -12) < month <= line.base_on][-1:]
        if base and base[0] > 0 and len(shown) >= 2:
            points = tuple((month, 100 * value / base[0]) for month, value in sorted(shown.items()))
            made.append(replace(line, points=points))
    return made


def _unknown(state: str) -> str:
    """Why there was no growth then; where there is one today, the year before was not out yet."""
    return "no value a year before" if state == "known" else state


def _series(row: Row) -> tuple[str, ...]:
    return tuple([str(row[name]) for name in SERIES])


def _known(reading: Reading, until: date, day: date) -> Known:
    """Values and growths by series and month, as known on a day."""
    return reading.kept(("market as known", until, day), lambda: _asked(reading, until, day))


def _asked(reading: Reading, until: date, day: date) -> Known:
    rows = reading.ask(
        ("market_indicator", "market_growth"), by=SERIES, grain="month", end=last_of_month(until), known_on=day
    )
    values: dict[tuple[str, ...], dict[date, float]] = {}
    growth: dict[tuple[str, ...], dict[date, MetricRow]] = {}
    for row in rows:
        if row.period is None or row.value is None:
            continue
        key = _series(row.dimensions)
        if row.metric == "market_indicator":
            values.setdefault(key, {})[row.period] = row.value
        else:
            growth.setdefault(key, {})[row.period] = row
    return values, growth
