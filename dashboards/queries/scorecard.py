"""What the scorecard adds to its measures: the chance that a target is kept, months in a row, whose target it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboards.filters import Filters
from dashboards.reading import Reading

Row = dict[str, Any]
_ROWS = """
select * from marts.scorecard where period = ? and entity_dimension = ? and entity is not distinct from ?
order by dimension, metric
"""


@dataclass(frozen=True)
class Standing:
    """A target in one month: probability that it is kept, and how many months in a row it was met or missed."""

    probability: float | None
    verdict: str
    streak: int
    owner: str | None


def rows(reading: Reading, filters: Filters) -> list[Row]:
    """Targets of the chosen entity in the chosen month; none for a longer span or several filters at once."""
    if not filters.period.is_month or len(filters.values) > 1:
        return []
    dimension, entity = filters.values[0] if filters.values else ("organisation", None)
    return reading.table(_ROWS, (filters.period.start, dimension, entity))


def standings(reading: Reading, filters: Filters) -> dict[str, Standing]:
    """By metric."""
    return {
        row["metric"]: Standing(row["probability_kept"], row["verdict"], row["streak"] or 0, row["owner"])
        for row in rows(reading, filters)
    }
