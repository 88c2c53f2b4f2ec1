"""``raw``: one view per canonical table, the union of what all sources have landed for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from ingestion.contracts import Contract, load_contracts
from ingestion.figure_parts import added_up
from ingestion.maps import Adapter, ItemMap, JoinMap, TableMap
from ingestion.plans import Shape, item_field_name, items
from ingestion.shaping import CURRENT
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


def _select(parts: SourceParts, table: TableMap, *, plain: bool = False, only: Sequence[str] | None = None) -> str:
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
    return (
        f"({_tables_of(parts, table)}select {', '.join([source, *columns, *traces])}\n"
        f"from {own}{_joins(table)}{_items(parts, table)}{where})"
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


def _items(parts: SourceParts, table: TableMap) -> str:
    headers = parts.headers.get(table.from_, ())
    found = items(table, headers)
    if not found:
        # Of a shape without files there are no items, and still the map speaks of them.
        return f",\nunnest([{_NO_ITEM}][1:0]) as wide(item)" if table.unpivot and not headers else ""
    shape = parts.shapes[table.from_]
    attributes = sorted({name for item in found.values() for name in (item.model_extra or {})})
    structs = "[" + ", ".join(_struct(column, item, shape, attributes) for column, item in found.items()) + "]"
    answered = f"list_filter({structs}, lambda one: one.answer is not null)"
    # A blank is no answer and makes no row; who left everything blank keeps one, so that respondents are not lost.
    kept = f"coalesce(nullif({answered}, []), list_slice({structs}, 1, 1))"
    return f",\nunnest({kept}) as wide(item)"


_TEXTS_OF_ITEM = ("item", "heading", "instrument", "dimension", "role", "text", "answer", "no_answer")
_NUMBERS_OF_ITEM = ("value", "scale_min", "scale_max")
_NO_ITEM = (
    "{"
    + ", ".join(
        [
            *(f"'{name}': cast(null as varchar)" for name in _TEXTS_OF_ITEM),
            *(f"'{name}': cast(null as double)" for name in _NUMBERS_OF_ITEM),
        ]
    )
    + "}"
)


def _struct(column: str, item: ItemMap, shape: Shape, attributes: Sequence[str]) -> str:
    answer = f"{quote_name(shape.name)}.{quote_name(item_field_name(column))}"
    low, high = item.scale or (None, None)
    parts = {
        "item": _literal(item.item), "heading": _literal(column),
        "instrument": _literal(item.instrument), "dimension": _literal(item.dimension),
        "role": _literal(item.role), "text": _literal(item.text), "answer": answer, "value": _value(answer, item),
        "no_answer": _no_answer(answer, item),
        "scale_min": f"cast({'null' if low is None else low} as double)",
        "scale_max": f"cast({'null' if high is None else high} as double)",
    }  # fmt: skip
    parts |= {name: _literal((item.model_extra or {}).get(name)) for name in attributes}
    return "{" + ", ".join(f"{quote_text(name)}: {sql}" for name, sql in parts.items()) + "}"


def _literal(value: object) -> str:
    return "cast(null as varchar)" if value is None else quote_text(str(value))


def _no_answer(answer: str, item: ItemMap) -> str:
    """Why an answer that was given has no value: a word that means not applicable, or a number outside the scale."""
    listed = ", ".join(quote_text(word.lower()) for word in item.not_applicable)
    spoken = f"when lower({answer}) in ({listed}) then 'not_applicable' " if listed else ""
    number = f"try_cast({answer} as double)"
    outside = (
        f"when {number} not between {item.scale[0]} and {item.scale[1]} then 'outside_scale' " if item.scale else ""
    )
    return f"(case when {answer} is null then 'blank' {spoken}{outside}end)"


def _value(answer: str, item: ItemMap) -> str:
    """The answer as a number: by its word, else as it stands; what lies outside the scale is no answer."""
    number = f"try_cast({answer} as double)"
    if item.not_applicable:
        listed = ", ".join(quote_text(word.lower()) for word in item.not_applicable)
        number = f"(case when lower({answer}) not in ({listed}) then {number} end)"
    if item.values:
        words = " ".join(
            f"when lower({answer}) = {quote_text(word.lower())} then {'null' if value is None else value}"
            for word, value in item.values.items()
        )
        number = f"(case {words} else {number} end)"
    if item.scale:
        return f"(case when {number} between {item.scale[0]} and {item.scale[1]} then {number} end)"
    return f"cast({number} as double)"
