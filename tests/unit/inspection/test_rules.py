"""Rules that keep a proposal from telling a wrong figure, each on a small made-up export."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingestion.inspection import inspect_file
from ingestion.inspection.report import Inspection
from ingestion.load import load_sources
from warehouse.settings import load_settings
from warehouse.store import connect
from warehouse.workspace import init_workspace

START = datetime(2026, 3, 2, 9, 0)


def inspected(tmp_path: Path, head: str, *rows: str, name: str = "export.csv") -> Inspection:
    path = tmp_path / name
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return inspect_file(path)


def mapped(found: Inspection) -> dict[str, str | None]:
    return {column["name"]: column["maps_to"] for column in found.columns}


def loaded(tmp_path: Path, found: Inspection, table: str, time_zone: str = "UTC") -> list[dict[str, Any]]:
    """The rows of a table after a load by the proposed map; the source is in ``time_zone``."""
    workspace = init_workspace(tmp_path / "workspace")
    (workspace / "landing" / "it").mkdir(parents=True)
    (workspace / "landing" / "it" / found.file).write_bytes((tmp_path / found.file).read_bytes())
    assert found.proposed_map is not None
    (workspace / "maps" / "it.yml").write_text(found.proposed_map, encoding="utf-8")
    config = f"sources:\n  it:\n    map: maps/it.yml\n    archive: true\n    time_zone: {time_zone}\n"
    (workspace / "swotlight.yml").write_text(config, encoding="utf-8")
    with connect(tmp_path / "warehouse.duckdb") as con:
        report = load_sources(con, load_settings(workspace), as_of=datetime(2026, 11, 1, tzinfo=UTC))
        assert not report.errors, report.errors
        return con.rows(f"select * from raw.{table}")


def day(number: int, form: str = "%Y-%m-%d %H:%M:%S") -> str:
    return f"{START + timedelta(days=number, minutes=7 * number):{form}}"


@pytest.mark.parametrize(
    ("head", "kind", "columns"),
    [
        (
            "chamado_id,cliente_id,data_abertura,data_fechamento,prioridade,categoria,situacao",
            "tickets",
            ["ticket_id", "customer_id", "created_at", "solved_at", "priority", "topic", "status"],
        ),
        (
            "Nº de ticket;Usuario;Fecha de creación;Fecha de cierre;Prioridad;Categoría;Estado",
            "tickets",
            ["ticket_id", "customer_id", "created_at", "solved_at", "priority", "topic", "status"],
        ),
        (
            "Numéro de demande;Client;Date d'ouverture;Date de clôture;Priorité;Catégorie;Statut",
            "tickets",
            ["ticket_id", "customer_id", "created_at", "solved_at", "priority", "topic", "status"],
        ),
    ],
)
def test_headings_in_spanish_portuguese_and_french_are_read(
    tmp_path: Path, head: str, kind: str, columns: list[str]
) -> None:
    mark = ";" if ";" in head else ","
    words = [("alta", "Red", "Cerrado"), ("média", "Senha", "Fechado"), ("basse", "Facture", "Résolu")]
    rows = [mark.join([f"T{n}", f"C{n % 9}", day(n), day(n + 2), *words[n % 3]]) for n in range(30)]
    found = inspected(tmp_path, head, *rows)
    assert found.kind == kind
    assert list(mapped(found).values()) == columns


def test_a_promise_breached_yes_is_not_a_promise_met(tmp_path: Path) -> None:
    rows = [f"T{n},{day(n)},open,{int(n < 6)}" for n in range(30)]
    found = inspected(tmp_path, "Ticket,Opened,Status,SLA Breached", *rows)
    states = [row["reported_sla_state"] for row in loaded(tmp_path, found, "tickets")]
    assert (states.count("breached"), states.count("met")) == (6, 24)


@pytest.mark.parametrize(
    ("heading", "of_yes"), [("Missed", "abandoned"), ("Abandoned", "abandoned"), ("Answered", "answered")]
)
def test_a_call_missed_no_was_answered(tmp_path: Path, heading: str, of_yes: str) -> None:
    rows = [f"C{n},{day(n)},Support,{n % 40},{'yes' if n < 6 else 'no'}" for n in range(30)]
    found = inspected(tmp_path, f"Call ID,Call Start,Queue,Wait Time (sec),{heading}", *rows)
    outcomes = [row["outcome"] for row in loaded(tmp_path, found, "contacts")]
    assert outcomes.count(of_yes) == 6 and len(set(outcomes)) == 2


def test_a_file_that_shares_some_of_our_names_is_read_whole(tmp_path: Path) -> None:
    """Ticket ID and Created at are everybody's names: the columns beside them must not be lost to the generic map."""
    head = "Ticket ID,Requester email,Group,Assignee,Status,Priority,Via,Topic,Created at,Updated at,Solved at"
    rows = [
        f"{n},c{n % 9}@example.org,Care,Ada,Solved,Low,{way},Refund,{day(n)},{day(n + 2)},{day(n + 2)}"
        for n, way in enumerate(["Email", "Phone"] * 15)
    ]
    columns = mapped(inspected(tmp_path, head, *rows))
    told = ("Requester email", "Group", "Assignee", "Via")
    assert [columns[name] for name in told] == ["customer_id", "team", "agent_id", "channel"]


