"""A large file is read by several threads at once: its rows stay in order and lines keep their numbers."""

from __future__ import annotations

import pytest

from tests.unit.ingestion.conftest import Box
from warehouse.store import Connection

ROWS = 60_000
HEAD = "ticket_id,created_at,status,channel,is_complaint\n"
WORDS = ", ".join(f"'w{number}'" for number in range(20))


def test_rows_keep_their_order_and_refused_ones_their_lines(box: Box) -> None:
    statuses = ("open", "New", "solved")
    lines = [f"{n},2026-01-01 10:00:00,{statuses[n % 3]},chat,yes" for n in range(ROWS)]
    bad = {17: "x,nonsense,open,chat,", ROWS // 2: "y,2026-01-01,strange,chat,", ROWS - 1: ",2026-01-01,open,chat,"}
    for place, line in bad.items():
        lines[place] = line
    box.put("a.csv", HEAD + "\n".join(lines) + "\n")
    box.load()
    assert [(line, reason) for line, reason, _, _ in box.quarantine()] == [
        (19, "not_parseable"),
        (ROWS // 2 + 2, "unknown_value"),
        (ROWS + 1, "null_key"),
    ]
    falls = "select count(*) from (select cast(ticket_id as bigint) as n, _line from raw.tickets) where _line <> n + 2"
    assert box.con.scalar(falls) == 0


def test_no_list_of_words_becomes_a_join_which_would_keep_no_order(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    plans: list[str] = []
    execute = Connection.execute

    def watched(self: Connection, sql: str, params: object = None) -> object:
        if sql.lstrip().startswith("insert into land."):
            plans.append(str(execute(self, f"explain {sql}").fetchall()))
        return execute(self, sql, params)  # type: ignore[arg-type]

    monkeypatch.setattr(Connection, "execute", watched)
    box.map(
        'shapes: {x: {table: tickets, rules: [{name: odd, when: "subject in (' + WORDS + ')"}], fields: {ticket_id: , '
        "created_at: , status: , channel: , is_complaint: , subject: {value: w1, nulls: [a, b, c, d, e, f, g, h]}}}}"
    )
    box.put("a.csv", HEAD + "1,2026-01-01,open,chat,yes\n")
    box.load()
    assert plans and not any("join" in plan.lower() for plan in plans)
