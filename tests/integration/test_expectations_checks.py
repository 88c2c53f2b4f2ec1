"""The catalogue against a company that was really loaded and built: nothing is missing, and bad rows are seen."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from analytics.metrics import MetricRequest, ask
from expectations.catalogue import STAGES, checks
from expectations.results import CheckResult, write_results
from expectations.run import run_checks
from warehouse.store import connect

AS_OF = datetime(2026, 11, 1)


@pytest.fixture
def build_db(own_workspace: Path) -> Path:
    """The build database of a copy, to be broken."""
    return own_workspace / "build" / "warehouse.duckdb"


def run(build_db: Path, stage: str) -> dict[str, CheckResult]:
    with connect(build_db, read_only=True) as con:
        return {result.name: result for result in run_checks(con, checks(stage), AS_OF)}


def change(build_db: Path, sql: str) -> None:
    with connect(build_db) as con:
        con.execute(sql)


def as_table(build_db: Path, name: str) -> None:
    """A rollup that is a view over its facts, made a table, so that it can be broken by itself."""
    with connect(build_db) as con:
        schema, view = name.split(".")
        if con.rows("select 1 from duckdb_views() where schema_name = ? and view_name = ?", [schema, view]):
            con.execute(f"create table main.kept_rows as from {name}")
            con.execute(f"drop view {name}")
            con.execute(f"create table {name} as from main.kept_rows")


def test_every_check_finds_its_table_and_columns_and_none_blocks(workspace: Path) -> None:
    for stage in STAGES:
        results = run(workspace / "build" / "warehouse.duckdb", stage)
        assert set(results) == {check.name for check in checks(stage)}
        unchecked = {name: r.detail for name, r in results.items() if r.detail.startswith("Could not be checked")}
        assert unchecked == {}
        assert {name: r.detail for name, r in results.items() if not r.passed and r.severity != "warn"} == {}


def test_the_release_tells_what_came_of_every_check(release: object) -> None:
    rows = release.rows("select check_name, passed, detail from quality.checks")  # type: ignore[attr-defined]
    assert {row["check_name"] for row in rows} == {check.name for check in checks()}
    columns = release.rows("describe quality.quarantine")  # type: ignore[attr-defined]
    assert "raw_text" not in {row["column_name"] for row in columns}


def test_tickets_without_customers_take_fcr_away_and_give_it_back(build_db: Path) -> None:
    request = MetricRequest(metrics=("fcr_internal", "tickets_solved"))
    change(build_db, "create table main.kept as from marts.fct_tickets")
    change(build_db, "update marts.fct_tickets set customer_key = null where hash(ticket_id) % 20 = 0 and is_solved")
    with_trouble = run(build_db, "marts")
    with connect(build_db) as con:
        write_results(con, "broken", list(with_trouble.values()))
        fcr, solved = ask(con, request)
    assert (fcr.value, fcr.low, fcr.withdrawn_by) == (None, None, "customers_of_solved_tickets_are_known")
    assert solved.value and solved.withdrawn_by is None
    change(build_db, "create or replace table marts.fct_tickets as from main.kept")
    mended = run(build_db, "marts")
    with connect(build_db) as con:
        write_results(con, "mended", list(mended.values()))
        fcr, _ = ask(con, request)
    assert fcr.withdrawn_by is None and fcr.value is not None


def test_solved_tickets_without_a_time_take_away_what_is_reckoned_with_it(build_db: Path) -> None:
    change(build_db, "update marts.fct_tickets set last_solved_at = null where hash(ticket_id) % 20 = 0 and is_solved")
    with_trouble = run(build_db, "marts")
    with connect(build_db) as con:
        write_results(con, "broken", list(with_trouble.values()))
        rows = ask(con, MetricRequest(metrics=("backlog", "sla_attainment", "tickets_created")))
        told = ask(con, MetricRequest(metrics=("sla_attainment",), by=("source",)))
    assert [row.withdrawn_by for row in rows] == ["solved_tickets_say_when"] * 2 + [None]
    assert [row.value is None for row in rows] == [True, True, False]
    assert {row.withdrawn_by for row in told} == {"solved_tickets_say_when"}


BREACHES = {
    "the same tickets in two sources": (
        "insert into marts.fct_tickets select * replace "
        "('twin' as source, created_at + interval 40 second as created_at) "
        "from marts.fct_tickets where hash(ticket_id) % 3 = 0",
        "tickets_stand_in_one_source",
    ),
    "a ticket lost on its way": (
        "delete from marts.fct_tickets where ticket_id in (select min(ticket_id) from marts.fct_tickets)",
        "tickets_reconcile",
    ),
    "a backlog that does not flow": (
        "update rollups.rollup_backlog_day set solved = solved + 1 where rowid = 0",
        "backlog_flow_identity",
    ),
    "a backlog with a hole": (
        "delete from rollups.rollup_backlog_day where day_on = date '2026-06-10'",
        "backlog_carries_over",
    ),
    "a rollup that counts twice": (
        "insert into rollups.rollup_contacts_day from rollups.rollup_contacts_day where offered > 0 limit 1",
        "contacts_rollup_equals_the_facts",
    ),
    "an offered contact unaccounted for": (
        "update rollups.rollup_contacts_day set offered = offered + 1 where rowid = 0",
        "offered_is_the_sum_of_its_parts",
    ),
    "more met than due": (
        "update rollups.rollup_tickets_due_day set promises_met = promises_due + 1 where rowid = 0",
        "promises_rollup_equals_the_facts",
    ),
    "an answer outside its scale": (
        "update marts.fct_survey_answers set value = scale_max + 1 where scale_max is not null",
        "answers_lie_inside_their_scale",
    ),
    "three employees' answers": (
        "insert into rollups.rollup_surveys_day by name "
        "select * replace ('employee' as audience, 3 as n) from rollups.rollup_surveys_day limit 1",
        "employees_answers_only_in_groups",
    ),
    "a head that appears": (
        "update rollups.rollup_headcount_month set headcount_end = headcount_end + 1 where rowid = 0",
        "headcount_flow_identity",
    ),
    "an address as a topic": (
        "update rollups.rollup_tickets_created_day set topic = 'ask jane.roe@example.org' where rowid = 0",
        "released_texts_hold_no_addresses_or_numbers",
    ),
    "a target of nothing": (
        "update marts.targets set metric = 'happiness' where rowid = 0",
        "targets_speak_of_metrics",
    ),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_of_the_real_marts_is_seen(build_db: Path, breach: str) -> None:
    sql, name = BREACHES[breach]
    check = next(check for check in checks() if check.name == name)
    for table in re.findall(r"(?:update|into|delete from) (rollups\.\w+)", sql):
        as_table(build_db, table)
    change(build_db, sql)
    with connect(build_db, read_only=True) as con:
        (result,) = run_checks(con, [check], AS_OF)
    assert result.detail.startswith("Does not hold")


def test_days_of_which_nobody_says_who_gave_up_add_up_all_the_same(build_db: Path) -> None:
    names = ("contacts_rollup_equals_the_facts", "contacts_month_equals_the_days")
    as_table(build_db, "rollups.rollup_contacts_day")
    change(build_db, "update rollups.rollup_contacts_day set abandoned = null where abandoned = 0")
    with connect(build_db, read_only=True) as con:
        results = run_checks(con, [check for check in checks() if check.name in names], AS_OF)
    assert {result.name: result.passed for result in results} == dict.fromkeys(names, True)
