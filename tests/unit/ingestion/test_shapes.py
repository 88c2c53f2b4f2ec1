"""Files of odd shapes: several sheets, two header rows, letters that were damaged on the way, mixed dates."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.unit.ingestion.conftest import Box
from tests.unit.ingestion.workbooks import xlsx

TICKETS = ["ticket_id", "created_at", "subject"]


def test_every_sheet_with_a_table_the_map_waits_for_is_read(box: Box) -> None:
    sheets = {
        "Cover": [["Confidential"]],
        "2025": [TICKETS, [1, "2025-01-02", "a"]],
        "2026": [TICKETS, [2, "2026-01-02", "b"]],
    }
    box.put("a.xlsx", xlsx(sheets))
    box.load()
    assert box.values("ticket_id") == ["1", "2"]
    assert [(file["name"], file["rows_read"]) for file in box.files()] == [("a.xlsx/2025", 1), ("a.xlsx/2026", 1)]
    assert "Cover" in box.problems()["other_sheets"]


def test_the_sheets_of_a_workbook_may_be_of_different_shapes(box: Box) -> None:
    box.map(
        "shapes:\n  ticket: {recognise: [ticket_id, created_at], table: tickets, fields: {ticket_id: , created_at: }}\n"
        "  customer: {recognise: [customer_id], table: customers, fields: {customer_id: , name: }}"
    )
    box.put("a.xlsx", xlsx({"T": [TICKETS, [1, "2025-01-02", "a"]], "C": [["customer_id", "name"], ["c1", "Ann"]]}))
    box.load()
    assert box.values("ticket_id") == ["1"]
    assert box.values("customer_id", table="customers") == ["c1"]


def test_a_map_may_name_the_sheet(box: Box) -> None:
    box.map("shapes: {x: {table: tickets, fields: {ticket_id: , created_at: }, read: {sheet: New}}}")
    box.put("a.xlsx", xlsx({"Old": [TICKETS, [1, "2025-01-02", "a"]], "New": [TICKETS, [2, "2026-01-02", "b"]]}))
    box.load()
    assert box.values("ticket_id") == ["2"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_second_header_row_of_a_survey_is_joined_to_the_first(box: Box, kind: str) -> None:
    rows = [
        ["Respondent ID", "Rate us", "", "Why?"],
        ["", "Speed", "Tone", "Open-Ended Response"],
        ["7", "5", "4", "x"],
    ]
    box.map(
        "shapes: {x: {key: [i], fields: {i: {from: Respondent ID, type: id}, b: {from: 'Rate us: Tone'}, "
        "c: {from: 'Why?'}}}}"
    )
    text = "\n".join(",".join(row) for row in rows) + "\n"
    box.put(f"a.{kind}", text if kind == "csv" else xlsx({"S": rows}))
    box.load()
    assert box.con.rows('select cast(i as varchar) as i, b, c from land."box__x"') == [{"i": "7", "b": "4", "c": "x"}]


def test_a_map_may_say_that_there_is_a_second_header_row(box: Box) -> None:
    box.map("shapes: {x: {fields: {i: {from: 'id: number'}}, read: {second_header: true}}}")
    box.put("a.csv", "id,name\nnumber,text\n1,a\n")
    box.load()
    assert box.con.rows('select cast(i as varchar) as i from land."box__x"') == [{"i": "1"}]


def test_merged_title_rows_and_an_empty_row_stand_above_the_table(box: Box) -> None:
    rows = [["Tickets", "", ""], ["Team West", "", ""], [], TICKETS, [1, datetime(2026, 1, 2, 10), "a"]]
    box.put("a.xlsx", xlsx({"S": rows}))
    box.load()
    assert box.values("created_at") == [datetime(2026, 1, 2, 10)]


def test_an_offset_and_the_name_of_a_zone_say_the_same_instant(box: Box) -> None:
    box.put(
        "a.csv",
        "ticket_id,created_at\n1,2026-01-02T10:00:00+01:00\n2,2026-01-02T09:00:00Z\n3,2026-01-02 09:00:00 UTC\n",
    )
    box.load()
    assert set(box.values("created_at")) == {datetime(2026, 1, 2, 9)}


@pytest.mark.parametrize("text", ["Grün – “ja”", "Đăng nhập không được", "无法登录", "Zażółć gęślą"])
def test_letters_that_were_encoded_twice_are_repaired_and_counted(box: Box, text: str) -> None:
    twice = "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode())
    box.put("a.csv", f"ticket_id,created_at,subject\n1,2026-01-02,{twice}\n")
    box.load()
    assert box.values("subject") == [text]
    assert "1 line" in box.problems()["mojibake_repaired"]


def test_damaged_letters_beside_sound_ones_are_kept_and_told(box: Box) -> None:
    box.put("a.csv", "ticket_id,created_at,subject\n1,2026-01-02,GrÃ¼n\n2,2026-01-02,Größe\n")
    box.load()
    assert box.values("subject") == ["GrÃ¼n", "Größe"]
    assert "mojibake_kept" in box.problems()


def test_letters_that_only_look_damaged_are_left_alone(box: Box) -> None:
    box.put("a.csv", "ticket_id,created_at,subject\n1,2026-01-02,„Spaß“\n2,2026-01-02,SÃO\n")
    box.load()
    assert box.values("subject") == ["SÃO", "„Spaß“"]
    assert not {"mojibake_kept", "mojibake_repaired"} & box.problems().keys()


def test_empty_cells_right_below_the_names_are_a_header_and_no_row(box: Box) -> None:
    box.put("a.csv", "ticket_id,created_at,status\n,,\n1,2026-01-01,open\n2,2026-01-02,solved\n")
    box.load()
    assert box.values("ticket_id") == ["1", "2"]
    assert box.files()[0]["rows_read"] == 2
