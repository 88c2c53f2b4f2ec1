"""What staff, suppliers and customers say: coded statements beside the items they speak of.

They support an item that a measure has made; no statement, however often repeated, makes or moves one. Statements of
staff carry no team, and fewer than five of them are not told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from analytics.metrics.model import Database
from analytics.metrics.periods import add_months, last_of_month
from analytics.swot.model import ORGANISATION, Entity, Item, Voice
from warehouse.errors import SwotlightError

MONTHS = 12
HIDDEN_BELOW = {"staff": 5}
_SQL = (
    "select factor, audience, kind, theme, {entity} as entity, sum(statements) as statements, "
    "sum(mentions) as mentions from rollups.rollup_statements_month where factor is not null "
    "and month_on between ? and ? group by all order by all"
)


def support(db: Database, items: Iterable[Item], period: date) -> None:
    """Give each item the statements of the twelve months to the period that name its factor or metric."""
    said = _voices(db, period)
    for item in items:
        for name in dict.fromkeys((item.factor.factor, item.factor.metric)):
            item.support += said.get((name, item.entity), [])


def _voices(db: Database, period: date) -> dict[tuple[str, Entity], list[Voice]]:
    found: dict[tuple[str, Entity], list[Voice]] = defaultdict(list)
    days = [add_months(period, 1 - MONTHS), last_of_month(period)]
    for dimension in (ORGANISATION, "team", "region"):
        sql = _SQL.format(entity="null" if dimension == ORGANISATION else dimension)
        try:
            rows = db.rows(sql, days)
        except SwotlightError:
            return {}
        for row in rows:
            if row["statements"] >= HIDDEN_BELOW.get(row["audience"], 1):
                voice = Voice(row["audience"], row["kind"], row["theme"], int(row["statements"]), int(row["mentions"]))
                found[row["factor"], (dimension, row["entity"])].append(voice)
    for mine in found.values():
        mine.sort(key=lambda v: (-v.mentions, v))
    return found
