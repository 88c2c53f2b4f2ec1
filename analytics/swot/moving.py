"""``what_moved``: two months, or two releases, side by side: entered, left, changed quadrant or rank, and the cause."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from analytics.metrics.model import Database
from analytics.metrics.table import Frozen
from analytics.swot.building import Judgement, judge_period
from analytics.swot.document import judged_periods
from analytics.swot.history import LATER, Catalogues, Months, Move, Standing, months_between, moves, retell, standings
from analytics.swot.model import WHOLE, Entity, Measure, check_of
from analytics.swot.windows import parse_period
from warehouse.errors import SwotlightError


def stored_standings(db: Database, period: date | None = None, entity: Entity | None = None) -> list[Standing]:
    """The standings of the newest judgement a release keeps, of a month or an entity where one is named.

    Raises `SwotlightError` where it keeps none.
    """
    names = [f.name for f in fields(Standing) if f.name != "release"]
    newest = "select max(sequence) from swot.history" + (" where period = ?" if period else "")
    of_one = " and entity_dimension = ? and entity is not distinct from ?" if entity else ""
    rows = db.rows(
        f"select * from swot.history where change <> 'gone' and sequence = ({newest}){of_one} "
        "order by entity_dimension, entity, factor",
        [*([period] if period else []), *(entity or ())],
    )
    if not rows and not (entity and db.rows("select 1 from swot.history limit 1")):
        raise SwotlightError("This release has no SWOT yet; run `swotlight refresh` first.", code="missing")
    return [Standing(row["judged_at"], *((LATER | row)[name] for name in names)) for row in rows]


def between_months(db: Any, as_of: datetime, now: str | date | None, before: str | date) -> list[Move]:
    """Both months judged by today's data and definitions: whatever moved, the world moved."""
    later, earlier = judge_period(db, as_of, now), judge_period(db, as_of, before)
    return moves(standings(later.items), standings(earlier.items))


def between_releases(now: Any, before: Database, entity: Entity | None = None) -> list[Move]:
    """The newest judgement of two releases; ``now`` also tells what its data say today of the earlier period.

    Of one ``entity`` only its own factors are looked at, which is quick.
    """
    known = Catalogues(_factors(now, None), _factors(before, None))
    return _between(now, stored_standings(now, None, entity), stored_standings(before, None, entity), known)


def between_stored(db: Any, now: date | None, before: date, entity: Entity | None = None) -> list[Move]:
    """Two months as a release keeps them judged: nothing is judged anew."""
    known = Catalogues(_factors(db, now), _factors(db, before))
    return _between(db, stored_standings(db, now, entity), stored_standings(db, before, entity), known)


def _between(now: Any, later: list[Standing], earlier: list[Standing], known: Catalogues) -> list[Move]:
    # What the earlier month reads today decides between data and world only: nothing else is asked again.
    found = moves(later, earlier, None, known)
    in_doubt = {move.now.key for move in found if move.cause == "world" and move.change != "gone"}
    asked = [standing for standing in earlier if standing.key in in_doubt]
    if not asked:
        return found
    frozen = Frozen(now)
    return moves(later, earlier, retell(frozen, asked, _windows(now), frozen.catalogue), known)


def _factors(db: Database, period: date | None) -> set[str]:
    """The factors that the newest judgement a release keeps, of a month where one is named, was made with."""
    newest = "select max(sequence) from swot.history" + (" where period = ?" if period else "")
    sql = f"select distinct factor from swot.history where change <> 'gone' and sequence = ({newest})"
    return {row["factor"] for row in db.rows(sql, [period] if period else [])}


def _windows(db: Database) -> dict[str, tuple[Measure, Months]]:
    """Per factor its measure, and the months it is observed over, as the release observed it."""
    from analytics.swot.factors import read_factors

    measures = {f.factor: f.measure for f in read_factors(db, Frozen(db).catalogue)}
    rows = db.rows(
        "select factor, max(period) as period, min(window_from) as first, max(window_to) as last from swot.evidence "
        "group by factor"
    )
    return {
        row["factor"]: (
            measures[row["factor"]],
            Months(months_between(row["first"], row["last"]) + 1, months_between(row["last"], row["period"])),
        )
        for row in rows
    }


def of_entity(found: list[Move], entity: Entity = WHOLE) -> list[dict[str, Any]]:
    """The moves of one entity as plain objects, what stayed left out."""
    told = []
    for move in found:
        now, before = move.now, move.before
        if (now.entity_dimension, now.entity) != entity or move.change in ("none", "first"):
            continue
        told.append(
            {
                "factor": now.factor,
                "change": move.change,
                "cause": move.cause,
                "quadrant": now.quadrant if move.change != "gone" else None,
                "rank": now.rank if move.change != "gone" else None,
                "value": now.value if move.change != "gone" else None,
                "before_period": before.period.isoformat() if before else None,
                "before_quadrant": before.quadrant if before else None,
                "before_rank": before.rank if before else None,
                "before_value": before.value if before else None,
                "check": check_of(now.withdrawn_by, before.withdrawn_by if before else None),
            }
        )
    return sorted(told, key=lambda row: (row["change"], row["factor"]))


def other_period(db: Database, text: str) -> date:
    """The month meant by ``2026-09``; refused when it is the one the release has judged."""
    wanted = parse_period(text)
    assert wanted is not None
    if wanted in judged_periods(db)[:1]:
        raise SwotlightError(f"{wanted:%Y-%m} is the month at hand; name an earlier one.", code="period")
    return wanted


__all__ = [
    "Judgement",
    "between_months",
    "between_releases",
    "between_stored",
    "of_entity",
    "other_period",
    "stored_standings",
]
