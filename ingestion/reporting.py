"""What is told of a file that was landed: nothing that stops it, but what a person would want to know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ingestion.date_readings import DateReading
from ingestion.plans import Field, Shape
from ingestion.readers import Problem, Reading
from ingestion.scanning import Scan, Task
from ingestion.shaping import CURRENT
from warehouse.store import Connection, quote_name, quote_text

_TOLD_AT_MOST = 10


def look_back(con: Connection, task: Task, shape: Shape, reading: Reading, number: int, scan: Scan) -> list[Problem]:
    """New categories, instants inside a repeated hour, a header without rows, columns that are new."""
    problems = []
    if not con.scalar(f"select 1 from {shape.land} where _file = {number} limit 1") and not scan.rejected:
        problems.append(Problem("header_only", f"{reading.piece.name} has a header and no rows."))
    for field in shape.fields:
        if field.is_stored and field.type == "category" and field.known and field.otherwise == "keep":
            problems += _new_words(con, shape, reading, number, field)
    for name, read_as in scan.decisions.dates.items():
        field = shape.field(name)
        if read_as.told_by or read_as.is_assumed:
            problems.append(_undecided(reading, name, read_as))
        if read_as.doubt:
            problems.append(Problem("doubtful_dates", f"{reading.piece.name}, {name}: {read_as.doubt}."))
        if field.type == "instant" and (read_as.local_formats or read_as.iso):
            problems += _repeated_hours(con, shape, reading, number, field, field.given.time_zone or task.zone, scan)
    return [*problems, *_new_columns(con, task, shape, reading)]


def _undecided(reading: Reading, name: str, read_as: DateReading) -> Problem:
    """How dates were read that no row of their own column decides."""
    form = ", ".join(read_as.formats())
    if read_as.told_by:
        told = f"{reading.piece.name}, {name}: no row tells day from month; read as {form}, since {read_as.told_by}."
        return Problem("dates_told_elsewhere", told, "info")
    told = f"{reading.piece.name}, {name}: nothing tells day from month; read as {form}, as this make usually writes it"
    return Problem("dates_assumed", f"{told}. Where that is wrong, say it with `format:` in a map.")


def _new_words(con: Connection, shape: Shape, reading: Reading, number: int, field: Field) -> list[Problem]:
    known = ", ".join(quote_text(word) for word in field.known)
    name = quote_name(field.name)
    rows = con.rows(
        f"select distinct {name} as word from {shape.land} where _file = {number} and _state = {CURRENT} "
        f"and {name} is not null and {name} not in ({known}) order by 1 limit {_TOLD_AT_MOST + 1}"
    )
    if not rows:
        return []
    words = ", ".join(repr(row["word"]) for row in rows[:_TOLD_AT_MOST]) + (
        " and more" if len(rows) > _TOLD_AT_MOST else ""
    )
    return [Problem("new_category", f"{reading.piece.name}: {field.name} has values of its own: {words}.", "info")]


def repeated_hours(zone: str, first: datetime, last: datetime) -> list[tuple[datetime, datetime]]:
    """The naive UTC spans, between two instants, whose local times exist twice; the later of the two is meant."""
    zone_info, spans = ZoneInfo(zone), []
    day = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=1)
    while day.replace(tzinfo=None) <= last + timedelta(days=1):
        before, after = _offset(zone_info, day), _offset(zone_info, day + timedelta(days=1))
        if after < before:
            at = _change(zone_info, day, before)
            spans.append((at, at + (before - after)))
        day += timedelta(days=1)
    return spans


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _change(zone: ZoneInfo, day: datetime, before: timedelta) -> datetime:
    low, high = 0, 24 * 60
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(zone, day + timedelta(minutes=middle)) == before else (low, middle)
    return (day + timedelta(minutes=high)).replace(tzinfo=None)


def _repeated_hours(
    con: Connection, shape: Shape, reading: Reading, number: int, field: Field, zone: str, scan: Scan
) -> list[Problem]:
    if zone == "UTC" or scan.decisions.dates[field.name].has_offsets:
        return []
    name = quote_name(field.name)
    span = con.rows(f"select min({name}) as first, max({name}) as last from {shape.land} where _file = {number}")[0]
    if span["first"] is None or span["last"].year - span["first"].year > 200:
        return []
    hours = repeated_hours(zone, span["first"], span["last"])
    if not hours:
        return []
    inside = " or ".join(
        f"({name} >= timestamp {quote_text(str(start))} and {name} < timestamp {quote_text(str(end))})"
        for start, end in hours
    )
    count = con.scalar(
        f"select count(*) from {shape.land} where _file = {number} and _state = {CURRENT} and ({inside})"
    )
    if not count:
        return []
    told = (
        f"{reading.piece.name}: {count} values of {field.name} lie in an hour that {zone} has twice when its clocks go "
        "back; they are taken for the second."
    )
    return [Problem("repeated_hour", told)]


def _new_columns(con: Connection, task: Task, shape: Shape, reading: Reading) -> list[Problem]:
    rows = con.rows(
        "select distinct column_name from ingest.schema_history where source = ? and shape = ?",
        [task.source, shape.name],
    )
    known = {row["column_name"] for row in rows}
    fresh = [column for column in reading.columns if column not in known]
    if not known or not fresh:
        return []
    return [
        Problem("new_column", f"{reading.piece.name} has columns not seen before: {', '.join(fresh[:20])}.", "info")
    ]
