"""The SQL that reads one file into its landed table: text cells → typed fields → judged rows, in one scan.

Good and bad rows are written by the same statement. ``_state`` says which rows count (0), which are older or double
(-1) and which are refused (above 0); a refused row carries its raw text for the quarantine.
A quick scan only finds out which rows some check may concern (`SUSPECT`): the checks are then made of these alone,
and a verdict is the number, from 1, of the check that failed.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime

from ingestion.binding import Bound
from ingestion.datatypes import (
    DATE_TYPES,
    TEXT_TYPES,
    NumberReading,
    category_sql,
    is_unknown_word,
    lazily_trimmed,
    says_no_value,
    typed_sql,
    whole_sql,
)
from ingestion.date_readings import ISO, DateReading
from ingestion.dates_sql import date_sql, timestamp_sql
from ingestion.plans import Field, Shape
from ingestion.readers.reading import Reading
from warehouse.store import quote_name, quote_text

CURRENT, OLD = 0, -1
SUSPECT = 32000
# The reason of a row that is the header once more, as reports of several pages and files put together have it.
REPEATED_HEADER = "repeated_header"
_WITH_HEADER, _FEWEST_NAMES = ("csv", "spreadsheet"), 2
IS_REFUSED = "_state > 0"
# From here on reading an expression a cell takes longer than the rows, which one of their list costs more.
_MANY_COLUMNS = 50


@dataclass
class Decisions:
    """What was decided about the columns of one file, by field name; ``whole`` ids are landed as numbers."""

    dates: dict[str, DateReading] = field(default_factory=dict)
    numbers: dict[str, NumberReading] = field(default_factory=dict)
    untrimmed: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)


def insert_file(
    shape: Shape,
    reading: Reading,
    bound: list[Bound],
    decisions: Decisions,
    *,
    file_no: int,
    as_of: datetime,
    zone: str,
) -> str:
    """The one statement that lands a file; rows that a check may concern are marked `SUSPECT`."""
    judged = _judged(
        shape, reading, bound, decisions, as_of=as_of, zone=zone, verdict=_suspicion(shape, reading, bound, decisions)
    )
    stored = [item for item in bound if item.field.is_stored]
    names = ", ".join(quote_name(item.field.name) for item in stored)
    values = ", ".join(_landed(item, decisions.whole) for item in stored)
    return f"""
insert into {shape.land} ({names}, _file, _state, _raw)
{judged}
select {values}, {file_no} as _file, _state, case when {IS_REFUSED} then {_raw_text(reading)} end as _raw
from judged"""


def _landed(item: Bound, whole: Set[str]) -> str:
    is_number = item.field.name in whole and item.text is not None
    return f"{_number(item.field)} as {quote_name(item.field.name)}" if is_number else quote_name(item.field.name)


def judge_rows(
    shape: Shape, reading: Reading, bound: list[Bound], decisions: Decisions, *, as_of: datetime, zone: str
) -> str:
    """A select of the verdict on each row of a reading, in order."""
    made = checks_of(shape, reading, bound, decisions.whole)
    checks = " ".join(f"when {check.when} then {number}" for number, check in enumerate(made, 1))
    verdict = f"case {checks} else {CURRENT} end" if checks else str(CURRENT)
    judged = _judged(shape, reading, bound, decisions, as_of=as_of, zone=zone, verdict=verdict, is_quick=False)
    return judged + "select _state from judged"


def _judged(
    shape: Shape,
    reading: Reading,
    bound: list[Bound],
    decisions: Decisions,
    *,
    as_of: datetime,
    zone: str,
    verdict: str,
    is_quick: bool = True,
) -> str:
    present = [item for item in bound if item.text is not None]
    texts = [f"{_text_sql(item, decisions, is_quick=is_quick)} as {_text(item.field)}" for item in present]
    raws = [f"{quote_name(column)} as {_raw(column)}" for column in reading.columns]
    typed = [f"{_typed(item, decisions, zone)} as {quote_name(item.field.name)}" for item in bound]
    whole = [item.field for item in present if item.field.name in decisions.whole]
    # Rules speak of an id as of a text, also where a number is landed.
    typed += [f"{whole_sql(_text(one))} as {_number(one)}" for one in whole]
    carried = [_raw(column) for column in reading.columns]
    carried += [_text(item.field) for item in present]
    has_as_of = any(item.field.name == "as_of" for item in bound)
    clock = "" if has_as_of else f", timestamp {quote_text(as_of.isoformat(sep=' '))} as as_of"
    return f"""with texts as (select {", ".join([*raws, *texts])} from {reading.relation}),
