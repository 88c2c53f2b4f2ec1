"""A build database small enough to break by hand: books of ingestion and one raw table of each contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from ingestion.contracts import load_contracts
from warehouse.store import Connection, connect

AS_OF = datetime(2026, 11, 1)

_BOOKS = """
create schema config;
create table config.organisation (name varchar, time_zone varchar, currency varchar);
insert into config.organisation values ('Example', 'UTC', 'EUR');
create schema ingest;
create table ingest.sources (
    source varchar, as_of timestamp, is_stale boolean, rows_read bigint, rows_inserted bigint, rows_updated bigint,
    rows_superseded bigint, rows_duplicate bigint, rows_quarantined bigint, is_over_quarantine boolean
);
create table ingest.files (
    source varchar, name varchar, rows_read bigint, rows_inserted bigint, rows_updated bigint,
    rows_superseded bigint, rows_duplicate bigint, rows_quarantined bigint
);
create table ingest.quarantine (
    source varchar, file_id varchar, file varchar, line bigint, reason varchar, field varchar, raw_text varchar
);
insert into ingest.sources values ('calls', timestamp '2026-11-01', false, 200, 198, 0, 0, 1, 1, false);
insert into ingest.files values ('calls', 'a.csv', 100, 99, 0, 0, 0, 1), ('calls', 'b.csv', 100, 99, 0, 0, 1, 0);
insert into ingest.quarantine values ('calls', 'f1', 'a.csv', 7, 'negative_duration', 'wait_seconds', 'Jane Roe,-4');
"""

# Only the columns that checks speak of: that the real tables have them is proved by tests/integration.
_MARTS = """
create schema marts;
create table marts.fct_contacts as
    select source, contact_id, channel, team, arrived_at, cast(arrived_at as date) as arrived_on, answered_at, ended_at,
        outcome, outcome = 'answered' as is_answered, wait_seconds, 100.0 as talk_seconds, 0.0 as hold_seconds,
        20.0 as wrap_seconds, 120.0 as handling_seconds, md5(coalesce(customer_id, contact_id)) as customer_key
    from raw.contacts;
create table marts.fct_queue_intervals (
    source varchar, queue varchar, channel varchar, interval_start_at timestamp, answered bigint, abandoned bigint
);
create table marts.fct_postings (
    source varchar, posting_id varchar, pay_low double, pay_high double, annual_pay double,
    is_own boolean, status varchar, opened_on date, closed_on date
);
create table marts.fct_market_indicators (
    source varchar, indicator varchar, subject varchar, segment varchar, region varchar, period_on date,
    published_on date, is_latest boolean, n bigint, standard_error double
);
create table marts.market_trends (
    source varchar, indicator varchar, segment varchar, region varchar, is_gone boolean
);
create schema swot;
create table swot.items as select 'csat' as factor, 'Satisfaction fell.' as sentence;
"""


@pytest.fixture
def build_db(tmp_path: Path) -> Path:
    """The file, closed."""
    path = tmp_path / "warehouse.duckdb"
    with connect(path) as con:
        con.execute(_BOOKS)
        con.execute("create schema raw")
        for contract in load_contracts().values():
            columns = ", ".join(f"{column.name} {column.sql_type}" for column in contract.columns.values())
            con.execute(f"create table raw.{contract.table} (source varchar, {columns})")
        con.execute("""
            insert into raw.contacts by name
            select 'calls' as source, 'c' || i as contact_id,
                timestamp '2026-10-01 08:00:00' + to_minutes(i) as arrived_at,
                'voice' as channel, 'answered' as outcome, 12.0 as wait_seconds,
                timestamp '2026-10-01 08:00:12' + to_minutes(i) as answered_at
            from range(100) as numbers(i)
        """)
        con.execute(_MARTS)
    return path


@pytest.fixture
def con(build_db: Path) -> Iterator[Connection]:
    """The same, open for breaking."""
    with connect(build_db) as connection:
        yield connection
