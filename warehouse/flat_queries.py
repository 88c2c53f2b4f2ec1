"""A query with its steps written where they are asked: binding a chain of common table expressions costs twice as much.

DuckDB binds a view anew for each question, and a question put to a rollup that is a view is answered in less time than
its text is bound in. Its own parser takes the query apart and writes it again.
"""

from __future__ import annotations

import json
from typing import Any

from warehouse.store import Connection

Node = dict[str, Any]
_PLAIN = ("where_clause", "group_expressions", "having", "qualify", "modifiers", "sample")
_STAR = ("relation_name", "exclude_list", "replace_list", "rename_list", "expr")


def flat_query(con: Connection, sql: str) -> str:
    """The same query without steps that are asked once or only hand a table on; as it is where it cannot be parsed."""
    parsed = json.loads(con.scalar("select json_serialize_sql(?)", [sql]))
    if parsed["error"]:
        return sql
    return str(con.scalar("select json_deserialize_sql(?::json)", [json.dumps(_handed_on(_flat(parsed)))]))


def _flat(node: Any) -> Any:
    """Inner queries first, so that a name means the nearest step."""
    if isinstance(node, list):
        return [_flat(one) for one in node]
    if not isinstance(node, dict):
        return node
    node = {key: _flat(value) for key, value in node.items()}
    steps = node.get("cte_map", {}).get("map")
    return _without_steps(node, steps) if steps else node


def _without_steps(node: Node, steps: list[Node]) -> Node:
    """Last step first: what it asks for may be an earlier one."""
    kept: list[Node] = []
    rest = {key: value for key, value in node.items() if key != "cte_map"}
    for step in reversed(steps):
        name, query = step["key"], step["value"]["query_node"]
        if _may_move(step["value"]) and (_times(name, [rest, kept]) <= 1 or _is_table(query)):
            rest, kept = _replaced(rest, name, query), _replaced(kept, name, query)
        else:
            kept.insert(0, step)
    return {**rest, "cte_map": {"map": kept}}


def _may_move(step: Node) -> bool:
    is_plain = step["materialized"] == "CTE_MATERIALIZE_DEFAULT" and not step["aliases"] and not step["key_targets"]
    return is_plain and step["query_node"]["type"] in ("SELECT_NODE", "SET_OPERATION_NODE")


def _is_table(query: Node) -> bool:
    table = _table_of(query)
    return table is not None and table["type"] == "BASE_TABLE"


def _handed_on(node: Any) -> Any:
    """``(select * from x) as y`` is ``x as y``."""
    if isinstance(node, list):
        return [_handed_on(one) for one in node]
    if not isinstance(node, dict):
        return node
    node = {key: _handed_on(value) for key, value in node.items()}
    if node.get("type") == "SUBQUERY" and "subquery" in node and not node["column_name_alias"] and not node["sample"]:
        table = _table_of(node["subquery"]["node"])
        if table is not None:
            return {**table, "alias": node["alias"]}
    return node


def _table_of(query: Node) -> Node | None:
    """What a query hands on as it is: ``x`` of ``select * from x``."""
    if query["type"] != "SELECT_NODE" or any(query[part] for part in _PLAIN) or query["cte_map"]["map"]:
        return None
    columns, table = query["select_list"], query["from_table"]
    is_all = len(columns) == 1 and columns[0]["type"] == "STAR" and not any(columns[0].get(part) for part in _STAR)
    return table if is_all and table["type"] in ("BASE_TABLE", "SUBQUERY") else None


def _is_step(node: Any, name: str) -> bool:
    return (
        isinstance(node, dict)
        and node.get("type") == "BASE_TABLE"
        and not node["schema_name"]
        and not node["catalog_name"]
        and node["table_name"] == name
    )


def _times(name: str, node: Any) -> int:
    if _is_step(node, name):
        return 1
    inside = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return sum(_times(name, one) for one in inside)


def _replaced(node: Any, name: str, query: Node) -> Any:
    if _is_step(node, name):
        return {
            "type": "SUBQUERY",
            "alias": node["alias"] or name,
            "sample": node["sample"],
            "query_location": node["query_location"],
            "query_location_length": node["query_location_length"],
            "subquery": {"node": query, "named_param_map": []},
            "column_name_alias": node["column_name_alias"],
        }
    if isinstance(node, list):
        return [_replaced(one, name, query) for one in node]
    return {key: _replaced(value, name, query) for key, value in node.items()} if isinstance(node, dict) else node
