"""``swot.factors``, ``swot.evidence``, ``swot.items``: the SWOT as rows anyone can recompute."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from analytics.swot.model import Evidence, Factor, Item

_FACTORS = {
    "factor": "varchar", "scope": "varchar", "theme": "varchar", "bears_on": "varchar", "chain_stage": "varchar",
    "metric": "varchar", "direction": "varchar", "comparators": "varchar", "swd": "double", "weight": "double",
    "rating": "double", "minimum_n": "integer", "owner_role": "varchar", "dimension": "varchar",
}  # fmt: skip
_EVIDENCE = {
    "period": "date", "entity_dimension": "varchar", "entity": "varchar", "factor": "varchar", "metric": "varchar",
    "comparator": "varchar", "window_from": "date", "window_to": "date", "value": "double", "value_low": "double",
    "value_high": "double", "comparator_value": "double", "comparator_label": "varchar", "difference": "double",
    "low": "double", "high": "double", "n": "double", "comparator_n": "double", "clusters": "integer",
    "design_effect": "double", "test": "varchar", "p": "double", "p_adjusted": "double", "swd": "double",
    "verdict": "varchar", "missing": "varchar", "definition_hash": "varchar", "sql_text": "varchar",
    "sql_hash": "varchar", "rests_on": "varchar",
}  # fmt: skip
_ITEMS = {
    "period": "date", "entity_dimension": "varchar", "entity": "varchar", "factor": "varchar", "quadrant": "varchar",
    "rank": "integer", "score": "double", "robustness": "double", "metric": "varchar", "value": "double",
    "comparator": "varchar", "comparator_value": "double", "difference": "double", "low": "double", "high": "double",
    "n": "double", "p_adjusted": "double", "test": "varchar", "swd": "double", "weight": "double",
    "strength": "double", "rating": "double", "note": "varchar", "missing": "varchar", "withdrawn_by": "varchar",
    "sentence_key": "varchar", "slots": "varchar", "sentence": "varchar", "valid_until": "date",
    "scope": "varchar", "theme": "varchar", "chain_stage": "varchar", "owner_role": "varchar", "dimension": "varchar",
    "direction": "varchar", "unit": "varchar",
}  # fmt: skip
_CHUNK = 200


def write_tables(
    con: Any, factors: Sequence[Factor], evidence: Sequence[Evidence], items: Sequence[Item], units: dict[str, str]
) -> None:
    """Replace the three tables; rows in a fixed order, so that the same input gives the same bytes."""
    con.execute("create schema if not exists swot")
    _replace(con, "factors", _FACTORS, ({**vars(f), "comparators": "|".join(f.comparators)} for f in factors))
    _replace(con, "evidence", _EVIDENCE, (_evidence_row(e) for e in evidence))
    _replace(con, "items", _ITEMS, (_item_row(i, units) for i in items))


def _replace(con: Any, name: str, columns: dict[str, str], rows: Iterable[dict[str, Any]]) -> None:
    con.execute(f"create or replace table swot.{name} ({', '.join(f'{c} {t}' for c, t in columns.items())})")
    values = [[row[column] for column in columns] for row in rows]
    mark = f"({', '.join('?' for _ in columns)})"
    for start in range(0, len(values), _CHUNK):
        chunk = values[start : start + _CHUNK]
        con.execute(
            f"insert into swot.{name} values {', '.join(mark for _ in chunk)}", [v for row in chunk for v in row]
        )


def _evidence_row(evidence: Evidence) -> dict[str, Any]:
    dimension, entity = evidence.entity
    return {
        **vars(evidence),
        "entity_dimension": dimension,
        "entity": entity,
        "window_from": evidence.window.start,
        "window_to": evidence.window.end,
        "rests_on": "|".join(evidence.rests_on),
    }


def _item_row(item: Item, units: dict[str, str]) -> dict[str, Any]:
    evidence = item.evidence
    dimension, entity = item.entity
    told = ("value", "comparator", "comparator_value", "difference", "low", "high", "n", "p_adjusted", "test", "swd")
    factor = item.factor
    return {
        **vars(item),
        **{name: getattr(evidence, name) if evidence else None for name in told},
        **{name: getattr(factor, name) for name in
           ("factor", "metric", "scope", "theme", "chain_stage", "owner_role", "dimension", "direction")},
        "entity_dimension": dimension,
        "entity": entity,
        "slots": json.dumps(item.slots, sort_keys=True) if item.slots else None,
        "unit": units[factor.metric],
    }  # fmt: skip
