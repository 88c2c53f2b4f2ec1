"""The dbt project built from hand-written rows: from the raw tables to the rollups, and every unit test in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from tests.integration.dbt_story import HOLIDAYS, SHIFTS, ZONES, config, story
from tests.integration.dbt_tiny import run_dbt, write_database
from warehouse.settings import package_path
from warehouse.store import Connection, connect

ISSUE_2 = (
    "offered answered abandoned abandonment_rate service_level service_level_f1 service_level_f2 "
    "service_level_f3 service_level_f4 service_level_f5 asa_seconds aht_seconds transfer_rate "
    "containment_rate tickets_created tickets_solved first_reply_calendar_minutes_p50 "
    "first_reply_calendar_minutes_p90 first_reply_business_minutes_p50 first_reply_business_minutes_p90 "
    "first_resolution_calendar_minutes_p50 first_resolution_calendar_minutes_p90 "
    "first_resolution_business_minutes_p50 first_resolution_business_minutes_p90 "
    "full_resolution_calendar_minutes_p50 full_resolution_calendar_minutes_p90 "
    "full_resolution_business_minutes_p50 full_resolution_business_minutes_p90 resolution_rate "
    "sla_attainment backlog reopen_rate fcr_internal complaint_rate error_rate csat nps ces enps "
    "response_rate occupancy utilisation shrinkage cost_per_contact turnover_annualised "
    "training_hours_per_agent time_to_fill_days_p50 openings offer_acceptance_rate "
)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build of nothing, with dbt's target in it."""
    folder = tmp_path_factory.mktemp("dbt-empty")
    write_database(folder / "empty.duckdb", config("Europe/Berlin"))
    return folder


@pytest.fixture(scope="session")
def built_empty(empty: Path) -> list[str]:
    """What failed when everything was built from empty tables and every unit test was run."""
    return run_dbt(empty / "empty.duckdb", empty / "target", "build")


@pytest.fixture(scope="session")
def story_failures(empty: Path, built_empty: list[str]) -> tuple[Path, list[str]]:
    """The database of the story and what failed in building it; it shares the parsed project."""
    database = empty / "story.duckdb"
    write_database(database, config("Europe/Berlin") | story())
    return database, run_dbt(database, empty / "target-story", "build", "--exclude-resource-type", "unit_test")


@pytest.fixture
def db(story_failures: tuple[Path, list[str]]) -> Iterator[Connection]:
    with connect(story_failures[0], read_only=True) as con:
        yield con


def test_every_model_builds_from_empty_tables_and_every_unit_test_holds(built_empty: list[str]) -> None:
    assert built_empty == []


def test_every_model_builds_and_every_key_holds(story_failures: tuple[Path, list[str]]) -> None:
    assert story_failures[1] == []


def test_the_semantic_manifest_holds_every_metric_with_its_words_in_three_languages(
    empty: Path, built_empty: list[str]
) -> None:
    manifest = json.loads((empty / "target" / "semantic_manifest.json").read_text("utf-8"))
    told = {m["name"]: m["config"]["meta"] for m in manifest["metrics"] if (m["config"]["meta"] or {}).get("unit")}
    assert set(ISSUE_2.split()) <= set(told)
    for name, meta in told.items():
        missing = {"unit", "direction", "format", "owner", "dimension", "swd", "interval", "counted_on"} - set(meta)
        assert not missing, (name, missing)
        assert set(meta["labels"]) == set(meta["descriptions"]) == {"zh", "vi"}, name


def test_every_factor_and_target_names_a_metric_there_is(empty: Path, built_empty: list[str], db: Connection) -> None:
    manifest = json.loads((empty / "target" / "semantic_manifest.json").read_text("utf-8"))
    metrics = {m["name"] for m in manifest["metrics"]}
    for table in ("targets", "swot_factors"):
        named = {row["metric"] for row in db.rows(f"select distinct metric from marts.{table}")}
        assert named and named <= metrics


def test_every_column_of_marts_and_rollups_is_described(db: Connection) -> None:
    told: dict[str, set[str]] = {}
    for file in package_path("dbt_project").glob("models/*/_*.yml"):
        for model in yaml.safe_load(file.read_text("utf-8")).get("models") or []:
            name = model["name"].removesuffix("_in_force")
            told[name] = {c["name"] for c in model.get("columns") or [] if c.get("description")}
    there = db.rows(
        "select table_name as t, column_name as c from duckdb_columns() "
        "where schema_name in ('marts', 'rollups', 'staging')"
    )
    assert len(there) > 800
    assert [(row["t"], row["c"]) for row in there if row["c"] not in told.get(row["t"], set())] == []


