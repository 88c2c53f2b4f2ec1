"""Every kind of breach is seen, named in a sentence, and gone when mended. Real Great Expectations on a real file."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.catalogue import Check, checks
from expectations.results import CheckResult, blocking, withdrawn, write_results
from expectations.run import run_checks
from tests.unit.expectations.conftest import AS_OF
from warehouse.store import connect

ALL = ("raw", "marts", "release")


def failed(path: Path, *stages: str) -> dict[str, CheckResult]:
    """The failed checks by name, over the tables the small database has."""
    with connect(path, read_only=True) as con:
        present = {
            f"{row['s']}.{row['t']}"
            for row in con.rows("select schema_name as s, table_name as t from duckdb_tables()")
        }
        every = [check for stage in stages or ALL for check in checks(stage)]
        wanted = [check for check in every if check.table in present or check.table.endswith(".*")]
        found = run_checks(con, wanted, AS_OF)
    return {result.name: result for result in found if not result.passed}


def judged(path: Path, check: Check) -> list[CheckResult]:
    with connect(path, read_only=True) as con:
        return run_checks(con, [check], AS_OF)


def change(path: Path, sql: str) -> None:
    with connect(path) as con:
        con.execute(sql)


def test_sound_rows_pass_every_check(build_db: Path) -> None:
    assert failed(build_db) == {}


BREACHES = {
    "a key twice": (
        "insert into raw.contacts select * from raw.contacts where contact_id = 'c7'",
        "raw_contacts_contract",
    ),
    "a key of nulls twice": (
        "insert into raw.agents by name select 'hr' as source, 'a1' as agent_id from range(2)",
        "raw_agents_contract",
    ),
    "an empty required column": (
        "update raw.contacts set outcome = null where contact_id = 'c7'",
        "raw_contacts_contract",
    ),
    "answered before it arrived": (
        "update raw.contacts set answered_at = timestamp '2020-01-01' where contact_id = 'c7'",
        "raw_contacts_contract",
    ),
    "later than as-of": (
        "update raw.contacts set arrived_at = timestamp '2026-11-02', answered_at = null where contact_id = 'c7'",
        "raw_contacts_contract",
    ),
    "an unknown word": ("update raw.contacts set channel = 'fax' where contact_id = 'c7'", "raw_contacts_categories"),
    "a row lost in a file": (
        "update ingest.files set rows_inserted = 98 where name = 'a.csv'",
        "every_row_read_is_accounted_for",
    ),
    "a file lost in a source": ("delete from ingest.files where name = 'b.csv'", "sources_add_up_to_their_files"),
    "a lost quarantined row": ("delete from ingest.quarantine", "quarantine_holds_every_row_it_counts"),
    "a stale source": ("update ingest.sources set is_stale = true", "sources_are_fresh"),
    "too much in quarantine": ("update ingest.sources set is_over_quarantine = true", "quarantine_is_within_its_limit"),
    "a second currency": (
        "insert into raw.costs by name select 'fin' as source, date '2026-10-01' as month_on, 'labour' as category, "
        "5.0 as amount, 'USD' as currency",
        "costs_are_in_one_currency",
    ),
    "a day of 30 hours": (
        "insert into raw.agent_time by name select 'wfm' as source, 'a1' as agent_id, date '2026-10-01' as worked_on, "
        "unnest(['handling', 'available']) as state, 54000.0 as seconds",
        "an_agents_day_has_24_hours",
    ),
    "handling without any waiting": (
        "insert into raw.agent_time by name select 'wfm' as source, 'a1' as agent_id, date '2026-10-01' as worked_on, "
        "unnest(['handling', 'break']) as state, unnest([24000.0, 3000.0]) as seconds",
        "available_time_is_told",
    ),
    "time in words nobody knows": (
        "insert into raw.agent_time by name select 'wfm' as source, 'a1' as agent_id, date '2026-10-01' as worked_on, "
        "unnest(['handling', 'available', 'on queue']) as state, unnest([24000.0, 100.0, 3000.0]) as seconds",
        "agents_time_is_of_known_kinds",
    ),
    "a wait in milliseconds": ("update marts.fct_contacts set wait_seconds = 12000000", "contact_waits_are_plausible"),
    "a missing handling time": (
        "update marts.fct_contacts set handling_seconds = null where contact_id < 'c2'",
        "handling_times_are_complete",
    ),
    "a row the mart lost": ("delete from marts.fct_contacts where contact_id = 'c7'", "contacts_reconcile"),
    "a row the mart repeats": (
        "insert into marts.fct_contacts select * from marts.fct_contacts where contact_id = 'c7'",
        "fct_contacts_key",
    ),
    "a fact without its name": (
        "insert into marts.fct_postings by name select 'jobs' as source, false as is_own",
        "fct_postings_key",
    ),
    "a negative wait": (
        "update marts.fct_contacts set wait_seconds = -1 where contact_id = 'c7'",
        "contact_durations_are_not_negative",
    ),
    "pay without its period": (
        "insert into marts.fct_postings by name select 'jobs' as source, 'p' || i as posting_id, 20.0 as pay_low, "
        "22.0 as pay_high, case when i > 5 then 41600 end as annual_pay from range(40) as numbers(i)",
        "pay_says_its_period",
    ),
    "a requisition without a day of opening": (
        "insert into marts.fct_postings by name select 'jobs' as source, 'p' || i as posting_id, true as is_own, "
        "case when i > 0 then date '2026-03-02' end as opened_on from range(3) as numbers(i)",
        "requisitions_say_when_they_were_opened",
    ),
    "a requisition closed before it was opened": (
        "insert into marts.fct_postings by name select 'jobs' as source, 'p' as posting_id, true as is_own, "
        "date '2026-03-02' as opened_on, date '2026-03-01' as closed_on",
        "requisitions_say_when_they_were_opened",
    ),
    "a competitor's score without n": (
        "insert into marts.fct_market_indicators by name select 'm' as source, 'attribute_score' as indicator, "
        "'s' || i as subject, true as is_latest, case when i > 0 then 300 end as n, 0.05 as standard_error "
        "from range(40) as numbers(i)",
        "competitor_scores_say_their_n",
    ),
    "a segment that vanished": (
        "insert into marts.market_trends values ('m', 'job_postings_index', 'Old trades', 'DE', true)",
        "market_series_go_on",
    ),
    "an address in a text": (
        "update marts.fct_contacts set team = 'jane.roe@example.org' where contact_id = 'c7'",
        "released_texts_hold_no_addresses_or_numbers",
    ),
    "a telephone number in a text": (
        "update marts.fct_contacts set team = 'call +44 20 7946 0958 now' where contact_id = 'c7'",
        "released_texts_hold_no_addresses_or_numbers",
    ),
    "an address in a view that is released as a table": (
        "create view marts.told as select 'jane.roe@example.org' as team from raw.contacts",
        "released_texts_hold_no_addresses_or_numbers",
    ),
    "an address in a text of the SWOT": (
        "update swot.items set sentence = 'Ask jane.roe@example.org.'",
        "texts_of_the_swot_hold_no_addresses_or_numbers",
    ),
    "a column of people in the SWOT": (
        "alter table swot.items add column email varchar",
        "columns_of_the_swot_are_not_personal",
    ),
    "a column of people": (
        "alter table marts.fct_contacts add column email varchar",
        "released_columns_are_not_personal",
    ),
    "a raw number of a person": (
        "alter table marts.fct_contacts add column customer_id varchar",
        "released_columns_are_not_personal",
    ),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_seen_by_its_check(build_db: Path, breach: str) -> None:
    sql, name = BREACHES[breach]
    change(build_db, sql)
    found = failed(build_db, by_name(name).stage)
    assert name in found
    assert found[name].detail.startswith("Does not hold: ")


def test_what_a_view_shows_of_a_released_table_is_looked_at_once(build_db: Path) -> None:
    change(
        build_db,
        "create view marts.shown as select team from marts.fct_contacts;"
        "update marts.fct_contacts set team = 'jane.roe@example.org' where contact_id = 'c7'",
    )
    detail = failed(build_db, "release")["released_texts_hold_no_addresses_or_numbers"].detail
    assert "fct_contacts.team" in detail and "shown" not in detail


def test_the_sentence_says_how_many_where_and_what_to_do(build_db: Path) -> None:
    change(
        build_db,
        "update marts.fct_contacts set handling_seconds = null where contact_id between 'c1' and 'c14'",
    )
    detail = failed(build_db, "marts")["handling_times_are_complete"].detail
    assert "6 of 100 rows of calls (6.0%)" in detail
    assert "at most 5.0% is allowed" in detail
    assert "See why the export lacks talk_seconds" in detail


def test_a_new_word_is_a_warning_that_names_its_column_and_not_the_word(build_db: Path) -> None:
    change(build_db, "update raw.contacts set direction = 'sideways' where contact_id = 'c8'")
    result = failed(build_db, "raw")["raw_contacts_categories"]
    assert (result.severity, result.passed) == ("warn", False)
    assert "calls: direction" in result.detail and "sideways" not in result.detail


def test_a_handful_of_rows_is_no_share(build_db: Path) -> None:
    change(build_db, "update marts.fct_contacts set source = 'small' where contact_id < 'c17'")
    change(build_db, "update marts.fct_contacts set handling_seconds = null where contact_id in ('c1', 'c10', 'c11')")
    assert judged(build_db, by_name("handling_times_are_complete"))[0].passed


def test_a_broken_promise_of_a_contract_says_which_and_whose(build_db: Path) -> None:
    change(
        build_db,
        "update raw.contacts set outcome = null where contact_id = 'c7';"
        "insert into raw.contacts select * from raw.contacts where contact_id = 'c9'",
    )
    detail = failed(build_db, "raw")["raw_contacts_contract"].detail
    assert "calls: contact_id repeated" in detail
    assert "calls: outcome empty" in detail


def test_a_withdrawn_metric_comes_back_when_the_data_are_mended(build_db: Path) -> None:
    change(build_db, "update marts.fct_contacts set wait_seconds = wait_seconds * 1000000")
    broken = judged(build_db, by_name("contact_waits_are_plausible"))
    assert set(withdrawn(broken)) >= {"asa_seconds", "service_level"}
    assert [result.sources for result in broken] == [("calls",)]
    with connect(build_db) as con:
        write_results(con, "run-1", broken)
        assert con.scalar("select source from quality.withdrawn where metric = 'asa_seconds'") == "calls"
        assert con.scalar("select reason from quality.withdrawn where metric = 'asa_seconds'").startswith(
            "Does not hold"
        )
    change(build_db, "update marts.fct_contacts set wait_seconds = wait_seconds / 1000000")
    mended = judged(build_db, by_name("contact_waits_are_plausible"))
    with connect(build_db) as con:
        write_results(con, "run-2", mended)
        assert con.scalar("select count(*) from quality.withdrawn") == 0


def test_a_missing_table_is_a_failed_check_and_not_a_passed_one(build_db: Path) -> None:
    change(build_db, "drop table marts.fct_contacts")
    (result,) = judged(build_db, by_name("fct_contacts_key"))
    assert not result.passed
    assert "table marts.fct_contacts is not there" in result.detail
    assert blocking([result]) == [result]


def test_a_missing_column_is_a_failed_check_and_not_a_passed_one(build_db: Path) -> None:
    change(build_db, "alter table marts.fct_contacts drop column handling_seconds")
    found = failed(build_db, "marts")
    assert not found["handling_times_are_complete"].passed
    assert found["handling_times_are_complete"].detail.startswith("Could not be checked")


def test_a_view_over_something_that_is_gone_is_a_failed_check(build_db: Path) -> None:
    change(
        build_db,
        "create table main.land as from raw.contacts; drop table raw.contacts;"
        "create view raw.contacts as from main.land; drop table main.land",
    )
    (result,) = judged(build_db, by_name("raw_contacts_contract"))
    assert not result.passed
    assert "raw.contacts cannot be read" in result.detail


def test_no_result_repeats_what_stood_in_the_row(build_db: Path) -> None:
    change(
        build_db,
        "update raw.contacts set channel = 'Jane Roe' where contact_id = 'c7';"
        "update marts.fct_contacts set team = 'jane.roe@example.org' where contact_id = 'c7'",
    )
    found = failed(build_db)
    assert len(found) >= 2
    assert not [result for result in found.values() if "jane" in f"{result.detail} {result.observed}".lower()]


def by_name(name: str) -> Check:
    return next(check for check in checks() if check.name == name)
