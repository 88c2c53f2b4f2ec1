"""A large file is read by several threads at once: its rows stay in order and lines keep their numbers."""

from __future__ import annotations

from tests.unit.ingestion.conftest import Box

ROWS = 250_000
FILL = "x" * 60


def test_rows_of_a_large_file_keep_their_order_and_refused_ones_their_lines(box: Box) -> None:
    statuses = ("open", "New", "solved")
    lines = [f"{n},2026-01-01 10:00:00,{statuses[n % 3]},chat,{FILL}" for n in range(ROWS)]
    bad = {17: "x,nonsense,open,chat,", ROWS // 2: "y,2026-01-01,strange,chat,", ROWS - 1: ",2026-01-01,open,chat,"}
    for place, line in bad.items():
        lines[place] = line
    box.put("a.csv", "ticket_id,created_at,status,channel,subject\n" + "\n".join(lines) + "\n")
    box.load()
    assert [(line, reason) for line, reason, _, _ in box.quarantine()] == [
        (19, "not_parseable"),
        (ROWS // 2 + 2, "unknown_value"),
        (ROWS + 1, "null_key"),
    ]
    falls = "select count(*) from (select cast(ticket_id as bigint) as n, _line from raw.tickets) where _line <> n + 2"
    assert box.con.scalar(falls) == 0
    assert box.con.rows("select status, count(*) as n from raw.tickets group by all order by all")[0]["status"] == "new"
