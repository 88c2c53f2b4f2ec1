"""Which failed check takes a number away: of every source, or of those in which it failed only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from analytics.metrics.model import Database, MetricRequest, MetricRow
from analytics.metrics.table import Frozen
from warehouse.errors import SwotlightError

SOURCE = "source"


@dataclass(frozen=True)
class Withdrawals:
    """Metric → source → the failed check of severity ``withdraw``; the source None stands for every one."""

    checks: Mapping[str, Mapping[str | None, str]]

    def whole(self) -> dict[str, str]:
        """Metric → check, of a number that every source has its part in."""
        return {metric: min(by_source.values()) for metric, by_source in self.checks.items()}

    def apply(self, row: MetricRow, request: MetricRequest) -> MetricRow:
        """The row without its number where a source it speaks of failed, and with the name of the check."""
        by_source = self.checks.get(row.metric)
        if not by_source:
            return row
        source = row.dimensions.get(SOURCE, dict(request.where).get(SOURCE))
        check = min(by_source.values()) if source is None else by_source.get(None) or by_source.get(source)
        if check is None:
            return row
        return replace(row, value=None, low=None, high=None, numerator=None, denominator=None, withdrawn_by=check)


_kept: dict[tuple[str, str], Withdrawals] = {}


def withdrawals(db: Database) -> Withdrawals:
    """What is withdrawn; nothing where nothing was checked yet. Read once of a release, which never changes."""
    if isinstance(db, Frozen):
        if db.withdrawn is None:
            db.withdrawn = _read(db)
        return db.withdrawn
    key = (str(getattr(db, "path", "")), str(getattr(db, "name", "")))
    if all(key) and key in _kept:
        return _kept[key]
    found = _read(db)
    if all(key):
        if len(_kept) > 8:
            _kept.clear()
        _kept[key] = found
    return found


def _read(db: Database) -> Withdrawals:
    try:
        rows = db.rows("select * from quality.withdrawn order by check_name desc")
    except SwotlightError:
        return Withdrawals({})
    found: dict[str, dict[str | None, str]] = defaultdict(dict)
    for row in rows:
        # Releases made before checks told of sources have no such column.
        found[row["metric"]][row.get(SOURCE)] = row["check_name"]
    return Withdrawals(found)
