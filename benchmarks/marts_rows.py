"""Raw rows for the benchmark of the marts, made by SQL inside the database: no files, no ingestion.

Belongs here: what the rows look like. Every ticket is created, most are replied to and solved, some come back; three
events a ticket on average.
"""

from __future__ import annotations

from pathlib import Path

from ingestion.contracts import load_contracts
from warehouse.business_hours import TABLE as HOURS_TABLE
from warehouse.settings import package_path
from warehouse.store import Connection, connect

DAYS = 900
LAST_DAY = "2026-06-01 00:00:00"
_CONFIG = {
    "organisation": "name varchar, time_zone varchar, currency varchar",
    "thresholds": "channel varchar, answer_within_seconds double, short_abandon_seconds double",
    "business_hours": HOURS_TABLE,
    "holidays": "holiday_on date, name varchar",
    "pseudonym_key": "key varchar",
}
_SOURCES = (
    "source varchar, adapter varchar, kind varchar, time_zone varchar, is_archive boolean, as_of timestamp, "
    "newest_record_at timestamp"
)

# A ticket's number decides everything about it, so that any part of the rows can be made again.
_TICKETS = """
    create table bench_tickets as
    select
        i,
        'T' || i as ticket_id,
        draw(i, 0, 1000) as luck,
        timestamp '{first}' + to_seconds(cast(i * {span} / {tickets} as bigint) + draw(i, 1, 600)) as created_at,
        60 * (1 + draw(i, 2, 3000)) as reply_seconds,
        600 * (1 + draw(i, 3, 1500)) as work_seconds
    from range({low}, {high}) as r(i)
"""
_RAW_TICKETS = """
    insert into raw.tickets by name
    select
        'desk' as source, ticket_id, created_at, created_at + to_seconds(reply_seconds + work_seconds) as updated_at,
        case
            when luck < 960 and created_at + to_seconds(reply_seconds + work_seconds) <= timestamp '{last}'
                then 'solved'
            else 'open'
        end as status,
        ['low', 'normal', 'high', 'urgent'][1 + draw(i, 4, 4)] as priority,
        ['email', 'web', 'chat', 'voice', 'messaging'][1 + draw(i, 5, 5)] as channel,
        'team ' || draw(i, 6, 8) as team,
        'agent ' || draw(i, 7, 400) as agent_id,
        'customer ' || draw(i, 8, greatest({tickets} // 4, 1)) as customer_id,
        ['north', 'south', 'west'][1 + draw(i, 9, 3)] as region,
        'topic ' || draw(i, 10, 20) as topic,
        'en' as language,
        luck % 40 = 0 as is_complaint
    from bench_tickets
"""
_EVENTS = {
    "reply": (
        "reply_seconds",
        "'reply'",
        "null",
        "null",
        "'agent ' || draw(i, 7, 400)",
        "'agent'",
        "true",
        "luck < 950",
    ),
    "promise": ("0", "'promise'", "'first_reply_time'", "'480'", "null", "'system'", "null", "luck % 10 < 6"),
    "solved": (
        "reply_seconds + work_seconds",
        "'status'",
        "'status'",
        "'solved'",
        "null",
        "'agent'",
        "null",
        "luck < 960",
    ),
    "open": (
        "work_seconds + reply_seconds + 7200",
        "'status'",
        "'status'",
        "'open'",
        "null",
        "'customer'",
        "null",
        "luck < 60",
    ),
    "again": (
        "work_seconds + reply_seconds + 9000",
        "'status'",
        "'status'",
        "'solved'",
        "null",
        "'agent'",
        "null",
        "luck < 60",
    ),
    "agent": (
        "60",
        "'agent'",
        "'assignee'",
        "'agent ' || draw(i, 7, 400)",
        "null",
        "'system'",
        "null",
        "luck % 10 < 3",
    ),
    "other": ("30", "'other'", "'tag'", "'x'", "null", "'system'", "null", "luck % 100 < 7"),
}
_RAW_EVENTS = """
    insert into raw.ticket_events by name
    select
        'desk' as source, ticket_id, '{name}/' || i as event_id, created_at + to_seconds({after}) as occurred_at,
        {kind} as event_type, {field} as field, {value} as to_value, {actor} as actor_id, {role} as actor_role,
        cast({public} as boolean) as is_public,
        case when {kind} = 'promise' then true end as is_business
    from bench_tickets
    where {when} and created_at + to_seconds({after}) <= timestamp '{last}'
"""
_RAW_CONTACTS = """
    insert into raw.contacts by name
    select
        'line' as source, 'C' || i as contact_id,
        timestamp '{first}' + to_seconds(cast(i * {span} / {contacts} as bigint) + draw(i, 1, 600)) as arrived_at,
        ['voice', 'chat'][1 + draw(i, 2, 2)] as channel,
        case when draw(i, 3, 100) < 8 then 'abandoned' else 'answered' end as outcome,
        'queue ' || draw(i, 4, 6) as queue,
        'team ' || draw(i, 4, 6) as team,
        'agent ' || draw(i, 5, 400) as agent_id,
        'customer ' || draw(i, 6, greatest({contacts} // 2, 1)) as customer_id,
        ['north', 'south', 'west'][1 + draw(i, 7, 3)] as region,
        'topic ' || draw(i, 8, 20) as topic,
        cast(draw(i, 9, 90) as double) as wait_seconds,
        cast(60 + draw(i, 10, 600) as double) as talk_seconds,
        cast(draw(i, 11, 30) as double) as hold_seconds,
        cast(draw(i, 12, 90) as double) as wrap_seconds,
        cast(draw(i, 13, 20) = 0 as bigint) as transfers
    from range({low}, {high}) as r(i)
"""


