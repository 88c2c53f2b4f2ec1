"""A file whose first row is data: no row of it is lost as a header."""

from __future__ import annotations

from tests.unit.ingestion.conftest import Box
from tests.unit.ingestion.workbooks import xlsx

MAP = (
    "adapter: box\nshapes:\n  s:\n    recognise: [unnamed_1, unnamed_2]\n    table: tickets\n    fields:\n"
    "      ticket_id: {from: unnamed_1}\n      created_at: {from: unnamed_2}\n"
)
ROWS = "1,2026-01-02 10:00:00\n2,2026-01-03 11:00:00\n,2026-01-03 11:30:00\n3,2026-01-04 12:00:00\n"


def test_every_row_is_read_and_its_columns_are_numbered(box: Box) -> None:
    box.map(MAP)
    box.config += "\nmax_quarantine_share: 1"
    box.put("a.csv", ROWS)
    source = box.load()
    assert source.counts.read == 4
    assert box.values("ticket_id") == ["1", "2", "3"]
    assert box.problems()["no_header"].startswith("a.csv has no header")


def test_a_quarantined_row_is_shown_at_its_own_line(box: Box) -> None:
    box.map(MAP)
    box.config += "\nmax_quarantine_share: 1"
    box.put("a.csv", ROWS)
    box.load()
    assert [(line, text) for line, _, _, text in box.quarantine()] == [(3, ",2026-01-03 11:30:00")]


def test_dates_as_headings_over_numbers_are_headings(box: Box) -> None:
    box.put("a.csv", "ticket_id,created_at,2026-01-01,2026-02-01\n1,2026-01-02,3,4\n2,2026-01-03,5,6\n")
    assert box.load().counts.read == 2


NAMED = MAP.replace("    recognise: [unnamed_1, unnamed_2]\n", "    read: {columns: [number, opened]}\n").replace(
    "unnamed_1", "number"
).replace("unnamed_2", "opened")  # fmt: skip


def test_a_map_names_the_columns_in_their_order(box: Box) -> None:
    box.map(NAMED)
    box.config += "\nmax_quarantine_share: 1"
    box.put("a.csv", ROWS)
    assert box.load().counts.read == 4
    assert box.values("ticket_id") == ["1", "2", "3"]
    assert box.problems()["no_header"] == "a.csv has no header: its columns are called as the map says."


def test_names_given_by_a_map_make_even_a_row_of_words_data(box: Box) -> None:
    box.map(NAMED.replace("opened]", "opened, state]") + "      status: {from: state}\n")
    box.put("a.csv", "x1,2026-01-02,open\nx2,2026-01-03,closed\n")
    assert box.load().counts.read == 2
    assert box.values("status") == ["closed", "open"]


def test_a_file_of_the_source_that_has_the_header_keeps_it(box: Box) -> None:
    box.map(NAMED)
    box.put("a.csv", "1,2026-01-02\n2,2026-01-03\n")
    box.put("b.csv", "number,opened\n3,2026-01-04\n")
    assert box.load().counts.read == 3
    assert box.values("ticket_id") == ["1", "2", "3"]


def test_no_row_above_the_first_full_one_is_lost(box: Box) -> None:
    box.map(MAP.replace("recognise: [unnamed_1, unnamed_2]", "recognise: [unnamed_1, unnamed_4]"))
    rows = "1,2026-01-02 10:00:00,7,3\n2,2026-01-03 10:00:00,8,4\n" + "".join(
        f"{n},2026-01-{n:02} 10:00:00,open,mail\n" for n in range(3, 12)
    )
    box.put("a.csv", rows)
    assert box.load().counts.read == 11


def test_a_sheet_without_a_header_loses_no_row(box: Box) -> None:
    box.map(MAP)
    rows = [[str(n), f"2026-01-{n + 1:02} 10:00:00"] for n in range(12)]
    box.put("a.xlsx", xlsx({"Sheet1": rows}))
    assert box.load().counts.read == 12
    assert len(box.values("ticket_id")) == 12
