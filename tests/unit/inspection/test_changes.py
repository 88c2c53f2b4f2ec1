"""Logs of changes that say nothing of how tickets end: no backlog is made of them, and what to do is said."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ingestion.adding import add_files
from ingestion.inspection.report import Inspection
from ingestion.load import load_sources
from tests.unit.inspection.test_rules import START, inspected, loaded
from warehouse.settings import load_settings, utc_now
from warehouse.store import connect
from warehouse.workspace import init_workspace

HEAD = "Ticket ID,Action,New status,User,Changed at"
UNKNOWN = (("Zugriff", "Stufe A"), ("Ablage", "Stufe B"), ("Prüfung", "Stufe C"))
UNSOLVED = (("Created", "new"), ("Status change", "open"), ("Status change", "waiting"))
SOLVED = (("Created", "new"), ("Status change", "open"), ("Status change", "closed"))


def _rows(steps: tuple[tuple[str, str], ...], tickets: int) -> list[str]:
    return [
        f"{2600 + n},{kind},{state},Ana,{START + timedelta(hours=2 * n, minutes=11 * place):%Y-%m-%d %H:%M:%S}"
        for n in range(tickets)
        for place, (kind, state) in enumerate(steps)
    ]


def _derives(found: Inspection) -> bool:
    return "\nderive: tickets" in str(found.proposed_map)


@pytest.mark.parametrize(
    ("steps", "tickets", "said"),
    [(UNKNOWN, 40, "None of its kinds of change is known"), (UNSOLVED, 120, "None of the 120 tickets")],
    ids=["unknown_kinds", "never_solved"],
)
def test_a_log_that_does_not_tell_how_tickets_end_makes_none(
    tmp_path: Path, steps: tuple[tuple[str, str], ...], tickets: int, said: str
) -> None:
    found = inspected(tmp_path, HEAD, *_rows(steps, tickets))
    assert found.kind == "ticket_events" and not _derives(found)
    assert said in found.problems[0] and "`derive: tickets`" in found.problems[0]
    assert loaded(tmp_path, found, "tickets") == []


@pytest.mark.parametrize(("steps", "tickets"), [(UNSOLVED, 40), (SOLVED, 120)], ids=["few", "solved"])
def test_a_log_of_few_tickets_or_of_solved_ones_makes_them(
    tmp_path: Path, steps: tuple[tuple[str, str], ...], tickets: int
) -> None:
    found = inspected(tmp_path, HEAD, *_rows(steps, tickets))
    assert _derives(found)
    assert len(loaded(tmp_path, found, "tickets")) == tickets


def test_one_end_far_down_in_the_log_is_enough(tmp_path: Path) -> None:
    rows = _rows(UNSOLVED, 1_400)
    rows += ["2600,Status change,closed,Ana,2026-08-01 10:00:00"]
    assert _derives(inspected(tmp_path, HEAD, *rows))


def test_a_list_beside_such_a_log_stays_the_only_one_that_tells_of_tickets(tmp_path: Path) -> None:
    log, listed = tmp_path / "log.csv", tmp_path / "tickets.csv"
    log.write_text("\n".join([HEAD, *_rows(UNSOLVED, 120)]) + "\n", encoding="utf-8")
    rows = [f"{2600 + n},{START + timedelta(hours=2 * n):%Y-%m-%d %H:%M:%S},solved,high" for n in range(40)]
    listed.write_text("\n".join(["Ticket ID,Created at,Status,Priority", *rows]) + "\n", encoding="utf-8")
    settings = load_settings(init_workspace(tmp_path / "w"))
    made = add_files(settings, [listed, log])
    assert made.also == [] and any("it makes no tickets" in one for one in made.problems), made.problems
    with connect(None) as con:
        assert load_sources(con, load_settings(tmp_path / "w"), as_of=utc_now()).errors == []
        assert con.scalar("select count(*) from raw.tickets") == 40


def test_the_queue_and_the_channel_of_every_row_are_those_of_the_ticket(tmp_path: Path) -> None:
    rows = [f"{row},{('Privat', 'Firma')[n // 3 % 2]},{('Telefon', 'E-Mail')[n // 3 % 2]}"
            for n, row in enumerate(_rows(SOLVED, 120))]  # fmt: skip
    found = inspected(tmp_path, f"{HEAD},Queue,Kanal", *rows)
    made = {(row["team"], row["channel"]) for row in loaded(tmp_path, found, "tickets")}
    assert made == {("Privat", "voice"), ("Firma", "email")}


def test_a_change_of_team_outweighs_what_stands_beside_it(tmp_path: Path) -> None:
    moved = (("Created", "new"), ("Team changed", "Second line"), ("Status change", "closed"))
    found = inspected(tmp_path, f"{HEAD},Queue", *(f"{row},First line" for row in _rows(moved, 120)))
    assert {row["team"] for row in loaded(tmp_path, found, "tickets")} == {"Second line"}
