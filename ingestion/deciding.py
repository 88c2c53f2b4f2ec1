"""What is decided per file and column before it is read: date formats, decimal commas, percentages.

A sample decides first and the load proves it: a value that then cannot be read brings its column back here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ingestion.binding import Bound
from ingestion.datatypes import DATE_TYPES, NumberReading, whole_sql
from ingestion.date_readings import DateReading, given_reading
from ingestion.date_shapes import read_shapes
from ingestion.date_words import is_reordering
from ingestion.dates import decide
from ingestion.elsewhere import order_elsewhere
from ingestion.plans import Shape
from ingestion.readers.reading import FileRefused, Reading
from ingestion.sampling import SAMPLED, sample_rows
from ingestion.shaping import Decisions, is_plain_text, typed_field
from warehouse.store import Connection, quote_name

_NUMBER_TYPES = frozenset({"seconds", "decimal", "money", "share", "count", "integer"})
# Up to 18 digits and no zero before them: what a number written out again gives back.
_WHOLE = r"0|-?[1-9][0-9]{0,17}"
_UTC_SECONDS = "9999-99-99t99:99:99z"


def _to_decide(bound: Sequence[Bound]) -> list[Bound]:
    kinds = DATE_TYPES | _NUMBER_TYPES
    return [i for i in bound if i.text is not None and i.field.given.value is None and i.field.type in kinds]


def decide_columns(con: Connection, shape: Shape, reading: Reading, bound: Sequence[Bound], work: Path) -> Decisions:
    """Decide every column of a file from a sample. Raises `FileRefused` for what no row decides."""
    decisions = Decisions()
    items, plain = _to_decide(bound), _plain_texts(bound)
    if not items and not plain:
        return decisions
    texts = [f"{item.text} as {quote_name(item.field.name)}" for item in items]
    texts += [f"{item.bare} as {quote_name(item.field.name)}" for item in plain]
    sample_rows(con, reading, ", ".join(texts), work)
    decisions.untrimmed, whole = _plain_columns(con, plain)
    # A file without the column has nothing against it.
    absent = {i.field.name for i in bound if i.text is None and i.field.type == "id" and i.field.is_stored}
    # Versions are compared as the texts they are.
    decisions.whole = (whole | absent) - {shape.version}
    for item in items:
        name = item.field.name
        if item.field.type in DATE_TYPES:
            decisions.dates[name] = _quick(con, item, _dates(con, shape, reading, item))
        else:
            decisions.numbers[name] = _numbers(con, reading, item, SAMPLED, quote_name(name))
        # A blank around a text with an offset would be cast all the same, and its offset overlooked.
        date_reading = decisions.dates.get(name)
        is_strict = date_reading is not None and not date_reading.has_offsets
        if item.bare and (is_strict or name in decisions.numbers):
            decisions.untrimmed.add(name)
    return decisions


def _plain_texts(bound: Sequence[Bound]) -> list[Bound]:
    """Texts that are landed as they stand, but for blanks around them."""
    return [item for item in bound if item.bare and is_plain_text(item.field)]


def _plain_columns(con: Connection, items: Sequence[Bound]) -> tuple[set[str], set[str]]:
    """The plain texts without blanks at an end in the sample, and the ids that are all whole numbers in it."""
    if not items:
        return set(), set()
    names = {f"c{place}": item.field.name for place, item in enumerate(items)}
    columns = {alias: quote_name(name) for alias, name in names.items()}
    ids = {alias for alias, item in zip(names, items, strict=True) if item.field.type == "id"}
    listed = [f"coalesce(bool_or(trim({column}) <> {column}), false) as {c}" for c, column in columns.items()]
    listed += [
        f"coalesce(bool_and(regexp_full_match({columns[c]}, '{_WHOLE}')), true) as w{c}" for c in columns if c in ids
    ]
    row = con.rows(f"select {', '.join(listed)} from {SAMPLED}")[0]
    untrimmed = {name for alias, name in names.items() if not row[alias]}
    return untrimmed, {names[alias] for alias in ids if row[f"w{alias}"]}


def _quick(con: Connection, item: Bound, found: DateReading) -> DateReading:
    """Instants that all end in Z are parsed by one format, which is faster than a cast that must look for offsets."""
    if found.given or not (found.iso and found.has_offsets) or item.field.type != "instant" or len(found.formats()) > 1:
        return found
    name = quote_name(item.field.name)
    usual = f"translate(lower({name}), '012345678', '999999999') = '{_UTC_SECONDS}' and contains({name}, 'T')"
    counted = con.rows(
        f"select count({name}) as n, count_if({usual} and ends_with({name}, 'Z')) as usual from {SAMPLED}"
    )
    if counted[0]["n"] and counted[0]["n"] == counted[0]["usual"]:
        return DateReading(utc_formats=("%Y-%m-%dT%H:%M:%SZ",))
    return found


def reconsider(
    con: Connection,
    shape: Shape,
    reading: Reading,
    bound: Sequence[Bound],
    decisions: Decisions,
    refused: str,
    zone: str,
) -> Decisions | None:
    """Other decisions by which more of the ``refused`` rows (a relation) can be read, or ``None``.

    What was decided from a sample is decided again with the values that could not be read, and from the whole file
    where these leave a question. Raises `FileRefused` when that leaves one too.
    """
    better = replace(
        decisions, dates=dict(decisions.dates), numbers=dict(decisions.numbers), untrimmed=set(decisions.untrimmed)
    )
    better.whole = decisions.whole - _no_numbers(con, bound, decisions, refused)
    changed = [_reconsider(con, shape, reading, item, better, refused, zone) for item in _to_decide(bound)]
    return better if any(changed) or better.whole != decisions.whole else None


def _no_numbers(con: Connection, bound: Sequence[Bound], decisions: Decisions, refused: str) -> set[str]:
    """Ids taken for whole numbers of which some row says otherwise."""
    items = [item for item in bound if item.bare and item.field.name in decisions.whole]
    if not items:
        return set()
    listed = ", ".join(
        f"bool_or({item.bare} is not null and {whole_sql(str(item.bare))} is null) as c{place}"
        for place, item in enumerate(items)
    )
    row = con.rows(f"select {listed} from {refused}")[0]
    return {item.field.name for place, item in enumerate(items) if row[f"c{place}"]}


def _reconsider(
    con: Connection, shape: Shape, reading: Reading, item: Bound, decisions: Decisions, refused: str, zone: str
) -> bool:
    """Put a better decision for one column into ``decisions``; whether there is one."""
    one = item.field
    text = item.bare if one.name in decisions.untrimmed else item.text
    con.execute(
        f"create or replace temp table unread_rows as select v from (select {item.text} as v, {text} as given "
        f"from {refused}) where given is not null and {typed_field(one, 'given', decisions, zone)} is null"
    )
    if not con.scalar("select 1 from unread_rows limit 1"):
        return False
    if one.name in decisions.untrimmed and _reads_some(con, item, decisions, zone):
        decisions.untrimmed.discard(one.name)
        return True
    if one.type in DATE_TYPES:
        return _reconsider_dates(con, shape, reading, item, decisions, zone)
    general = Decisions(numbers={one.name: replace(decisions.numbers[one.name], is_plain=False)})
    if not _reads_some(con, item, general, zone):
        return False
    decisions.numbers[one.name] = _numbers(con, reading, item, _whole(reading, item), "v")
    decisions.untrimmed.discard(one.name)
    return True


def _reconsider_dates(
    con: Connection, shape: Shape, reading: Reading, item: Bound, decisions: Decisions, zone: str
) -> bool:
    name = item.field.name
    given = decisions.dates[name]
    if given.given:
        words = decide(read_shapes(con, "unread_rows", "v"), is_date=item.field.type == "date").respelling
        decisions.dates[name] = replace(given, respelling=tuple(one for one in words if not is_reordering(one)))
        if decisions.dates[name] != given and _reads_some(con, item, decisions, zone):
            return True
        decisions.dates[name] = given
        return False
    shapes = [*read_shapes(con, SAMPLED, quote_name(name)), *read_shapes(con, "unread_rows", "v")]
    found = decide(shapes, is_date=item.field.type == "date")
    if found.question:
        found = _dates(con, shape, reading, item, whole=True)
    if not _reads_some(con, item, Decisions(dates={name: found}), zone):
        return False
    decisions.dates[name] = found
    decisions.untrimmed.discard(name)
    return True


def _reads_some(con: Connection, item: Bound, decisions: Decisions, zone: str) -> bool:
    blank = "v is null or " if item.field.name in decisions.untrimmed else ""
    sql = f"select 1 from unread_rows where {blank}{typed_field(item.field, 'v', decisions, zone)} is not null limit 1"
    return con.scalar(sql) is not None


def _whole(reading: Reading, item: Bound) -> str:
    return f"(select {item.text} as v from {reading.relation})"


def _dates(con: Connection, shape: Shape, reading: Reading, item: Bound, *, whole: bool = False) -> DateReading:
    if item.field.given.format:
        return given_reading(item.field.given.format)
    is_date = item.field.type == "date"
    found = None if whole else decide(read_shapes(con, SAMPLED, quote_name(item.field.name)), is_date=is_date)
    if found is None or found.question:
        found = decide(read_shapes(con, _whole(reading, item), "v"), is_date=is_date)
    if found.question:
        found = _told_elsewhere(con, reading, item) or found
    if found.question:
        raise _undecidable(shape, reading, item, found)
    if not found.formats():
        return DateReading(iso=True, has_offsets=True, unread=found.unread)
    return found


def _told_elsewhere(con: Connection, reading: Reading, item: Bound) -> DateReading | None:
    """The dates read by what else tells day from month, or as their make usually writes them."""
    usual = item.field.given.undecided
    known = order_elsewhere(con, reading, item)
    order = known[0] if known else usual
    if order is None:
        return None
    shapes = read_shapes(con, _whole(reading, item), "v")
    found = decide(shapes, is_date=item.field.type == "date", order=order)
    if found.question:
        return None
    return replace(found, told_by=known[1] if known else None, is_assumed=known is None)


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
