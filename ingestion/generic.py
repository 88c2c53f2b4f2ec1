"""The generic adapters: one per contract, whose column names are the contract's own.

Made from the contracts, so that a new contract brings its adapter. What vendors call things belongs in
`ingestion/adapters/*.yml`; what people call things in `ingestion/inspection/lexicon.yml`.
"""

from __future__ import annotations

from typing import Any

from ingestion.contracts import Contract

PREFIX = "generic_"


def generic_adapter(contract: Contract) -> dict[str, Any]:
    """The adapter ``generic_<table>`` as a map's YAML would give it: one shape, the columns of the contract."""
    required = [name for name, column in contract.columns.items() if column.required]
    fields: dict[str, dict[str, Any]] = {}
    for name, column in contract.columns.items():
        fields[name] = {"type": column.type} | ({"required": True} if column.required else {})
    return {
        "adapter": f"{PREFIX}{contract.table}",
        "title": f"{contract.table.replace('_', ' ').capitalize()}, in our own column names",
        "shapes": {contract.table: {"recognise": required, "table": contract.table, "fields": fields}},
    }
