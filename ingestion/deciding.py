"""What is decided per file and column before it is read: date formats, decimal commas, percentages.

A sample decides first and the load proves it: a value that then cannot be read brings the whole column back here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingestion.datatypes import DATE_TYPES, NumberReading
from ingestion.date_readings import DateReading, given_reading
from ingestion.dates import SAMPLE_ROWS, decide, read_shapes
from ingestion.plans import Shape
from ingestion.readers.reading import FileRefused, Reading
from ingestion.shaping import Bound, Decisions, typed_field
from warehouse.store import Connection, quote_name

_NUMBER_TYPES = frozenset({"seconds", "decimal", "money", "share", "count", "integer"})


def decide_columns(
    con: Connection, shape: Shape, reading: Reading, bound: Sequence[Bound], *, whole: Iterable[str] = ()
) -> Decisions:
    """Decide every column of a file from a sample, and those in ``whole`` from all rows. Raises `FileRefused`."""
    decisions = Decisions()
    proven = set(whole)
    open_to = [item for item in bound if item.text is not None and item.field.given.value is None]
    sampled = _take_sample(con, reading, [item for item in open_to if item.field.type in DATE_TYPES | _NUMBER_TYPES])
    for item in open_to:
        name, kind = item.field.name, item.field.type
        relation = _whole(reading, item) if name in proven else sampled
        column = "v" if name in proven else quote_name(name)
        if kind in DATE_TYPES:
            decisions.dates[name] = _dates(con, shape, reading, item, relation, column)
        elif kind in _NUMBER_TYPES:
            decisions.numbers[name] = _numbers(con, reading, item, relation, column)
        # A blank around a text with an offset would be cast all the same, and its offset overlooked.
        date_reading = decisions.dates.get(name)
        is_strict = date_reading is not None and not date_reading.has_offsets
        if item.bare and name not in proven and (is_strict or name in decisions.numbers):
            decisions.untrimmed.add(name)
    return decisions


def _take_sample(con: Connection, reading: Reading, items: Sequence[Bound]) -> str:
    """The first rows of the columns to decide, read once."""
    texts = ", ".join(f"{item.text} as {quote_name(item.field.name)}" for item in items) or "1 as nothing"
    con.execute(
        f"create or replace temp table sampled_rows as select {texts} from {reading.relation} limit {SAMPLE_ROWS}"
    )
    return "sampled_rows"


def is_settled(con: Connection, reading: Reading, item: Bound, decisions: Decisions, zone: str) -> bool:
    """Whether values that could not be read are just bad ones; looked at apart, they would change no decision."""
    one = item.field
    bare = item.bare if one.name in decisions.untrimmed else item.text
    con.execute(
        f"create or replace temp table unread_rows as select v from (select {item.text} as v, {bare} as bare "
        f"from {reading.relation}) where bare is not null and {typed_field(one, 'bare', decisions, zone)} is null"
    )
    trimmed = (
        f"select 1 from unread_rows where v is null or {typed_field(one, 'v', decisions, zone)} is not null limit 1"
    )
    if con.scalar(trimmed):
        return False
    if one.type in DATE_TYPES:
        if decisions.dates[one.name].given:
            return True
        shapes = [*read_shapes(con, "sampled_rows", quote_name(one.name)), *read_shapes(con, "unread_rows", "v")]
        found = decide(shapes, is_date=one.type == "date")
        return found.question is None and found.same_as(decisions.dates[one.name])
    numbers = replace(decisions.numbers[one.name], is_plain=False)
    general = Decisions(numbers={one.name: numbers})
    return not con.scalar(f"select 1 from unread_rows where {typed_field(one, 'v', general, zone)} is not null limit 1")


def _whole(reading: Reading, item: Bound) -> str:
    return f"(select {item.text} as v from {reading.relation})"


def _dates(con: Connection, shape: Shape, reading: Reading, item: Bound, relation: str, column: str) -> DateReading:
    if item.field.given.format:
        return given_reading(item.field.given.format)
    is_date = item.field.type == "date"
    found = decide(read_shapes(con, relation, column), is_date=is_date)
    if found.question and column != "v":
        found = decide(read_shapes(con, _whole(reading, item), "v"), is_date=is_date)
    if found.question:
        raise _undecidable(shape, reading, item, found)
    if not found.formats():
        return DateReading(iso=True, has_offsets=True, unread=found.unread)
    return found


def _undecidable(shape: Shape, reading: Reading, item: Bound, found: DateReading) -> FileRefused:
    column = item.header or item.field.name
    options = " or ".join(f"format: '{form}'" for form in found.suggestions)
    return FileRefused(
        f"{reading.piece.name}: the dates in column {column!r} cannot be decided: {found.question}.",
        code="undecidable_dates",
        file=reading.piece.name,
        key=f"shapes.{shape.name}.fields.{item.field.name}.format",
        hint=f"Say it in the map, under field {item.field.name}: {options}.",
    )


_PLAIN = {True: r"-?[0-9]+", False: r"-?[0-9]+(\.[0-9]+)?"}
_COMMA = r"-?[0-9]+,([0-9]|[0-9]{2}|[0-9]{4,})%?|-?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+%?"
_POINT = r"-?[0-9]*\.([0-9]|[0-9]{2}|[0-9]{4,})%?|-?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+%?"


def _numbers(con: Connection, reading: Reading, item: Bound, relation: str, column: str) -> NumberReading:
    given = item.field.given
    is_share = item.field.type == "share"
    is_whole = item.field.type in ("count", "integer")
    if is_share and column != "v":
        relation, column = _whole(reading, item), "v"
    row = con.rows(f"""
        with looked_at as (select {column} as t, regexp_replace({column}, '[^0-9.,%-]', '', 'g') as v from {relation}),
        numbers as (select *, try_cast(replace(v, ',', '.') as double) as n, contains(v, '%') as has_sign
            from looked_at)
        select count(t) as n, count_if(regexp_full_match(t, '{_PLAIN[is_whole]}')) as plain,
            count_if(regexp_full_match(v, '{_COMMA}')) as comma, count_if(regexp_full_match(v, '{_POINT}')) as point,
            count_if(not has_sign and n > 1) as above_one, count_if(not has_sign and n <= 1) as up_to_one
        from numbers where t is not null""")[0]
    # Of no rows at all, count_if is null.
    row = {name: value or 0 for name, value in row.items()}
    comma = given.decimal == "," if given.decimal else row["comma"] > 0 and row["point"] == 0
    percent = given.unit == "percent" if given.unit in ("percent", "fraction") else row["above_one"] > row["up_to_one"]
    # Whoever comes with the whole column has met a value that is not plain.
    plain = row["plain"] == row["n"] and not comma and not is_share and column != "v"
    return NumberReading(comma, percent and is_share, is_plain=plain)