typed as (select {", ".join([*carried, *typed])}{clock} from texts),
judged as (select *, {verdict} as _state from typed as {quote_name(shape.name)})
"""


def _suspicion(shape: Shape, reading: Reading, bound: list[Bound], decisions: Decisions) -> str:
    """Whether some check may concern a row: as few expressions as possible, since every row pays for each."""
    whole = decisions.whole
    present = [item for item in bound if item.text is not None]
    read = [item for item in present if _may_be_unread(item.field) or item.field.name in whole]
    signs = [f"({rule.when})" for rule in shape.rules]
    signs += [f"{_raw(name)} = {quote_text(name)}" for name in _printed_names(reading)[:1]]
    signs += [f"{_text(item.field)} is null" for item in present if item.field.name in shape.key_required]
    signs += [early for item in present if (early := _too_early(item))]
    signs += [f"{_value(item.field, whole)} is null" for item in present if item.field.required]
    if read:
        without_value = " + ".join(f"cast({_value(item.field, whole)} is null as smallint)" for item in read)
        without_text = " + ".join(f"cast({_text(item.field)} is null as smallint)" for item in read)
        signs.append(f"{without_value} <> {without_text}")
    return f"case when {' or '.join(signs)} then {SUSPECT} else {CURRENT} end" if signs else str(CURRENT)


def _value(one: Field, whole: Set[str]) -> str:
    return _number(one) if one.name in whole else quote_name(one.name)


def _may_be_unread(one: Field) -> bool:
    return one.otherwise not in ("null", "keep") and (one.type not in TEXT_TYPES or one.type == "category")


def _text_sql(item: Bound, decisions: Decisions, *, is_quick: bool) -> str:
    """The text of a cell. A quick scan trims no category: one that is not a word of ours is looked at anyhow."""
    bare, name = item.bare, item.field.name
    if bare is None or item.text is None:
        return item.text or "null"
    if name in decisions.whole or (is_quick and item.field.type == "category"):
        return bare
    if name not in decisions.untrimmed:
        return item.text
    return lazily_trimmed(bare) if is_plain_text(item.field) else bare


def is_plain_text(one: Field) -> bool:
    """Whether a field is landed as it stands, but for blanks around it."""
    return one.type in ("id", "text") and one.words is None


def _text(field: Field) -> str:
    return quote_name(f"text:{field.name}")


def _number(field: Field) -> str:
    return quote_name(f"number:{field.name}")


def _raw(column: str) -> str:
    return quote_name(f"raw:{column}")


def _typed(item: Bound, decisions: Decisions, zone: str) -> str:
    if item.text is None:
        return f"cast(null as {item.field.sql_type})"
    return typed_field(item.field, _text(item.field), decisions, zone)


def typed_field(one: Field, text: str, decisions: Decisions, zone: str) -> str:
    """SQL for a field's value from the SQL of its text."""
    zone = one.given.time_zone or zone
    if one.words is not None:
        text = category_sql(text, one.words, keep=one.otherwise == "keep")
        if one.type == "category":
            return text
    if one.type in DATE_TYPES:
        reading = decisions.dates.get(one.name, ISO)
        return (date_sql if one.type == "date" else timestamp_sql)(text, reading, zone)
    return typed_sql(text, one.type, decisions.numbers.get(one.name, NumberReading()), one.given.unit)


