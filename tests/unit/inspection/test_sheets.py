"""A workbook whose sheets hold different things, at the doors of `inspect` and `add`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingestion.adding import add_files
from ingestion.inspection import sample
from ingestion.maps import load_map
from ingestion.readers import spreadsheet
from swotlight.main import cli
from tests.unit.ingestion.workbooks import xlsx
from warehouse.errors import SwotlightError
from warehouse.settings import load_settings

CALLS = [
    ["Kennzahlen Telefonie", "", "", "", ""],
    ["Datum", "Hotline", "Angebotene Anrufe", "Angenommene Anrufe", "Aufgelegt"],
    *([f"2026-03-{day:02}", "Service", 100 + day, 90 + day, 10] for day in range(1, 29)),
]
COSTS = [
    ["Monat", "Kostenart", "Betrag EUR"],
    *([f"2026-{month:02}-01", kind, 1000 * month] for month in range(1, 10) for kind in ("Personal", "Technik")),
]
COVER = [["Kundenservice 2026"], ["vertraulich"]]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    done = CliRunner().invoke(cli, ["init", str(tmp_path / "w")])
    assert done.exit_code == 0, done.output
    return tmp_path / "w"


def test_each_sheet_of_another_kind_becomes_a_source(tmp_path: Path, workspace: Path) -> None:
    book = tmp_path / "Zahlen.xlsx"
    book.write_bytes(xlsx({"Deckblatt": COVER, "Telefonie": CALLS, "Kosten": COSTS}))
    made = add_files(load_settings(workspace), [book])
    assert {one.kind: one.files for one in (made, *made.also)} == {
        "interval_stats": ["Zahlen - Telefonie.csv"],
        "costs": ["Zahlen - Kosten.csv"],
    }
    assert any(problem.startswith("Zahlen.xlsx: its 2 sheets with tables") for problem in made.problems)
    rows = (workspace / "landing" / made.source / made.files[0]).read_text("utf-8").splitlines()
    assert len(rows) == 29 and rows[0].startswith("Datum,Hotline"), "the title above the header is none of it"


def test_sheets_alike_stay_one_file_and_are_all_read(tmp_path: Path, workspace: Path) -> None:
    book = tmp_path / "Kosten.xlsx"
    book.write_bytes(xlsx({"2025": COSTS, "2026": COSTS}))
    made = add_files(load_settings(workspace), [book])
    assert (made.kind, made.files, made.also) == ("costs", ["Kosten.xlsx"], [])
    assert load_map(workspace / "maps" / f"{made.source}.yml").shapes


def test_inspect_tells_of_every_sheet(tmp_path: Path) -> None:
    book = tmp_path / "Zahlen.xlsx"
    book.write_bytes(xlsx({"Deckblatt": COVER, "Telefonie": CALLS, "Kosten": COSTS}))
    done = CliRunner().invoke(cli, ["inspect", str(book), "--json"])
    assert [(one["file"], one["kind"]) for one in json.loads(done.output)] == [
        ("Zahlen - Telefonie.csv", "interval_stats"),
        ("Zahlen - Kosten.csv", "costs"),
    ]


def test_a_broken_workbook_is_told_as_before(tmp_path: Path, workspace: Path) -> None:
    book = tmp_path / "Zahlen.xlsx"
    book.write_bytes(xlsx({"Telefonie": CALLS, "Kosten": COSTS})[:400])
    with pytest.raises(SwotlightError, match=r"Zahlen\.xlsx is"):
        add_files(load_settings(workspace), [book])


def test_what_was_not_added_is_said_at_the_end_with_what_can_be_done(tmp_path: Path, workspace: Path) -> None:
    notes = [["Wetter", "Laune", "Kantine"], *([f"sonnig {n}", "gut", "Suppe"] for n in range(9))]
    book, loose = tmp_path / "Zahlen.xlsx", tmp_path / "my brand.csv"
    book.write_bytes(xlsx({"Telefonie": CALLS, "Kosten": COSTS, "Notizen": notes}))
    loose.write_text("colour,mood\n" + "red,fine\n" * 9, encoding="utf-8")
    done = CliRunner().invoke(cli, ["-w", str(workspace), "add", str(book), str(loose)])
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert lines[-2] == "1 of 2 files was not added: my brand.csv."
    sheet = next(line for line in lines if "Zahlen - Notizen.csv is not used" in line)
    assert "save the sheet 'Notizen' of Zahlen.xlsx as a CSV file, then `swotlight add FILE.csv --as KIND`" in sheet
    assert any(f"`swotlight add '{loose}' --as KIND`" in line for line in lines), "a name with a blank can be typed"


def test_all_that_was_given_and_added_needs_no_word(tmp_path: Path, workspace: Path) -> None:
    book = tmp_path / "Zahlen.xlsx"
    book.write_bytes(xlsx({"Telefonie": CALLS, "Kosten": COSTS}))
    made = add_files(load_settings(workspace), [book])
    assert (made.closing, made.left_out) == (None, [])


def test_of_sheets_alike_only_the_first_is_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = tmp_path / "Kosten.xlsx"
    book.write_bytes(xlsx({"2024": COSTS * 30, "2025": COSTS * 30, "2026": COSTS * 30}))
    read: list[str] = []
    rows = spreadsheet._Book.rows
    monkeypatch.setattr(spreadsheet._Book, "rows", lambda one, name: read.append(name) or rows(one, name))
    done = CliRunner().invoke(cli, ["inspect", str(book), "--json"])
    (told,) = json.loads(done.output)
    assert (told["kind"], told["rows"], set(read)) == ("costs", 30 * len(COSTS) - 30, {"2024"})


def test_rows_of_a_sheet_that_are_not_looked_at_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = tmp_path / "Kosten.xlsx"
    rows = [COSTS[0], *([f"2026-01-{1 + n % 28:02}", "Personal", 1000 + n] for n in range(900))]
    book.write_bytes(xlsx({"Kosten": [*rows[:300], ["", "", ""], *rows[300:]]}))
    monkeypatch.setattr(sample, "SAMPLE_ROWS", 600)
    (told,) = json.loads(CliRunner().invoke(cli, ["inspect", str(book), "--json"]).output)
    assert told["rows"] == 900
    assert any(problem.endswith("600 of 900 rows; a load reads them all.") for problem in told["problems"])
