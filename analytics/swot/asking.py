"""The SWOT of any month up to the newest one: as the release keeps it, or judged when it is asked for.

A month that no refresh judged is judged by today's data and definitions, in memory; nothing of it is kept. So an
archive can be read where it ends, years before the month at hand.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from analytics.swot.document import items, judged_periods
from analytics.swot.releasing import build
from analytics.swot.windows import parse_period
from warehouse.store import connect


def items_of(release: Any, entity: str | tuple[str, str | None] | None, period: str | date | None) -> dict[str, Any]:
    """The document of `items`, for months that the release does not keep as well. `UsageError` for a later month."""
    month, kept = parse_period(period), judged_periods(release)
    if month is None or month in kept or not kept or month > kept[0]:
        return items(release, entity, period)
    with connect(None) as memory:
        build(release, release.as_of, month, into=memory)
        return {**items(memory, entity, month), "release": getattr(release, "name", None)}
