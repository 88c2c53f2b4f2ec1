"""A log of changes belongs to the list whose tickets it is about: one source reads both, and no ticket stands twice.

What belongs here: the decision, from the numbers and the times in the files, and the map that reads both. What `add`
does with it is said in `ingestion.add_plans`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingestion.date_shapes import read_shapes
from ingestion.dates import decide
from ingestion.dates_sql import timestamp_sql
from ingestion.headers import HeaderIndex
from ingestion.inspection.sample import open_file, workshop
from ingestion.maps import Adapter, FieldMap, ShapeMap
from ingestion.plans import bare_field
from ingestion.recognising import shape_of
from warehouse.store import Connection, quote_name

# A log may start earlier or later than its list, so one of the two need only hold most of the other's tickets.
_MOST = 0.5
# Two makes that both count from one share numbers, not the days on which a number came up.
_SAME_TIME = 0.8
# A number of a row is another one in nearly every row; of so many tickets some are told by chance.
_OWN, _FEWEST = 0.97, 50
_EARLIER, _LATER = "interval 1 day", {"ticket_events": "interval 60 days", "tickets": "interval 1 day"}
_TICKETS = {"tickets": ("ticket_id", "created_at"), "ticket_events": ("ticket_id", "occurred_at")}


@dataclass(frozen=True)
class Files:
    """Files and what reads them."""

    adapter: Adapter
    paths: Sequence[Path]


@dataclass(frozen=True)
class Kinship:
    """How many tickets a log speaks of, how many the list has, and how many are in both."""

    logged: int
    listed: int
    shared: int
    at_the_time: float

    @property
    def is_one_source(self) -> bool:
        """Whether the log is about the tickets of the list."""
        smaller = min(self.logged, self.listed)
        return smaller > 0 and self.shared >= _MOST * smaller and self.at_the_time >= _SAME_TIME

    @property
    def log_is_wider(self) -> bool:
        """Whether the log tells of many tickets that the list does not have."""
        return self.shared < _MOST * self.logged


def kinship(log: Files, listed: Files, kind: str = "ticket_events") -> Kinship:
    """Compare a log of changes (or another list: ``kind``) with a list of tickets, over all their rows."""
    with workshop() as (con, work):
        for name, files, table in (("logged", log, kind), ("listed", listed, "tickets")):
            con.execute(f"create temp table {name} (id varchar, moment timestamp)")
            for path in files.paths:
                _note(con, work, name, path, files.adapter, table)
        row = con.rows(f"""
            with logs as (select id, min(moment) as moment from logged where id is not null group by id),
            lists as (select id, min(moment) as moment from listed where id is not null group by id)
            select (select count(*) from logs) as logged, (select count(*) from lists) as listed, count(*) as shared,
                count_if(logs.moment is not null and lists.moment is not null) as timed,
                count_if(logs.moment between lists.moment - {_EARLIER} and lists.moment + {_LATER[kind]}) as near
            from logs join lists using (id)""")[0]
    near = row["near"] / row["timed"] if row["timed"] else 1.0
    return Kinship(row["logged"], row["listed"], row["shared"], near)


def number_in_list(log: Files, listed: Files) -> str | None:
    """The column of a list that holds the numbers of a log, where the list has several numbers of a ticket."""
    with workshop() as (con, work):
        con.execute("create temp table logged (id varchar, moment timestamp)")
        for path in log.paths:
            _note(con, work, "logged", path, log.adapter, "ticket_events")
        asked = int(con.scalar("select count(distinct id) from logged") or 0)
        held = [
            (_held(con, reading.relation, name), name)
            for path in listed.paths
            for reading in open_file(path, con, work)
            if shape_of(listed.adapter, reading.piece.name, reading.columns)
            for name in reading.columns
        ]
    shared, column = max(held, default=(0, ""))
    return column if asked and shared >= _MOST * asked else None


def _held(con: Connection, relation: str, column: str) -> int:
    """How many numbers of the log stand in a column that has another value in every row."""
    cell = f"trim({quote_name(column)})"
    row = con.rows(f"""
        select count(distinct listed.id) filter (where logged.id is not null) as shared,
            count(distinct listed.id) as numbers, (select count(*) from {relation}) as lines
        from (select {cell} as id from {relation}) as listed
        left join (select distinct id from logged) as logged on listed.id = logged.id""")[0]
    return int(row["shared"]) if row["numbers"] >= _OWN * row["lines"] else 0


def opened_together(log: Files, listed: Files) -> float:
    """Share of the tickets of a log that open at an instant at which one of the list opens, whatever their numbers."""
    with workshop() as (con, work):
        for name, files, table in (("logged", log, "ticket_events"), ("listed", listed, "tickets")):
            con.execute(f"create temp table {name} (id varchar, moment timestamp)")
            for path in files.paths:
                _note(con, work, name, path, files.adapter, table)
        row = con.rows("""
            with logs as (select id, min(moment) as moment from logged where id is not null group by id)
            select count(*) as tickets, count(distinct moment) as instants,
                count_if(moment in (select moment from listed where moment is not null)) as shared
            from logs where moment is not null""")[0]
    # Days, or the minutes of a busy desk, are shared by chance.
    told = row["tickets"] >= _FEWEST and row["instants"] >= _OWN * row["tickets"]
    return float(row["shared"] / row["tickets"]) if told else 0.0


def headers_of(paths: Sequence[Path]) -> list[tuple[str, tuple[str, ...]]]:
    """The name and the columns of every table in some files."""
    with workshop() as (con, work):
        return [(one.piece.name, one.columns) for path in paths for one in open_file(path, con, work)]


def _note(con: Connection, work: Path, name: str, path: Path, adapter: Adapter, table: str) -> None:
    for reading in open_file(path, con, work):
        columns = _columns(adapter, shape_of(adapter, reading.piece.name, reading.columns), table, reading.columns)
        if columns is None:
            continue
        number, moment = columns
        con.execute(
            f"create or replace temp table numbered as select trim({quote_name(number)}) as id, "
            f"trim({quote_name(moment)}) as written from {reading.relation}"
        )
        found = decide(read_shapes(con, "numbered", "written"), is_date=False)
        moment_sql = "null" if found.question else timestamp_sql("written", found, "UTC")
        con.execute(f"insert into {name} select nullif(id, ''), {moment_sql} from numbered")


def _columns(adapter: Adapter, name: str | None, table: str, headers: Sequence[str]) -> tuple[str, str] | None:
    """The columns of a file that hold the ticket's number and the moment; ``None`` where it feeds no such table."""
    if name is None:
        return None
    shape = adapter.shapes[name]
    wanted: list[FieldMap | None] = []
    for column in _TICKETS[table]:
        if shape.table == table:
            wanted.append(shape.fields.get(column))
            continue
        feeding = [one for one in adapter.tables if one.table == table and one.from_ == name]
        bare = next((_first_field(one.columns.get(column, ""), name, shape) for one in feeding), None)
        wanted.append(_named(shape.fields[bare], bare) if bare else None)
    named = [_named(field, column) for field, column in zip(wanted, _TICKETS[table], strict=True)]
    index = HeaderIndex(headers)
    found = [index.first(field.sources) if field and field.sources else None for field in named]
    return (found[0], found[1]) if found[0] and found[1] else None


