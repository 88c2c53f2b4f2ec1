"""``raw``: one view per canonical table, the union of what all sources have landed for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from ingestion.contracts import Contract, load_contracts
from ingestion.figure_parts import added_up
from ingestion.maps import Adapter, JoinMap, TableMap
from ingestion.plans import Shape
from ingestion.shaping import CURRENT
from ingestion.wide_items import item_rows
from warehouse.store import Connection, quote_name, quote_text


@dataclass(frozen=True)
class Landed:
    """A landed table, where its files' rows begin in it, and which ids it keeps as whole numbers.

    ``has_parts``: some of its keys have several lines that count.
    """

    land: str
    file_ids: Sequence[str]
    first_rows: Sequence[int]
    first_lines: Sequence[int]
    whole: Set[str] = frozenset()
    has_parts: bool = False


@dataclass(frozen=True)
class SourceParts:
    """What is needed to write the views of one source."""

    source: str
    adapter: Adapter
    shapes: Mapping[str, Shape]
    landed: Mapping[str, Landed]
    headers: Mapping[str, Sequence[str]]


def empty_view(contract: Contract) -> str:
    """A view with the columns of a contract and no rows."""
    columns = [f"cast(null as {column.sql_type}) as {quote_name(column.name)}" for column in contract.columns.values()]
    listed = ", ".join(
        [
            "cast(null as varchar) as source",
            *columns,
            "cast(null as varchar) as _file_id",
            "cast(null as bigint) as _line",
        ]
    )
    return f"select {listed} where false"


def write_views(con: Connection) -> None:
    """Make every ``raw`` view anew from the selects that all sources have left in the ledger."""
    selects: dict[str, list[str]] = {}
    for row in con.rows("select table_name, select_sql from ingest.raw_selects order by source, table_name, rowid"):
        selects.setdefault(row["table_name"], []).append(row["select_sql"])
    for table, contract in load_contracts().items():
        body = "\nunion all\n".join(selects.get(table) or [empty_view(contract)])
        con.execute(f"create or replace view raw.{quote_name(table)} as\n{body}")


def selects_of(parts: SourceParts) -> dict[str, list[str]]:
    """The selects that a source gives to each canonical table."""
    selects: dict[str, list[str]] = {}
    contracts = load_contracts()
    for table, plain in _tables(parts):
        select = _select(parts, table, plain=plain)
        if parts.landed[table.from_].has_parts and contracts[table.table].parts == "added":
            select = added_up(contracts[table.table], select)
        selects.setdefault(table.table, []).append(select)
    return {name: [_said_once(contracts[name], some)] if contracts[name].said_once else some
            for name, some in selects.items()}  # fmt: skip


def _said_once(contract: Contract, selects: Sequence[str]) -> str:
    """What several rows of a source say alike, said once; it is traced to the first of them."""
    names = ", ".join(map(quote_name, ["source", *contract.columns]))
    return (
        f"(select {names}, arg_min(_file_id, _line) as _file_id, min(_line) as _line from (\n"
        + "\nunion all\n".join(selects)
        + f"\n) group by {names})"
    )


@dataclass(frozen=True)
class InstantSelect:
    """A select of the instants of a table; ``bound`` gives what is no older and costs less, where there is such."""

    sql: str
    bound: str | None


def instants_of(parts: SourceParts, names: Mapping[str, Sequence[str]]) -> dict[str, list[InstantSelect]]:
    """The selects of a few columns of each table, without the joins and items these do not speak of."""
    selects: dict[str, list[InstantSelect]] = {}
    for table, plain in _tables(parts):
        columns = {name: table.columns[name] for name in names[table.table] if name in table.columns}
        told = " ".join(columns.values())
        lean = _lean(table, columns, f"{told} {table.where or ''}")
        # Without its condition a select has all its rows and more.
        bare = _lean(table.model_copy(update={"where": None}), columns, told)
        is_less = bool(lean.join) and not bare.join and bare.unpivot is None
        only = names[table.table]
        bound = _select(parts, bare, plain=plain, only=only) if is_less else None
        found = InstantSelect(_select(parts, lean, plain=plain, only=only), bound)
        selects.setdefault(table.table, []).append(found)
    return selects


@dataclass(frozen=True)
class Told:
    """Of a select of a table: one of a single column of it, and one of as many rows with next to nothing in them."""

    column: str
    counted: str


def told_of(parts: SourceParts, name: str, column: str) -> list[Told]:
    """One for each select of a table: whether a column has values, and how many rows there are, is asked of little."""
    found = []
    for table, plain in _tables(parts):
        if table.table == name:
            columns = {column: table.columns[column]} if column in table.columns else {}
            lean = _lean(table, columns, f"{' '.join(columns.values())} {table.where or ''}")
            bare = table.model_copy(update={"columns": {}})
            counted = _select(parts, bare, plain=plain, only=[column], answers=not _speaks_of_items(table.where or ""))
            found.append(Told(_select(parts, lean, plain=plain, only=[column]), counted))
    return found


def _speaks_of_items(text: str) -> bool:
    return re.search(r"\bitem\b", text) is not None


def _lean(table: TableMap, columns: Mapping[str, str], spoken: str) -> TableMap:
    unpivot = table.unpivot if re.search(r"\bitem\s*\.", spoken) else None
    return table.model_copy(update={"columns": dict(columns), "join": _spoken_joins(table, spoken), "unpivot": unpivot})


def _spoken_joins(table: TableMap, spoken: str) -> dict[str, JoinMap]:
    """The joins whose alias is spoken of, and those that these need."""
    needed: dict[str, JoinMap] = {}
    for alias, join in reversed(list(table.join.items())):
        if re.search(rf"\b{re.escape(alias)}\b", spoken):
            needed[alias] = join
            spoken += f" {join.on} {join.sql or ''}"
    return {alias: join for alias, join in table.join.items() if alias in needed}


def _tables(parts: SourceParts) -> list[tuple[TableMap, bool]]:
    """Every table a source feeds, and whether it is a shape as it stands."""
    plain = []
    for name, shape in parts.shapes.items():
        if shape.given.table:
            columns = {field.name: field.name for field in shape.fields}
            plain.append(TableMap.model_validate({"table": shape.given.table, "from": name, "columns": columns}))
    return [*((table, True) for table in plain), *((table, False) for table in parts.adapter.tables)]


def _select(
    parts: SourceParts,
    table: TableMap,
    *,
    plain: bool = False,
    only: Sequence[str] | None = None,
    answers: bool = False,
) -> str:
    """The select of a table, or ``only`` some columns of it; ``answers`` leaves all but the answer out of its items."""
    contract = load_contracts()[table.table]
    shape = parts.shapes[table.from_]
    own = quote_name(shape.name)
    columns = [
        f"{_column(table, contract, name, shape, plain=plain)} as {quote_name(name)}"
        for name in only or contract.columns
    ]
    landed = parts.landed[shape.name]
    ids = ", ".join(map(quote_text, landed.file_ids))
    offsets = [line - row for row, line in zip(landed.first_rows, landed.first_lines, strict=True)]
    traces = [
        f"list_extract(cast([{ids}] as varchar[]), {own}._file) as _file_id",
        f"{own}._row + list_extract(cast({list(offsets)} as bigint[]), {own}._file) as _line",
    ]
    source = f"{quote_text(parts.source)} as source"
    where = f"\nwhere {table.where}" if table.where else ""
    headers = parts.headers.get(table.from_, ())
    return (
        f"({_tables_of(parts, table)}select {', '.join([source, *columns, *traces])}\n"
        f"from {own}{_joins(table)}{item_rows(table, shape, headers, answers=answers)}{where})"
    )


def _column(table: TableMap, contract: Contract, name: str, shape: Shape, *, plain: bool) -> str:
    sql_type = contract.columns[name].sql_type
    expression = table.columns.get(name)
    if expression is None:
        return f"cast(null as {sql_type})"
    own = quote_name(shape.name)
    field = next((field for field in shape.fields if field.name == expression), None)
    if field is not None:
        expression = f"{own}.{quote_name(field.name)}"
    return expression if plain else f"try_cast(({expression}) as {sql_type})"


def _tables_of(parts: SourceParts, table: TableMap) -> str:
    """Every landed shape that the table speaks of, under its own name."""
    spoken = " ".join([table.from_, *(join.shape or join.sql or "" for join in table.join.values()), table.where or ""])
    ctes = [
        f"{quote_name(name)} as not materialized "
        f"(select *{_as_texts(parts.landed[name])}, rowid as _row{_unstored(shape)} "
        f"from {shape.land} where _state = {CURRENT})"
        for name, shape in parts.shapes.items()
        if re.search(rf"\b{re.escape(name)}\b", spoken)
    ]
    return f"with {', '.join(ctes)}\n"


def _as_texts(landed: Landed) -> str:
    """Ids as the texts they are in the contract."""
    names = map(quote_name, sorted(landed.whole))
    texts = ", ".join(f"cast({name} as varchar) as {name}" for name in names)
    return f" replace ({texts})" if texts else ""


def _unstored(shape: Shape) -> str:
    """The columns that no file has, for expressions that speak of them."""
    absent = [field for field in shape.fields if not field.is_stored]
    return "".join(f", cast(null as {field.sql_type}) as {quote_name(field.name)}" for field in absent)


def _joins(table: TableMap) -> str:
    joins = []
    for alias, join in table.join.items():
        origin = quote_name(join.shape) if join.shape else f"({join.sql})"
        joins.append(f"\nleft join {origin} as {quote_name(alias)} on {join.on}")
    return "".join(joins)
