"""The tables of schema ``swot``: the SWOT as rows anyone can recompute. The same input gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from analytics.metrics.model import UNITS
from analytics.swot.chain import Stage
from analytics.swot.forecasts import Forecast
from analytics.swot.history import Move
from analytics.swot.model import Evidence, Factor, Item
from analytics.swot.reasons import columns
from analytics.swot.tows import Pair

DIGITS = 10
"""Significant digits kept of a number; what differs below them is the engine's order of adding."""

_MISSING = {"missing": "varchar", "missing_key": "varchar", "missing_slots": "varchar"}
_OF = {"period": "date", "entity_dimension": "varchar", "entity": "varchar"}
_FACTORS = {
    "factor": "varchar", "scope": "varchar", "theme": "varchar", "bears_on": "varchar", "chain_stage": "varchar",
    "metric": "varchar", "slice": "varchar", "direction": "varchar", "comparators": "varchar", "swd": "double",
    "weight": "double", "rating": "double", "minimum_n": "integer", "owner_role": "varchar", "dimension": "varchar",
}  # fmt: skip
_EVIDENCE = {
    **_OF, "factor": "varchar", "metric": "varchar", "slice": "varchar", "comparator": "varchar",
    "window_from": "date", "window_to": "date", "value": "double", "value_low": "double",
    "value_high": "double", "comparator_value": "double", "comparator_raw": "double", "comparator_label": "varchar",
    "is_reversed": "boolean", "difference": "double",
    "low": "double", "high": "double", "n": "double", "comparator_n": "double", "clusters": "integer",
    "design_effect": "double", "test": "varchar", "p": "double", "p_naive": "double", "p_adjusted": "double",
    "swd": "double", "direction": "varchar", "verdict": "varchar", **_MISSING, "definition_hash": "varchar",
    "sql_text": "varchar", "sql_hash": "varchar", "rests_on": "varchar",
}  # fmt: skip
_ITEMS = {
    **_OF, "item": "varchar", "factor": "varchar", "quadrant": "varchar",
    "rank": "integer", "score": "double", "robustness": "double", "metric": "varchar", "slice": "varchar",
    "value": "double", "comparator": "varchar", "comparator_value": "double", "comparator_label": "varchar",
    "difference": "double", "low": "double", "high": "double",
    "n": "double", "p_adjusted": "double", "test": "varchar", "swd": "double", "weight": "double",
    "strength": "double", "rating": "double", "note": "varchar", **_MISSING, "withdrawn_by": "varchar",
    "sentence_key": "varchar", "slots": "varchar", "sentence": "varchar", "valid_until": "date",
    "scope": "varchar", "theme": "varchar", "bears_on": "varchar", "chain_stage": "varchar", "owner_role": "varchar",
    "dimension": "varchar", "direction": "varchar", "unit": "varchar",
    "trend_direction": "integer", "trend_months": "integer", "support": "varchar",
}  # fmt: skip
_TOWS = {
    **_OF, "pair": "varchar", "kind": "varchar", "inside_item": "varchar", "outside_item": "varchar",
    "inside_factor": "varchar", "outside_factor": "varchar", "theme": "varchar", "score": "double",
    "metric": "varchar", "goal_from": "double", "goal_to": "double", "due": "date", "owner_role": "varchar",
    "slots": "varchar",
}  # fmt: skip
_CHAIN = {
    **_OF, "position": "integer", "stage": "varchar", "strengths": "integer", "weaknesses": "integer",
    "watch": "integer", "factor": "varchar", "cost": "double", "low": "double", "high": "double",
    "entities": "integer", "is_weakest": "boolean", **_MISSING,
}  # fmt: skip
_HISTORY = {
    "sequence": "integer", "judged_at": "varchar", "digest": "varchar", "period": "date",
    "entity_dimension": "varchar", "entity": "varchar",
    "factor": "varchar", "quadrant": "varchar", "rank": "integer", "value": "double", "comparator": "varchar",
    "comparator_value": "double", "definition": "varchar", "change": "varchar", "cause": "varchar",
    "before_judged_at": "varchar", "before_period": "date", "before_quadrant": "varchar", "before_rank": "integer",
    "before_value": "double", "withdrawn_by": "varchar", "before_withdrawn_by": "varchar",
}  # fmt: skip
_FORECASTS = {
    "id": "varchar", "kind": "varchar", "factor": "varchar", "metric": "varchar", "slice": "varchar",
    "entity_dimension": "varchar", "entity": "varchar", "quadrant": "varchar", "made_for": "date", "due": "date",
    "side": "varchar", "limit_value": "double", "probability": "double", "base_rate": "double", "outcome": "double",
    "brier": "double", "base_brier": "double", "scored_for": "date",
}  # fmt: skip
_OBJECTIVES = {
    "id": "integer", "entity_dimension": "varchar", "entity": "varchar", "metric": "varchar", "slice": "varchar",
    "owner": "varchar", "goal_from": "double", "goal_to": "double", "due": "date", "actions": "varchar",
    "pair": "varchar", "state": "varchar", "test": "varchar", "adopted_at": "varchar", "adopted_by": "varchar",
    "changed_at": "varchar", "changed_by": "varchar", "period": "date", "value": "double", "low": "double",
    "high": "double", "n": "double", "progress": "double", "is_passed": "boolean", **_MISSING,
}  # fmt: skip
_ARROW = {"varchar": pa.string(), "double": pa.float64(), "integer": pa.int32(), "boolean": pa.bool_(),
          "date": pa.date32()}  # fmt: skip