def test_a_line_of_totals_is_no_time_of_day(tmp_path: Path) -> None:
    rows = [f"2026-03-{1 + n // 10:02},{8 + n % 10:02}:30,Help,{20 + n},{18 + n},2" for n in range(90)]
    found = inspected(
        tmp_path, "Date,Interval,Queue,Offered,Answered,Abandoned", *rows, "2026-03-03,Total,,1035,975,60"
    )
    assert found.kind == "interval_stats" and mapped(found)["Interval"] == "interval_start_at"


@pytest.mark.parametrize(("talk", "summed"), [("1:40:00", 6000), ("0:05:00", 300 * 20)])
def test_times_beyond_an_hour_are_sums_and_short_ones_are_means(tmp_path: Path, talk: str, summed: int) -> None:
    rows = [f"2026-03-{1 + n // 10:02} {8 + n % 10:02}:30,Help,{21 + n % 3},20,{1 + n % 3},{talk}" for n in range(30)]
    found = inspected(tmp_path, "Interval,Queue,Offered,Answered,Abandoned,Talk Time", *rows)
    assert {row["talk_seconds"] for row in loaded(tmp_path, found, "interval_stats")} == {summed}


def test_resolved_yes_or_no_is_no_word_on_a_promise(tmp_path: Path) -> None:
    rows = [f"T{n},{day(n)},High,{n % 2 == 0}" for n in range(30)]
    assert mapped(inspected(tmp_path, "Ticket,Opened,Severity,Resolved", *rows))["Resolved"] != "reported_sla_state"


def test_a_duration_tells_the_end_only_where_it_is_over(tmp_path: Path) -> None:
    rows = [f"T{n},{day(n)},{'Completed' if n % 3 else 'Open'},{1.5 if n % 3 else 0}" for n in range(30)]
    found = inspected(tmp_path, "Request ID,Reported,Status,Resolution time hours", *rows)
    rows_found = loaded(tmp_path, found, "tickets")
    ended = [row for row in rows_found if row["solved_at"] is not None]
    assert len(ended) == 20
    assert {row["solved_at"] - row["created_at"] for row in ended} == {timedelta(minutes=90)}


def test_the_day_of_a_purchase_starts_no_duration(tmp_path: Path) -> None:
    rows = [f"{n},2025-01-{n % 28 + 1:02},Email,Closed,{day(n)},{day(n + 1)}" for n in range(1, 30)]
    head = "Ticket ID,Date of Purchase,Channel,Status,First Response Time,Time to Resolution"
    found = inspected(tmp_path, head, *rows)
    assert mapped(found)["First Response Time"] is None
    assert mapped(found)["Time to Resolution"] is None
    assert any("no durations are counted from it" in problem for problem in found.problems)


