"""Every format, encoding, delimiter and line end that an export may come in gives the same rows."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from tests.unit.ingestion.conftest import Box
from tests.unit.ingestion.workbooks import xlsx
from warehouse.store import connect

TEXT = 'ticket_id,created_at,subject\n1,2026-01-02 10:00:00,Grün\n2,2026-01-03 11:00:00,"two\nlines"\n'
EXPECTED = [("1", datetime(2026, 1, 2, 10), "Grün"), ("2", datetime(2026, 1, 3, 11), "two\nlines")]


def loaded(box: Box) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in box.rows(columns="ticket_id, created_at, subject")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_western_encodings_are_told_by_their_bytes(box: Box, encoding: str) -> None:
    box.put("a.csv", TEXT.encode(encoding))
    box.load()
    assert loaded(box) == EXPECTED


@pytest.mark.parametrize(
    ("encoding", "subject"),
    [
        ("gb18030", "无法登录系统，请帮忙处理"),
        ("cp949", "로그인이 안 됩니다 도와주세요"),
        ("cp932", "ログインできませんので助けてください"),
        ("big5", "無法登入系統請協助處理"),
        ("utf-8", "Không đăng nhập được"),
    ],
)
def test_east_asian_encodings_are_told_by_their_letters(box: Box, encoding: str, subject: str) -> None:
    box.put("a.csv", f"ticket_id,created_at,subject\n1,2026-01-02,{subject}\n".encode(encoding))
    box.load()
    assert box.values("subject") == [subject]


def test_an_encoding_that_shows_late_in_the_file_is_still_found(box: Box) -> None:
    lines = "".join(f"{n},2026-01-02,plain words\n" for n in range(40_000))
    box.put("a.csv", ("ticket_id,created_at,subject\n" + lines + "x,2026-01-02,Grün\n").encode("cp1252"))
    box.load()
    assert box.con.scalar("select subject from raw.tickets where ticket_id = 'x'") == "Grün"


def test_a_broken_letter_in_a_utf8_file_costs_its_line_only(box: Box) -> None:
    lines = "".join(f"{n},2026-01-02,Grün\n" for n in range(30))
    box.put("a.csv", b"ticket_id,created_at,subject\n" + lines.encode() + b"x,2026-01-02,\xff\n")
    box.report()
    assert box.quarantine() == [(32, "malformed_line", None, "x,2026-01-02,ÿ")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(box: Box, end: str) -> None:
    box.put("a.csv", TEXT.replace("two\nlines", "two lines").replace("\n", end))
    box.load()
    assert loaded(box) == [EXPECTED[0], ("2", datetime(2026, 1, 3, 11), "two lines")]


def test_mixed_line_ends_are_read(box: Box) -> None:
    box.put("a.csv", "ticket_id,created_at\r\n1,2026-01-02\n2,2026-01-02\r3,2026-01-02\r\n")
    box.load()
    assert box.values("ticket_id") == ["1", "2", "3"]


def test_line_ends_that_mix_late_in_the_file_are_read(box: Box) -> None:
    lines = "".join(f"{n},2026-01-02,x\n" for n in range(60_000))
    box.put("a.csv", "ticket_id,created_at,subject\n" + lines + "y,2026-01-02,x\rz,2026-01-02,x\r\n")
    box.load()
    assert len(box.rows()) == 60_002


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^"])
def test_every_delimiter_is_found(box: Box, delimiter: str) -> None:
    box.put("a.txt", f"ticket_id{delimiter}created_at{delimiter}subject\n1{delimiter}2026-01-02{delimiter}a b\n")
    box.load()
    assert box.values("subject") == ["a b"]


def test_lines_above_the_header_are_skipped_and_lines_are_counted_from_the_top(box: Box) -> None:
    box.put("a.csv", 'Report "Tickets"\nfrom;to\n\nticket_id;created_at;subject\n1;2026-01-02;x\n;2026-01-02;y\n')
    box.report()
    assert box.values("ticket_id") == ["1"]
    assert box.quarantine() == [(6, "null_key", "ticket_id", ";2026-01-02;y")]


def test_unnamed_and_repeated_columns_get_names(box: Box) -> None:
    box.map("shapes: {x: {fields: {i: {from: unnamed_1, type: id}, a: {from: name}, b: {from: name_2}}, key: [i]}}")
    box.put("a.csv", ",name,Name\n0,a,b\n")
    box.load()
    assert box.con.rows('select cast(i as varchar) as i, a, b from land."box__x"') == [{"i": "0", "a": "a", "b": "b"}]


def test_quotes_escaped_with_a_backslash_are_read(box: Box) -> None:
    box.put("a.csv", 'ticket_id,created_at,subject\n1,2026-01-02,"say \\"hi\\", please"\n2,2026-01-02,x\n')
    box.load()
    assert box.values("subject") == ['say "hi", please', "x"]


def records() -> list[dict[str, object]]:
    return [{"ticket_id": i, "created_at": at.isoformat(), "subject": text} for i, at, text in EXPECTED]


def test_a_list_of_json_objects_is_read(box: Box) -> None:
    box.put("a.json", json.dumps(records()))
    box.load()
    assert loaded(box) == EXPECTED


def test_json_records_inside_an_object_are_found_and_nested_keys_joined(box: Box) -> None:
    box.map(
        "shapes: {x: {table: tickets, fields: {ticket_id: {from: id}, created_at: , channel: {from: via_channel}}}}"
    )
    box.put(
        "a.json",
        json.dumps({"count": 1, "tickets": [{"id": 1, "created_at": "2026-01-02", "via": {"channel": "web"}}]}),
    )
    box.load()
    assert box.rows(columns="ticket_id, channel") == [{"ticket_id": "1", "channel": "web"}]


def test_json_lines_are_read(box: Box) -> None:
    box.put("a.jsonl", "\n".join(json.dumps(one) for one in records()))
    box.load()
    assert loaded(box) == EXPECTED


def test_parquet_is_read(box: Box, tmp_path: Path) -> None:
    with connect(None) as con:
        rows = "select 1.0::double as ticket_id, timestamp '2026-01-02 10:00' as created_at, 'Grün' as subject"
        con.execute(f"copy ({rows}) to '{tmp_path}/landing/box/a.parquet'")
    box.load()
    assert loaded(box) == [EXPECTED[0]]


def test_the_sheet_with_the_table_is_read_below_its_title(box: Box) -> None:
    header = ["ticket_id", "created_at", "subject"]
    rows = [["Tickets of the year"], [], header, [1, EXPECTED[0][1], "Grün"], [2.0, EXPECTED[1][1], "two\nlines"]]
    box.put("a.xlsx", xlsx({"Cover": [["Confidential"]], "Data": rows}))
    box.load()
    assert loaded(box) == EXPECTED
    assert "Cover" in box.problems()["other_sheets"]


def test_gzip_and_zip_are_opened(box: Box) -> None:
    box.put("a.csv.gz", gzip.compress(TEXT.encode()))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("deep/b.csv", TEXT.replace("\n2,", "\n4,").replace("\n1,", "\n3,"))
        archive.writestr("c.json", json.dumps([{**records()[0], "ticket_id": 5}]))
    box.put("z.zip", packed.getvalue())
    box.load()
    assert box.values("ticket_id") == ["1", "2", "3", "4", "5"]
    assert [file["name"] for file in box.files()] == ["a.csv", "z.zip/c.json", "z.zip/deep/b.csv"]


def test_an_old_adapter_of_many_shapes_reads_what_it_knows_and_tells_the_rest(box: Box) -> None:
    box.map(
        "shapes:\n  a: {recognise: [one, two], fields: {one: , two: }}\n  b: {recognise: [three], fields: {three: }}"
    )
    box.put("x.csv", "one,two\n1,2\n")
    box.put("y.csv", "other\n1\n")
    box.load()
    assert [file["shape"] for file in box.files()] == ["a", None]
    assert "y.csv" in box.problems()["not_recognised"]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.parquet"])
def test_an_empty_text_is_no_value_in_any_kind_of_file(box: Box, tmp_path: Path, name: str) -> None:
    rows = [
        {"ticket_id": "1", "created_at": "2026-01-02", "subject": ""},
        {"ticket_id": "", "created_at": "2026-01-02"},
    ]
    if name == "a.parquet":
        values = "('1', '2026-01-02', ''), ('', '2026-01-02', null)"
        with connect(None) as con:
            con.execute(f"copy (from (values {values}) t(ticket_id, created_at, subject)) to '{tmp_path / name}'")
        box.put(name, (tmp_path / name).read_bytes())
    else:
        box.put(name, json.dumps(rows) if name == "a.json" else "\n".join(map(json.dumps, rows)))
    box.load()
    assert box.values("subject") == [None]
    assert [reason for _, reason, _, _ in box.quarantine()] == ["null_key"]


def test_json_that_nests_deeper_than_the_engine_reads_is_refused_and_the_engine_goes_on(box: Box) -> None:
    box.put("a.json", '[{"ticket_id": 1, "a": ' + "[" * 300 + "]" * 300 + "}]")
    error = box.refusal()
    assert error.code == "too_deep" and "more than 128 deep" in str(error)
    box.take("a.json")
    box.put("b.json", '[{"ticket_id": 1, "created_at": "2026-01-02 10:00:00"}]')
    assert box.load().counts.inserted == 1


def test_json_keys_of_any_kind_become_columns(box: Box) -> None:
    box.put("a.json", '[{"ticket_id": 1, "created_at": "2026-01-02 10:00:00", "": 5, "a/b": 1, "c~d": 2, "q\\"k": 3}]')
    assert box.load().counts.inserted == 1