def write_tables(
    con: Any,
    factors: Sequence[Factor],
    evidence: Sequence[Evidence],
    items: Sequence[Item],
    units: Mapping[str, str],
    pairs: Sequence[tuple[Any, Pair]],
    stages: Sequence[tuple[Any, Any, list[Stage]]],
    history: Sequence[Mapping[str, Any]],
    forecasts: Sequence[Forecast],
    objectives: Sequence[Mapping[str, Any]],
) -> None:
    """Replace every table; rows in a fixed order."""
    con.execute("create schema if not exists swot")
    _replace(con, "factors", _FACTORS, ({**vars(f), "comparators": "|".join(f.compared_with())} for f in factors))
    _replace(con, "evidence", _EVIDENCE, (_evidence_row(e) for e in evidence))
    _replace(con, "items", _ITEMS, (_item_row(i, units) for i in items))
    _replace(con, "tows", _TOWS, (_pair_row(period, pair) for period, pair in pairs))
    _replace(
        con, "chain", _CHAIN, (row for period, entity, mine in stages for row in _stage_rows(period, entity, mine))
    )
    _replace(con, "history", _HISTORY, history)
    _replace(con, "forecasts", _FORECASTS, (vars(f) for f in forecasts))
    _replace(con, "objectives", _OBJECTIVES, ({**row, **columns(row["missing"])} for row in objectives))


def _replace(con: Any, name: str, typed: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows go in as columns: a fraction of the time of rows."""
    con.execute(f"create or replace table swot.{name} ({', '.join(f'{c} {kind}' for c, kind in typed.items())})")
    known = list(rows)
    if known:
        arrays = {c: pa.array([_kept(row[c]) for row in known], type=_ARROW[kind]) for c, kind in typed.items()}
        con.register("rows_to_write", pa.table(arrays))
        con.execute(f"insert into swot.{name} select * from rows_to_write")
        con.raw.unregister("rows_to_write")


def _kept(value: Any) -> Any:
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def _evidence_row(evidence: Evidence) -> dict[str, Any]:
    dimension, entity = evidence.entity
    return {
        **vars(evidence),
        **columns(evidence.missing),
        "entity_dimension": dimension,
        "entity": entity,
        "window_from": evidence.window.start,
        "window_to": evidence.window.end,
        "rests_on": "|".join(evidence.rests_on),
    }


def _item_row(item: Item, units: Mapping[str, str]) -> dict[str, Any]:
    evidence, factor = item.evidence, item.factor
    dimension, entity = item.entity
    told = ("value", "comparator", "comparator_value", "comparator_label", "difference", "low", "high", "n",
            "p_adjusted", "test", "swd")  # fmt: skip
    named = ("factor", "metric", "slice", "scope", "theme", "bears_on", "chain_stage", "owner_role", "dimension",
             "direction")  # fmt: skip
    return {
        **vars(item),
        **columns(item.missing),
        "item": item.id,
        **{name: getattr(evidence, name) if evidence else None for name in told},
        **{name: getattr(factor, name) for name in named},
        "entity_dimension": dimension,
        "entity": entity,
        "slots": json.dumps(item.slots, sort_keys=True, ensure_ascii=False) if item.slots else None,
        "support": json.dumps([voice._asdict() for voice in item.support], ensure_ascii=False)
        if item.support
        else None,
        "unit": told_unit if (told_unit := item.slots.get("unit")) in UNITS else units[factor.metric],
    }


def _pair_row(period: Any, pair: Pair) -> dict[str, Any]:
    dimension, entity = pair.inside.entity
    return {
        "period": period, "entity_dimension": dimension, "entity": entity, "pair": pair.id, "kind": pair.kind,
        "inside_item": pair.inside.id, "outside_item": pair.outside.id, "inside_factor": pair.inside.factor.factor,
        "outside_factor": pair.outside.factor.factor, "theme": pair.inside.factor.theme, "score": pair.score,
        "metric": pair.metric, "goal_from": pair.goal_from, "goal_to": pair.goal_to, "due": pair.due,
        "owner_role": pair.inside.factor.owner_role,
        "slots": json.dumps(pair.slots, sort_keys=True, ensure_ascii=False),
    }  # fmt: skip


def _stage_rows(period: Any, entity: Any, stages: Sequence[Stage]) -> list[dict[str, Any]]:
    whose = {"period": period, "entity_dimension": entity[0], "entity": entity[1]}
    return [
        {**whose, "position": place, **vars(stage), **columns(stage.missing)}
        for place, stage in enumerate(stages, start=1)
    ]


def history_rows(sequence: int, judged_at: str, digest: str, moves: Sequence[Move]) -> list[dict[str, Any]]:
    """What moved, as rows: a factor's standing and the one before it."""
    found = []
    for move in moves:
        now, before = move.now, move.before
        found.append(
            {
                **vars(now),
                "sequence": sequence,
                "judged_at": judged_at,
                "digest": digest,
                "change": move.change,
                "cause": move.cause,
                "before_judged_at": before.release if before else None,
                "before_period": before.period if before else None,
                "before_quadrant": before.quadrant if before else None,
                "before_rank": before.rank if before else None,
                "before_value": before.value if before else None,
                "before_withdrawn_by": before.withdrawn_by if before else None,
            }
        )
    return found
