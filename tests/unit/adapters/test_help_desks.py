"""Intercom, Jira, ServiceNow, Freshdesk, Twilio: what their tables become."""

from __future__ import annotations

from tests.unit.adapters.conftest import LoadSample


def test_the_latest_version_of_an_intercom_conversation_is_the_ticket(load_sample: LoadSample) -> None:
    rows = load_sample("intercom").rows(
        "select ticket_id, status, channel, priority, team, topic, customer_id, reported_sla_state, solved_at "
        "from raw.tickets where ticket_id in ('c1', 'c2') order by ticket_id"
    )
    told = ("status", "channel", "priority", "team", "topic", "customer_id", "reported_sla_state")
    assert [tuple(row[name] for name in told) for row in rows] == [
        ("closed", "chat", "high", "First line", "Product question", "k1", "met"),
        ("pending", "email", "normal", None, None, "k2", None),
    ]
    assert str(rows[0]["solved_at"]) == "2026-03-02 12:00:00"


def test_intercoms_parts_are_replies_notes_and_states_by_bots_and_people(load_sample: LoadSample) -> None:
    rows = load_sample("intercom").rows(
        "select event_type, actor_role, to_value from raw.ticket_events where ticket_id = 'c1' order by occurred_at"
    )
    assert [(row["event_type"], row["actor_role"], row["to_value"]) for row in rows] == [
        ("reply", "bot", None),
        ("note", "agent", None),
        ("reply", "agent", None),
        ("status", "agent", "closed"),
    ]


def test_an_intercom_conversation_closed_three_times_was_reopened_three_times(load_sample: LoadSample) -> None:
    rows = load_sample("intercom").rows(
        "select strftime(occurred_at, '%H:%M') as at, event_type, to_value, actor_role, body from raw.ticket_events "
        "where ticket_id = 'c3' order by occurred_at, event_type"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("08:05", "reply", None, "agent", "Hi"),
        ("09:00", "reply", None, "agent", "All done"),
        ("09:00", "status", "closed", "agent", None),
        ("10:00", "agent", "a2", "agent", None),
        ("10:00", "status", "open", "agent", None),
        ("11:00", "status", "closed", "agent", None),
        ("11:10", "note", None, "agent", "Look"),
        ("11:10", "status", "open", "agent", None),
        ("11:20", "status", "closed", "agent", None),
        ("11:22", "reply", None, "customer", "No"),
        ("11:22", "status", "open", "customer", None),
        ("11:25", "status", "pending", "agent", None),
        ("11:30", "status", "open", "bot", None),
        ("11:31", "team", "First line", "bot", None),
        ("11:32", "status", "pending", "agent", None),
        ("11:40", "agent", "a2", "agent", None),
        ("11:40", "status", "open", "agent", None),
    ]


def test_intercoms_own_statistics_speak_where_no_parts_are_exported(load_sample: LoadSample) -> None:
    (row,) = load_sample("intercom").rows(
        "select strftime(first_replied_at, '%H:%M') as r, strftime(first_solved_at, '%H:%M') as f, "
        "strftime(solved_at, '%H:%M') as s, reopens from raw.tickets where ticket_id = 'c4'"
    )
    assert tuple(row.values()) == ("08:20", "09:00", "12:00", 2)


def test_an_intercom_rating_is_an_answer(load_sample: LoadSample) -> None:
    assert load_sample("intercom").rows("select ticket_id, value, comment from raw.survey_responses") == [
        {"ticket_id": "c1", "value": 5.0, "comment": "Great"}
    ]


def test_jiras_codes_become_words(load_sample: LoadSample) -> None:
    rows = load_sample("jira").rows(
        "select ticket_id, status, priority, topic, team, customer_id, agent_id from raw.tickets order by ticket_id"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("HELP-1", "solved", "urgent", "Incident", "Help desk", "u9", "u1"),
        ("HELP-2", "open", "normal", "Service request", "Help desk", "u9", "u1"),
    ]


def test_jiras_history_tells_when_it_was_solved_and_who_spoke(load_sample: LoadSample) -> None:
    rows = load_sample("jira").rows(
        "select event_type, to_value, actor_role from raw.ticket_events where ticket_id = 'HELP-1' order by occurred_at"
    )
    assert [(row["event_type"], row["to_value"]) for row in rows if row["event_type"] == "status"] == [
        ("status", "new"),
        ("status", "open"),
        ("status", "solved"),
    ]
    assert [row["event_type"] for row in rows if row["actor_role"] == "agent"] == ["reply", "note"]


