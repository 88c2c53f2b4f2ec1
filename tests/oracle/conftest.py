"""One database with two hundred random companies and one of known mistakes, built once by one run of dbt."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analytics.metrics import write_catalogue
from benchmarks.metric_requests import measured_only
from tests.integration.dbt_story import config
from tests.integration.dbt_tiny import run_dbt, write_database
from tests.oracle.examples import examples
from tests.oracle.mistakes import mistakes
from tests.oracle.worlds import World, rows_of, worlds
from warehouse.store import Connection, connect

COMPANIES = 200
MODELS = (
    "+fct_tickets", "+fct_ticket_promises", "+fct_contacts", "+rollup_tickets_created_month",
    "+rollup_tickets_solved_month", "+rollup_tickets_due_month", "+rollup_durations_team_month",
    "+rollup_backlog_team_day", "+rollup_contacts_month", "+rollup_contacts_interval", "+rollup_agent_time_day",
    "+fct_ticket_ratings", "+rollup_tickets_created_team_day", "+rollup_tickets_solved_team_day",
    "+rollup_tickets_due_team_day", "+rollup_contacts_team_day", "+rollup_contacts_clock",
    "+rollup_chat_concurrency_day", "+rollup_durations_channel_month",
)  # fmt: skip


def two_hundred() -> list[World]:
    """Companies drawn by hypothesis, the same ones in every run."""
    drawn: list[World] = []

    @settings(
        max_examples=COMPANIES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        drawn.append(data.draw(worlds(len(drawn))))

    draw()
    return drawn[:COMPANIES]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Connection, list[World]]]:
    """All companies in one database, built by one run of dbt, with the catalogue of metrics."""
    folder = tmp_path_factory.mktemp("oracle")
    companies = two_hundred()
    database = folder / "warehouse.duckdb"
    write_database(database, config("Europe/Berlin"))
    with connect(database) as con:
        for table, rows in [*rows_of(companies).items(), *mistakes().items(), *examples().items()]:
            write_json(con, folder, table, rows)
    assert run_dbt(database, folder / "target", "run", "--select", *MODELS) == []
    with connect(database) as con:
        manifest = measured_only(con, json.loads((folder / "target" / "semantic_manifest.json").read_text("utf-8")))
        (folder / "semantic_manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        con.execute("create schema if not exists quality")
        con.execute("create table quality.withdrawn (metric varchar, check_name varchar, reason varchar)")
        write_catalogue(con, folder / "semantic_manifest.json")
        yield con, companies


def write_json(con: Connection, folder: Path, table: str, rows: list[Mapping[str, object]]) -> None:
    """Rows into a table by way of a file: one statement instead of one a row."""
    path = folder / f"{table}.json"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    schema, name = table.split(".")
    types = {
        row["c"]: row["t"]
        for row in con.rows(
            "select column_name as c, data_type as t from duckdb_columns() where schema_name = ? and table_name = ?",
            [schema, name],
        )
    }
    columns = ", ".join(f"'{key}': '{types[key]}'" for key in rows[0])
    con.execute(
        f"insert into {table} by name select * from "
        f"read_json('{path}', format = 'newline_delimited', columns = {{{columns}}})"
    )
