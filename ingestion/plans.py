"""From a map to plans: which columns a landed table gets, what identifies its rows, which rows are refused.

What belongs here: decisions that follow from the map and the contracts alone, the same for every file of a shape.
The SQL for one file is made by `ingestion.shaping`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from ingestion.contracts import SQL_TYPES, Column, Contract, load_contracts
from ingestion.datatypes import category_words
from ingestion.headers import HeaderIndex, normalise
from ingestion.line_identity import SAID_PREFIX, rest_of
from ingestion.maps import Adapter, FieldMap, ItemMap, ShapeMap, TableMap
from warehouse.store import quote_name, quote_text

ITEM_PREFIX = "item__"
_BARE = re.compile(r"^(?:(?P<shape>[A-Za-z_]\w*)\.)?(?P<field>[A-Za-z_]\w*)$")
_WORD = re.compile(r"'(?:[^']|'')*'|(?<![\w.\"])[A-Za-z_]\w*(?![\w\"]|\s*\()")


@dataclass(frozen=True)
class Field:
    """A column of a landed table; one that no file has is known and not stored."""

    name: str
    type: str
    given: FieldMap
    required: bool = False
    words: Mapping[str, str | None] | None = None
    known: tuple[str, ...] = ()
    otherwise: str = "quarantine"
    is_absent: bool = False
    is_stored: bool = True

    @property
    def sql_type(self) -> str:
        """Its DuckDB type."""
        return SQL_TYPES[self.type]

    @property
    def names(self) -> list[str]:
        """The header names it may have in a file."""
        return self.given.sources or [self.name]


@dataclass(frozen=True)
class RowRule:
    """Rows for which ``when`` holds are quarantined. It speaks of the fields of one shape, and of ``as_of``."""

    reason: str
    field: str
    when: str


@dataclass(frozen=True)
class Shape:
    """One kind of file of one source, and the landed table its rows go to."""

    source: str
    name: str
    given: ShapeMap
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    key_required: tuple[str, ...]
    version: str | None
    rules: tuple[RowRule, ...]
    may_have_parts: bool = False

    @property
    def land(self) -> str:
        """The landed table, quoted."""
        return f"land.{quote_name(f'{self.source}__{self.name}')}"

    def field(self, name: str) -> Field:
        """A field by its name."""
        return next(field for field in self.fields if field.name == name)


def plan_shapes(source: str, adapter: Adapter, headers: Mapping[str, Sequence[str]]) -> dict[str, Shape]:
    """The plan of every shape of a map. ``headers`` are the header names met in the files of each shape."""
    return {name: _plan(source, name, shape, adapter, headers.get(name, ())) for name, shape in adapter.shapes.items()}


def _plan(source: str, name: str, shape: ShapeMap, adapter: Adapter, headers: Sequence[str]) -> Shape:
    contract = load_contracts()[shape.table] if shape.table else None
    tables = [table for table in adapter.tables if table.from_ == name]
    fed = _contract_columns(name, shape, contract, tables)
    fields = [_field(field, given, fed.get(field)) for field, given in shape.fields.items()]
    absent = [one for one in contract.columns.values() if one.name not in shape.fields] if contract else []
    fields += [Field(column.name, column.type, FieldMap(), is_absent=True) for column in absent]
    for table in tables:
        fields += [_item_field(column, item) for column, item in items(table, headers).items()]
    key = _key(name, shape, contract, tables)
    has_parts = bool(key) and _has_parts(contract, tables)
    fields += _rest(fields, headers) if has_parts else []
    unique = {field.name: field for field in reversed(fields)}
    fields = [unique[field] for field in dict.fromkeys(field.name for field in fields)]
    required = [field.name for field in fields if field.required]
    key_required = key if len(key) == 1 else tuple(field for field in key if field in required)
    fields = [replace(field, required=True) if field.name in key_required else field for field in fields]
    version = shape.version or _version(name, shape, contract, tables)
    index, judged_by = HeaderIndex(headers), {*key, version}
    fields = [replace(f, is_stored=f.name in judged_by or _has_values(f, index)) for f in fields]
    rules = [*_own_rules(shape), *_contract_rules(contract), *_mapped_rules(name, tables, shape)]
    return Shape(source, name, shape, tuple(fields), key, key_required, version, tuple(rules), has_parts)


def _has_parts(contract: Contract | None, tables: Sequence[TableMap]) -> bool:
    """Whether all that is made of a shape is figures of which one file may give several parts."""
    fed = [*([contract] if contract else []), *(load_contracts()[table.table] for table in tables)]
    return bool(fed) and all(one.parts for one in fed) and not any(table.unpivot for table in tables)


def _has_values(field: Field, index: HeaderIndex) -> bool:
    """Whether some file can give the field a value; a column of nulls is not worth its writing."""
    made = field.given.value is not None or field.given.sql is not None
    return not field.is_absent and (made or field.required or index.first(field.names) is not None)


def _contract_columns(
    name: str, shape: ShapeMap, contract: Contract | None, tables: Iterable[TableMap]
) -> dict[str, Column]:
    """The contract column that each field feeds unchanged."""
    if contract:
        return {field: contract.columns[field] for field in shape.fields}
    fed: dict[str, Column] = {}
    for table in tables:
        for column, expression in table.columns.items():
            field = bare_field(expression, name, shape)
            if field:
                fed.setdefault(field, load_contracts()[table.table].columns[column])
    return fed


def bare_field(expression: str, name: str, shape: ShapeMap) -> str | None:
    """The field an expression merely names, if it does."""
    match = _BARE.match(expression.strip())
    if match and match["shape"] in (None, name) and match["field"] in shape.fields:
        return match["field"]
    return None


def _field(name: str, given: FieldMap, column: Column | None) -> Field:
    type_name = given.type or (column.type if column else "text")
    words: dict[str, str | None] | None = None
    known: tuple[str, ...] = ()
    otherwise = given.otherwise or "quarantine"
    if type_name == "category":
        known = column.values if column and column.type == "category" else ()
        words = category_words(given.values or {}, known)
        if given.otherwise is None:
            closed = column is not None and column.is_closed
            otherwise = "quarantine" if closed else "keep"
    elif given.values:
        words = category_words(given.values, ())
        otherwise = given.otherwise or "keep"
    required = given.required if given.required is not None else bool(column and column.required)
    return Field(name, type_name, given, required=required, words=words, known=known, otherwise=otherwise)


def _rest(fields: Sequence[Field], headers: Sequence[str]) -> list[Field]:
    """What a file says beside the columns read as they stand; of a category several words may become one of ours."""
    find = HeaderIndex(headers).first
    sql = rest_of(headers, [find(field.names) for field in fields if not field.given.values])
    return [Field(SAID_PREFIX + "rest", "text", FieldMap(sql=sql))] if sql else []


def _item_field(column: str, item: ItemMap) -> Field:
    return Field(
        item_field_name(column),
        "text",
        FieldMap.model_validate({"from": item.sources or [column], "nulls": item.nulls, "required": False}),
    )


def item_field_name(column: str) -> str:
    """The landed column that holds a wide item."""
    return ITEM_PREFIX + (normalise(column) or "x")


def items(table: TableMap, headers: Sequence[str]) -> dict[str, ItemMap]:
    """The wide columns of a table: those named, and those among the headers that match its pattern."""
    if table.unpivot is None:
        return {}
    shared = table.unpivot.item.model_dump(exclude_unset=True, by_alias=True)
    found: dict[str, ItemMap] = {}
    for column, item in table.unpivot.columns.items():
        own = item.model_dump(exclude_unset=True, by_alias=True)
        found[column] = ItemMap.model_validate({"item": normalise(column), **shared, **own})
    if table.unpivot.matching:
        for header in headers:
            if header not in found and _matches(header, table.unpivot.matching):
                found[header] = ItemMap.model_validate({"item": normalise(header), **shared})
    return found


def _matches(header: str, pattern: str) -> bool:
    try:
        return re.fullmatch(pattern, header, re.IGNORECASE) is not None
    except re.error:
        return fnmatchcase(header.lower(), pattern.lower())


def _key(name: str, shape: ShapeMap, contract: Contract | None, tables: Sequence[TableMap]) -> tuple[str, ...]:
    if shape.key:
        return tuple(shape.key)
    if contract:
        return tuple(column for column in contract.key if column in shape.fields)
    for table in tables:
        columns = [table.columns.get(column, "") for column in load_contracts()[table.table].key]
        fields = [bare_field(expression, name, shape) for expression in columns if expression]
        if fields and all(fields) and not table.unpivot:
            return tuple(dict.fromkeys(field for field in fields if field))
    return ()


def _version(name: str, shape: ShapeMap, contract: Contract | None, tables: Sequence[TableMap]) -> str | None:
    if contract:
        return contract.version if contract.version in shape.fields else None
    for table in tables:
        wanted = load_contracts()[table.table].version
        if wanted and wanted in table.columns:
            return bare_field(table.columns[wanted], name, shape)
    return None


def _own_rules(shape: ShapeMap) -> list[RowRule]:
    return [RowRule(rule.name, "", rule.when) for rule in shape.rules]


def _contract_rules(contract: Contract | None) -> list[RowRule]:
    return [RowRule(rule.name, "", rule.when) for rule in contract.rules] if contract else []


def _mapped_rules(name: str, tables: Sequence[TableMap], shape: ShapeMap) -> list[RowRule]:
    """Contract rules said in the words of the shape, where they speak of it alone."""
    rules: list[RowRule] = []
    for table in tables:
        contract = load_contracts()[table.table]
        own = {c: e for c, e in table.columns.items() if _is_own(e, table, name)}
        made = _table_rules(contract, table, own, shape, name)
        if table.unpivot is None and _is_own(table.where or "", table, name):
            rules += [_within(table, rule) for rule in made]
        else:
            # Which rows of it there will be is not known here; one of tomorrow is wrong in any of them.
            rules += [rule for rule in made if re.search(r"\bas_of\b", rule.when)]
    return rules


def _is_own(expression: str, table: TableMap, name: str) -> bool:
    others = [alias for alias in [*table.join, *(["item"] if table.unpivot else [])] if alias != name]
    return not any(re.search(rf"\b{re.escape(alias)}\s*\.", expression) for alias in others)


def _within(table: TableMap, rule: RowRule) -> RowRule:
    return replace(rule, when=f"({table.where}) and ({rule.when})") if table.where else rule


def _table_rules(
    contract: Contract, table: TableMap, own: Mapping[str, str], shape: ShapeMap, name: str
) -> list[RowRule]:
    rules = []
    for column in contract.columns.values():
        expression = own.get(column.name)
        if expression is None or bare_field(expression, name, shape):
            continue
        if column.required:
            reason = "null_key" if column.name in contract.key else "missing_value"
            rules.append(RowRule(reason, column.name, f"({expression}) is null"))
        if column.is_closed:
            listed = ", ".join(map(quote_text, column.values))
            rules.append(RowRule("unknown_value", column.name, f"({expression}) not in ({listed})"))
    for rule in contract.rules:
        when = _in_words_of(rule.when, contract, table, own)
        if when is not None:
            rules.append(RowRule(rule.name, "", when))
    return rules


def _in_words_of(when: str, contract: Contract, table: TableMap, own: Mapping[str, str]) -> str | None:
    """A rule with its columns replaced by their expressions; ``None`` when one is made of other shapes."""
    missing = False

    def put(match: re.Match[str]) -> str:
        nonlocal missing
        column = contract.columns.get(match[0])
        if column is None:
            return match[0]
        if column.name in table.columns and column.name not in own:
            missing = True
        return f"try_cast(({own.get(column.name, 'null')}) as {column.sql_type})"

    replaced = _WORD.sub(put, when)
    return None if missing else replaced
