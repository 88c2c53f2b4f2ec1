"""The tables this room writes into schema ``marts``: their columns with types and meanings, and how rows get in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa


@dataclass(frozen=True)
class TableSpec:
    """A table of schema ``marts``; ``columns`` are name → (type, meaning), in order."""

    name: str
    about: str
    columns: Mapping[str, tuple[str, str]]


def columns(*lines: str) -> dict[str, tuple[str, str]]:
    """``"n bigint: Respondents"`` per column."""
    found = {}
    for line in lines:
        head, meaning = line.split(": ", 1)
        name, kind = head.split(" ", 1)
        found[name] = (kind, meaning)
    return found


def write(con: Any, spec: TableSpec, rows: Iterable[Mapping[str, Any]]) -> int:
    """Replace a table. Returns the number of rows; they go in as columns, a tenth of the time of single rows."""
    con.execute("create schema if not exists marts")
    listed = ", ".join(f"{name} {kind}" for name, (kind, _) in spec.columns.items())
    con.execute(f"create or replace table marts.{spec.name} ({listed})")
    known = list(rows)
    if known:
        table = pa.table({name: pa.array([_plain(row.get(name)) for row in known]) for name in spec.columns})
        con.register("rows_to_write", table)
        casts = ", ".join(f"cast({name} as {kind})" for name, (kind, _) in spec.columns.items())
        con.execute(f"insert into marts.{spec.name} select {casts} from rows_to_write")
        con.raw.unregister("rows_to_write")
    return len(known)


def _plain(value: Any) -> Any:
    """A value as Arrow takes it beside others: DuckDB's sums of whole numbers come as decimals."""
    return float(value) if isinstance(value, Decimal) else value


def has_table(con: Any, schema: str, name: str) -> bool:
    """Whether a table or view is there."""
    sql = "select count(*) as n from information_schema.tables where table_schema = ? and table_name = ?"
    return bool(con.rows(sql, [schema, name])[0]["n"])
