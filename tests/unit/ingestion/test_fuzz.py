"""Files that were mutated at random: a result whose accounting adds up, or a refusal; nothing else, ever.

A few mutations of every kind of file run with the tests; ``python -m tests.unit.ingestion.test_fuzz 1000`` runs more.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.ingestion.conftest import Box
from tests.unit.ingestion.workbooks import xlsx
from warehouse.store import connect

CSV = (
    'ticket_id,created_at,updated_at,status,subject\n1,2026-01-02 10:00:00,,open,"two\nlines"\n'
    "2,2026-01-03T10:00:00Z,,solved,Grün\n3,13/01/2026,,new,\n"
).encode()
ROWS = [{"ticket_id": 1, "created_at": "2026-01-02", "via": {"a": [1]}}, {"ticket_id": 2, "created_at": None}]


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)


MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def ods() -> bytes:
    """The smallest OpenDocument sheet that is one."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = (["ticket_id", "created_at"], ["1", "2026-01-02"], ["2", "2026-01-03"])
    rows = "".join(f"<table:table-row>{''.join(map(cell.format, line))}</table:table-row>" for line in lines)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS.format(rows=rows))
    return target.getvalue()


def parquet() -> bytes:
    """A Parquet file of two tickets."""
    with tempfile.TemporaryDirectory() as folder, connect(None) as con:
        path = Path(folder) / "a.parquet"
        con.execute(f"copy (select i as ticket_id, date '2026-01-01' as created_at from range(2) t(i)) to '{path}'")
        return path.read_bytes()


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", CSV)
    return target.getvalue()


SEEDS = {
    "a.csv": CSV,
    "b.csv": CSV.decode().encode("utf-16"),
    "a.json": json.dumps(ROWS).encode(),
    "a.jsonl": "\n".join(map(json.dumps, ROWS)).encode(),
    "a.csv.gz": gzip.compress(CSV),
    "a.zip": zipped(),
    "a.xlsx": xlsx({"S": [["ticket_id", "created_at"], [1, "2026-01-02"]]}),
    "a.unknown": CSV,
    "a.tsv": CSV.replace(b",", b"\t"),
    "a.parquet": parquet(),
    "a.ods": ods(),
    "a.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + CSV,
}
TOKENS = [
    b'"', b",", b"\n", b"\r", b"\x00", b"\xff", b"\\", b";", b"{", b"}", b"[", b"<<<<<<< \n", b"\xef\xbb\xbf", b"'", 
    b"NULL", b"-1", b"9" * 30, b"inf", b"\x1e", b"12/12/12", b"%",
]  # fmt: skip
mutation = st.tuples(
    st.sampled_from(["insert", "delete", "repeat", "cut"]), st.floats(0, 1), st.sampled_from(TOKENS), st.integers(1, 20)
)


def mutate(data: bytes, mutations: list[tuple[str, float, bytes, int]]) -> bytes:
    for kind, at, token, length in mutations:
        place = int(at * len(data))
        if kind == "insert":
            data = data[:place] + token + data[place:]
        elif kind == "delete":
            data = data[:place] + data[place + length :]
        elif kind == "repeat":
            data = data[:place] + data[place : place + length] * 3 + data[place + length :]
        else:
            data = data[: max(place, 1)]
    return data


@pytest.mark.parametrize("name", SEEDS)
@given(mutations=st.lists(mutation, min_size=1, max_size=4))
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_mutated_file_gives_rows_that_add_up_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, name: str, mutations: list[tuple[str, float, bytes, int]]
) -> None:
    adds_up_or_is_refused(tmp_path_factory.mktemp("fuzz"), name, mutate(SEEDS[name], mutations))


@pytest.mark.parametrize("name", [name for name in SEEDS if name != "a.xls"])
def test_the_files_that_are_mutated_load_as_they_are(tmp_path: Path, name: str) -> None:
    assert adds_up_or_is_refused(tmp_path, name, SEEDS[name]) == "loaded"


def adds_up_or_is_refused(folder: Path, name: str, content: bytes) -> str:
    """Load a file; what became of it."""
    box = Box(folder)
    box.put(name, content)
    report = box.report().sources[0]
    if report.state == "loaded":
        counts = report.counts
        assert counts.inserted == len(box.rows())
        refused = counts.quarantined
        assert counts.read == counts.inserted + counts.updated + counts.superseded + counts.duplicate + refused
        assert len(box.quarantine()) == refused
    else:
        assert report.error is not None and str(report.error).endswith((".", "?")), report.error
        assert report.error.code not in ("error", "sql"), report.error
    box.con.close()
    return report.state


def run_long(times: int) -> None:
    """Mutate at random, a new seed each time; a failure says by which seed it can be had again."""
    for seed in range(times):
        chance = random.Random(seed)
        name = chance.choice(sorted(SEEDS))
        kinds = ["insert", "delete", "repeat", "cut"]
        some = [
            (chance.choice(kinds), chance.random(), chance.choice(TOKENS), chance.randint(1, 40))
            for _ in range(chance.randint(1, 6))
        ]
        with tempfile.TemporaryDirectory() as folder:
            try:
                adds_up_or_is_refused(Path(folder), name, mutate(SEEDS[name], some))
            except BaseException:
                print(f"seed {seed}: {name} {some}", file=sys.stderr)
                raise
    print(f"{times} mutated files: every one added up or was refused")


if __name__ == "__main__":
    run_long(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