def test_the_last_version_of_a_servicenow_incident_is_the_ticket(load_sample: LoadSample) -> None:
    con = load_sample("servicenow")
    (row,) = con.rows("select count(*) as n, count(distinct ticket_id) as ids from raw.tickets")
    assert row == {"n": 60, "ids": 60}
    assert con.rows("select distinct status from raw.tickets") == [{"status": "closed"}]
    assert {row["channel"] for row in con.rows("select channel from raw.tickets")} == {"voice"}


def test_a_servicenow_version_with_another_state_is_an_event(load_sample: LoadSample) -> None:
    con = load_sample("servicenow")
    rows = con.rows(
        "select from_value, to_value from raw.ticket_events "
        "where ticket_id = (select min(ticket_id) from raw.ticket_events) order by occurred_at"
    )
    assert rows[0]["from_value"] is None
    assert rows[-1]["to_value"] == "closed"
    assert con.scalar("select count(*) from raw.ticket_events") == con.scalar(
        "select count(*) from land.sample__incident_log where _state = 0"
    )


def test_freshdesks_verdicts_and_dates_are_read(load_sample: LoadSample) -> None:
    rows = load_sample("freshdesk").rows(
        "select status, priority, channel, team, agent_id, reported_sla_state, first_replied_at is not null as replied "
        "from raw.tickets order by ticket_id"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("closed", "normal", "email", "First line", "Ada Sample", "met", True),
        ("pending", "urgent", "voice", None, None, "breached", False),
        ("solved", "low", "chat", "First line", "Ada Sample", "met", False),
        ("open", "high", "other", "First line", "Ada Sample", None, False),
    ]
    assert load_sample("freshdesk").rows("select value, ticket_id from raw.survey_responses order by ticket_id") == [
        {"value": 5.0, "ticket_id": "1"},
        {"value": 3.0, "ticket_id": "3"},
    ]


def test_a_call_that_nobody_took_was_abandoned(load_sample: LoadSample) -> None:
    rows = load_sample("twilio").rows(
        "select contact_id, channel, outcome, direction, wait_seconds, customer_id "
        "from raw.contacts where contact_id not like 'CA9%' order by contact_id"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("CA01", "voice", "answered", "inbound", 5.0, "4930111"),
        ("CA02", "voice", "abandoned", "inbound", 40.0, "4930112"),
        ("CA03", "voice", "answered", "outbound", None, "4930113"),
        ("SM01", "sms", "answered", "inbound", None, "4930111"),
    ]


def test_a_servicenow_incident_table_and_its_list_are_tickets(load_sample: LoadSample) -> None:
    rows = load_sample("servicenow/list").rows(
        "select ticket_id, status, priority, channel, team, solved_at is not null as solved, due_at is not null as due "
        "from raw.tickets order by ticket_id"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("INC0010001", "solved", "urgent", None, "Service Desk", True, False),
        ("INC0010002", "pending", "normal", None, "Service Desk", False, False),
        ("INC0020001", "pending", "high", "voice", "g1", False, True),
        ("INC0020002", "closed", "low", "web", "g1", True, False),
    ]


def test_calls_in_the_words_of_twilios_own_api(load_sample: LoadSample) -> None:
    rows = load_sample("twilio").rows(
        "select contact_id, outcome, direction, talk_seconds, queue from raw.contacts "
        "where contact_id like 'CA900_' order by 1"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("CA9001", "answered", "inbound", 300, "+15550100200"),
        ("CA9002", "abandoned", "inbound", None, "+15550100200"),
        ("CA9003", "answered", "outbound", 120, "+15550100200"),
    ]


def test_who_took_a_call_that_was_put_through_say_its_legs(load_sample: LoadSample) -> None:
    rows = load_sample("twilio").rows(
        "select contact_id, outcome, direction, wait_seconds, talk_seconds, transfers, "
        "strftime(answered_at, '%H:%M:%S') as at from raw.contacts where contact_id similar to 'CA90[12].' order by 1"
    )
    # The first number did not answer, the second did 30 s after the call had come; nobody took the other call.
    assert [tuple(row.values()) for row in rows] == [
        ("CA9010", "answered", "inbound", 30.0, 270.0, 0, "11:00:32"),
        ("CA9020", "abandoned", "inbound", 45.0, None, None, None),
    ]


