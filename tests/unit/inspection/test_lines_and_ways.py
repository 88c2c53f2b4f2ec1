"""Names of telephone lines, ways of calls in other words, and lists of staff: what they are not taken for."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ingestion.inspection.spellings import ours_for, value_list
from tests.unit.inspection.test_rules import START, inspected, loaded, mapped


@pytest.mark.parametrize(
    ("said", "channel"),
    [
        ("LINE", "messaging"),
        ("LINE 官方帳號", "messaging"),
        ("VIP Line", None),
        ("Orders line", None),
        ("Line 2", None),
    ],
)
def test_a_telephone_line_is_no_messenger(said: str, channel: str | None) -> None:
    assert ours_for(said, value_list("contacts", "channel"), "channel") == channel


def test_names_of_lines_are_no_channel_of_calls(tmp_path: Path) -> None:
    rows = [
        f"5{n:09},{('inbound', 'outbound')[n % 9 == 0]},{('VIP Line', 'Orders Line')[n % 2]},"
        f"{START + timedelta(minutes=9 * n)},{n % 50 / 60:.4f},{3 + n % 5}.5"
        for n in range(90)
    ]
    found = inspected(tmp_path, "call_id,direction,name,date_started,minutes_waiting,minutes_talking", *rows)
    assert mapped(found)["name"] != "channel"
    assert {row["channel"] for row in loaded(tmp_path, found, "contacts")} == {"voice"}


def test_ways_of_calls_are_read_in_portuguese(tmp_path: Path) -> None:
    rows = [
        f"{n},{START + timedelta(minutes=9 * n)},{('Receptiva', 'Ativa')[n % 4 == 0]},1155007{n:04},SAC,"
        f"{('Atendida', 'Perdida')[n % 7 == 0]},{n % 60},{200 + n}"
        for n in range(80)
    ]
    head = "Nº,Data e hora,Tipo,Telefone,Fila,Situação,Tempo de espera (s),Tempo de conversa (s)"
    found = inspected(tmp_path, head, *rows)
    assert mapped(found)["Tipo"] == "direction"
    ways = [row["direction"] for row in loaded(tmp_path, found, "contacts")]
    assert (ways.count("inbound"), ways.count("outbound")) == (60, 20)


@pytest.mark.parametrize(
    "head",
    [
        "Employee ID,Full name,Department,Title,Start date,End date,Termination type,Employment status",
        "Employee number,Name,Team,Hire date,Termination date,Termination reason,Status,Type",
    ],
)
def test_a_list_of_staff_is_never_one_of_requests(tmp_path: Path, head: str) -> None:
    rows = []
    for n in range(40):
        begun, left = START - timedelta(days=9 * n), START + timedelta(days=n) if n % 5 == 0 else None
        gone = f"{left:%Y-%m-%d}" if left else ""
        if "Full name" in head:
            kind, state = ("Voluntary", "Terminated") if left else ("", "Active")
            rows.append(f"e{n:05}a,Ana Lo{chr(97 + n % 20)},Support,Agent,{begun:%Y-%m-%d},{gone},{kind},{state}")
        else:
            kind = "Resignation" if left else ""
            rows.append(f"e{n:05}a,Ana Lo{chr(97 + n % 20)},Support,{begun:%Y-%m-%d},{gone},{kind},"
                        f"{'Closed' if left else 'Active'},Regular")  # fmt: skip
    assert inspected(tmp_path, head, *rows).kind == "agents"


def test_a_header_in_the_middle_is_no_row_and_short_clocks_are_minutes_and_seconds(tmp_path: Path) -> None:
    head = "Nº,Data e hora,Fila,Agente,Situação,Tempo de espera,Tempo de conversa"
    rows = [
        f"{n},{START + timedelta(minutes=9 * n)},SAC,A{n % 5},{('Atendida', 'Perdida')[n % 7 == 0]},00:{n % 60:02},"
        f"{'00:00' if n % 7 == 0 else f'{2 + n % 20:02}:30'}"
        for n in range(140)
    ]
    found = inspected(tmp_path, head, *rows[:90], head, *rows[90:])
    assert any(one.startswith("1 of the rows looked at repeat the header") for one in found.problems)
    assert (mapped(found)["Tempo de espera"], mapped(found)["Tempo de conversa"]) == ("wait_seconds", "talk_seconds")
    made = loaded(tmp_path, found, "contacts")
    assert len(made) == 140 and sum(row["outcome"] == "answered" for row in made) == 120
    assert sum(row["wait_seconds"] for row in made) == sum(n % 60 for n in range(140))
    assert sum(row["talk_seconds"] for row in made) == sum(150 + 60 * (n % 20) for n in range(140) if n % 7)
