"""Views of the build that stay views in a release: those that rest, in the end, on released tables alone.

A rollup that would be as long as its facts is a view over them; copying its rows would store the facts twice. Views are
written into the text that asks them, so that each rests on tables only; what then still asks for an unreleased table is
copied as a table, for a reader could not ask it.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from warehouse.store import Connection

_ASKED = re.compile(r'\b(?:from|join)\s+"?([a-z_][a-z0-9_]*)"?\."?([a-z_][a-z0-9_]*)"?', re.I)


def standing_views(con: Connection, database: str, schemas: Collection[str]) -> dict[tuple[str, str], str]:
    """``{(schema, view): query}`` of every view in ``schemas`` whose query can be asked inside a release."""
    found = con.rows(
        "select schema_name, view_name, sql from duckdb_views() where not internal and database_name = ?", [database]
    )
    queries = {(row["schema_name"], row["view_name"]): _query(row["sql"]) for row in found}
    written = {name: _written_out(queries, name, schemas) for name in queries if name[0] in schemas}
    return {name: text for name, text in written.items() if text is not None}


def _query(sql: str) -> str:
    """What stands after ``create view … as``."""
    return re.sub(r"^create\s+view\s+\S+\s*(?:\([^)]*\)\s*)?as\s+", "", sql.strip().rstrip(";"), count=1, flags=re.I)


def _written_out(queries: dict[tuple[str, str], str], name: tuple[str, str], schemas: Collection[str]) -> str | None:
    """The query with every view in it replaced by its own query; None where a table would be missing."""
    text, missing = queries[name], False

    def replace(found: re.Match[str]) -> str:
        nonlocal missing
        asked = (found[1], found[2])
        if asked not in queries:
            missing = missing or asked[0] not in schemas
            return found[0]
        inner = _written_out(queries, asked, schemas)
        missing = missing or inner is None
        return f"{found[0][: found[0].index(found[1])].rstrip(chr(34))}({inner}) as {asked[1]}"

    replaced = _ASKED.sub(replace, text)
    return None if missing else replaced
