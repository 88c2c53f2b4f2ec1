"""The SQL that reads one file into its landed table: text cells → typed fields → judged rows, in one scan.

Good and bad rows are written by the same statement; a bad row carries its reason, field and raw text, and ``_state``
says which rows count (0), which are older or double (1) and which are quarantined (2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ingestion.datatypes import (
    DATE_TYPES,
    TEXT_TYPES,
    NumberReading,
    category_sql,
    clean_text,
    is_unknown_word,
    says_no_value,
    typed_sql,
)
from ingestion.dates import ISO, DateReading, date_sql, timestamp_sql
from ingestion.headers import HeaderIndex
from ingestion.plans import Field, Shape
from ingestion.readers.reading import Reading
from warehouse.store import quote_name, quote_text

CURRENT, OLD, QUARANTINED = 0, 1, 2
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"((?:[^\"]|\"\")+)\"")


@dataclass
class Decisions:
    """What was decided about the columns of one file, by field name."""

    dates: dict[str, DateReading] = field(default_factory=dict)
    numbers: dict[str, NumberReading] = field(default_factory=dict)

    def differ_from(self, other: Decisions) -> bool:
        """Whether some value would be read otherwise."""
        dates = any(not reading.same_as(other.dates[name]) for name, reading in self.dates.items())
        return dates or self.numbers != other.numbers


@dataclass(frozen=True)
class Bound:
    """A field bound to a file: the SQL of its text, or ``None`` when the file has no such column."""

    field: Field
    text: str | None
    header: str | None = None


def create_land(shape: Shape) -> str:
    """The statement that makes the landed table."""
    columns = [f"{quote_name(field.name)} {field.sql_type}" for field in shape.fields]
    own = ["_file SMALLINT", "_state TINYINT", "_reason VARCHAR", "_field VARCHAR", "_raw VARCHAR"]
    return f"create or replace table {shape.land} ({', '.join([*columns, *own])})"


def bind(shape: Shape, reading: Reading) -> list[Bound]:
    """Find every field's column in a file."""
    index = HeaderIndex(reading.columns)
    return [_bind(field, index) for field in shape.fields]


def _bind(field: Field, index: HeaderIndex) -> Bound:
    given = field.given
    if field.is_absent:
        return Bound(field, None)
    if given.value is not None:
        return Bound(field, quote_text(given.value))
    if given.sql is not None:
        return Bound(field, _clean(f"cast(({_with_headers(given.sql, index)}) as varchar)", field))
    header = index.first(field.names)
    return Bound(field, _clean(quote_name(header), field) if header is not None else None, header)


def _clean(raw: str, field: Field) -> str:
    return clean_text(raw, field.type, field.given.nulls)