def test_a_mean_is_no_number_of_contacts(tmp_path: Path) -> None:
    rows = [f"2026-03-{n + 1:02},{1000 + n},420" for n in range(28)]
    found = inspected(tmp_path, "date,calls_received,aht_seconds", *rows)
    assert (found.kind, mapped(found)) == (
        "interval_stats",
        {"date": "interval_start_at", "calls_received": "offered", "aht_seconds": None},
    )


def test_a_time_of_day_is_no_duration(tmp_path: Path) -> None:
    rows = [f"{n},2026-03-{n % 28 + 1:02},{n % 12 + 8:02}:15:20,{n % 5},4" for n in range(60)]
    found = mapped(inspected(tmp_path, "Call ID,Call Date,Call Time,Agent ID,Wait seconds", *rows))
    assert (found["Call Date"], found["Call Time"]) == ("arrived_at", "arrived_at")


def test_who_left_is_told_by_the_end_beside_the_start(tmp_path: Path) -> None:
    rows = [f"E{n},Ann {n},Care,Agent,2020-02-{n % 28 + 1:02},{'2025-03-01' if n % 4 == 0 else ''}" for n in range(40)]
    found = inspected(tmp_path, "employee_id,full_name,department,job_title,start_date,end_date", *rows)
    assert (mapped(found)["start_date"], mapped(found)["end_date"]) == ("hired_on", "left_on")


def test_answers_alike_are_two_people(tmp_path: Path) -> None:
    rows = [f"2026-03-0{n % 3 + 1},{n % 2 * 4 + 6}" for n in range(60)]
    found = inspected(tmp_path, "Date,NPS score", *rows)
    answers = loaded(tmp_path, found, "survey_responses")
    assert len(answers) == 60
    assert sum(answer["value"] == 10 for answer in answers) == 30


def test_a_lone_score_is_what_the_file_is_called(tmp_path: Path) -> None:
    rows = [f"R{n},C{n % 20},{n % 11},2026-03-{n % 28 + 1:02}" for n in range(66)]
    found = inspected(tmp_path, "reply,account_id,score,date", *rows, name="nps.csv")
    answers = loaded(tmp_path, found, "survey_responses")
    assert {answer["instrument"] for answer in answers} == {"nps"}


def test_promoters_and_detractors_give_the_score(tmp_path: Path) -> None:
    said = ["Promoter"] * 5 + ["Passive"] * 3 + ["Detractor"] * 2
    rows = [f"{n},2026-03-{n % 28 + 1:02},{said[n % 10]}" for n in range(100)]
    found = inspected(tmp_path, "Response ID,Submitted at,NPS category", *rows)
    values = [answer["value"] for answer in loaded(tmp_path, found, "survey_responses")]
    assert (sum(value >= 9 for value in values), sum(value <= 6 for value in values)) == (50, 20)


def test_numbers_that_blanks_made_decimal_are_still_ids_and_ratings(tmp_path: Path) -> None:
    kept = [f"{n % 9}.0,{n % 5 + 1}.0" if n % 4 else "," for n in range(40)]
    rows = [f"T{n},{day(n)},High,Closed,Billing,{both}" for n, both in enumerate(kept)]
    found = inspected(tmp_path, "Ticket ID,Created,Priority,Status,Topic,Agent ID,Satisfaction rating", *rows)
    assert (mapped(found)["Agent ID"], mapped(found)["Satisfaction rating"]) == ("agent_id", "survey_responses.value")
    agents = {row["agent_id"] for row in loaded(tmp_path, found, "tickets")}
    assert agents <= {None, *map(str, range(9))}


def test_dates_that_no_row_decides_are_told_where_an_adapter_reads_the_file_too(tmp_path: Path) -> None:
    found = inspected(tmp_path, "ticket_id,created_at,status", "1,03/04/2026,open", "2,05/06/2026,open")
    assert found.adapter == "generic_tickets"
    assert any("no row tells day from month" in problem for problem in found.problems)
