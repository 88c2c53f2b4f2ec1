"""Letters encoded twice, wherever they stand: repaired where every letter says so, else kept and told."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.unit.ingestion.conftest import Box
from tests.unit.ingestion.workbooks import xlsx

SOUND = ["Grün", "无法登录", "Đăng nhập – “không được”"]


def twice(text: str) -> str:
    """What a text looks like whose UTF-8 was taken for cp1252 and written as UTF-8 again."""
    return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode())


def records(subjects: list[str]) -> list[dict[str, str]]:
    return [
        {"ticket_id": str(place), "created_at": "2026-01-02", "subject": subject}
        for place, subject in enumerate(subjects)
    ]


def rows(subjects: list[str]) -> list[list[object]]:
    return [["ticket_id", "created_at", "subject"], *(list(record.values()) for record in records(subjects))]


WRITERS: dict[str, Callable[[list[str]], str | bytes]] = {
    "a.json": lambda texts: json.dumps(records(texts), ensure_ascii=False, indent=1),
    "escaped.json": lambda texts: json.dumps({"tickets": records(texts)}),
    "a.jsonl": lambda texts: "\n".join(json.dumps(record, ensure_ascii=False) for record in records(texts)),
    "escaped.ndjson": lambda texts: "\n".join(map(json.dumps, records(texts))),
    "a.xlsx": lambda texts: xlsx({"S": rows(texts)}),
    "a.csv": lambda texts: "\n".join(",".join(map(str, row)) for row in rows(texts)),
}


@pytest.mark.parametrize("name", WRITERS)
def test_damage_is_repaired_in_every_kind_of_file(box: Box, name: str) -> None:
    box.put(name, WRITERS[name]([twice(text) for text in SOUND]))
    box.load()
    assert box.values("subject", order="ticket_id") == SOUND
    assert "mojibake_repaired" in box.problems()


@pytest.mark.parametrize("name", WRITERS)
def test_damage_beside_a_sound_letter_is_kept_in_every_kind_of_file(box: Box, name: str) -> None:
    mixed = [twice("Grün"), "Größe"]
    box.put(name, WRITERS[name](mixed))
    box.load()
    assert box.values("subject", order="ticket_id") == mixed
    assert "mojibake_kept" in box.problems() and "mojibake_repaired" not in box.problems()


@pytest.mark.parametrize("name", WRITERS)
def test_sound_files_are_not_touched(box: Box, name: str) -> None:
    box.put(name, WRITERS[name](SOUND))
    box.load()
    assert box.values("subject", order="ticket_id") == SOUND
    assert not {"mojibake_kept", "mojibake_repaired"} & box.problems().keys()


def test_a_picture_in_escapes_is_a_sound_letter(box: Box) -> None:
    box.put("a.json", json.dumps(records([twice("Grün"), "fine \U0001f600"])))
    box.load()
    assert box.values("subject", order="ticket_id") == [twice("Grün"), "fine \U0001f600"]
    assert "mojibake_kept" in box.problems()


def test_an_escaped_backslash_is_no_escape(box: Box) -> None:
    texts = [twice("Grün"), "path \\u00fc", 'quote " and \\\\u0041']
    box.put("a.json", json.dumps(records(texts)))
    box.load()
    assert box.values("subject", order="ticket_id") == ["Grün", *texts[1:]]


def test_damaged_column_names_are_repaired_with_their_file(box: Box) -> None:
    box.map("shapes: {x: {table: tickets, fields: {ticket_id: {from: Schlüssel}, created_at: {from: Datum}}}}")
    box.put("a.csv", f"{twice('Schlüssel')},Datum\n7,2026-01-02\n")
    box.load()
    assert box.values("ticket_id") == ["7"]


def test_damage_far_below_the_beginning_is_found(box: Box) -> None:
    lines = "".join(f"{number},2026-01-02,fine and plain words of some length\n" for number in range(15_000))
    tail = "".join(f"{number},2026-01-02,{twice('Grün')}\n" for number in range(15_000, 20_000))
    box.put("a.csv", "ticket_id,created_at,subject\n" + lines + tail)
    box.load()
    assert box.con.scalar("select count(*) from raw.tickets where subject = 'Grün'") == 5000


def test_one_long_line_is_repaired_in_parts(box: Box) -> None:
    texts = [twice("Grün – ja")] * 40_000
    box.put("a.json", json.dumps(records(texts), ensure_ascii=False))
    box.load()
    assert box.con.rows("select subject, count(*) as n from raw.tickets group by all") == [
        {"subject": "Grün – ja", "n": 40_000}
    ]
