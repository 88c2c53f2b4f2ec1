"""Ends told by the day alone, ends that are deadlines, and states whose words are cut off."""

from __future__ import annotations

from pathlib import Path

from tests.unit.inspection.test_rules import day, inspected, loaded


def test_what_ended_on_the_day_it_was_made_is_no_row_put_aside(tmp_path: Path) -> None:
    rows = [f"T{n:03},{day(n, '%m/%d/%Y')},{8 + n % 3:02}:32 AM,{day(n + n % 3, '%m/%d/%Y')},RESOL" for n in range(30)]
    found = inspected(tmp_path, "CASE ID,CREATION DATE,CREATION TIME,CLOSED DATE,STATUS", *rows)
    made = loaded(tmp_path, found, "tickets")
    assert (len(made), {row["status"] for row in made}) == (30, {"solved"})
    assert {(row["solved_at"].date() - row["created_at"].date()).days for row in made} == {0, 1, 2}
    assert sum(row["solved_at"] == row["created_at"] for row in made) == 10
    assert any("tells days and no times" in one for one in found.problems)


def test_a_day_beside_an_instant_of_one_column(tmp_path: Path) -> None:
    rows = [f"T{n:03},{day(n)},{day(n, '%F')},Closed" for n in range(30)]
    made = loaded(tmp_path, inspected(tmp_path, "Ticket ID,Created at,Closed on,Status", *rows), "tickets")
    assert (len(made), all(row["solved_at"] == row["created_at"] for row in made)) == (30, True)


def test_words_cut_off_are_states_where_only_one_begins_so(tmp_path: Path) -> None:
    states = ("RESOL", "ASSIG", "CLOS", "C")
    rows = [f"T{n:03},{day(n)},{day(n + 1) if n % 4 == 0 else ''},{states[n % 4]}" for n in range(40)]
    made = loaded(tmp_path, inspected(tmp_path, "Case ref,Date opened,Date closed,State", *rows), "tickets")
    told = {states[int(row["ticket_id"][1:]) % 4]: row["status"] for row in made}
    assert told == {"RESOL": "solved", "ASSIG": "open", "CLOS": "closed", "C": None}


def test_what_is_filled_for_open_requests_is_their_deadline(tmp_path: Path) -> None:
    head = "ID;Titre;Statut;Date d'ouverture;Temps de résolution;Temps de résolution dépassé;Date de résolution"
    rows = [
        f"{900 + n};Panne {n};{('Résolu', 'Clos', 'Nouveau')[n % 3]};{day(n, '%d-%m-%Y %H:%M')};"
        f"{day(n + 2, '%d-%m-%Y %H:%M')};{('Non', 'Oui')[n % 2]};{day(n + 1, '%d-%m-%Y %H:%M') if n % 3 < 2 else ''}"
        for n in range(60)
    ]
    made = loaded(tmp_path, inspected(tmp_path, head, *rows), "tickets")
    assert {(row["due_at"] - row["created_at"]).days for row in made} == {2}
    assert sum(row["solved_at"] is not None for row in made) == 40
    assert {row["reported_sla_state"] for row in made if int(row["ticket_id"]) % 2} == {"breached"}


def test_an_escalation_is_a_deadline_of_the_reply_or_of_the_end(tmp_path: Path) -> None:
    head = "#,Created at,State,Close at,First response at,First response escalation at,Close escalation at"
    rows = [
        f"{500 + n},{day(n)},closed,{day(n + 2)},{day(n + 1)},{day(n, '%F 23:00:00')},{day(n + 3)}" for n in range(40)
    ]
    made = loaded(tmp_path, inspected(tmp_path, head, *rows), "tickets")
    assert all(row["first_reply_due_at"] < row["first_replied_at"] < row["due_at"] for row in made)
