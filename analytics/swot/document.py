"""``items``: the SWOT of one entity and period as the ``swot --json`` document."""

from __future__ import annotations

from datetime import date
from typing import Any

from analytics.metrics.model import Database
from analytics.metrics.table import unknown
from analytics.swot.model import ORGANISATION
from analytics.swot.windows import parse_period
from warehouse.errors import SwotlightError, UsageError

_ITEM = (
    "factor", "quadrant", "rank", "score", "robustness", "metric", "unit", "direction", "value", "comparator",
    "comparator_value", "difference", "low", "high", "n", "p_adjusted", "test", "swd", "sentence", "sentence_key",
    "weight", "rating", "theme", "chain_stage", "owner_role", "dimension", "valid_until", "note",
)  # fmt: skip
_COMPARISON = (
    "comparator", "comparator_label", "value", "value_low", "value_high", "comparator_value", "difference", "low",
    "high", "n", "comparator_n", "clusters", "design_effect", "test", "p", "p_adjusted", "swd", "verdict", "missing",
    "window_from", "window_to", "definition_hash", "sql_text", "sql_hash", "rests_on",
)  # fmt: skip
LATER = {
    "tows": "Objectives from pairs of inside and outside items need outside items, which are not judged yet.",
    "chain": "The stages of the chain are not weighed against each other yet; each item names its stage.",
    "efe": "Outside factors are listed but not judged yet: their trend needs tests that are still to come.",
}


def entities(db: Database, period: str | date | None = None) -> list[tuple[str, str | None]]:
    """Every entity with items in the period, the organisation first."""
    month = _period(db, period)
    rows = _rows(
        db,
        "select distinct entity_dimension, entity from swot.items where period = ? "
        "order by entity_dimension <> 'organisation', entity_dimension, entity",
        [month],
    )
    return [(row["entity_dimension"], row["entity"]) for row in rows]


def items(
    db: Database, entity: str | tuple[str, str | None] | None = None, period: str | date | None = None
) -> dict[str, Any]:
    """The document of DESIGN.md for ``("channel", "chat")`` or ``"channel=chat"``; the organisation by default.

    ``low`` and ``high`` bound the difference from the comparator. What is not built yet is null, and ``notes`` says
    why. `UsageError` for an entity or period the release does not know.
    """
    month = _period(db, period)
    dimension, name = _entity(db, entity, month)
    where, parameters = (
        "period = ? and entity_dimension = ? and entity is not distinct from ?",
        [month, dimension, name],
    )
    placed = _rows(db, f"select * from swot.items where {where} order by quadrant, rank, factor", parameters)
    compared = _rows(db, f"select * from swot.evidence where {where} order by factor, comparator desc", parameters)
    by_factor: dict[str, list[dict[str, Any]]] = {}
    for row in compared:
        by_factor.setdefault(row["factor"], []).append(_plain(row, _COMPARISON))
    told = [{**_plain(row, _ITEM), "comparisons": by_factor.get(row["factor"], [])} for row in placed]
    return {
        "release": getattr(db, "name", None),
        "period": month.isoformat() if month else None,
        "entity": {"dimension": dimension, "value": name},
        "items": [i for i in told if i["quadrant"] in ("strength", "weakness", "opportunity", "threat")],
        "contested": [i for i in told if i["quadrant"] == "contested"],
        "watch": [i for i in told if i["quadrant"] == "watch"],
        "insufficient": _insufficient(db, placed, dimension),
        "withdrawn": [
            {"factor": r["factor"], "metric": r["metric"], "check": r["withdrawn_by"]}
            for r in placed
            if r["quadrant"] == "withdrawn"
        ],
        "tows": None,
        "chain": None,
        "ife": _evaluation(placed),
        "efe": None,
        "notes": LATER,
    }


def _insufficient(db: Database, placed: list[dict[str, Any]], dimension: str) -> list[dict[str, Any]]:
    found = [
        {"factor": r["factor"], "metric": r["metric"], "missing": r["missing"]}
        for r in placed
        if r["quadrant"] == "insufficient"
    ]
    if dimension == ORGANISATION:
        outside = _rows(db, "select factor, metric from swot.factors where scope = 'external' order by factor", [])
        found += [{**row, "missing": LATER["efe"]} for row in outside]
    return found


def _evaluation(placed: list[dict[str, Any]]) -> float | None:
    rated = [r for r in placed if r["rating"] is not None]
    total = sum(r["weight"] for r in rated)
    return sum(r["weight"] * r["rating"] for r in rated) / total if total else None


def _period(db: Database, period: str | date | None) -> date | None:
    known = [row["period"] for row in _rows(db, "select distinct period from swot.items order by period desc", [])]
    wanted = parse_period(period)
    if wanted is None:
        return known[0] if known else None
    if wanted not in known:
        months = ", ".join(f"{day:%Y-%m}" for day in known) or "none"
        raise UsageError(f"There is no SWOT of {wanted:%Y-%m} in this release; there is: {months}.", code="period")
    return wanted


def _entity(db: Database, entity: str | tuple[str, str | None] | None, month: date | None) -> tuple[str, str | None]:
    if entity is None or entity in (ORGANISATION, (ORGANISATION, None)):
        return ORGANISATION, None
    if isinstance(entity, str):
        dimension, sign, name = (part.strip(" '\"") for part in entity.partition("="))
        if not sign:
            raise UsageError(f"The entity '{entity}' is not understood; write channel=chat.", code="entity", key=entity)
    else:
        dimension, name = entity[0], str(entity[1])
    known = entities(db, month)
    if (dimension, name) not in known:
        raise unknown("entity", f"{dimension}={name}", [f"{d}={v}" for d, v in known if v is not None])
    return dimension, name


def _rows(db: Database, sql: str, parameters: list[Any]) -> list[dict[str, Any]]:
    try:
        return db.rows(sql, parameters)
    except SwotlightError as error:
        raise SwotlightError("This release has no SWOT yet; run `swotlight refresh` first.", code="missing") from error


def _plain(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: row[name].isoformat() if isinstance(row[name], date) else row[name] for name in names}
