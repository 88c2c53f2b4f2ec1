"""Ids that look like whole numbers are kept as numbers; whoever reads them sees the texts that stood in the files."""

from __future__ import annotations

import pytest

from tests.unit.ingestion.conftest import Box

HEAD = "ticket_id,created_at,customer_id,status\n"


def column_type(box: Box, column: str) -> str:
    return str(box.con.scalar(f'select typeof({column}) from land."box__tickets" limit 1'))


def lines(ids: list[str], customer: str = "9") -> str:
    return "".join(f"{one},2026-01-01,{customer},open\n" for one in ids)


def test_whole_numbers_are_kept_as_numbers_and_read_as_texts(box: Box) -> None:
    box.put("a.csv", HEAD + lines(["10", "2", "0"]))
    box.load()
    assert column_type(box, "ticket_id") == "BIGINT"
    assert box.values("ticket_id") == ["0", "10", "2"]
    assert [type(value) for value in box.values("customer_id")] == [str] * 3


@pytest.mark.parametrize("odd", ["007", "1e2", "+5", "1.5", "0x1F", "1_0", "-0", "9" * 19, "TK-1", "１２"])
def test_an_id_that_a_number_would_spell_otherwise_stays_as_it_stands(box: Box, odd: str) -> None:
    box.put("a.csv", HEAD + lines(["10", odd]))
    box.load()
    assert box.values("ticket_id") == sorted(["10", odd])


@pytest.mark.parametrize("odd", ["007", "1e2", "TK-1"])
def test_an_odd_id_far_below_the_sample_is_not_lost(box: Box, odd: str) -> None:
    ids = [str(number) for number in range(1, 6001)]
    box.put("a.csv", HEAD + lines([*ids, odd]))
    source = box.load()
    assert (source.counts.read, source.counts.inserted) == (6001, 6001)
    assert odd in box.values("ticket_id") and column_type(box, "ticket_id") == "VARCHAR"
    assert box.con.scalar("select _line from raw.tickets where ticket_id = ?", [odd]) == 6002


def test_a_later_file_with_other_ids_makes_texts_of_all_and_keys_still_meet(box: Box) -> None:
    box.put("a.csv", HEAD + lines(["1", "2"]))
    box.put("b.csv", HEAD + lines(["A-1", "2"], customer="C-9"))
    box.put("c.csv", HEAD + lines(["3", "A-1"]))
    box.load()
    assert box.values("ticket_id") == ["1", "2", "3", "A-1"]
    assert sum(file["rows_inserted"] for file in box.files()) == 4
    assert dict(box.con.execute("select ticket_id, customer_id from raw.tickets").fetchall())["2"] == "C-9"


def test_the_order_of_files_with_numbers_and_texts_changes_no_row(
    box: Box, tmp_path_factory: pytest.TempPathFactory
) -> None:
    texts = [HEAD + lines(["1", "2"]), HEAD + lines(["A-1"]), HEAD + lines([" 3 ", "4"]), HEAD]
    outcomes = []
    for order in ((0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2, 1)):
        other = Box(tmp_path_factory.mktemp("box"))
        for place, number in enumerate(order):
            other.put(f"{place}.csv", texts[number])
        other.load()
        outcomes.append(other.rows(columns="ticket_id, created_at, customer_id, status"))
        other.con.close()
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert [row["ticket_id"] for row in outcomes[0]] == ["1", "2", "3", "4", "A-1"]


def test_a_rule_that_speaks_of_an_id_speaks_of_its_text(box: Box) -> None:
    box.map(
        "shapes: {x: {table: tickets, fields: {ticket_id: id, created_at: instant}, "
        "rules: [{name: test_row, when: \"starts_with(ticket_id, '99')\", about: made by testers}]}}"
    )
    box.put("a.csv", "ticket_id,created_at\n1,2026-01-01\n991,2026-01-01\n")
    box.load()
    assert box.values("ticket_id") == ["1"]
    assert [(line, reason) for line, reason, _, _ in box.quarantine()] == [(3, "test_row")]


def test_blanks_around_texts_are_taken_off_wherever_they_stand(box: Box) -> None:
    ids = [str(number) for number in range(1, 6001)]
    box.put("a.csv", "ticket_id,created_at,topic,status\n" + "".join(f"{i},2026-01-01,Bill,open\n" for i in ids)
            + "6001,2026-01-01,  Bill ,  OPEN \n 6002 ,2026-01-01,   ,open\n")  # fmt: skip
    box.load()
    rows = box.con.execute("select ticket_id, topic, status from raw.tickets where ticket_id > '6000' order by 1")
    assert rows.fetchall()[:2] == [("6001", "Bill", "open"), ("6002", None, "open")]
