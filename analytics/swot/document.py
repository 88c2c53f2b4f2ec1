"""``items``: the SWOT of one entity and period as the ``swot --json`` document; ``board`` and ``decisions`` its parts.

A page that shows a board asks only for what it shows: no SQL texts, and what is decided from it when somebody looks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from analytics.metrics.model import Database
from analytics.metrics.table import unknown
from analytics.swot.model import ORGANISATION, PLACED, check_of
from analytics.swot.windows import parse_period
from warehouse.errors import SwotlightError, UsageError

_ITEM = (
    "item", "factor", "quadrant", "rank", "score", "robustness", "metric", "slice", "unit", "direction", "value",
    "comparator", "comparator_value", "comparator_label", "difference", "low", "high", "n", "p_adjusted", "test", "swd",
    "sentence", "sentence_key", "slots", "weight", "rating", "scope", "theme", "bears_on", "chain_stage", "owner_role",
    "dimension", "valid_until", "note", "trend_direction", "trend_months", "support",
)  # fmt: skip
_COMPARISON = (
    "comparator", "comparator_label", "value", "value_low", "value_high", "comparator_value", "comparator_raw",
    "is_reversed", "difference", "low", "high", "n", "comparator_n", "clusters", "design_effect", "test", "p",
    "p_naive", "p_adjusted", "swd", "verdict", "missing", "missing_key", "missing_slots", "window_from", "window_to",
    "definition_hash", "sql_text", "sql_hash", "rests_on",
)  # fmt: skip
_SEEN = (
    "comparator", "comparator_label", "value", "value_low", "value_high", "comparator_value", "difference", "low",
    "high", "n", "clusters", "test", "p_adjusted", "swd", "verdict", "missing", "missing_key", "missing_slots",
    "window_from", "window_to",
)  # fmt: skip
"""Of a comparison what a board shows; the rest is read with the item that is opened."""
_TOWS = (
    "pair", "kind", "inside_item", "outside_item", "inside_factor", "outside_factor", "theme", "score", "metric",
    "goal_from", "goal_to", "due", "owner_role", "slots",
)  # fmt: skip
_STAGE = (
    "stage", "strengths", "weaknesses", "watch", "factor", "cost", "low", "high", "entities", "is_weakest", "missing",
    "missing_key", "missing_slots",
)  # fmt: skip
_MOVE = (
    "factor", "change", "cause", "quadrant", "rank", "value", "before_period", "before_quadrant", "before_rank",
    "before_value", "before_judged_at",
)  # fmt: skip
_JSON = {"slots", "missing_slots", "support"}
NOTES = {
    "chain": "A stage costs what satisfaction has moved with it across teams or topics; that is no proof of cause.",
    "efe": "Outside factors are judged for the organisation; an entity shares those that cannot be cut by it.",
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

    ``low`` and ``high`` bound the difference from the comparator. `UsageError` for an entity or period the release
    does not know.
    """
    month = _period(db, period)
    dimension, name = _entity(db, entity, month)
    return {**board(db, dimension, name, month, _COMPARISON), **decisions(db, dimension, name, month)}


_WHOSE = "period = ? and entity_dimension = ? and entity is not distinct from ?"


def board(
    db: Database, dimension: str, name: str | None, month: date | None, columns: Sequence[str] = _SEEN
) -> dict[str, Any]:
    """The document of `items` without what `decisions` has, of an entity and month that the release is known to have;
    ``columns`` are told of each comparison."""
    parameters = [month, dimension, name]
    placed = _rows(db, f"select * from swot.items where {_WHOSE} order by quadrant, rank, factor", parameters)
    by_factor: dict[str, list[dict[str, Any]]] = {}
    for factor, row in _compared(db, columns, _WHOSE, parameters):
        by_factor.setdefault(factor, []).append(row)
    told = [{**_plain(row, _ITEM), "comparisons": by_factor.get(row["factor"], [])} for row in placed]
    return {
        "release": getattr(db, "name", None),
        "period": month.isoformat() if month else None,
        "entity": {"dimension": dimension, "value": name},
        "items": [i for i in told if i["quadrant"] in PLACED],
        "contested": [i for i in told if i["quadrant"] == "contested"],
        "watch": [i for i in told if i["quadrant"] == "watch"],
        "insufficient": [
            _plain(r, ("factor", "metric", "scope", "missing", "missing_key", "missing_slots"))
            for r in placed
            if r["quadrant"] == "insufficient"
        ],
        "withdrawn": [
            {"factor": r["factor"], "metric": r["metric"], "check": r["withdrawn_by"], "was": _was(db, r)}
            for r in placed
            if r["quadrant"] == "withdrawn"
        ],
        "ife": _evaluation(placed, "internal"),
        "efe": _evaluation(placed, "external"),
        "moved": moved(db, dimension, name, month),
        "notes": NOTES,
    }


