"""The same rows in any kind of file, in any order and however often: the same table, and every row accounted for.

Texts are made up to hurt: quotes, line breaks, delimiters, blanks, letters of other alphabets. A few examples run with
the tests; ``python -m tests.unit.ingestion.test_fuzz_readers 500`` runs more.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.ingestion.conftest import Box
from tests.unit.ingestion.workbooks import xlsx
from warehouse.store import connect

Row = tuple[str, int, str]
NAMES = ("ticket_id", "created_at", "updated_at", "status", "subject")
COLUMNS = ", ".join(NAMES)
ids = st.sampled_from(["1", "2", "10", "007", "1e2", "-3", "TK-1", "", "９"])
texts = st.text(alphabet="aB1é中ệ \n\",;|\t'.-#", max_size=12)


def cells(row: Row) -> list[str]:
    ticket, version, subject = row
    # What is in a row follows from its key and version: two contents of one version have no order of their own.
    return [ticket, "2026-01-01 10:00:00", f"2026-02-{version:02} 09:00:00", ("open", "solved")[version % 2], subject]


def as_csv(rows: Sequence[Row], delimiter: str = ",", end: str = "\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(NAMES)
    writer.writerows(map(cells, rows))
    return target.getvalue()


def as_records(rows: Sequence[Row]) -> list[dict[str, str]]:
    return [dict(zip(NAMES, cells(row), strict=True)) for row in rows]


def as_parquet(rows: Sequence[Row]) -> bytes:
    with tempfile.TemporaryDirectory() as folder, connect(None) as con:
        path = Path(folder) / "a.parquet"
        con.execute(f"create table t ({', '.join(f'{name} varchar' for name in NAMES)})")
        if rows:
            con.raw.executemany(f"insert into t values ({', '.join('?' * len(NAMES))})", list(map(cells, rows)))
        con.execute(f"copy t to '{path}' (format parquet)")
        return path.read_bytes()


def as_zip(rows: Sequence[Row]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("inner.csv", as_csv(rows))
    return target.getvalue()


def as_xlsx(rows: Sequence[Row]) -> bytes:
    return xlsx({"S": [list(NAMES), *([escape(cell) for cell in cells(row)] for row in rows)]})


WRITERS: dict[str, Callable[[Sequence[Row]], str | bytes]] = {
    "comma.csv": as_csv,
    "quoted.csv": lambda rows: as_csv(rows, quoting=csv.QUOTE_ALL),
    "crlf.csv": lambda rows: as_csv(rows, ";", "\r\n"),
    "tab.tsv": lambda rows: as_csv(rows, "\t"),
    "pipe.txt": lambda rows: as_csv(rows, "|"),
    "marked.csv": lambda rows: as_csv(rows).encode("utf-8-sig"),
    "wide.csv": lambda rows: as_csv(rows).encode("utf-16"),
    "list.json": lambda rows: json.dumps(as_records(rows)),
    "wrapped.json": lambda rows: json.dumps({"tickets": as_records(rows)}, ensure_ascii=False, indent=1),
    "lines.jsonl": lambda rows: "\n".join(map(json.dumps, as_records(rows))),
    "sheet.xlsx": as_xlsx,
    "table.parquet": as_parquet,
    "packed.csv.gz": lambda rows: gzip.compress(as_csv(rows).encode()),
    "packed.zip": as_zip,
}
rows_of_a_file = st.lists(st.tuples(ids, st.integers(1, 9)), min_size=1, max_size=8, unique=True)
exports = st.lists(st.tuples(st.sampled_from(sorted(WRITERS)), rows_of_a_file), min_size=1, max_size=4)


def expected(files: Sequence[Sequence[Row]]) -> list[tuple[str, int, str | None]]:
    """Key, version and text of what counts, worked out without the engine."""
    newest: dict[str, Row] = {}
    for row in (row for rows in files for row in rows if row[0]):
        newest[row[0]] = max(newest.get(row[0], row), row, key=lambda one: one[1])
    return sorted((key, version, subject.strip(" ") or None) for key, version, subject in newest.values())


def load(folder: Path, files: Sequence[tuple[str, Sequence[Row]]]) -> list[tuple[Any, ...]]:
    box = Box(folder)
    for place, (writer, rows) in enumerate(files):
        box.put(f"{place}_{writer}", WRITERS[writer](rows))
    source = box.load()
    assert source.counts.read == sum(len(rows) for _, rows in files)
    assert source.counts.inserted == len(box.rows())
    assert source.counts.quarantined == len(box.quarantine()) == sum(not row[0] for _, rows in files for row in rows)
    found = [tuple(row.values()) for row in box.rows(columns="ticket_id, updated_at, subject", order="1")]
    box.con.close()
    return sorted((ticket, updated.day, subject) for ticket, updated, subject in found)


def holds(folder: Callable[[], Path], files: Sequence[tuple[str, Sequence[Row]]]) -> None:
    wanted = expected([rows for _, rows in files])
    for order in (files, files[::-1], [*files, files[0]], [*files[1:], *files]):
        assert load(folder(), order) == wanted
    # Every kind of file says the same.
    merged = [row for _, rows in files for row in rows]
    other = sorted(WRITERS)[len(merged) * 7 % len(WRITERS)]
    assert load(folder(), [(other, merged)]) == wanted, other


@given(exports=exports, subjects=st.lists(texts, min_size=9, max_size=9))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_neither_kind_nor_order_nor_repetition_of_files_changes_the_rows(
    tmp_path_factory: Any, exports: list[tuple[str, list[tuple[str, int]]]], subjects: list[str]
) -> None:
    files = [(writer, [(key, n, subjects[n - 1].strip()) for key, n in rows]) for writer, rows in exports]
    holds(lambda: tmp_path_factory.mktemp("box"), files)


def run_long(times: int) -> None:
    """Many more examples, each in a folder of its own."""

    @given(exports=exports, subjects=st.lists(texts, min_size=9, max_size=9))
    @settings(max_examples=times, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def run(exports: list[tuple[str, list[tuple[str, int]]]], subjects: list[str]) -> None:
        files = [(writer, [(key, n, subjects[n - 1].strip()) for key, n in rows]) for writer, rows in exports]
        with tempfile.TemporaryDirectory() as folder:
            holds(lambda: Path(tempfile.mkdtemp(dir=folder)), files)

    run()


if __name__ == "__main__":
    run_long(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