def _first_field(expression: str, name: str, shape: ShapeMap) -> str | None:
    """The field an expression is, or the first that it falls back from: ``coalesce(issue.key, issue.id)``."""
    spoken = re.match(rf"coalesce\({name}\.(\w+),", expression.strip())
    return bare_field(f"{name}.{spoken[1]}" if spoken else expression, name, shape)


def _named(field: FieldMap | None, name: str) -> FieldMap | None:
    """The field with the names of its columns; none where it is made otherwise."""
    if field is None or field.value is not None or field.sql is not None:
        return None
    return field if field.sources else field.model_copy(update={"sources": [name]})


def joined_map(list_text: str, log_text: str, names: Sequence[str], *, derives: bool) -> str | None:
    """The map of the list with the shapes of the log; ``names`` are the list's shapes.

    The lines of both stay as they are written. ``None`` where the list's map is written otherwise than in blocks.
    """
    text = "\n".join(line for line in list_text.splitlines() if not re.match(r"derive\s*:", line)) + "\n"
    shapes, tables = _block(log_text, "shapes"), _block(log_text, "tables")
    for name in [match[1] for line in shapes if (match := re.match(r"  (\w+):", line))]:
        if name in names:
            free = next(one for one in (f"{name}_{n}" for n in range(2, 1000)) if one not in names)
            shapes = [re.sub(rf"^  {name}:", f"  {free}:", line) for line in shapes]
            tables = [re.sub(rf"(\bfrom: ){name}\b|\b{name}(?=\.)", rf"\g<1>{free}", line) for line in tables]
    for key, lines in (("shapes", shapes), ("tables", tables)):
        if not lines:
            continue
        with_it = _with_lines(text, key, lines)
        if with_it is None and key == "shapes":
            return None
        text = with_it or text + "\n".join([f"{key}:", *lines]) + "\n"
    said = "derive: tickets  # the log tells of tickets that the list does not have\n"
    return said + text if derives else text


def _block(text: str, key: str) -> list[str]:
    """The lines under a key of the first level."""
    lines = text.splitlines()
    start = next((place for place, line in enumerate(lines) if re.match(rf"{key}\s*:\s*(#.*)?$", line)), None)
    if start is None:
        return []
    end = next((p for p in range(start + 1, len(lines)) if re.match(r"[^\s#]", lines[p])), len(lines))
    return lines[start + 1 : end]


def _with_lines(text: str, key: str, more: Sequence[str]) -> str | None:
    lines = text.splitlines()
    start = next((place for place, line in enumerate(lines) if re.match(rf"{key}\s*:\s*(#.*)?$", line)), None)
    if start is None:
        return None
    own = next((line for line in lines[start + 1 :] if line.strip() and not line.lstrip().startswith("#")), "  ")
    indent = own[: len(own) - len(own.lstrip())]
    if not indent:
        return None
    lines[start + 1 : start + 1] = [indent + line[2:] if line.startswith("  ") else line for line in more]
    return "\n".join(lines) + "\n"
