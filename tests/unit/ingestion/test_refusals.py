"""Files that are refused: a sentence says why, the source keeps its rows, and no other source loses any."""

from __future__ import annotations

import gzip
import threading
import time
from pathlib import Path

import pytest

from ingestion.files import LandedFile, wait_until_still
from ingestion.load import load_sources
from tests.unit.ingestion.conftest import AS_OF, Box
from tests.unit.ingestion.workbooks import xlsx
from warehouse.errors import SwotlightError
from warehouse.settings import load_settings

HEAD = "ticket_id,created_at,status\n"
CONFLICT = "<<<<<<< HEAD\n1,2026-01-01,open\n=======\n1,2026-01-01,new\n>>>>>>> x\n"
GOOD = HEAD + "1,2026-01-01,open\n"
BOOK = xlsx({"S": [["ticket_id", "created_at"], [1, "2026-01-01"]]})


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"\n \n", "empty"),
        ("a.csv", b"<!DOCTYPE html><html><body>Please log in</body></html>", "wrong_content"),
        ("a.csv", b"%PDF-1.7 something", "wrong_content"),
        ("a.csv", BOOK, "wrong_content"),
        ("a.csv", b'[{"ticket_id": 1}]', "wrong_content"),
        ("a.csv", bytes(range(256)) * 8, "wrong_content"),
        ("a.json", GOOD.encode(), "wrong_content"),
        ("a.xlsx", GOOD.encode(), "wrong_content"),
        ("a.xlsx", BOOK[:600], "damaged_archive"),
        ("a.csv.gz", gzip.compress(GOOD.encode(), mtime=0)[:-10], "damaged_archive"),
        ("a.csv", (HEAD + '1,2026-01-01,"open\n2,2026-01-01,open\n').encode(), "cut_off"),
        ("a.json", b'[{"ticket_id": 1, "created_at": "2026-01-01"}, {"tick', "cut_off"),
        ("a.csv", (HEAD + CONFLICT).encode(), "conflict_marks"),
        ("a.csv", b"ticket_id,status\n1,open\n", "missing_column"),
        ("a.csv", (HEAD + "1,03/04/2026,open\n2,05/06/2026,open\n").encode(), "undecidable_dates"),
        ("a.csv", (HEAD + "1,25/04/2026,open\n2,04/25/2026,open\n").encode(), "undecidable_dates"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_and_the_rows_before_stay(
    box: Box, name: str, content: bytes, code: str
) -> None:
    box.put("0_before.csv", GOOD.replace("1,", "before,", 1))
    box.load()
    box.put(name, content)
    error = box.refusal()
    assert error.code == code
    assert str(error).endswith(".") and name.split(".")[0] in str(error)
    assert box.values("ticket_id") == ["before"]
    assert code in box.problems()


def test_conflict_marks_deep_in_a_file_are_found(box: Box) -> None:
    rows = "".join(f"{n},2026-01-01,open\n" for n in range(50_000))
    box.put("a.csv", HEAD + rows + "<<<<<<< HEAD\nx,2026-01-01,open\n=======\ny,2026-01-01,open\n>>>>>>> b\n")
    assert box.refusal().code == "conflict_marks"


def test_a_file_cut_off_deep_inside_a_cell_is_refused_with_its_line(box: Box) -> None:
    rows = "".join(f"{n},2026-01-01,open\n" for n in range(50_000))
    box.put("a.csv", HEAD + rows + 'x,2026-01-01,"half a sen')
    error = box.refusal()
    assert (error.code, error.line) == ("cut_off", 50_002)


def test_an_undecidable_date_names_the_formats_to_choose_from(box: Box) -> None:
    box.put("a.csv", HEAD + "1,03/04/2026,open\n")
    assert "%d/%m/%Y" in box.refusal().hint and "%m/%d/%Y" in box.refusal().hint


def test_a_refused_source_costs_the_others_nothing(tmp_path: Path) -> None:
    box = Box(tmp_path)
    box.put("a.csv", "")
    box.put("b.csv", GOOD, source="other")
    config = "sources:\n  box: {adapter: generic_tickets}\n  other: {adapter: generic_tickets}\n"
    (tmp_path / "swotlight.yml").write_text(config)
    report = load_sources(box.con, load_settings(tmp_path), as_of=AS_OF)
    assert [source.state for source in report.sources] == ["refused", "loaded"]
    assert report.exit_code == 1
    assert box.values("source") == ["other"]


def test_the_refusal_is_forgotten_once_the_file_is_mended(box: Box) -> None:
    box.put("a.csv", "")
    box.refusal()
    box.put("a.csv", GOOD)
    box.load()
    assert "empty" not in box.problems()


def test_a_column_by_which_a_file_was_known_may_not_go(box: Box) -> None:
    box.map(
        "shapes:\n  a: {recognise: [one, two], fields: {one: , two: }}\n  b: {recognise: [three], fields: {three: }}"
    )
    box.put("x.csv", "one,two\n1,2\n")
    box.load()
    box.put("x.csv", "one,zwei\n1,2\n")
    error = box.refusal()
    assert error.code == "missing_column" and "'two'" in str(error)


def test_files_that_no_adapter_knows_are_refused_with_a_way_on(box: Box) -> None:
    box.config = "archive: true"
    box.put("a.csv", "alpha,beta\n1,2\n")
    error = box.refusal()
    assert error.code == "not_recognised" and "inspect" in error.hint


def test_a_source_without_adapter_is_recognised_by_its_content(box: Box) -> None:
    box.config = "archive: true"
    box.put("a.csv", GOOD)
    box.load()
    assert box.con.scalar("select adapter from ingest.sources") == "generic_tickets"


def test_a_growing_file_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "landing" / "a.csv"
    path.parent.mkdir()
    path.write_text("a")

    def grow() -> None:
        for _ in range(4):
            time.sleep(0.1)
            with path.open("a") as handle:
                handle.write("more")

    thread = threading.Thread(target=grow)
    thread.start()
    state = path.stat()
    [still] = wait_until_still([LandedFile("s", "a.csv", path, state.st_size, state.st_mtime_ns)])
    thread.join()
    assert still.size == path.stat().st_size == 17


def test_a_file_that_never_rests_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a")
    monkeypatch.setattr("ingestion.files.time.sleep", lambda _: path.write_text(path.read_text() + "x"))
    with pytest.raises(SwotlightError, match="still growing"):
        wait_until_still([LandedFile("s", "a.csv", path, 0, time.time_ns())], at_most=0)
