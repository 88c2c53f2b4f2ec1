"""Files that were mutated at random: a result whose accounting adds up, or a refusal; nothing else, ever."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.ingestion.conftest import Box
from tests.unit.ingestion.workbooks import xlsx

CSV = (
    'ticket_id,created_at,updated_at,status,subject\n1,2026-01-02 10:00:00,,open,"two\nlines"\n'
    "2,2026-01-03T10:00:00Z,,solved,Grün\n3,13/01/2026,,new,\n"
).encode()
ROWS = [{"ticket_id": 1, "created_at": "2026-01-02", "via": {"a": [1]}}, {"ticket_id": 2, "created_at": None}]


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
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_mutated_file_gives_rows_that_add_up_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, name: str, mutations: list[tuple[str, float, bytes, int]]
) -> None:
    box = Box(tmp_path_factory.mktemp("fuzz"))
    box.put(name, mutate(SEEDS[name], mutations))
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
