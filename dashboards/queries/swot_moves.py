"""What moved on a board since another judgement: one the release keeps of an earlier month, or an earlier release's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.filters import Filters
from dashboards.queries.swot import Board
from dashboards.reading import Reading
from warehouse.errors import SwotlightError
from warehouse.releases import Release, list_releases, show

_MONTHS = (
    "select period, max(sequence) as sequence from swot.history where change in ('none', 'first') "
    "group by period order by period desc"
)
_MONTH = re.compile(r"\d{4}-\d{2}")
_OFFERED = 12


@dataclass(frozen=True)
class Earlier:
    """Another judgement to hold the board against: a month of this release, or a release by its name."""

    code: str
    period: date | None = None
    built_at: Any = None


def earlier(reading: Reading, made: Board) -> list[Earlier]:
    """The judgements a board can be held against, newest first: months of this release, then earlier releases."""
    return reading.kept(("swot earlier", made.period), lambda: _earlier(reading, made))


def _earlier(reading: Reading, made: Board) -> list[Earlier]:
    months = [
        Earlier(f"{row['period']:%Y-%m}", period=row["period"])
        for row in reading.table(_MONTHS)
        if made.period and row["period"] < made.period
    ]
    built = reading.release.built_at
    older = [info for info in list_releases(reading.settings) if info.built_at < built]
    return months + [Earlier(info.name, built_at=info.built_at) for info in older[:_OFFERED]]


def moved(reading: Reading, made: Board, filters: Filters) -> list[dict[str, Any]]:
    """The board's moves since the judgement the address names, else since the one before."""
    since = filters.extra("since")
    if not since or since not in {one.code for one in earlier(reading, made)}:
        return [dict(move) for move in made.moved]
    key = ("swot moved", made.dimension, made.value, made.period, since)
    return reading.kept(key, lambda: _moved(reading, made, since))


def _moved(reading: Reading, made: Board, since: str) -> list[dict[str, Any]]:
    # What judges is not loaded before somebody asks for it.
    from analytics.swot.moving import between_releases, between_stored, of_entity

    whose = (made.dimension, made.value)
    if _MONTH.fullmatch(since):
        found = between_stored(reading.release, made.period, date.fromisoformat(f"{since}-01"), whose)
        return of_entity(found, whose)
    try:
        before = Release(show(reading.settings, since), threads=1)
    except SwotlightError:
        return []
    try:
        return of_entity(between_releases(reading.release, before, whose), whose)
    finally:
        before.close()
