"""Files that are well formed and odd: JSON of any shape, workbooks of any cells, archives of any contents.

Each is loaded twice over, beside another file and in both orders: rows that add up and are the same every time, or a
refusal in a sentence. ``python -m tests.unit.ingestion.test_fuzz_structure 500`` runs more.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingestion.inspection import inspect_file
from tests.unit.ingestion.conftest import Box
from tests.unit.ingestion.workbooks import xlsx
from warehouse.errors import SwotlightError

HEAD = ["ticket_id", "created_at", "updated_at", "status"]
OTHER = "ticket_id,created_at,updated_at,status\nz1,2026-01-02 10:00:00,2026-01-03 10:00:00,open\n"
SCALARS: list[Any] = [
    1, 2, 1.0, 10**18, 1e300, True, False, None, "", " ", "1", "007", "2026-01-02", "2026-01-02T10:00:00Z",
    "13/01/2026", "\u0000", "\ud83d", "中é", '"quoted"', "a\nb", "NULL", "-", "9" * 400, [],
    {}, [1, {"a": 2}], {"b": {}},
]  # fmt: skip
KEYS = [*HEAD, "Ticket_ID", "", "a.b", 'q"k', "x\ny", "via", "status", "$", "键"]


def a_record(chance: random.Random, depth: int = 0) -> dict[str, Any]:
    record: dict[str, Any] = {"ticket_id": chance.randint(1, 5), "created_at": "2026-01-02 10:00:00"}
    for _ in range(chance.randint(0, 4)):
        nested = depth < 3 and chance.random() < 0.2
        record[chance.choice(KEYS)] = a_record(chance, depth + 1) if nested else chance.choice(SCALARS)
    return record


def a_json(chance: random.Random) -> tuple[str, bytes]:
    rows: list[Any] = [a_record(chance) for _ in range(chance.randint(0, 5))]
    if chance.random() < 0.2:
        rows.insert(chance.randint(0, len(rows)), chance.choice(SCALARS))
    shapes: list[Callable[[], str]] = [
        lambda: json.dumps(rows),
        lambda: json.dumps({"tickets": rows, "count": 3}),
        lambda: json.dumps({"data": {"items": rows}}),
        lambda: json.dumps({"a": rows, "b": rows}),
        lambda: json.dumps([rows, rows]),
        lambda: "\n".join(map(json.dumps, rows)),
        lambda: "\n\n".join(map(json.dumps, rows)) + "\n",
        lambda: "".join(map(json.dumps, rows)),
        lambda: json.dumps(rows[0] if rows else {}, indent=1),
        lambda: json.dumps(rows)[:-1] + ",]",
        lambda: '[{"ticket_id":1,"ticket_id":2,"created_at":"2026-01-02"}]',
        lambda: '[{"ticket_id":NaN,"created_at":Infinity}]',
        lambda: '[{"ticket_id":1,"a":' + "[" * 3000 + "]" * 3000 + "}]",
        lambda: '[{"ticket_id":1,"a":' + '{"a":' * 1500 + "1" + "}" * 1500 + "}]",
        lambda: json.dumps([{"ticket_id": 1, **{f"c{n}": n for n in range(1500)}}]),
    ]
    text = chance.choice(shapes)()
    encoding = chance.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16"])
    return chance.choice(["a.json", "a.jsonl", "a.ndjson"]), text.encode(encoding, errors="replace")


CELLS: list[Any] = [
    None, "", " ", "x", "=1+1", "#N/A", 1, 1.5, -1, 1e15, 1e308, True, False, datetime(2026, 1, 2, 10),
    datetime(1899, 12, 31), datetime(1900, 2, 28), "2026-01-02", "ticket_id", "a&lt;b", "&#10;", "中", "x" * 3000,
]  # fmt: skip


def a_workbook(chance: random.Random) -> tuple[str, bytes]:
    def sheet() -> list[list[Any]]:
        table = [[n, datetime(2026, 1, 1 + n), None, "open"] for n in range(1, chance.randint(1, 5))]
        noise = [[chance.choice(CELLS) for _ in range(chance.randint(0, 6))] for _ in range(chance.randint(0, 4))]
        rows: list[list[Any]] = [["Report of the week"], []] * chance.randint(0, 2)
        rows += [list(HEAD)] if chance.random() < 0.85 else []
        return [*rows, *table, *noise]

    names = ["S", "Notes", "Übersicht", "a'b", "S 2", "x" * 31]
    content = xlsx({name: sheet() for name in chance.sample(names, chance.randint(1, 3))})
    if chance.random() < 0.5:
        content = re_packed(content, chance)
    return "a.xlsx", content


def re_packed(content: bytes, chance: random.Random) -> bytes:
    """One part of a workbook left out, emptied, doubled, or with its XML changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        names = old.namelist()
        hit = chance.choice(names)
        how = chance.choice(["gone", "empty", "entity", "cells", "cut", "1904", "shared"])
        for name in names:
            data = old.read(name)
            if name == hit and how == "gone":
                continue
            if name == hit and how == "empty":
                data = b""
            if name == hit and how == "entity":
                data = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + data.replace(b"open", b"&a;")
            if name == hit and how == "cut":
                data = data[: len(data) // 2]
            if how == "cells":
                swaps = (b'<c r="ZZ99999">', b'<c r="A0">', b'<c t="e">', b'<c t="s">', b'<c s="99">', b'<c t="d">')
                data = data.replace(b"<c>", chance.choice(swaps), 1)
            if how == "1904":
                data = data.replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>')
            if how == "shared":
                data = data.replace(b'<c t="inlineStr">', b'<c t="s">', 1)
            new.writestr(name, data)
    return target.getvalue()


def a_part(chance: random.Random, depth: int = 0) -> bytes:
    csv = f"{','.join(HEAD)}\n{chance.randint(1, 4)},2026-01-02 10:00:00,2026-01-04 10:00:00,solved\n"
    makes: list[Callable[[], bytes]] = [
        csv.encode,
        lambda: b"",
        lambda: gzip.compress(csv.encode()),
        lambda: a_json(chance)[1],
        lambda: a_workbook(chance)[1],
        lambda: b"%PDF-1.4",
        lambda: csv.encode("utf-16"),
    ]
    if chance.random() < 0.75:
        return csv.encode()
    return a_zip(chance, depth + 1)[1] if depth < 3 and chance.random() < 0.3 else chance.choice(makes)()


def a_zip(chance: random.Random, depth: int = 0) -> tuple[str, bytes]:
    names = ["a.csv", "b.csv", "a.csv", "../evil.csv", "/abs.csv", "d/c.csv", "__MACOSX/._a.csv", ".hidden", "d/",
             "é.csv", "x.json", "x.xlsx", "x.zip", "x.gz", "noname", "a" * 200 + ".csv", "con:aux?.csv"]  # fmt: skip
    forms = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as archive:
        warnings.simplefilter("ignore")
        for _ in range(chance.randint(0, 4)):
            name = chance.choice(names) if chance.random() < 0.4 else f"part{chance.randint(1, 3)}.csv"
            content = b"" if name.endswith("/") else a_part(chance, depth)
            archive.writestr(name, content, compress_type=chance.choice(forms))
    data = bytearray(target.getvalue())
    if data and chance.random() < 0.2:
        # Into the compressed bytes, the method or the checksum of an entry, seldom its names.
        place = chance.randrange(len(data))
        data[place] = chance.randrange(256)
    if chance.random() < 0.1:
        data = bytearray(b"junk in front") + data
    return "a.zip", bytes(data)


MAKERS: dict[str, Callable[[random.Random], tuple[str, bytes]]] = {
    "json": a_json,
    "workbook": a_workbook,
    "archive": a_zip,
}


def outcome(folder: Path, files: list[tuple[str, bytes]]) -> tuple[str, Any]:
    """Load files; the rows they gave, or that they were refused."""
    box = Box(folder)
    box.config += "\nmax_quarantine_share: 1"
    for name, content in files:
        box.put(name, content)
    report = box.report().sources[0]
    if report.state != "loaded":
        assert report.error is not None and report.error.code not in ("error", "sql"), report.error
        assert str(report.error).endswith((".", "?")), report.error
        box.con.close()
        return "refused", None
    counts = report.counts
    assert counts.inserted == len(box.rows())
    assert counts.quarantined == len(box.quarantine())
    said = counts.inserted + counts.updated + counts.superseded + counts.duplicate + counts.quarantined
    assert counts.read == said
    rows = sorted(str((row["ticket_id"], row["created_at"])) for row in box.rows(columns="ticket_id, created_at"))
    box.con.close()
    return "loaded", rows


def holds(folder: Callable[[], Path], kind: str, seed: int) -> str:
    name, content = MAKERS[kind](random.Random(seed))
    path = folder() / name
    path.write_bytes(content)
    try:
        inspect_file(path)
    except SwotlightError as error:
        assert error.code not in ("error", "sql"), error
    first = outcome(folder(), [(name, content)])
    other = ("b.csv", OTHER.encode())
    together = [outcome(folder(), order) for order in ([(name, content), other], [other, (name, content)])]
    assert {one[0] for one in together} == {together[0][0]}
    if first[0] == "loaded" and together[0][0] == "loaded":
        assert set(together[0][1]) == set(together[1][1])
    return first[0]


@pytest.mark.parametrize("kind", MAKERS)
@given(seed=st.integers(0, 10**9))
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
def test_odd_files_add_up_the_same_in_any_order_or_are_refused(
    tmp_path_factory: pytest.TempPathFactory, kind: str, seed: int
) -> None:
    holds(lambda: tmp_path_factory.mktemp("odd"), kind, seed)


def run_long(times: int) -> None:
    """A new seed each time; a failure says by which it can be had again."""
    seen: dict[tuple[str, str], int] = {}
    for seed in range(times):
        for kind in MAKERS:
            with tempfile.TemporaryDirectory() as folder:
                try:
                    place = folder
                    state = holds(lambda: Path(tempfile.mkdtemp(dir=place)), kind, seed)  # noqa: B023
                except BaseException as error:
                    print(f"{kind}, seed {seed}: {type(error).__name__} {str(error)[:300]}", file=sys.stderr)
                    if "--on" not in sys.argv:
                        raise
                    state = "FAILED"
            seen[kind, state] = seen.get((kind, state), 0) + 1
    print(seen)


if __name__ == "__main__":
    run_long(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