@dataclass(frozen=True)
class Check:
    """One reason to refuse a row; its place in the list, from 1, is the verdict."""

    reason: str
    field: str
    when: str


_ORDER = {REPEATED_HEADER: -1, "null_key": 0, "not_parseable": 1, "unknown_value": 2, "missing_value": 3}


def checks_of(shape: Shape, reading: Reading, bound: list[Bound], whole: Set[str] = frozenset()) -> list[Check]:
    """Every check of a file's rows, in the order in which they are made; ``whole`` ids must be numbers."""
    present = [item for item in bound if item.text is not None]
    key = set(shape.key_required)
    checks = [Check("null_key", i.field.name, f"{_text(i.field)} is null") for i in present if i.field.name in key]
    for item in present:
        unread = _unread(item, is_number=item.field.name in whole)
        if unread:
            reason = "unknown_value" if item.field.type == "category" else "not_parseable"
            checks.append(Check(reason, item.field.name, unread))
    checks += [
        Check("missing_value", item.field.name, f"{quote_name(item.field.name)} is null")
        for item in present
        if item.field.required and item.field.name not in key
    ]
    checks += [Check(rule.reason, rule.field, f"({rule.when})") for rule in shape.rules]
    if names := _printed_names(reading):
        checks.append(Check(REPEATED_HEADER, "", f"({' and '.join(map(_is_heading, names))})"))
    return sorted(checks, key=lambda check: _ORDER.get(check.reason, 4))


def _printed_names(reading: Reading) -> list[str]:
    """The names that a header printed again would show, the ones of one word first."""
    if reading.kind not in _WITH_HEADER:
        return []
    named = [name for name in reading.columns if not re.fullmatch(r"unnamed_\d+", name)]
    return sorted(named, key=lambda name: " " in name) if len(named) >= _FEWEST_NAMES else []


def _is_heading(name: str) -> str:
    """Whether a cell is the name of its column; a name that stands twice has got a number."""
    once = re.sub(r"_\d+$", "", name)
    named = ", ".join(quote_text(one) for one in dict.fromkeys((name, once)))
    return f"coalesce(trim({_raw(name)}) in ({named}), false)"


def _unread(item: Bound, *, is_number: bool) -> str | None:
    one = item.field
    early = _too_early(item)
    if is_number:
        return f"({_number(one)} is null and {_text(one)} is not null)"
    if not _may_be_unread(one):
        return early
    text, name = _text(one), quote_name(one.name)
    unknown = is_unknown_word(text, one.words or {}) if one.type == "category" else f"not {says_no_value(text)}"
    unread = f"({name} is null and {text} is not null and {unknown})"
    return f"({unread} or {early})" if early else unread


def _too_early(item: Bound) -> str | None:
    """A year below 1000 is a date read wrongly: ``03/04/05`` is not the year 3."""
    if item.field.type not in DATE_TYPES:
        return None
    return f"({quote_name(item.field.name)} < {item.field.sql_type} '1000-01-01')"


def _raw_text(reading: Reading) -> str:
    """The cells of a row as they would stand in a CSV file."""
    delimiter = reading.delimiter or ","
    cells = list(map(_raw, reading.columns))
    if len(cells) > _MANY_COLUMNS:
        written = f"[{_csv_cell('cell', delimiter)} for cell in [{', '.join(cells)}]]"
        return f"array_to_string({written}, {quote_text(delimiter)})"
    return f"concat_ws({quote_text(delimiter)}, {', '.join(_csv_cell(cell, delimiter) for cell in cells)})"


def _csv_cell(name: str, delimiter: str) -> str:
    special = " or ".join(f"contains({name}, {sign})" for sign in (quote_text(delimiter), "'\"'", "chr(10)", "chr(13)"))
    quoted = f"'\"' || replace({name}, '\"', '\"\"') || '\"'"
    return f"case when {name} is null then '' when {special} then {quoted} else {name} end"
