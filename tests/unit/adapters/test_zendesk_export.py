"""Zendesk's own export, a ticket a line with all that belongs to it, and the metrics of its API."""

from __future__ import annotations

import pytest

from tests.unit.adapters.conftest import LoadSample
from warehouse.store import Connection


@pytest.fixture
def raw(load_sample: LoadSample) -> Connection:
    return load_sample("zendesk/export")


def _times(con: Connection) -> dict[str, tuple[str | None, ...]]:
    columns = ("first_replied_at", "first_solved_at", "solved_at")
    shown = ", ".join(f"strftime({column}, '%d %H:%M') as {column}" for column in columns)
    return {
        row["ticket_id"]: tuple(row[column] for column in columns)
        for row in con.rows(f"select ticket_id, {shown} from raw.tickets")
    }


def test_the_metrics_inside_a_ticket_say_when_it_was_answered_and_solved(raw: Connection) -> None:
    assert _times(raw) == {
        # 41 minutes and 300 minutes after 8:00 on the second.
        "601": ("02 08:41", "02 13:00", "03 10:00"),
        # Open again: solved once, and not now.
        "602": ("02 10:30", "03 09:00", None),
        "603": (None, "02 09:30", "02 09:30"),
        "604": ("03 09:35", "03 12:00", "03 12:00"),
        "605": (None, None, None),
    }


def test_team_counts_and_complaints_are_read_from_the_ticket(raw: Connection) -> None:
    rows = raw.rows(
        "select ticket_id, team, channel, reopens, reassignments, public_replies, is_complaint from raw.tickets "
        "where ticket_id in ('601', '604', '605') order by 1"
    )
    assert [tuple(row.values())[1:] for row in rows] == [
        ("First line", "email", 1, 1, 2, True),
        ("First line", "messaging", 0, 0, 1, False),
        (None, "api", 0, 0, 0, False),
    ]


def test_messages_are_events_of_those_who_wrote_them(raw: Connection) -> None:
    rows = raw.rows(
        "select strftime(occurred_at, '%H:%M:%S') as at, event_type, actor_role from raw.ticket_events "
        "where ticket_id in ('601', '602') order by ticket_id, occurred_at"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("08:00:00", "reply", "customer"),
        ("08:20:00", "note", "agent"),
        ("08:41:30", "reply", "agent"),
        ("12:00:00", "reply", "customer"),
        ("13:00:00", "reply", "agent"),
        ("09:00:00", "reply", "customer"),
        # A trigger answers by itself.
        ("09:00:05", "reply", "system"),
        ("10:30:00", "reply", "agent"),
    ]


def test_what_was_merged_into_another_is_no_request_of_its_own(raw: Connection) -> None:
    assert raw.rows("select ticket_id from raw.ticket_events where event_type = 'merged'") == [{"ticket_id": "603"}]


def test_the_score_of_a_ticket_is_an_answer_given_once_it_was_solved(raw: Connection) -> None:
    rows = raw.rows(
        "select ticket_id, value, comment, strftime(responded_at, '%d %H:%M') as at, team from raw.survey_responses "
        "order by 1"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("601", 1.0, "Kind", "03 10:00", "First line"),
        ("604", 0.0, None, "03 12:00", "First line"),
    ]
    assert raw.scalar("select count(*) from raw.survey_invitations") == 3


def test_metrics_beside_the_tickets_are_read_too(load_sample: LoadSample) -> None:
    con = load_sample("zendesk/metrics")
    assert _times(con) == {"701": ("02 08:30", "03 08:00", "03 08:00"), "702": (None, None, None)}
    rows = con.rows("select reopens, reassignments, public_replies from raw.tickets order by ticket_id")
    assert [tuple(row.values()) for row in rows] == [(0, 2, 2), (0, 0, 0)]


def test_calls_of_talk_are_contacts(load_sample: LoadSample) -> None:
    rows = load_sample("zendesk/metrics").rows(
        "select contact_id, outcome, direction, queue, wait_seconds, talk_seconds, hold_seconds, ticket_id "
        "from raw.contacts order by contact_id"
    )
    assert [tuple(row.values()) for row in rows] == [
        # 20 of waiting and 200 of talk are the call: the 40 of hold are within the talk.
        ("41", "answered", "inbound", "301", 20, 160, 40, "701"),
        ("42", "abandoned", "inbound", "301", 65, 0, 0, None),
        ("43", "flowed_out", "inbound", "301", 30, 0, 0, None),
        # 100 and 15 beside each other fit into 116.
        ("44", "answered", "outbound", "301", 0, 100, 15, None),
    ]


def test_a_file_of_answers_alone_does_not_say_who_was_asked(load_sample: LoadSample) -> None:
    con = load_sample("zendesk/metrics")
    assert con.scalar("select count(*) from raw.survey_responses") == 1
    assert con.scalar("select count(*) from raw.survey_invitations") == 0


def test_the_clocks_of_zendesk_tell_first_replies_and_promises(load_sample: LoadSample) -> None:
    con = load_sample("zendesk/metrics")
    promises = con.rows(
        "select ticket_id, field, to_value, is_business, strftime(occurred_at, '%H:%M:%S') as at "
        "from raw.ticket_events where event_type = 'promise' order by 1, 2"
    )
    # A later reply's target and the requester's waiting are no promise of the first reply or of the whole resolution.
    assert [tuple(row.values()) for row in promises] == [
        ("701", "first_reply_time", "60", True, "08:00:01"),
        ("702", "resolution_time", "1440", False, "09:00:01"),
    ]
    rows = con.rows(
        "select ticket_id, strftime(first_replied_at, '%d %H:%M:%S') as r, strftime(first_solved_at, '%d %T') as f "
        "from raw.tickets order by 1"
    )
    # The clock tells to the second what the metrics tell in whole minutes; the tickets stand once.
    assert [tuple(row.values()) for row in rows][:2] == [
        ("701", "02 08:30:12", "03 08:00:20"), ("702", None, None),
    ]  # fmt: skip
