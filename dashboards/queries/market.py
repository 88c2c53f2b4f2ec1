"""What Market asks: series beside our own, the labour market, competitors, prices, dated events, our own shifts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from analytics.metrics.periods import add_months
from analytics.statistics.distributions import normal_two_sided
from analytics.statistics.families import benjamini_hochberg
from dashboards.filters import Filters
from dashboards.reading import Reading

SWD_SCORE = 0.1
Z95 = 1.959963984540054
MONTHS = 25
REGIONS_SHOWN = 3
CHARTED = (
    "own_contacts",
    "job_postings_index",
    "job_openings",
    "own_headcount",
    "consumer_price_index",
)
# Sectors and occupations of our own work come first; a publisher writes hundreds.
NEAR = ("customer service", "43-4051", "call cent", "contact cent")
_NEWEST = """
    select * from marts.market_trends where month_on <= ?
    qualify row_number() over (partition by source, indicator, subject, segment, region order by month_on desc) = 1
"""
_SERIES = """
    select
        month_on, source, indicator, subject, segment, region, index_value, value, base_on, seasonally_adjusted
    from marts.market_trends
    where indicator in ({marks}) and month_on <= ? and month_on > ? and index_value is not null
    order by source, indicator, subject, segment, region, month_on
"""
_SCORES = "select * from marts.competitor_position order by attribute, region, subject"
_EVENTS = "select * from marts.market_events order by holds_from desc, event"
_SHIFT = "select * from marts.contact_shift where state <> 'no year before' order by abs(change) desc, entity"
_SPAN = """
    select
        max(month_on) filter (where source <> 'own') as newest,
        min(month_on) filter (where source <> 'own') as oldest,
        max(month_on) filter (where indicator = 'own_contacts') as own
    from marts.market_trends
"""


@dataclass(frozen=True)
class Line:
    """A series with a common month at 100."""

    indicator: str
    segment: str
    region: str
    source: str
    base_on: date
    points: tuple[tuple[date, float], ...]

    @property
    def is_own(self) -> bool:
        """Whether it is one of our own."""
        return self.source == "own"

    @property
    def last(self) -> float:
        """Its last index value."""
        return self.points[-1][1]


@dataclass(frozen=True)
class Standing:
    """Our score less a competitor's on an attribute, judged among all of them."""

    attribute: str
    subject: str
    value: float
    our_value: float | None
    n: int | None
    our_n: int | None
    difference: float | None
    low: float | None
    high: float | None
    p_adjusted: float | None
    verdict: str
    is_nearest: bool


def horizon(reading: Reading, filters: Filters) -> date:
    """The month that the page speaks up to: the period's last, or the newest there is where it has nothing to say.

    Without contacts of our own no period was chosen for their sake; one that was asked for is kept.
    """
    spans = reading.table(_SPAN)
    wanted = filters.period.end.replace(day=1)
    if not spans or spans[0]["newest"] is None:
        return wanted
    newest: date = spans[0]["newest"]
    is_unasked = spans[0]["own"] is None and "period" not in filters.given
    return newest if is_unasked or wanted < add_months(spans[0]["oldest"], 3) else wanted


def nearness(segment: str) -> int:
    """0 for work like ours, 1 for everything together, 2 for anything else."""
    text = segment.lower()
    return 0 if any(word in text for word in NEAR) else 1 if text == "all" else 2


def homes(reading: Reading, until: date) -> dict[str, int]:
    """Regions in order: the one of which most indicators speak is taken for ours."""
    told: dict[str, set[str]] = {}
    for row in reading.table(_NEWEST, (until,)):
        if row["source"] != "own":
            told.setdefault(row["region"], set()).add(row["indicator"])
    ranked = sorted(told, key=lambda region: (-len(told[region]), region))
    return {region: place for place, region in enumerate(ranked)}


def lines(reading: Reading, until: date, *, adjusted: bool = False) -> list[Line]:
    """Our own series and the market's over two years, at most six; of many sectors the one nearest to our work.

    ``adjusted`` takes the season out, and leaves out the series too short for it.
    """
    sql = _SERIES.format(marks=", ".join("?" for _name in CHARTED))
    rows = reading.table(sql, (*CHARTED, until, add_months(until, -MONTHS)))
    found = []
    for key, group in groupby(rows, key=lambda r: (r["source"], r["indicator"], r["segment"], r["region"])):
        mine = list(group)
        points = _without_season(mine) if adjusted else tuple((r["month_on"], float(r["index_value"])) for r in mine)
        if len(points) >= 6:
            found.append(Line(key[1], key[2], key[3], key[0], mine[0]["base_on"], points))
    best: dict[str, Line] = {}
    place = homes(reading, until)
    for line in sorted(found, key=lambda one: (nearness(one.segment), place.get(one.region, 0), one.segment)):
        best.setdefault(line.indicator, line)
    return [best[name] for name in CHARTED if name in best]


