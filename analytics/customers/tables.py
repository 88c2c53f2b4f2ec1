"""The tables this room writes into schema ``marts``: their columns with types and meanings, and how rows get in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

CHUNK = 200


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
    """Replace a table; its meanings go along as comments. Returns the number of rows."""
    con.execute("create schema if not exists marts")
    listed = ", ".join(f"{name} {kind}" for name, (kind, _) in spec.columns.items())
    con.execute(f"create or replace table marts.{spec.name} ({listed})")
    values = [[row.get(name) for name in spec.columns] for row in rows]
    mark = f"({', '.join('?' for _ in spec.columns)})"
    for start in range(0, len(values), CHUNK):
        chunk = values[start : start + CHUNK]
        con.execute(
            f"insert into marts.{spec.name} values {', '.join(mark for _ in chunk)}", [v for row in chunk for v in row]
        )
    return len(values)


def has_table(con: Any, schema: str, name: str) -> bool:
    """Whether a table or view is there."""
    sql = "select count(*) as n from information_schema.tables where table_schema = ? and table_name = ?"
    return bool(con.rows(sql, [schema, name])[0]["n"])
