"""The staffing asset on a real build: nothing is fitted twice, the same rows give the same bytes, no data is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics.staffing import tables
from analytics.staffing.building import build
from analytics.staffing.document import document
from warehouse.store import Connection, connect

AS_OF = date(2026, 10, 31)


def sums(con: Connection) -> dict[str, Any]:
    """An order-free hash of every staffing table."""
    return {table.name: con.scalar(f"select sum(hash(t)) from marts.{table.name} as t") for table in tables.TABLES}


@pytest.fixture
def con(own_workspace: Path) -> Any:
    with connect(own_workspace / "build" / "warehouse.duckdb") as opened:
        yield opened


def test_nothing_is_fitted_again_until_an_input_changes(con: Connection) -> None:
    build(con, AS_OF)
    assert not build(con, AS_OF).fitted
    con.execute(
        "update rollups.rollup_contacts_interval set offered = offered + 1 where arrived_on = date '2026-10-05'"
    )
    assert build(con, AS_OF).fitted


def test_the_same_inputs_give_the_same_rows(con: Connection) -> None:
    build(con, AS_OF)
    before = sums(con)
    con.execute("drop table staffing.fingerprint")
    assert build(con, AS_OF).fitted
    assert sums(con) == before


def test_every_column_of_a_release_says_what_it_is(release: Any) -> None:
    rows = release.rows(
        "select table_name, column_name, comment from duckdb_columns() where schema_name = 'marts' "
        "and table_name in (" + ", ".join(f"'{table.name}'" for table in tables.TABLES) + ")"
    )
    assert len(rows) == sum(len(table.columns) for table in tables.TABLES)
    assert [row for row in rows if not row["comment"]] == []


def test_the_weeks_are_those_of_the_plan_and_bands_are_in_order(release: Any) -> None:
    told = document(release)
    weeks = [row for row in told["weeks"] if row["team"] is None]
    assert len(weeks) == 26
    assert all(w["required_p10"] <= w["required"] <= w["required_p90"] for w in weeks)
    assert all(w["available_p10"] <= w["available_p50"] <= w["available_p90"] for w in weeks)
    assert told["headline"]


def test_without_contacts_the_tables_are_there_and_empty(tmp_path: Path) -> None:
    with connect(tmp_path / "empty.duckdb") as con:
        con.execute("create schema rollups")
        con.execute("create table rollups.rollup_contacts_interval (arrived_on date, offered bigint)")
        report = build(con, AS_OF)
        assert "no contacts" in report.headline
        assert all(con.scalar(f"select count(*) from marts.{table.name}") == 0 for table in tables.TABLES)


def test_the_partners_night_line_is_named_as_insufficient(release: Any) -> None:
    missing = {(row["what"], row["scope"]) for row in document(release)["insufficient"]}
    assert ("people", "Night partner") in missing