def write(path: Path, tickets: int, contacts: int | None = None) -> None:
    """A build database with schemas raw, ingest and config: ``tickets`` tickets, three events each, and contacts."""
    with connect(path) as con:
        _write_schemas(con)
        add_rows(con, tickets, contacts if contacts is not None else tickets // 10)


def _write_schemas(con: Connection) -> None:
    for schema in ("raw", "ingest", "config"):
        con.execute(f"create schema {schema}")
    for table, contract in load_contracts().items():
        columns = ", ".join(f"{name} {column.sql_type}" for name, column in contract.columns.items())
        con.execute(f"create table raw.{table} (source varchar, {columns}, _file_id varchar, _line bigint)")
    for table, columns in _CONFIG.items():
        con.execute(f"create table config.{table} ({columns})")
    for table in ("targets", "swot_factors"):
        header = (package_path("seeds/reference") / f"{table}.csv").read_text("utf-8").splitlines()[0]
        con.execute(f"create table config.{table} ({', '.join(f'{name} varchar' for name in header.split(','))})")
    con.execute(f"create table ingest.sources ({_SOURCES})")
    con.execute("insert into config.organisation values ('Bench', 'Europe/Berlin', 'EUR')")
    con.execute("insert into config.thresholds values ('default', 20, 5)")
    con.execute(
        "insert into config.business_hours (weekday, opens_minute, closes_minute) "
        "select d, 480, 1200 from range(1, 6) as r(d)"
    )
    con.execute("insert into config.holidays values (date '2025-12-25', 'Christmas')")
    con.execute("insert into config.pseudonym_key values ('a key')")
    for name in ("desk", "line"):
        con.execute(
            f"insert into ingest.sources values ('{name}', 'made', 'all', 'Europe/Berlin', true, "
            f"'{LAST_DAY}', '{LAST_DAY}')"
        )


def add_rows(con: Connection, tickets: int, contacts: int, low: float = 0.0, high: float = 1.0) -> None:
    """The rows between two shares of the whole span: a history first, a day more later."""
    sizes = {
        "first": "2023-12-14 00:00:00",
        "last": LAST_DAY,
        "span": DAYS * 86400,
        "tickets": tickets,
        "contacts": max(contacts, 1),
    }
    con.execute("create or replace temp macro draw(i, salt, n) as cast(hash(i, salt) % n as bigint)")
    con.execute(_TICKETS.format(**sizes, low=int(tickets * low), high=int(tickets * high)))
    con.execute(_RAW_TICKETS.format(**sizes))
    names = ("after", "kind", "field", "value", "actor", "role", "public", "when")
    for name, parts in _EVENTS.items():
        con.execute(_RAW_EVENTS.format(name=name, last=LAST_DAY, **dict(zip(names, parts, strict=True))))
    con.execute("drop table bench_tickets")
    con.execute(_RAW_CONTACTS.format(**sizes, low=int(contacts * low), high=int(contacts * high)))
