"""Write and audit one release file: copy what readers may see, blank what is withdrawn, reopen, compare.

The caller has judged the checks; making the file current is `warehouse.releases`' work.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.errors import SwotlightError
from warehouse.flat_queries import flat_query
from warehouse.released_views import standing_views
from warehouse.store import Connection, connect, quote_name, quote_text
from warehouse.withdrawals import blanked_measures

RELEASED_SCHEMAS = ("marts", "rollups", "metrics", "quality", "swot", "reference")
STORAGE_VERSION = "v1.5.0"
# Most tables of a release are short and read by pages: a quarter of DuckDB's block is what they have to be read from.
BLOCK_BYTES = 65_536
_ASKED_AT_ONCE = 20


@dataclass(frozen=True)
class TableSum:
    """What must be equal before and after copying: the rows and an order-free sum of their hashes."""

    rows: int
    checksum: str


@dataclass(frozen=True)
class Drafted:
    """A file that holds some tables of a release already, as they stood in the build when it was written."""

    path: Path
    tables: frozenset[tuple[str, str]]


def write_release(
    build_db: Path, target: Path, *, memory_limit: str | None, spill: Path, draft: Drafted | None = None
) -> dict[str, TableSum]:
    """Copy the released schemas of ``build_db`` into the new file ``target`` and prove the copy.

    A ``draft`` that holds some of the tables already is taken as the beginning; when one of them is not exactly what is
    to be released, all is written anew. Returns the sums per ``schema.table``. Raises `SwotlightError` (code
    ``verification``) when the reopened file differs from what was to be written.
    """
    with connect(None, memory_limit=memory_limit, temp_directory=spill) as con:
        con.execute(f"attach {quote_text(str(build_db))} as build (read_only)")
        found, views = _tables(con, RELEASED_SCHEMAS), standing_views(con, "build", RELEASED_SCHEMAS)
        orders = _orders(con, "build")
        blanked = blanked_measures(con, "build", found)
        selections = {one: _selection(*one, blanked.get(".".join(one), {})) for one in found if one not in views}
        expected = _sums(con, {one: f"({selection})" for one, selection in selections.items()})
        kept = _taken_over(draft, target, set(selections) - {one for one in selections if ".".join(one) in blanked})
        _attach_target(con, target)
        # One transaction: hundreds of small ones would each be written to the disk twice.
        con.execute("begin")
        for one, selection in selections.items():
            if one not in kept:
                con.execute(f"create table release.{_name(*one)} as {selection}{orders.get(one, '')}")
        _create_views(con, views, blanked)
        _copy_comments(con)
        con.execute("commit")
        con.execute("detach release")
    trouble = _difference(target, expected)
    if trouble and kept:
        # The build has changed since the draft. What is dropped from a file can still be read in it: a new file.
        target.unlink()
        return write_release(build_db, target, memory_limit=memory_limit, spill=spill)
    if trouble:
        raise trouble
    return {".".join(one): total for one, total in expected.items()}


def copy_tables(con: Connection, target: Path, tables: Sequence[tuple[str, str]]) -> None:
    """Copy tables of the open build as they are into the new file ``target``."""
    source = con.scalar("select current_database()")
    orders = _orders(con, source)
    _attach_target(con, target)
    for one in tables:
        con.execute(
            f"create table release.{_name(*one)} as from {quote_name(source)}.{_name(*one)}{orders.get(one, '')}"
        )
    con.execute("detach release")


def _attach_target(con: Connection, target: Path) -> None:
    written = f"storage_version '{STORAGE_VERSION}', block_size {BLOCK_BYTES}"
    con.execute(f"attach {quote_text(str(target))} as release ({written})")
    for schema in RELEASED_SCHEMAS:
        con.execute(f"create schema if not exists release.{schema}")


def _orders(con: Connection, database: str) -> dict[tuple[str, str], str]:
    """``order by`` the day of each table that has one: who asks for a month then reads the rows around it alone."""
    rows = con.rows(
        "select schema_name, table_name, arg_min(column_name, column_index) as day from duckdb_columns() "
        f"where database_name = {quote_text(database)} and data_type = 'DATE' group by all"
    )
    return {(row["schema_name"], row["table_name"]): f" order by {quote_name(row['day'])}" for row in rows}


def _taken_over(draft: Drafted | None, target: Path, whole: Set[tuple[str, str]]) -> Set[tuple[str, str]]:
    """The tables the draft brings; none when one of them is not to be released ``whole``, or not at all."""
    if draft is None or not draft.tables or not draft.path.exists():
        return frozenset()
    if draft.tables - whole:
        draft.path.unlink()
        return frozenset()
    shutil.move(draft.path, target)
    return draft.tables


def _tables(con: Connection, schemas: Sequence[str]) -> list[tuple[str, str]]:
    """Tables and views of the build to release, in a stable order."""
    marks = ", ".join(quote_text(schema) for schema in schemas)
    rows = con.rows(
        "select schema_name, table_name from duckdb_tables() where database_name = 'build' and not temporary "
        f"and schema_name in ({marks}) union all select schema_name, view_name from duckdb_views() "
        f"where database_name = 'build' and not internal and schema_name in ({marks}) order by all"
    )
    return [(row["schema_name"], row["table_name"]) for row in rows]


def _name(schema: str, table: str) -> str:
    return f"{quote_name(schema)}.{quote_name(table)}"


def _create_views(con: Connection, views: dict[tuple[str, str], str], blanked: dict[str, dict[str, str]]) -> None:
    con.execute("use release")
    for (schema, view), query in views.items():
        replaced, text = _replaced(blanked.get(f"{schema}.{view}", {})), flat_query(con, query)
        con.execute(f"create view {_name(schema, view)} as select *{replaced} from ({text}) as t")
    con.execute("use memory")


def _selection(schema: str, table: str, blanked: dict[str, str]) -> str:
    return f"select *{_replaced(blanked)} from build.{_name(schema, table)}"


def _replaced(blanked: dict[str, str]) -> str:
    parts = "".join(
        f", case when {condition} then null else {quote_name(column)} end as {quote_name(column)}"
        for column, condition in sorted(blanked.items())
    )
    return f" replace ({parts[2:]})" if parts else ""


def _sums(con: Connection, relations: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], TableSum]:
    """Rows and checksum of each relation, asked some tables at a time."""
    sums, every = {}, list(relations.items())
    for begin in range(0, len(every), _ASKED_AT_ONCE):
        some = every[begin : begin + _ASKED_AT_ONCE]
        asked = [
            f"select {place} as place, count(*) as n, coalesce(sum(hash(t)), 0)::varchar as checksum "
            f"from {relation} as t"
            for place, (_, relation) in enumerate(some)
        ]
        for row in con.rows(" union all ".join(asked)):
            sums[some[row["place"]][0]] = TableSum(rows=row["n"], checksum=row["checksum"])
    return sums


def _copy_comments(con: Connection) -> None:
    """Column and table descriptions travel along, so that an analyst's tool shows them."""
    released = {
        (row["schema_name"], row["table_name"])
        for row in con.rows("select schema_name, table_name from duckdb_tables() where database_name = 'release'")
    }
    for row in con.rows(
        "select schema_name, table_name, null as column_name, comment from duckdb_tables() "
        "where database_name = 'build' and comment is not null union all "
        "select schema_name, table_name, column_name, comment from duckdb_columns() "
        "where database_name = 'build' and comment is not null"
    ):
        if (row["schema_name"], row["table_name"]) in released:
            place = f"release.{_name(row['schema_name'], row['table_name'])}"
            kind = "column" if row["column_name"] else "table"
            full = f"{place}.{quote_name(row['column_name'])}" if row["column_name"] else place
            con.execute(f"comment on {kind} {full} is {quote_text(row['comment'])}")


def _difference(target: Path, expected: Mapping[tuple[str, str], TableSum]) -> SwotlightError | None:
    """What the reopened file holds otherwise than it was to be written."""
    with connect(target, read_only=True) as con:
        for one, found in _sums(con, {one: _name(*one) for one in expected}).items():
            wanted = expected[one]
            if found != wanted:
                return SwotlightError(
                    f"The new release does not hold what was written: {'.'.join(one)} has {found.rows} rows "
                    f"(checksum {found.checksum}), expected {wanted.rows} ({wanted.checksum}).",
                    code="verification",
                    file=str(target),
                    hint="The disk may be failing. The previous release stays; run `swotlight refresh` again.",
                )
    return None


def as_note(sums: dict[str, TableSum]) -> dict[str, dict[str, Any]]:
    """The sums as they are kept in the note beside a release."""
    return {table: {"rows": one.rows, "checksum": one.checksum} for table, one in sums.items()}
