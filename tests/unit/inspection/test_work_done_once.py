"""What makes `inspect` quick, and must not change what it says: nothing is read or asked twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingestion.datatypes import clean_text
from ingestion.date_shapes import read_shapes, read_shapes_of_each
from ingestion.inspection import languages
from ingestion.inspection.profile import Profile
from ingestion.readers import Piece, Reading, spreadsheet
from ingestion.readers.opening import alike_sheets
from ingestion.readers.reading import Hints
from ingestion.readers.spreadsheet import book_kept, read_spreadsheet
from ingestion.shaping import _raw_text
from tests.unit.ingestion.workbooks import xlsx
from warehouse.store import connect

ROWS = [["Opened", "Status"], *([f"2026-03-{day:02}", "open"] for day in range(1, 20))]


def test_a_workbook_is_taken_apart_once_and_only_its_first_table_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(xlsx({"January": ROWS, "February": ROWS, "March": ROWS}))
    opened: list[Any] = []
    monkeypatch.setattr(spreadsheet, "CalamineWorkbook", _counting(opened))
    piece = Piece(book.name, book, book.stat().st_size)
    with book_kept():
        assert alike_sheets(piece)
        reading = read_spreadsheet(piece, Hints(), tmp_path / "work")
    assert (len(opened), reading.piece.name) == (1, "book.xlsx/January")
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["0.csv"]
    assert "'February', 'March' are not" in reading.problems[0].message
    read_spreadsheet(piece, Hints(), tmp_path / "work")
    assert len(opened) == 2, "outside, nothing is kept"


def _counting(opened: list[Any]) -> Any:
    real = spreadsheet.CalamineWorkbook

    class Counting:
        @staticmethod
        def from_path(path: str) -> Any:
            opened.append(path)
            return real.from_path(path)

    return Counting


def test_the_shapes_of_several_columns_are_those_of_each() -> None:
    with connect(None) as con:
        con.execute(
            "create temp table sampled as select strftime(date '2026-01-01' + cast(i as integer), '%d/%m/%Y') as a, "
            "case when i % 3 > 0 then 'May ' || i end as b, null as c from range(60) as r(i)"
        )
        texts = {"first": "a", "second": "b", "third": "cast(c as varchar)"}
        together = read_shapes_of_each(con, "sampled", texts)
        assert together == {name: read_shapes(con, "sampled", text) for name, text in texts.items()}
        assert together["first"][0].days_first > 20 and together["third"] == []


def test_a_share_is_exact_from_what_is_asked_for_on_and_none_below() -> None:
    asked: list[str] = []

    def fits(value: str) -> bool:
        asked.append(value)
        return value.isdigit()

    column = Profile("a", [str(number) for number in range(90)] + [f"x{number}" for number in range(10)])
    assert column.share("digits", fits, 0.9) == 0.9
    words = Profile("b", [f"x{number}" for number in range(100)])
    asked.clear()
    assert words.share("digits", fits, 0.9) == 0.0 and len(asked) < 20
    assert Profile("c", ["1", "x", "y"]).share("digits", fits) == pytest.approx(1 / 3)


@pytest.mark.parametrize("width", [4, 90])
def test_a_refused_row_is_written_as_its_file_had_it_however_wide_it_is(width: int) -> None:
    cells: list[str | None] = ["plain", None, 'said "so"', "a;b", *["x"] * (width - 4)]
    columns = tuple(f"c{place}" for place in range(width))
    reading = Reading(Piece("a.csv", Path("a.csv"), 1), "csv", columns, "rows", delimiter=";")
    with connect(None) as con:
        listed = ", ".join(f'? as "raw:{name}"' for name in columns)
        written = con.scalar(f"select {_raw_text(reading)} from (select {listed})", cells)
    assert written == 'plain;;"said ""so""";"a;b"' + ";x" * (width - 4)


def test_a_cell_is_blank_where_it_holds_nothing_or_a_word_for_none() -> None:
    cells = [None, "", "  ", " N/A ", "n/a", " a ", "0"]
    with connect(None) as con:
        for nulls, kept in (((), [" N/A ", "n/a", " a ", "0"]), (("n/a ",), [" a ", "0"]), (("n/a", "0"), [" a "])):
            told = [con.scalar(f"select {clean_text('x', nulls)} from (select ? as x)", [cell]) for cell in cells]
            assert told == [cell.strip() if cell is not None and cell in kept else None for cell in cells]


def test_headings_without_a_foreign_word_make_no_pattern_of_all_foreign_phrases() -> None:
    made = (languages.translated, languages._phrases_in_letters, languages._bare_vietnamese_patterns)
    for one in made:
        one.cache_clear()
    assert [languages.translated(name) for name in ("Order received", "Resolved at", "How satisfied are you?")]
    assert [one.cache_info().currsize for one in made[1:]] == [0, 0]
    assert languages.translated("Kunde seit") != "Kunde seit" and languages.translated("ngay_tao") != "ngay_tao"
    assert [one.cache_info().currsize for one in made[1:]] == [1, 1]
