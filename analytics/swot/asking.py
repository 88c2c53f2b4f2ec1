"""The SWOT of any month up to the newest one: as the release keeps it, or judged when it is asked for.

A month that no refresh judged is judged by today's data and definitions, in memory; nothing of it is kept. So an
archive can be read where it ends, years before the month at hand.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from analytics.metrics.table import catalogue
from analytics.swot.document import items, judged_periods
from analytics.swot.releasing import build
from analytics.swot.windows import parse_period
from warehouse.errors import UsageError
from warehouse.store import connect


def items_of(release: Any, entity: str | tuple[str, str | None] | None, period: str | date | None) -> dict[str, Any]:
    """The document of `items`, for months that the release does not keep as well. `UsageError` for a later month, with
    the months that can be asked for."""
    month, kept = parse_period(period), judged_periods(release)
    if month is None or month in kept or not kept:
        return items(release, entity, period)
    if month > kept[0]:
        first = first_month(release) or kept[0]
        raise UsageError(
            f"There is no SWOT of {month:%Y-%m} in this release; any month from {first:%Y-%m} to {kept[0]:%Y-%m} can "
            "be asked for.",
            code="period",
        )
    with connect(None) as memory:
        build(release, release.as_of, month, into=memory)
        return {**items(memory, entity, month), "release": getattr(release, "name", None)}


def first_month(release: Any) -> date | None:
    """The first month that a factor of ours has days of; where none has any, the first month there is anything of."""
    known = catalogue(release)
    told = release.rows("select distinct metric from swot.factors where scope = 'internal'")
    rollups = {rollup for row in told if row["metric"] in known for rollup in known[row["metric"]].rollups()}
    for asked in ({r for r in rollups if r.grain == "day"}, rollups):
        tables = sorted({(rollup.table, rollup.time) for rollup in asked})
        days = [release.rows(f"select min({time}) as day from {table}")[0]["day"] for table, time in tables]
        if known_days := [day for day in days if day is not None]:
            return min(known_days).replace(day=1)
    return None