def _with_headers(sql: str, index: HeaderIndex) -> str:
    """Quoted names as the file spells them; a column that is not there is null."""

    def put(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        header = index.find(match[1].replace('""', '"'))
        return quote_name(header) if header is not None else "cast(null as varchar)"

    return _QUOTED.sub(put, sql)


def insert_file(
    shape: Shape, reading: Reading, bound: list[Bound], decisions: Decisions, *, file_no: int, as_of: datetime, zone: str
) -> str:
    """The one statement that lands a file."""
    texts = [f"{item.text} as {_text(item.field)}" for item in bound if item.text is not None]
    raws = [f"{quote_name(column)} as {_raw(column)}" for column in reading.columns]
    typed = [f"{_typed(item, decisions, zone)} as {quote_name(item.field.name)}" for item in bound]
    carried = [_raw(column) for column in reading.columns]
    carried += [_text(item.field) for item in bound if item.text is not None]
    has_as_of = any(item.field.name == "as_of" for item in bound)
    clock = "" if has_as_of else f", timestamp {quote_text(as_of.isoformat(sep=' '))} as as_of"
    reason, at_field = _judgement(shape, bound)
    names = ", ".join(quote_name(item.field.name) for item in bound)
    return f"""
insert into {shape.land}
with texts as (select {", ".join([*raws, *texts])} from {reading.relation}),
typed as (select {", ".join([*carried, *typed])}{clock} from texts),
judged as (select *, {reason} as "reason:" from typed as {quote_name(shape.name)})
select {names}, {file_no} as _file, case when "reason:" is null then {CURRENT} else {QUARANTINED} end as _state,
    "reason:" as _reason, {at_field} as _field, case when "reason:" is not null then {_raw_text(reading)} end as _raw
from judged as {quote_name(shape.name)}"""


def _text(field: Field) -> str:
    return quote_name(f"text:{field.name}")


def _raw(column: str) -> str:
    return quote_name(f"raw:{column}")


def _typed(item: Bound, decisions: Decisions, zone: str) -> str:
    one = item.field
    if item.text is None:
        return f"cast(null as {one.sql_type})"
    zone = one.given.time_zone or zone
    text = _text(one)
    if one.words is not None:
        text = category_sql(text, one.words, keep=one.otherwise == "keep")
        if one.type == "category":
            return text
    if one.type in DATE_TYPES:
        reading = decisions.dates.get(one.name, ISO)
        return (date_sql if one.type == "date" else timestamp_sql)(text, reading, zone)
    return typed_sql(text, one.type, decisions.numbers.get(one.name, NumberReading()), one.given.unit)


def _judgement(shape: Shape, bound: list[Bound]) -> tuple[str, str]:
    """The reason why a row is refused, and the field it lies in, as SQL."""
    checks = _checks(shape, bound)
    if not checks:
        return "cast(null as varchar)", "cast(null as varchar)"
    grouped: dict[str, list[str]] = {}
    for reason, _, when in checks:
        grouped.setdefault(reason, []).append(when)
    reasons = " ".join(f"when {' or '.join(whens)} then {quote_text(reason)}" for reason, whens in grouped.items())
    located = [(reason, name, when) for reason, name, when in checks if name]
    fields = " ".join(
        f"when \"reason:\" = {quote_text(reason)} and ({when}) then {quote_text(name)}" for reason, name, when in located
    )
    return f"case {reasons} end", f"case when \"reason:\" is null then null {fields} end"


def _checks(shape: Shape, bound: list[Bound]) -> list[tuple[str, str, str]]:
    by_name = {item.field.name: item for item in bound}
    checks = []
    for name in shape.key_required:
        if by_name[name].text is not None:
            checks.append(("null_key", name, f"({_text(by_name[name].field)} is null)"))
    for item in bound:
        check = _unread(item)
        if check:
            reason = "unknown_value" if item.field.type == "category" else "not_parseable"
            checks.append((reason, item.field.name, check))
    for item in bound:
        if item.field.required and item.text is not None and item.field.name not in shape.key_required:
            checks.append(("missing_value", item.field.name, f"({quote_name(item.field.name)} is null)"))
    checks += [(rule.reason, rule.field, f"coalesce(({rule.when}), false)") for rule in shape.rules]
    order = {"null_key": 0, "not_parseable": 1, "unknown_value": 2, "missing_value": 3}
    return sorted(checks, key=lambda check: order.get(check[0], 4))


def _unread(item: Bound) -> str | None:
    one = item.field
    if item.text is None or one.otherwise in ("null", "keep"):
        return _too_early(item) if one.type in DATE_TYPES and item.text is not None else None
    text, name = _text(one), quote_name(one.name)
    if one.type == "category":
        return f"({text} is not null and {is_unknown_word(text, one.words or {})})"
    if one.type in TEXT_TYPES:
        return None
    unread = f"({text} is not null and {name} is null and not {says_no_value(text)})"
    early = _too_early(item)
    return f"({unread} or {early})" if early else unread


def _too_early(item: Bound) -> str | None:
    """A year below 1000 is a date read wrongly: ``03/04/05`` is not the year 3."""
    if item.field.type not in DATE_TYPES:
        return None
    return f"({quote_name(item.field.name)} < {item.field.sql_type} '1000-01-01')"


def _raw_text(reading: Reading) -> str:
    """The cells of a row as they would stand in a CSV file."""
    delimiter = reading.delimiter or ","
    cells = [_csv_cell(_raw(column), delimiter) for column in reading.columns]
    return f"concat_ws({quote_text(delimiter)}, {', '.join(cells)})"


def _csv_cell(name: str, delimiter: str) -> str:
    special = f"contains({name}, {quote_text(delimiter)}) or contains({name}, '\"') or contains({name}, chr(10))"
    return f"case when {name} is null then '' when {special} then '\"' || replace({name}, '\"', '\"\"') || '\"' else {name} end"


def missing_fields(bound: list[Bound]) -> Mapping[str, Field]:
    """Fields whose column the file does not have."""
    return {item.field.name: item.field for item in bound if item.text is None and not item.field.is_absent}
