"""The staffing asset on a real build: nothing is fitted twice, the same rows give the same bytes, no data is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from analytics.metrics import MetricRequest, ask
from analytics.staffing import tables
from analytics.staffing.building import build
from analytics.staffing.document import document
from demo.story import LIVE_WORK
from warehouse.store import Connection, connect

FACTS = "select assumption, scope, value from marts.staffing_assumptions where value is not null"
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


def test_what_the_demo_planted_is_found_again(release: Any) -> None:
    told = {(row["assumption"], row["scope"]): row["value"] for row in release.rows(FACTS)}
    for channel in ("chat", "messaging"):
        work = LIVE_WORK[channel]
        # Several customers are talked to at once, one is wrapped up at a time.
        talk = work.talk + work.hold * work.hold_share
        planted = (talk + work.wrap) / (talk / work.concurrency + work.wrap)
        assert told["contacts_at_once", channel] == pytest.approx(planted, rel=0.05)
    parts = [value for (name, scope), value in told.items() if name == "shrinkage" and scope != "compound"]
    assert told["shrinkage", "compound"] == pytest.approx(sum(parts), abs=1e-4)


def test_the_staffing_ratio_is_a_metric_of_the_weeks_ahead(release: Any) -> None:
    rows = release.rows("select * from rollups.rollup_staffing_week order by week_on, team")
    weeks = release.rows(
        "select available_p50, required_p50 from marts.staffing_supply_demand where team is not null "
        "order by week_on, team"
    )
    assert [(row["staff_available"], row["staff_required"]) for row in rows] == [
        (row["available_p50"], row["required_p50"]) for row in weeks
    ]
    told = ask(release, MetricRequest(("staffing_ratio",), grain="week"))
    assert len(told) == 26
    first = [row for row in rows if row["week_on"] == told[0].period]
    have, need = (sum(row[name] for row in first) for name in ("staff_available", "staff_required"))
    assert told[0].value == pytest.approx(have / need)


def test_a_metrics_table_that_was_built_anew_is_filled_without_fitting(con: Connection) -> None:
    build(con, AS_OF)
    before = con.scalar("select sum(hash(t)) from rollups.rollup_staffing_week as t")
    con.execute("delete from rollups.rollup_staffing_week")
    assert not build(con, AS_OF).fitted
    assert con.scalar("select sum(hash(t)) from rollups.rollup_staffing_week as t") == before


def test_the_demo_is_looked_ahead_in_a_fraction_of_its_budget(con: Connection) -> None:
    con.execute("drop table if exists staffing.fingerprint")
    begun = process_time()
    assert build(con, AS_OF).fitted
    # 120 seconds are allowed for the demo; its size matters little, the number of queues does.
    assert process_time() - begun < 20


def test_levers_are_held_against_the_shortage_that_the_weeks_tell(release: Any) -> None:
    worst = release.scalar("select min(gap_p50) from marts.staffing_supply_demand where team is null")
    told = release.rows("select distinct worst_gap_before from marts.staffing_levers")
    assert [row["worst_gap_before"] for row in told] == [pytest.approx(worst, abs=1e-3)]
    assert release.scalar("select bool_and(worst_gap_after >= worst_gap_before) from marts.staffing_levers")