def _without_season(rows: Sequence[dict[str, Any]]) -> tuple[tuple[date, float], ...]:
    """The months without their season, the common month at 100; none where a month has no adjusted value."""
    base = next((r["seasonally_adjusted"] for r in rows if r["month_on"] == r["base_on"]), None)
    if not base or any(r["seasonally_adjusted"] is None for r in rows):
        return ()
    return tuple((r["month_on"], 100 * r["seasonally_adjusted"] / base) for r in rows)


def newest(reading: Reading, until: date) -> list[dict[str, Any]]:
    """The last value of every series of the market, work like ours first; ours stand in the chart and on the SWOT."""
    rows = reading.table(_NEWEST, (until,))
    shown = [row for row in rows if row["source"] != "own" and row["subject"] != "us" and row["indicator"] != "price"]
    return sorted(
        shown, key=lambda r: (r["is_gone"], nearness(r["segment"]), r["indicator"], r["region"], r["segment"])
    )


def leading(rows: Sequence[dict[str, Any]], place: dict[str, int]) -> list[dict[str, Any]]:
    """Of each indicator, in its first regions by ``place``, the series nearest to our work; the table has all."""
    best: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows:
        if not row["is_gone"] and (nearness(row["segment"]) < 2 or row["segment"] == "all"):
            best.setdefault((row["indicator"], row["region"], row["subject"]), row)
    shown: dict[str, int] = {}
    made = []
    for row in sorted(best.values(), key=lambda r: (r["indicator"], place.get(r["region"], 0), r["subject"])):
        shown[row["indicator"]] = shown.get(row["indicator"], 0) + 1
        if shown[row["indicator"]] <= REGIONS_SHOWN:
            made.append(row)
    return made


def prices(reading: Reading, until: date) -> list[dict[str, Any]]:
    """The last list price of everybody, ours first."""
    rows = [row for row in reading.table(_NEWEST, (until,)) if row["indicator"] == "price"]
    return sorted(rows, key=lambda r: (r["segment"], r["subject"] != "us", r["subject"]))


def standings(reading: Reading) -> list[Standing]:
    """Every comparison with a competitor, held together to a false-discovery rate of 5 %."""
    rows = [row for row in reading.table(_SCORES) if row["subject"] != "us"]
    measured = [row for row in rows if row["difference_error"]]
    adjusted = benjamini_hochberg([normal_two_sided(r["difference"] / r["difference_error"]) for r in measured])
    by_row = {id(row): p for row, p in zip(measured, adjusted, strict=True)}
    return [_standing(row, by_row.get(id(row))) for row in rows]


def _standing(row: dict[str, Any], p: float | None) -> Standing:
    difference, error = row["difference"], row["difference_error"]
    verdict = "insufficient"
    if p is not None:
        sure = p <= 0.05 and abs(difference) >= SWD_SCORE
        verdict = ("ahead" if difference > 0 else "behind") if sure else "undecided"
    return Standing(
        row["attribute"],
        row["subject"],
        row["value"],
        row["our_value"],
        row["n"],
        row["our_n"],
        difference,
        difference - Z95 * error if error else None,
        difference + Z95 * error if error else None,
        p,
        verdict,
        row["is_nearest"],
    )


def events(reading: Reading) -> list[dict[str, Any]]:
    """Rules, standards, programmes and newcomers with their dates, the next ones first."""
    return reading.table(_EVENTS)


def shifts(reading: Reading) -> list[dict[str, Any]]:
    """How channels and topics moved inside our own contacts, the largest first, with the interval of the change."""
    found = []
    for row in reading.table(_SHIFT):
        error = row["change_error"]
        half = Z95 * error if error else None
        low, high = (None, None) if half is None else (row["change"] - half, row["change"] + half)
        found.append({**row, "low": low, "high": high, "is_sure": half is not None and abs(row["change"]) > half})
    return found