def test_friday_to_monday_over_the_clock_change_is_counted_right_from_raw_to_fact(db: Connection) -> None:
    (ticket,) = db.rows("select * from marts.fct_tickets where source = 'desk' and ticket_id = '1'")
    assert ticket["first_reply_calendar_minutes"] == 3900
    # Friday 16–17, then Saturday 0–5, Sunday all 23 hours, Monday 9–10.
    assert ticket["first_reply_business_minutes"] == 60 + 300 + 23 * 60 + 60
    assert (ticket["reopens"], ticket["is_open"], ticket["solved_at"], ticket["public_replies"]) == (1, True, None, 1)
    assert (ticket["team"], ticket["segment"]) == ("north", "gold")


def brute_force_minutes(begin: datetime, end: datetime, zone: str) -> int:
    """Open minutes one by one, by the wall clock of the zone."""
    place, count, at = ZoneInfo(zone), 0, begin.replace(tzinfo=UTC)
    while at < end.replace(tzinfo=UTC):
        local = at.astimezone(place)
        minute = local.hour * 60 + local.minute
        spans = SHIFTS.get(local.isoweekday(), []) if local.date() not in HOLIDAYS else []
        count += any(opens <= minute < closes for opens, closes in spans)
        at += timedelta(minutes=1)
    return count


def test_business_minutes_are_those_of_a_minute_by_minute_count_in_five_zones(db: Connection) -> None:
    rows = db.rows(
        "select source, created_at, solved_at, full_resolution_business_minutes as minutes "
        "from marts.fct_tickets where source like '%/%'"
    )
    assert len(rows) == 60 * len(ZONES)
    for row in rows:
        assert row["minutes"] == brute_force_minutes(row["created_at"], row["solved_at"], row["source"]), row


def test_the_backlog_is_the_open_tickets_counted_one_by_one_on_every_day(db: Connection) -> None:
    tickets = db.rows(
        "select created_at, last_solved_at, is_open from marts.fct_tickets where source = 'Europe/Berlin'"
    )
    days = db.rows(
        "select day_on, sum(open_at_end) as n from rollups.rollup_backlog_day where source = 'Europe/Berlin' group by 1"
    )
    berlin = ZoneInfo("Europe/Berlin")

    def local(at: datetime) -> date:
        return at.replace(tzinfo=UTC).astimezone(berlin).date()

    assert len(days) > 20
    for day in days:
        still = [t for t in tickets if local(t["created_at"]) <= day["day_on"] < local(t["last_solved_at"])]
        assert day["n"] == len(still), day["day_on"]


def test_the_backlogs_flows_add_up_and_end_with_the_open_tickets(db: Connection) -> None:
    broken = db.rows(
        "select * from rollups.rollup_backlog_day "
        "where opened_before + created + reopened - solved - deleted <> open_at_end"
    )
    last = db.scalar(
        "select sum(open_at_end) from rollups.rollup_backlog_day where source = 'desk' and day_on = date '2026-06-01'"
    )
    assert broken == []
    assert last == db.scalar("select count(*) from marts.fct_tickets where source = 'desk' and is_open") == 1


def test_a_queue_with_single_contacts_is_not_counted_twice_and_a_night_line_is_counted_from_totals(
    db: Connection,
) -> None:
    rows = {row["source"]: row for row in db.rows("select * from rollups.rollup_contacts_interval")}
    assert (rows["calls"]["offered"], rows["calls"]["answered_in_threshold"], rows["calls"]["minute_of_day"]) == (
        10,
        8,
        8 * 60,
    )
    assert (rows["acd"]["offered"], rows["acd"]["sl_base"], rows["acd"]["sl_f3_base"]) == (20, None, 19)
    assert db.scalar("select sum(unexplained) from rollups.rollup_contacts_day where source = 'acd'") == 1
    assert sum(row["offered"] for row in rows.values()) == 30


def test_answers_of_employees_are_nowhere_but_in_groups_of_five(db: Connection) -> None:
    assert db.scalar("select count(*) from marts.fct_survey_answers") == 10
    employees = db.rows("select team, n, nps_points from rollups.rollup_surveys_day where audience = 'employee'")
    # Two answers of a tiny team would follow from the rest, so both teams are shown as one.
    assert employees == [{"team": "small teams", "n": 14, "nps_points": 1400.0}]


def test_no_name_address_or_bare_id_is_in_what_is_released(db: Connection) -> None:
    tables = db.rows(
        "select schema_name || '.' || table_name as t from duckdb_tables() "
        "where schema_name in ('marts', 'rollups', 'reference')"
    )
    assert len(tables) > 40
    secret = re.compile(r"Secretname|secret\.example|never released|\b(ann|cy)\b")
    for row in tables:
        text = json.dumps(db.rows(f"select * from {row['t']}"), default=str)
        assert not secret.search(text), (row["t"], secret.search(text))
