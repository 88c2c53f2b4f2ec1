"""What is decided per file and column before it is read: date formats, decimal commas, percentages.

A sample decides first and the load proves it: a value that then cannot be read brings the whole column back here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingestion.datatypes import DATE_TYPES, NumberReading
from ingestion.dates import SAMPLE_ROWS, DateReading, decide, given_reading, read_shapes
from ingestion.plans import Shape
from ingestion.readers.reading import FileRefused, Reading
from ingestion.shaping import Bound, Decisions
from warehouse.store import Connection

_NUMBER_TYPES = frozenset({"seconds", "decimal", "money", "share", "count", "integer"})


def decide_columns(
    con: Connection, shape: Shape, reading: Reading, bound: Sequence[Bound], *, whole: Iterable[str] = ()
) -> Decisions:
    """Decide every column of a file from a sample, and those in ``whole`` from all rows. Raises `FileRefused`."""
    decisions = Decisions()
    proven = set(whole)
    for item in bound:
        if item.text is None or item.field.given.value is not None:
            continue
        name, kind = item.field.name, item.field.type
        if kind in DATE_TYPES:
            decisions.dates[name] = _dates(con, shape, reading, item, whole=name in proven)
        elif kind in _NUMBER_TYPES:
            decisions.numbers[name] = _numbers(con, reading, item, whole=name in proven)
    return decisions


def _dates(con: Connection, shape: Shape, reading: Reading, item: Bound, *, whole: bool) -> DateReading:
    if item.field.given.format:
        return given_reading(item.field.given.format)
    relation, text = _relation(reading, item)
    is_date = item.field.type == "date"
    found = decide(read_shapes(con, relation, text, rows=None if whole else SAMPLE_ROWS), is_date=is_date)
    if found.question and not whole:
        found = decide(read_shapes(con, relation, text), is_date=is_date)
    if found.question:
        raise _undecidable(shape, reading, item, found)
    if not found.formats():
        return DateReading(iso=True, has_offsets=True, unread=found.unread)
    return found


def _relation(reading: Reading, item: Bound) -> tuple[str, str]:
    """A one-column relation of the cleaned text (a window inside an expression needs the whole relation)."""
    return f"(select {item.text} as v from {reading.relation})", "v"


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


def _numbers(con: Connection, reading: Reading, item: Bound, *, whole: bool) -> NumberReading:
    given = item.field.given
    comma = given.decimal == "," if given.decimal else None
    percent = given.unit == "percent" if given.unit in ("percent", "fraction") else None
    if item.field.type != "share":
        percent = False
    if comma is not None and percent is not None:
        return NumberReading(comma, percent)
    relation, text = _relation(reading, item)
    limit = "" if whole or item.field.type == "share" else f" limit {SAMPLE_ROWS}"
    row = con.rows(f"""
        with looked_at as (select regexp_replace({text}, '[^0-9.,%-]', '', 'g') as v from {relation}{limit})
        select
            count_if(regexp_full_match(v, '-?[0-9]+,([0-9]|[0-9]{{2}}|[0-9]{{4,}})%?|-?[0-9]{{1,3}}(\\.[0-9]{{3}})+,[0-9]+%?')) as comma,
            count_if(regexp_full_match(v, '-?[0-9]*\\.([0-9]|[0-9]{{2}}|[0-9]{{4,}})%?|-?[0-9]{{1,3}}(,[0-9]{{3}})+\\.[0-9]+%?')) as point,
            count_if(not contains(v, '%') and try_cast(replace(v, ',', '.') as double) > 1) as above_one,
            count_if(not contains(v, '%') and try_cast(replace(v, ',', '.') as double) <= 1) as up_to_one
        from looked_at where v is not null and v <> ''""")[0]
    decided_comma = row["comma"] > 0 and row["point"] == 0
    decided_percent = row["above_one"] > row["up_to_one"]
    return NumberReading(
        decided_comma if comma is None else comma, decided_percent if percent is None else percent
    )
