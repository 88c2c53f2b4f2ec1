"""Reports of vendors that no adapter reads: what is proposed for them gives the right figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ingestion.adding import add_files
from ingestion.load import load_sources
from warehouse.settings import load_settings, utc_now
from warehouse.store import connect
from warehouse.workspace import init_workspace

FIRST = datetime(2026, 9, 1, 8)
Ask = Callable[[str, list[str], str], list[tuple[object, ...]]]
ROWS = 60


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    def asked(name: str, rows: list[str], sql: str) -> list[tuple[object, ...]]:
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        settings = load_settings(init_workspace(tmp_path / "workspace"))
        add_files(settings, [path])
        with connect(None) as con:
            report = load_sources(con, load_settings(settings.paths.workspace), as_of=utc_now())
            assert [error.message for error in report.errors] == []
            assert con.rows("from ingest.quarantine") == []
            return [tuple(row.values()) for row in con.rows(sql)]

    return asked


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}"


def test_a_table_of_zendesk_explore(ask: Ask) -> None:
    rows = [
        "Ticket ID,Ticket created - Timestamp,Ticket solved - Timestamp,Ticket status,Ticket channel,Ticket group,"
        "Assignee name,Ticket priority,Ticket satisfaction rating,First reply time (min),Full resolution time (hrs),"
        "Reopens,Tickets"
    ]
    for n in range(ROWS):
        opened = FIRST + timedelta(hours=7 * n)
        is_solved = n % 5 != 0
        solved = _at(opened + timedelta(hours=3)) if is_solved else ""
        status, score = ("Solved", ("Good", "Bad", "Offered")[n % 3]) if is_solved else ("Open", "Unoffered")
        rows.append(
            f"{50000 + n},{_at(opened)},{solved},{status},{('Email', 'Web')[n % 2]},{('Care', 'Billing')[n % 2]},"
            f"Ada {n % 4},{('Normal', 'Urgent')[n % 2]},{score},{10 + n % 50},{'3' if is_solved else ''},{n % 2},1"
        )
    tickets = (
        "select count(*), count(solved_at), count_if(solved_at - created_at = interval 3 hours), "
        "sum(epoch(first_replied_at - created_at)) / 60, sum(reopens), count(distinct team), count(topic), "
        "(select sum(value) from raw.survey_responses), (select count(value) from raw.survey_responses) "
        "from raw.tickets"
    )
    solved = [n for n in range(ROWS) if n % 5]
    good, bad = sum(n % 3 == 0 for n in solved), sum(n % 3 == 1 for n in solved)
    replied = sum(10 + n % 50 for n in range(ROWS))
    assert ask("explore", rows, tickets) == [(60, 48, 48, replied, 30, 2, 0, good, good + bad)]


def test_the_conversations_of_intercom(ask: Ask) -> None:
    rows = [
        "Conversation ID,Conversation started at,Conversation state,Channel,Teammate assigned,Team assigned,"
        "First response time (seconds),Time to close (seconds),Last closed at,Conversation rating,Conversation reopens,"
        "User ID"
    ]
    for n in range(ROWS):
        begun = FIRST + timedelta(hours=5 * n)
        is_closed, wait = n % 4 != 0, 90 + 10 * n
        closed = f"{begun + timedelta(hours=2):%Y-%m-%d %H:%M:%S}" if is_closed else ""
        rows.append(
            f"{21500000 + n},{begun:%Y-%m-%d %H:%M:%S},{'closed' if is_closed else 'snoozed'},"
            f"{('Messenger', 'Email')[n % 2]},Ben {n % 3},{('Care', 'Billing')[n % 2]},{wait},"
            f"{7200 if is_closed else ''},{closed},{1 + n % 5 if is_closed else ''},{n % 2},u{n % 30}"
        )
    sql = (
        "select count(*), count_if(status = 'closed'), count_if(solved_at - created_at = interval 2 hours), "
        "sum(epoch(first_replied_at - created_at)), "
        "(select string_agg(distinct instrument) from raw.survey_responses), "
        "(select count(*) from raw.survey_responses where value >= 4) from raw.tickets"
    )
    closed = [n for n in range(ROWS) if n % 4]
    waits = sum(90 + 10 * n for n in range(ROWS))
    assert ask("conversations", rows, sql) == [(60, 45, 45, waits, "csat", sum(n % 5 >= 3 for n in closed))]


def test_the_contact_search_of_amazon_connect(ask: Ask) -> None:
    rows = [
        "Contact ID,Channel,Initiation timestamp,Phone number,Queue,Agent,Connected to agent timestamp,"
        "Disconnect timestamp,Disconnect reason,Initiation method"
    ]
    for n in range(ROWS):
        begun, is_lost = FIRST + timedelta(minutes=53 * n), n % 6 == 0
        answered = "" if is_lost else f"{_at(begun + timedelta(seconds=15 + n % 10))}Z"
        ended = begun + timedelta(seconds=40 if is_lost else 15 + n % 10 + 200)
        rows.append(
            f"{n:08x}-1111-4bbb-8ccc-{n:012x},{('VOICE', 'CHAT')[n % 2]},{_at(begun)}Z,+1555555{1000 + n},Basic,"
            f"{'' if is_lost else f'ada{n % 3}'},{answered},{_at(ended)}Z,CUSTOMER_DISCONNECT,"
            f"{'OUTBOUND' if n % 10 == 5 else 'INBOUND'}"
        )
    sql = (
        "select count_if(outcome = 'answered'), count_if(outcome = 'abandoned'), count_if(direction = 'outbound'), "
        "count(distinct channel), sum(epoch(answered_at - arrived_at)), sum(talk_seconds) from raw.contacts"
    )
    waits = sum(15 + n % 10 for n in range(ROWS) if n % 6)
    assert ask("contacts", rows, sql) == [(50, 10, 6, 2, waits, 200 * 50)]


def test_the_interactions_of_genesys_cloud(ask: Ask) -> None:
    rows = [
        "Full Export Completed,Media Type,Users,Date,Duration,Direction,ANI,DNIS,Queue,Wrap-up,Flow,Conversation ID,"
        "Abandoned,Total Handle,Total Queue,Total Talk,Total Hold,Total ACW,Transfers,Disconnect Type"
    ]
    for n in range(ROWS):
        begun, is_lost = FIRST + timedelta(hours=9 * n), n % 6 == 0
        wait, talk, hold, wrap = (
            20_000 + 500 * n,
            *((0, 0, 0) if is_lost else (200_000 + 1_000 * n, n % 3 * 9_000, 30_000)),
        )
        rows.append(
            f"TRUE,voice,{'' if is_lost else f'Ada {n % 3}'},{begun:%-m/%-d/%y %-I:%M %p},{wait + talk + hold},"
            f"{'Outbound' if n % 10 == 5 else 'Inbound'},tel:+1555555{1000 + n},tel:+15555550100,Care,"
            f"{'' if is_lost else 'Transferred'},Main IVR,{n:08x}-aaaa-4bbb-8ccc-{n:012x},{'YES' if is_lost else 'NO'},"
            f"{talk + hold + wrap},{wait},{talk},{hold},{wrap},{n % 2},Customer"
        )
    sql = (
        "select count_if(outcome = 'answered'), count_if(outcome = 'abandoned'), count_if(direction = 'outbound'), "
        "sum(wait_seconds), sum(talk_seconds), sum(wrap_seconds), max(arrived_at) from raw.contacts"
    )
    waits, talks = sum(20 + n / 2 for n in range(ROWS)), sum(200 + n for n in range(ROWS) if n % 6)
    last = FIRST + timedelta(hours=9 * (ROWS - 1))
    assert ask("interactions", rows, sql) == [(50, 10, 6, waits, talks, 1500, last)]


def test_the_issues_of_jira_with_columns_that_repeat(ask: Ask) -> None:
    rows = [
        "Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Priority,Resolution,Assignee,Reporter,"
        "Created,Updated,Resolved,Labels,Labels,Comment,Comment,Custom field (Request Type)"
    ]
    for n in range(ROWS):
        opened, is_done = FIRST + timedelta(hours=13 * n), n % 5 != 0
        done = f"{opened + timedelta(hours=4):%d/%b/%y %-I:%M %p}" if is_done else ""
        touched = done or f"{opened:%d/%b/%y %-I:%M %p}"
        rows.append(
            f"Bug {n},PLAT-{n},{10000 + n},{('Incident', 'Service Request')[n % 2]},"
            f"{'Done' if is_done else 'In Progress'},"
            f"PLAT,Platform,{('Highest', 'High', 'Medium', 'Low')[n % 4]},{'Done' if is_done else ''},Ada {n % 4},"
            f"Cleo {n % 20},{opened:%d/%b/%y %-I:%M %p},{touched},{done},vpn,,{touched};a{n};We look into it,,Access"
        )
    sql = (
        "select count(*), count_if(status = 'solved'), count_if(solved_at - created_at = interval 4 hours), "
        "count_if(priority = 'urgent'), count_if(priority = 'high'), count(distinct agent_id), "
        "count(distinct customer_id) "
        "from raw.tickets"
    )
    assert ask("issues", rows, sql) == [(60, 48, 48, 15, 15, 4, 20)]