def test_servicenow_s_list_of_promises_is_the_promises_of_its_incidents(load_sample: LoadSample) -> None:
    con = load_sample("servicenow/list")
    rows = con.rows(
        "select ticket_id, field, to_value, strftime(occurred_at, '%H:%M') as at from raw.ticket_events "
        "where event_type = 'promise' order by 1, 2"
    )
    # What was called off and what was agreed inside the house is promised to nobody.
    assert [tuple(row.values()) for row in rows] == [
        ("INC0010001", "first_reply_time", "15", "08:00"),
        ("INC0010001", "resolution_time", "240", "08:00"),
        ("INC0010002", "resolution_time", "480", "09:30"),
    ]
    assert con.scalar("select count(*) from raw.tickets") == 4
    # The list shows when it was last resolved; when the promise was met it was resolved first.
    assert con.rows(
        "select strftime(first_replied_at, '%H:%M') as replied, strftime(first_solved_at, '%H:%M') as first, "
        "strftime(solved_at, '%H:%M') as last from raw.tickets where ticket_id = 'INC0010001'"
    ) == [{"replied": "08:10", "first": "10:30", "last": "11:30"}]


def test_the_log_of_twilios_console_is_read_in_its_own_times(load_sample: LoadSample) -> None:
    rows = load_sample("twilio").rows(
        "select contact_id, outcome, direction, talk_seconds, customer_id, "
        "strftime(arrived_at, '%m-%d %H:%M:%S') as at, strftime(ended_at, '%m-%d %H:%M:%S') as ended "
        "from raw.contacts where contact_id like 'CA91%' order by 1"
    )
    # The one that is still going on has no outcome yet; what a leg took is no call of its own.
    assert [tuple(row.values()) for row in rows] == [
        ("CA9101", "answered", "inbound", 95, "+15550100801", "03-03 09:00:02", "03-03 09:01:37"),
        ("CA9102", "abandoned", "inbound", None, "+15550100802", "03-03 09:10:00", "03-03 09:10:00"),
        ("CA9103", "abandoned", "inbound", None, "+15550100803", "03-03 09:20:30", "03-03 09:20:30"),
        ("CA9104", "answered", "outbound", 240, "+15550100804", "03-13 13:05:00", "03-13 13:09:00"),
        ("CA9105", "abandoned", "outbound", None, "+15550100805", "03-13 13:30:00", "03-13 13:30:00"),
        ("CA9106", "answered", "inbound", 111, "+15550100806", "03-31 23:59:58", "04-01 00:01:58"),
        ("CA9109", "abandoned", "inbound", None, "+15550100809", "03-03 09:40:00", "03-03 09:40:00"),
    ]


def test_servicenows_own_log_of_changes_makes_the_tickets_it_tells_from_the_first(load_sample: LoadSample) -> None:
    con = load_sample("servicenow/audit")
    rows = con.rows(
        "select ticket_id, status, priority, channel, agent_id, strftime(created_at, '%d %H:%M') as c, "
        "strftime(first_replied_at, '%d %H:%M') as r, strftime(first_solved_at, '%d %H:%M') as f, "
        "strftime(solved_at, '%d %H:%M') as s, reopens, reassignments, public_replies "
        "from raw.tickets order by created_at"
    )
    # By hand: the note at 08:05 is no reply; solved at 11:00, back at 12:00, solved at 14:00, closed later.
    # The third incident's beginning is not in the log, and the fourth record is no ticket: neither is made up.
    assert [tuple(row.values()) for row in rows] == [
        ("9d385017c611228701d22104cc95c371", "closed", "normal", "voice", "u2",
         "02 08:00", "02 08:40", "02 11:00", "02 14:00", 1, 1, 1),
        ("e8caedcbc0a80164017df472f39eaed1", "new", "urgent", None, None, "03 09:00", None, None, None, 0, 0, 0),
    ]  # fmt: skip
    events = con.rows(
        "select strftime(occurred_at, '%H:%M') as at, to_value, actor_role from raw.ticket_events "
        "where event_type = 'status' and ticket_id like '9d%' order by occurred_at"
    )
    # On hold for the caller is waiting for the customer; the plain state beside the incident's own says nothing new.
    assert [tuple(row.values()) for row in events] == [
        ("08:00", "new", None), ("08:06", "open", "agent"), ("08:41", "pending", "agent"), ("09:41", "open", None),
        ("11:00", "solved", None), ("12:00", "open", None), ("14:00", "solved", None), ("14:00", "closed", "system"),
    ]  # fmt: skip


def test_servicenows_log_of_changes_beside_a_list_is_the_history_of_its_incidents(load_sample: LoadSample) -> None:
    con = load_sample("servicenow/list")
    rows = con.rows(
        "select ticket_id, event_type, from_value, to_value, actor_role from raw.ticket_events "
        "where event_type <> 'promise' order by occurred_at"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("INC0020001", "team", "g0", "g1", "agent"),
        ("INC0020001", "reply", None, None, "agent"),
        ("INC0020001", "status", "open", "pending", "agent"),
    ]
    assert con.scalar("select count(*) from raw.tickets") == 4
