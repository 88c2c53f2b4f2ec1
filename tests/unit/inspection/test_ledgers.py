"""Ledgers of openings and of people: the state of an opening, its days, who ended an employment."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingestion.inspection.newest import clock_of
from tests.unit.inspection.test_rules import day, inspected, loaded


def test_a_recruiting_ledger_in_chinese_tells_states_and_days(tmp_path: Path) -> None:
    states = ("已到岗", "招聘中", "面试中", "已取消")
    rows = [
        f"XQ{n:03},客服专员,一线客服部,{1 + n % 2},{day(n, '%F')},{states[n % 4]},"
        f"{day(n + 21, '%F') if n % 4 == 0 else ''}"
        for n in range(40)
    ]
    found = inspected(tmp_path, "需求编号,岗位名称,部门,需求人数,需求提出日期,状态,录用日期", *rows)
    made = loaded(tmp_path, found, "job_postings")
    assert {row["region"] for row in made} == {None}
    assert sorted(row["status"] for row in made) == ["closed"] * 10 + ["filled"] * 10 + ["open"] * 20
    assert {(row["filled_on"] - row["opened_on"]).days for row in made if row["filled_on"]} == {21}
    assert (len(made), sum(row["openings"] for row in made)) == (40, 60)


@pytest.mark.parametrize(("states", "column"), [(("open", "filled"), "status"), (("TX", "NY"), "region")])
def test_a_state_is_open_or_filled_or_a_part_of_a_country(tmp_path: Path, states: tuple[str, str], column: str) -> None:
    rows = [f"R{n:03},Agent,{day(n, '%F')},{states[n % 2]}" for n in range(40)]
    made = loaded(tmp_path, inspected(tmp_path, "Requisition ID,Job title,Opened on,State", *rows), "job_postings")
    assert {row[column] for row in made} == set(states)


def test_who_ended_it_is_told_by_the_kind_of_leaving_and_not_by_what_somebody_is_now(tmp_path: Path) -> None:
    head = "EmpID,FirstName,StartDate,ExitDate,EmployeeStatus,TerminationType"
    gone = (("Voluntarily Terminated", "Voluntary"), ("Terminated for Cause", "Involuntary"), ("Active", "Retirement"))
    rows = [
        f"{3000 + n},Ana,{day(n, '%F')},"
        + (f"{day(n + 200, '%F')},{','.join(gone[n % 3])}" if n % 4 == 0 else f",{('Active', 'Leave')[n % 2]},Unk")
        for n in range(48)
    ]
    made = loaded(tmp_path, inspected(tmp_path, head, *rows), "agents")
    kinds = sorted((row["leaving_kind"] or "none") for row in made if row["left_on"])
    assert kinds == ["involuntary"] * 4 + ["other"] * 4 + ["voluntary"] * 4
    assert {row["leaving_kind"] for row in made if not row["left_on"]} == {None}


@pytest.mark.parametrize("heading", ["Division", "Sector", "Division name"])
def test_a_part_of_the_house_is_the_team_where_no_team_is_told(tmp_path: Path, heading: str) -> None:
    rows = [f"T{n:03},{day(n)},{day(n + 1)},Closed,{('Claims', 'Billing')[n % 2]}" for n in range(40)]
    made = loaded(tmp_path, inspected(tmp_path, f"Ticket ID,Opened,Closed,Status,{heading}", *rows), "tickets")
    assert {row["team"] for row in made} == {"Claims", "Billing"}


def test_a_part_of_the_house_gives_way_to_the_team(tmp_path: Path) -> None:
    rows = [f"T{n:03},{day(n)},{day(n + 1)},Closed,North,{('Claims', 'Billing')[n % 2]}" for n in range(40)]
    made = loaded(tmp_path, inspected(tmp_path, "Ticket ID,Opened,Closed,Status,Division,Team", *rows), "tickets")
    assert {row["team"] for row in made} == {"Claims", "Billing"}


def test_t_stands_for_time_in_spanish_reports_of_calls(tmp_path: Path) -> None:
    head = "Fecha,Agente,Cola,T. espera,T. conversación,T. retención,T. administrativo"
    rows = [f"{day(n)},Ana,Soporte,00:00:1{n % 9},00:03:00,00:00:20,00:01:10" for n in range(40)]
    made = loaded(tmp_path, inspected(tmp_path, head, *rows, name="llamadas.csv"), "contacts")
    assert {(row["talk_seconds"], row["hold_seconds"], row["wrap_seconds"]) for row in made} == {(180, 20, 70)}


def test_pay_and_lessons_are_kinds_of_costs_in_vietnamese_and_german(tmp_path: Path) -> None:
    rows = [
        f"2026-{1 + n // 4:02}-01,{('Lương nhân viên', 'Schulung', 'Miete', 'Software')[n % 4]},100" for n in range(24)
    ]
    made = loaded(tmp_path, inspected(tmp_path, "Month,Cost category,Amount", *rows), "costs")
    assert {row["category"] for row in made} == {"labour", "training", "premises", "technology"}


def test_a_time_on_a_spreadsheets_day_zero_dates_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    rows = [f"R{n:03},{n % 11},12/31/1899 {7 + n % 12:02}:30:00 {('AM', 'PM')[n % 2]}" for n in range(60)]
    path.write_text("\n".join(["Response ID,NPS,Departure", *rows]), encoding="utf-8")
    assert clock_of([path], datetime(2026, 11, 1, tzinfo=UTC)).newest is None


@pytest.mark.parametrize(("declined", "hired"), [("内定辞退", "内定承諾"), ("Offer declined", "Hired")])
def test_an_offer_turned_down_is_one_that_was_not_accepted(tmp_path: Path, declined: str, hired: str) -> None:
    head = "Application ID,Candidate email,Applied on,Status,Offer date,Acceptance date"
    states = (hired, declined, "Interview", hired)
    rows = [
        f"A{n:03},c{n}@example.com,{day(n, '%F')},{states[n % 4]},{day(n + 20, '%F') if n % 4 != 2 else ''},"
        f"{day(n + 23, '%F') if n % 4 in (0, 3) else ''}"
        for n in range(40)
    ]
    made = loaded(tmp_path, inspected(tmp_path, head, *rows), "applications")
    assert [sum(row["is_accepted"] is told for row in made) for told in (True, False, None)] == [0, 10, 30]
    assert sum(row["accepted_on"] is not None for row in made) == 20
    assert {row["decided_on"] == row["offered_on"] for row in made if row["is_accepted"] is False} == {True}
