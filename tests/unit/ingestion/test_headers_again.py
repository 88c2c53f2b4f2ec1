"""A header that is printed again between the rows: reports of several pages, files put one behind the other."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.unit.ingestion.conftest import Box
from tests.unit.ingestion.workbooks import xlsx

HEAD = ["Customer", "E-Mail", "Segment", "Segment"]
MAP = """adapter: box
shapes:
  customers:
    recognise: [Customer, E-Mail]
    table: customers
    fields:
      customer_id: {from: Customer, type: id}
      email: {from: E-Mail, type: text}
      segment: {from: Segment, type: text}
"""
ROWS = [[f"c{number}", f"a{number}@b.example", "Gold", "A"] for number in range(12)]
PAGES = [HEAD, *ROWS[:4], HEAD, *ROWS[4:8], HEAD, *ROWS[8:]]


def _written(kind: str, rows: list[list[str]]) -> str | bytes:
    return xlsx({"Report": rows}) if kind == "xlsx" else "".join(",".join(row) + "\n" for row in rows)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_header_between_rows_of_words_is_no_customer(box: Box, kind: str) -> None:
    box.map(MAP)
    box.put(f"a.{kind}", _written(kind, PAGES))
    counts = box.load().counts
    assert (counts.read, counts.inserted, counts.quarantined) == (14, 12, 2)
    assert "Customer" not in box.values("customer_id", "customers")
    assert [(line, reason) for line, reason, *_ in box.quarantine()] == [
        (6, "repeated_header"),
        (11, "repeated_header"),
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_report_of_short_pages_is_not_over_its_quarantine(box: Box, kind: str) -> None:
    head = ["ticket_id", "created_at", "status"]
    pages = [row for n in range(20) for row in (head, [str(n), f"2026-01-{n + 1:02}", "open"])]
    box.put(f"a.{kind}", _written(kind, pages))
    report = box.report(datetime(2026, 3, 1))
    assert (report.exit_code, report.sources[0].counts.quarantined) == (0, 19)
    assert len(box.values("ticket_id")) == 20
    assert {reason for _, reason, *_ in box.quarantine()} == {"repeated_header"}


def test_a_row_that_shares_a_word_with_the_header_stays(box: Box) -> None:
    box.map(MAP)
    box.put("a.csv", _written("csv", [HEAD, ["Customer", "x@b.example", "Gold", "A"], *ROWS]))
    assert box.load().counts.inserted == 13
