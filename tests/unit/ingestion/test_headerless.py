"""A file whose first row is data: no row of it is lost as a header."""

from __future__ import annotations

from tests.unit.ingestion.conftest import Box

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
