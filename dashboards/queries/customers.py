"""What Customers and needs asks: satisfaction weighted to the contact mix, drivers, needs, segments, loyalty, fixes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.customers.weighting import Stratum, Weighted, weighted_to_mix
from analytics.metrics.periods import add_months
from dashboards.filters import Filters
from dashboards.queries.measures import Measure, measures
from dashboards.reading import Reading

Row = dict[str, Any]
SCORES = (
    "csat", "nps", "loyal_share", "ces", "fcr_external", "response_rate", "complaint_rate",
    "complaints_resolved_24h", "repeat_complaint_rate",
)  # fmt: skip
CUTS = ("segment", "region", "age_band", "gender", "spend_band", "tenure_band", "industry", "company_size")
REQUESTS, RESOLVED, REPEATED = "complaint_rate", "complaints_resolved_24h", "repeat_complaint_rate"
FEWEST = 10
_WEIGHTED = "select * from marts.survey_weighted where month_on <= ?"
MONTHS = 24
_DRIVERS = "select * from marts.driver_importance"
_GAPS = "select * from marts.servqual_gaps"
_NEEDS = "select * from marts.needs"
_SEGMENTS = "select * from marts.customer_segments"
_LOYALTY = "select * from marts.loyalty_link where segment = 'all'"
_FIXES = "select * from marts.complaint_fixes"
_BIAS = "select * from marts.response_bias"
_TERMS = "select * from marts.comment_terms"
_EXAMPLES = "select * from marts.comment_examples"
_FOUND = "select * from marts.comment_topics"
_WAVES = "select * from marts.survey_waves"
WAVES_SHOWN = 4
_KANO = "select * from marts.kano_features"
_RESULTS = """
select * from marts.survey_results where group_dimension = 'all' and audience = 'customer'
"""


@dataclass(frozen=True)
class Month:
    """A month of satisfaction: weighted to the contacts, and as answered."""

    day: date
    weighted: float | None
    low: float | None
    high: float | None
    raw: float | None
    n: float


def scores(reading: Reading, filters: Filters) -> dict[str, Measure]:
    """The measures of surveys, loyalty and complaints in the period."""
    return measures(reading, [name for name in SCORES if name in reading.metrics()], filters, history=False)


def weighted(reading: Reading, filters: Filters) -> Weighted | None:
    """Satisfaction of the period, weighted by what each channel had of all requests; none without answers."""
    span = {"where": filters.values, "start": filters.period.start, "end": filters.period.end}
    rows = reading.ask(("csat", REQUESTS), by=("channel",), **span)  # type: ignore[arg-type]
    strata: dict[str, list[float]] = {}
    for row in rows:
        one = strata.setdefault(str(row.dimensions["channel"]), [0.0, 0.0, 0.0])
        if row.metric == REQUESTS:
            one[2] += row.denominator or 0.0
        else:
            one[0] += row.numerator or 0.0
            one[1] += row.denominator or 0.0
    found = weighted_to_mix([Stratum(name, *numbers) for name, numbers in strata.items()])
    return found if found.n else None


def months(reading: Reading, filters: Filters) -> list[Month]:
    """Satisfaction over time: weighted for the whole organisation; as answered for a filter, or without channels."""
    if not filters.values:
        found = [
            Month(r["month_on"], r["weighted"], r["low"], r["high"], r["raw"], r["n"])
            for r in reading.table(_WEIGHTED, (filters.period.end,), order=("month_on",))
        ]
        # Where no channel of the answers is known there is nothing to weigh by.
        if sum(month.weighted is not None for month in found) > 1:
            return found
    first = add_months(filters.period.end.replace(day=1), 1 - MONTHS)
    rows = reading.ask(("csat",), grain="month", where=filters.values, start=first, end=filters.period.end)
    return [Month(r.period, r.value, r.low, r.high, None, r.n or 0) for r in rows if r.period]


def drivers(reading: Reading) -> list[Row]:
    """Attributes of the overall question with the most answers, the weightiest first."""
    rows = reading.table(_DRIVERS, order=("outcome", "importance desc", "attribute"))
    best = max((r["n"] for r in rows), default=0)
    first = next((_question(r) for r in rows if r["n"] == best), None)
    return [r for r in rows if _question(r) == first]


def _question(row: Row) -> tuple[Any, ...]:
    """Which overall question of which survey; a release of an earlier version tells only its kind."""
    return row.get("source"), row.get("survey"), row.get("question"), row["outcome"]


def gaps(reading: Reading) -> list[Row]:
    """SERVQUAL per dimension, the widest gap first, each followed by its items, and overall last.

    An item that is all of its dimension is not told twice.
    """
    rows = reading.table(_GAPS)
    whole = {r["item_or_dimension"]: r["gap"] for r in rows if r["level"] == "dimension"}
    # A release of an earlier version names no dimension of an item.
    alone = Counter(r.get("dimension") for r in rows if r["level"] == "item")
    told = [r for r in rows if r["level"] != "item" or alone[r.get("dimension")] > 1 or r.get("dimension") not in whole]

    def place(row: Row) -> tuple[Any, ...]:
        name = row.get("dimension") or row["item_or_dimension"]
        return (
            row["level"] == "overall",
            name not in whole,
            whole.get(name, 0.0),
            name,
            row["level"] == "item",
            row["gap"],
        )

    return sorted(told, key=place)


def needs(reading: Reading) -> list[Row]:
    """Topics and needs of comments, each placed beside the mean of its kind; a mean of nought places nobody."""
    rows = reading.table(_NEEDS, order=("evidence desc", "frequency desc", "need"))
    return [_placed(row) for row in rows]


def _placed(row: Row) -> Row:
    axes = ("importance", "urgency")
    if not row.get("place") or not all(row[f"{axis}_axis"] for axis in axes):
        return {**row, "place": None, **{f"{axis}_of_mean": None for axis in axes}}
    return {**row, **{f"{axis}_of_mean": row[axis] / row[f"{axis}_axis"] for axis in axes}}


def cuts(reading: Reading) -> list[str]:
    """Ways to cut customers that the release has."""
    found = {row["dimension"] for row in _segments(reading)}
    return [name for name in CUTS if name in found]


def segments(reading: Reading, cut: str) -> list[Row]:
    """Customers by one cut, the largest first."""
    return [row for row in _segments(reading) if row["dimension"] == cut]


def _segments(reading: Reading) -> list[Row]:
    return reading.table(_SEGMENTS, order=("customers desc", "segment_name"))


def loyalty(reading: Reading) -> list[Row]:
    """Retention and repeat purchase by satisfaction class."""
    return reading.table(_LOYALTY, order=("kind desc", "satisfaction_class"))


def fixes(reading: Reading) -> list[Row]:
    """Dated fixes and what became of the complaints."""
    return reading.table(_FIXES, order=("fixed_on desc", "topic"))


def complaint_topics(reading: Reading, filters: Filters) -> list[Row]:
    """Topics by complaints in the period, with rate, those solved in a day and those repeated."""
    span = {"where": filters.values, "end": filters.period.end}
    # A complaint of the last thirty days may be repeated yet: what is repeated is told over twelve months.
    first = add_months(filters.period.end.replace(day=1), -11)
    rows = [
        *reading.ask((REQUESTS, RESOLVED), by=("topic",), start=filters.period.start, **span),  # type: ignore[arg-type]
        *reading.ask((REPEATED,), by=("topic",), start=first, **span),  # type: ignore[arg-type]
    ]
    found: dict[str, Row] = {}
    for row in rows:
        one = found.setdefault(str(row.dimensions["topic"]), {"topic": str(row.dimensions["topic"])})
        # A rate of a handful of complaints says nothing.
        one[row.metric] = row.value if (row.denominator or 0) >= FEWEST else None
        if row.metric == REQUESTS:
            one |= {"complaints": row.numerator or 0, "low": row.low, "high": row.high}
    told = [row for row in found.values() if row.get("complaints")]
    # Complaints without a topic stand apart only where none has one.
    told = [row for row in told if row["topic"] != "unknown"] or told
    return sorted(told, key=lambda row: (-row["complaints"], row["topic"]))


def bias(reading: Reading) -> list[Row]:
    """Who answers against who contacted us, by the cut that is furthest out of line."""
    return reading.table(_BIAS, order=("distance desc", "dimension", "ratio desc"))


def terms(reading: Reading) -> list[Row]:
    """Words of comments."""
    return reading.table(_TERMS, order=("language", "customers desc", "term"))


def examples(reading: Reading) -> list[Row]:
    """Redacted comments."""
    return reading.table(_EXAMPLES, order=("customers desc", "need", "language", "times desc"))


def found(reading: Reading) -> list[Row]:
    """Topics that comments were found to speak of."""
    return reading.table(_FOUND, order=("language", "place"))


def waves(reading: Reading) -> list[Row]:
    """Who was asked and who answered, wave by wave, the newest of each survey first."""
    return reading.table(_WAVES, order=("source", "survey", "wave desc"))


def last_waves(reading: Reading) -> list[Row]:
    """The same, the last four waves of every survey."""
    counted: dict[tuple[str, str], int] = {}
    shown = []
    for row in waves(reading):
        key = (row["source"], row["survey"])
        counted[key] = counted.get(key, 0) + 1
        if counted[key] <= WAVES_SHOWN:
            shown.append(row)
    return shown


def kano(reading: Reading) -> list[Row]:
    """Kano's classes."""
    return reading.table(_KANO, order=("kind", "feature"))


def results(reading: Reading) -> list[Row]:
    """Every question's waves."""
    return reading.table(_RESULTS, order=("survey", "instrument", "item", "wave desc"))
