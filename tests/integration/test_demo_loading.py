"""The demo's exports travel the road of real data: they load with what was planted, and nothing else, set aside."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from demo.company import build_company
from ingestion.load import load_sources
from warehouse.config_tables import write_config
from warehouse.settings import load_settings
from warehouse.store import Connection, connect


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Connection, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("loading") / "workspace"
    truth = build_company(folder, tickets=3_000, months=14)
    settings = load_settings(folder)
    con = connect(None)
    write_config(con, settings)
    load_sources(con, settings, as_of=datetime(2026, 11, 2))
    return con, truth


def test_every_source_is_accounted_for_as_planted(loaded: tuple[Connection, dict[str, Any]]) -> None:
    con, truth = loaded
    found = {row["source"]: row for row in con.rows("select * from ingest.sources")}
    assert found.keys() == truth["expected_accounting"].keys()
    for source, expected in truth["expected_accounting"].items():
        assert {key: found[source][key] for key in expected} == expected, source


def test_every_canonical_table_has_rows(loaded: tuple[Connection, dict[str, Any]]) -> None:
    con, _ = loaded
    from ingestion.contracts import load_contracts

    empty = [table for table in load_contracts() if not con.scalar(f"select count(*) from raw.{table}")]
    assert empty == []


def test_no_file_is_left_unread(loaded: tuple[Connection, dict[str, Any]]) -> None:
    con, _ = loaded
    assert con.rows("select source, file, message from ingest.problems where severity <> 'info'") == []


def test_promises_bots_and_ratings_arrive_as_what_they_are(loaded: tuple[Connection, dict[str, Any]]) -> None:
    con, truth = loaded
    kinds = {
        row["event_type"]: row["n"]
        for row in con.rows("select event_type, count(*) n from raw.ticket_events group by 1")
    }
    assert kinds["promise"] == 2 * truth["tickets"]
    assert kinds["note"] > 0 and kinds["satisfaction"] > 0 and kinds["deleted"] > 0
    assert con.scalar("select count(*) from raw.ticket_events where event_type = 'reply' and actor_role is null") == 0
    assert con.scalar("select count(*) from raw.ticket_events where actor_role = 'bot'") > 0


def test_surveys_have_their_instruments(loaded: tuple[Connection, dict[str, Any]]) -> None:
    con, _ = loaded
    found = {row["instrument"] for row in con.rows("select distinct instrument from raw.survey_responses")}
    assert {"csat", "ces", "fcr", "nps", "servqual", "enps", "employee"} <= found


def test_people_are_the_same_in_every_source(loaded: tuple[Connection, dict[str, Any]]) -> None:
    con, _ = loaded
    assert con.scalar("select count(*) from raw.contacts where agent_id not in (select agent_id from raw.agents)") == 0
    assert (
        con.scalar("select count(*) from raw.tickets where customer_id not in (select customer_id from raw.customers)")
        == 0
    )


def test_a_corrected_contact_counts_once_with_its_new_value(loaded: tuple[Connection, dict[str, Any]]) -> None:
    con, truth = loaded
    assert con.scalar("select count(*) - count(distinct contact_id) from raw.contacts") == 0
    assert con.scalar("select count(*) from raw.contacts") == truth["contacts"]
    assert truth["expected_accounting"]["contacts"]["rows_updated"] == 12
