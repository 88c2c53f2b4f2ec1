"""A build database of hand-written rows and dbt run on it in-process. No ingestion, no Dagster: only the models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ingestion.contracts import load_contracts
from warehouse.business_hours import TABLE as HOURS_TABLE
from warehouse.settings import export_environment, package_path
from warehouse.store import Connection, connect

Rows = Mapping[str, Sequence[Mapping[str, Any]]]

CONFIG = {
    "organisation": "name varchar, time_zone varchar, currency varchar",
    "thresholds": "channel varchar, answer_within_seconds double, short_abandon_seconds double",
    "business_hours": HOURS_TABLE,
    "holidays": "holiday_on date, name varchar",
    "pseudonym_key": "key varchar",
    "targets": "metric varchar, entity_dimension varchar, entity varchar, comparison varchar, value varchar, "
    "valid_from varchar, valid_to varchar, owner varchar, dimension varchar",
    "swot_factors": "factor varchar, scope varchar, theme varchar, bears_on varchar, chain_stage varchar, "
    "metric varchar, slice varchar, direction varchar, comparators varchar, swd varchar, "
    "weight varchar, rating varchar, "
    "minimum_n varchar, owner_role varchar, dimension varchar",
    "topic_themes": "theme varchar, words varchar",
}
SOURCES = (
    "source varchar, adapter varchar, kind varchar, time_zone varchar, is_archive boolean, as_of timestamp, "
    "newest_record_at timestamp"
)


def write_database(path: Path, rows: Rows) -> None:
    """Schemas raw, ingest and config with the given rows per table; all other tables are there and empty."""
    with connect(path) as con:
        for schema in ("raw", "ingest", "config"):
            con.execute(f"create schema {schema}")
        for table, contract in load_contracts().items():
            columns = ", ".join(f"{name} {column.sql_type}" for name, column in contract.columns.items())
            con.execute(f"create table raw.{table} (source varchar, {columns}, _file_id varchar, _line bigint)")
        for table, columns in CONFIG.items():
            con.execute(f"create table config.{table} ({columns})")
        con.execute(f"create table ingest.sources ({SOURCES})")
        for table, given in rows.items():
            _insert(con, table, given)


def _insert(con: Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    for row in rows:
        marks = ", ".join("?" for _ in row)
        con.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))


def run_dbt(database: Path, target: Path, *command: str) -> list[str]:
    """Run dbt on the database; the names of what failed, with dbt's own words."""
    from dbt.cli.main import dbtRunner

    from orchestration.dbt_runner import closed_afterwards

    export_environment(SWOTLIGHT_BUILD_DB=str(database), DO_NOT_TRACK="1")
    project = str(package_path("dbt_project"))
    with closed_afterwards():
        outcome = dbtRunner().invoke(
            [
                *command,
                *("--project-dir", project, "--profiles-dir", project, "--target-path", str(target)),
                *("--log-path", str(target / "logs"), "--log-level", "none", "--log-level-file", "error"),
            ]
        )
    if outcome.exception is not None:
        return [str(outcome.exception)]
    results = getattr(outcome.result, "results", None) or []
    return [f"{r.node.name}: {r.message}" for r in results if str(r.status) not in ("success", "pass", "warn")]
