"""JSON, JSON Lines and Parquet: read by DuckDB, every value handed on as text.

Nested JSON objects become columns joined by an underscore (``via.channel`` is ``via_channel``); lists stay JSON text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from ingestion.headers import unique_headers
from ingestion.readers.mojibake import looks_damaged, mended_copy
from ingestion.readers.reading import FileRefused, Hints, Piece, Problem, Reading
from ingestion.readers.text import read_sample, spread_text, write_normalised
from warehouse.store import Connection, StoreError, connect, quote_name, quote_text

_LARGEST_OBJECT = 256 * 1024 * 1024
_DEPTH = 3
_DEEPEST = 128


def read_parquet(con: Connection, piece: Piece) -> Reading:
    """A Parquet file; whole numbers stored as floating ones are written without their ``.0``."""
    source = f"read_parquet({quote_text(str(piece.path))})"
    try:
        described = con.rows(f"describe from {source}")
    except StoreError as error:
        raise _damaged(piece, "Parquet", error) from error
    names = unique_headers([row["column_name"] for row in described])
    listed = ", ".join(
        f"{_as_text(quote_name(row['column_name']), row['column_type'])} as {quote_name(name)}"
        for row, name in zip(described, names, strict=True)
    )
    return Reading(piece, "parquet", tuple(names), f"(select {listed} from {source})", path=piece.path, first_line=1)


def _as_text(column: str, sql_type: str) -> str:
    if sql_type in ("DOUBLE", "FLOAT"):
        whole = f"{column} = trunc({column}) and abs({column}) < 9e15"
        return f"case when {whole} then cast(cast({column} as bigint) as varchar) else cast({column} as varchar) end"
    if sql_type.endswith("]") or sql_type.startswith(("STRUCT", "MAP")):
        return f"cast(to_json({column}) as varchar)"
    if sql_type == "BLOB":
        return f"hex({column})"
    # An empty text is no value, as in every other kind of file.
    return f"nullif(cast({column} as varchar), '')"


def read_json(con: Connection, piece: Piece, hints: Hints, work: Path) -> Reading:
    """JSON records: one a line, a list of them, or a list inside an object (``{"tickets": […]}``)."""
    sample = read_sample(piece.path, piece.size, None)
    path = piece.path
    if sample.encoding not in ("utf-8",):
        path = write_normalised(piece.path, work / "normalised.json", sample.encoding, name=piece.name)
    problems: tuple[Problem, ...] = ()
    if any(looks_damaged(text, is_json=True) for text in (sample.text, spread_text(path, path.stat().st_size))):
        path, problems = mended_copy(piece, path, work / "mended.json", is_json=True)
    reading = Reading(piece, "json", (), "", encoding=sample.encoding, path=path, first_line=1, problems=problems)
    try:
        objects = _objects(con, path, _is_lines(con, path))
        records = _records(con, objects, hints)
        columns = _columns(_structure(piece, records))
    except StoreError as error:
        raise _damaged(piece, "JSON", error) from error
    if not columns:
        raise FileRefused(f"{piece.name} holds no records.", code="empty", file=piece.name, hint="Export it again.")
    names = unique_headers([name for name, _ in columns])
    listed = ", ".join(
        f"nullif(json_extract_string(record, {quote_text(at)}), '') as {quote_name(name)}"
        for name, (_, at) in zip(names, columns, strict=True)
    )
    return replace(reading, columns=tuple(names), relation=f"(select {listed} from {records})")


def _is_lines(con: Connection, path: Path) -> bool:
    """Whether every line is a value of its own (else the file is one value)."""
    head = con.rows(
        f"select line from read_csv({quote_text(str(path))}, auto_detect=false, header=false, delim='\x1e', quote='', "
        f"escape='', columns={{'line': 'VARCHAR'}}, max_line_size={_LARGEST_OBJECT}) where trim(line) <> '' limit 2"
    )
    lines = [str(row["line"]).strip() for row in head]
    return bool(lines) and all(line.startswith("{") and line.endswith("}") for line in lines)


def _objects(con: Connection, path: Path, lines: bool) -> str:
    form = "newline_delimited" if lines else "auto"
    source = (
        f"read_json_objects({quote_text(str(path))}, format={quote_text(form)}, maximum_object_size={_LARGEST_OBJECT})"
    )
    return f"(select json as record from {source})"


def _records(con: Connection, objects: str, hints: Hints) -> str:
    """The relation of records: the objects themselves, or the one list of objects inside them."""
    at = f"$.{hints.records}" if hints.records else _wrapped_list(con, objects)
    if at is None:
        return objects
    return f"(select unnest(cast(json_extract(record, {quote_text(at)}) as json[])) as record from {objects})"


def _wrapped_list(con: Connection, objects: str) -> str | None:
    rows = con.rows(f"select record from {objects} limit 2")
    if len(rows) != 1:
        return None
    kinds = con.rows(
        "select key, json_type(value) as kind, json_type(value, '$[0]') as inner_kind, json_array_length(value) as n "
        f"from json_each((select record from {objects} limit 1))"
    )
    lists = [row for row in kinds if row["kind"] == "ARRAY" and (row["inner_kind"] == "OBJECT" or row["n"] == 0)]
    return f"$.{_step(lists[0]['key'])}" if len(lists) == 1 else None


def _step(key: str) -> str:
    return '"' + key.replace('"', '\\"') + '"'


def _structure(piece: Piece, records: str) -> str | None:
    """What all records have, as JSON. Asked of an engine of its own: one that meets too deep a nesting cannot go on."""
    try:
        with connect(None) as probe:
            found = probe.scalar(f"select cast(json_group_structure(record) as varchar) from {records}")
    except StoreError as error:
        if "json_structure" not in error.message and "recursion depth" not in error.message:
            raise
        raise FileRefused(
            f"{piece.name} nests lists or objects more than {_DEEPEST} deep, which is no export of records.",
            code="too_deep",
            file=piece.name,
            hint="Export its records as a list or one a line.",
        ) from error
    return str(found) if found else None


def _columns(structure: str | None) -> list[tuple[str, str]]:
    """Names and paths of all leaves that any record has, in order of appearance; objects are opened three deep."""
    if not structure or not structure.startswith("{"):
        return []
    import json

    found: list[tuple[str, str]] = []

    def walk(node: object, names: list[str]) -> None:
        if isinstance(node, dict) and node and len(names) < _DEPTH:
            for key, value in node.items():
                walk(value, [*names, key])
        elif names:
            found.append(("_".join(names), _pointer(names)))

    walk(json.loads(structure), [])
    return found


def _pointer(keys: list[str]) -> str:
    """A path that knows any key, the empty one included (RFC 6901)."""
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)


def _damaged(piece: Piece, kind: str, error: StoreError) -> FileRefused:
    if error.code not in ("sql", "damaged"):
        raise error
    place = re.search(r"line (\d+)", error.message)
    line = int(place[1]) if place else None
    conflict = piece.size < 64 * 1024 * 1024 and b"\n<<<<<<< " in piece.path.read_bytes()
    if conflict:
        return FileRefused(f"{piece.name} carries merge-conflict marks.", code="conflict_marks", file=piece.name)
    where = f", line {line}," if line else ""
    return FileRefused(
        f"{piece.name}{where} is no whole {kind}: it is damaged or cut off.",
        code="cut_off",
        file=piece.name,
        line=line,
        hint="Export or copy it again.",
    )
