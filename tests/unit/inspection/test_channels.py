"""A file of chats is one of chats, and how long somebody spoke is told by when it began and ended."""

from __future__ import annotations

import json
from pathlib import Path

from ingestion.inspection import inspect_file
from tests.unit.inspection.test_rules import day, inspected, loaded, mapped


def test_visitors_chat_and_talk_from_the_answer_to_the_end(tmp_path: Path) -> None:
    chats = [
        {
            "id": f"c-{n:04}",
            "started_at": f"2026-04-{n % 28 + 1:02}T06:36:37.500Z",
            "answered_at": f"2026-04-{n % 28 + 1:02}T06:37:00Z" if n % 5 else None,
            "ended_at": f"2026-04-{n % 28 + 1:02}T06:47:00Z",
            "visitor": {"id": f"v{n % 40}", "country": "PT"},
            "agent": {"id": f"ag{n % 4}"},
            "missed": n % 5 == 0,
        }
        for n in range(80)
    ]
    path = tmp_path / "chats.jsonl"
    path.write_text("\n".join(map(json.dumps, chats)) + "\n", encoding="utf-8")
    found = inspect_file(path)
    assert found.kind == "contacts"
    rows = loaded(tmp_path, found, "contacts")
    assert {row["channel"] for row in rows} == {"chat"}
    assert {row["talk_seconds"] for row in rows if row["outcome"] == "answered"} == {600}
    assert {row["talk_seconds"] for row in rows if row["outcome"] == "abandoned"} == {None}
    assert {row["customer_id"] for row in rows} == {f"v{n}" for n in range(40)}


def test_a_source_whose_words_are_no_channels_is_left_out_and_said(tmp_path: Path) -> None:
    words = ("Email", "Spring offer", "Autumn offer", "Partner")
    rows = [f"T{n},{day(n)},Open,{words[n % 4]}" for n in range(40)]
    found = inspected(tmp_path, "Ticket ID,Created,Status,Source", *rows)
    assert mapped(found)["Source"] is None
    assert any(problem.startswith("Source is left out as channel: most of its words") for problem in found.problems)


def test_channels_with_a_strange_word_among_them_stay(tmp_path: Path) -> None:
    words = ("Email", "Phone", "Chat", "Partner")
    rows = [f"T{n},{day(n)},Open,{words[n % 4]}" for n in range(40)]
    assert mapped(inspected(tmp_path, "Ticket ID,Created,Status,Source", *rows))["Source"] == "channel"


def test_a_type_whose_words_are_ways_of_contact_is_the_channel(tmp_path: Path) -> None:
    ways = ["Email", "Chat", "Phone", "Widget", "Email"]
    rows = [f"{40001 + n},{day(n)},{day(n + 1)},Closed,{ways[n % 5]},Help" for n in range(60)]
    found = inspected(tmp_path, "Conversation #,Created At,Closed At,Status,Type,Mailbox", *rows)
    assert mapped(found)["Type"] == "channel"
    kinds = ["Question", "Incident", "Email", "Problem", "Task"]
    rows = [f"{40001 + n},{day(n)},{day(n + 1)},Closed,{kinds[n % 5]},Help" for n in range(60)]
    found = inspected(tmp_path, "Conversation #,Created At,Closed At,Status,Type,Mailbox", *rows)
    assert mapped(found)["Type"] != "channel", "kinds of requests, one of which is called so"