def decisions(db: Database, dimension: str, name: str | None, month: date | None) -> dict[str, Any]:
    """What is decided from a board and what is forecast: pairs, the chain's stages, dated statements."""
    parameters = [month, dimension, name]
    stages = _later_rows(db, f"select * from swot.chain where {_WHOSE} order by position", parameters)
    return {
        "tows": pairs(db, dimension, name, month),
        "chain": [_plain(row, _STAGE) for row in stages],
        "forecasts": _forecasts(db, dimension),
    }


def pairs(db: Database, dimension: str, name: str | None, month: date | None) -> list[dict[str, Any]]:
    """Inside items with the outside ones that bear on them, each with the objective it proposes."""
    sql = f"select * from swot.tows where {_WHOSE} order by kind, score desc, pair"
    return [_plain(row, _TOWS) for row in _later_rows(db, sql, [month, dimension, name])]


def comparisons(
    db: Database, dimension: str, name: str | None, month: date | None, factor: str
) -> list[dict[str, Any]]:
    """Everything one item was held against, with the SQL it was asked by and the checks it rests on."""
    return [row for _, row in _compared(db, _COMPARISON, f"{_WHOSE} and factor = ?", [month, dimension, name, factor])]


def _compared(
    db: Database, columns: Sequence[str], where: str, parameters: list[Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    # By a pattern: a release made by an earlier version lacks what came later.
    asked = "|".join(("factor", *columns))
    rows = _rows(
        db,
        f"select columns('^({asked})$') from swot.evidence where {where} "
        "order by factor, comparator desc, comparator_label",
        parameters,
    )
    return ((row["factor"], _plain(row, columns)) for row in rows)


def moved(db: Database, dimension: str, name: str | None, month: date | None) -> list[dict[str, Any]]:
    """What entered, left, or changed quadrant or rank in this judgement, and why; empty for a first one."""
    rows = _later_rows(
        db,
        "select * from swot.history where period = ? and entity_dimension = ? and entity is not distinct from ? "
        "and change not in ('none', 'first') and sequence = "
        "(select max(sequence) from swot.history where period = ?) order by change, factor",
        [month, dimension, name, month],
    )
    # Of what is judged no more the row keeps how it stood last: where it stands now is nowhere.
    nowhere = dict.fromkeys(("quadrant", "rank", "value"))
    return [
        _plain(row, _MOVE)
        | {"check": check_of(row.get("withdrawn_by"), row.get("before_withdrawn_by"))}
        | (nowhere if row["change"] == "gone" else {})
        for row in rows
    ]


def _was(db: Database, row: dict[str, Any]) -> dict[str, Any] | None:
    """Where a withdrawn item stood before."""
    found = _later_rows(
        db,
        "select before_quadrant, before_rank from swot.history where factor = ? and entity_dimension = ? "
        "and entity is not distinct from ? and quadrant = 'withdrawn' and before_quadrant <> 'withdrawn' "
        "order by sequence desc limit 1",
        [row["factor"], row["entity_dimension"], row["entity"]],
    )
    return {"quadrant": found[0]["before_quadrant"], "rank": found[0]["before_rank"]} if found else None


def _forecasts(db: Database, dimension: str) -> dict[str, Any] | None:
    """Open statements, and the score of those whose date has come, beside the base rate's."""
    if dimension != ORGANISATION:
        return None
    open_ = _later_rows(db, "select * from swot.forecasts where outcome is null order by due, id", [])
    scores = _later_rows(
        db,
        "select kind, count(*) as n, avg(brier) as brier, avg(base_brier) as base_brier from "
        "(select * from swot.forecasts where outcome is not null order by id) group by kind order by kind",
        [],
    )
    names = ("id", "factor", "metric", "quadrant", "made_for", "due", "side", "limit_value", "probability", "base_rate")
    return {"open": [_plain(row, names) for row in open_], "scored": scores}


def _evaluation(placed: list[dict[str, Any]], scope: str) -> float | None:
    """IFE or EFE: Σ weight × rating over the placed items of a scope, weights adding up to one. 2.5 is the middle."""
    rated = [r for r in placed if r["rating"] is not None and r.get("scope", "internal") == scope]
    total = sum(r["weight"] for r in rated)
    return sum(r["weight"] * r["rating"] for r in rated) / total if total else None


def judged_periods(db: Database) -> list[date]:
    """Months the release keeps a SWOT of, newest first."""
    return [row["period"] for row in _rows(db, "select distinct period from swot.items order by period desc", [])]


def _period(db: Database, period: str | date | None) -> date | None:
    known = judged_periods(db)
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


def _later_rows(db: Database, sql: str, parameters: list[Any]) -> list[dict[str, Any]]:
    """Rows of a table that releases of the first version do not have: none there."""
    try:
        return db.rows(sql, parameters)
    except SwotlightError:
        return []


def _plain(row: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    # A release made by an earlier version lacks what came later: null, not a failure.
    values = {name: row.get(name) for name in names}
    found = {k: v.isoformat() if isinstance(v, date | datetime) else v for k, v in values.items()}
    for name in _JSON & found.keys():
        told = found[name]
        found[name] = json.loads(told) if isinstance(told, str) else [] if name == "support" else told
    return found
