"""Zendesk: what its tables become."""

from __future__ import annotations

import pytest

from tests.unit.adapters.conftest import LoadSample
from warehouse.store import Connection


@pytest.fixture
def raw(load_sample: LoadSample) -> Connection:
    return load_sample("zendesk")


def _events(raw: Connection, ticket: str, *kinds: str) -> list[dict[str, object]]:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return raw.rows(
        "select * from raw.ticket_events "
        f"where ticket_id = '{ticket}' and event_type in ({listed}) order by occurred_at, event_id"
    )


def test_ways_in_and_states_are_our_words(raw: Connection) -> None:
    rows = raw.rows("select ticket_id, channel, status from raw.tickets order by ticket_id")
    assert [(row["channel"], row["status"]) for row in rows] == [
        ("email", "closed"), ("messaging", "open"), ("web", "deleted"), ("voice", "new"), ("app", "on_hold"),
    ]  # fmt: skip


def test_a_group_is_a_team_and_custom_fields_are_topic_and_region(raw: Connection) -> None:
    (row,) = raw.rows("select team, topic, region, language, is_complaint from raw.tickets where ticket_id = '502'")
    assert row == {
        "team": "Billing",
        "topic": "Invoice question",
        "region": "South",
        "language": "vi",
        "is_complaint": True,
    }


def test_a_tag_makes_a_complaint_too(raw: Connection) -> None:
    assert raw.rows("select ticket_id from raw.tickets where is_complaint order by 1") == [
        {"ticket_id": "502"},
        {"ticket_id": "504"},
    ]


def test_a_bot_an_agent_and_a_customer_speak_in_their_own_roles(raw: Connection) -> None:
    rows = _events(raw, "501", "reply", "note")
    assert [(row["actor_role"], row["is_public"]) for row in rows] == [
        ("customer", True), ("bot", True), ("agent", False), ("agent", True),
    ]  # fmt: skip
    assert [row["event_type"] for row in rows] == ["reply", "reply", "note", "reply"]


def test_a_reply_made_with_a_macro_is_a_standard_answer_and_a_macro_without_a_reply_makes_none(raw: Connection) -> None:
    """The log begins with ticket 501; the macro of 502 came a quarter of an hour after its only reply."""
    rows = _events(raw, "501", "reply", "note") + _events(raw, "502", "reply", "note")
    assert [(str(row["occurred_at"])[11:16], row["is_standard_answer"]) for row in rows] == [
        ("08:00", False), ("08:00", False), ("08:05", False), ("08:40", True), ("10:30", False),
    ]  # fmt: skip


def test_a_promise_is_of_the_version_in_force_and_the_priority_then(raw: Connection) -> None:
    rows = _events(raw, "502", "promise")
    # Raised to urgent three days later; the normal target was tightened a day later.
    assert {(row["field"], row["to_value"], row["is_business"]) for row in rows} == {
        ("first_reply_time", "480", True), ("resolution_time", "2880", False),
    }  # fmt: skip


def test_a_deleted_ticket_has_its_deletion_among_the_events(raw: Connection) -> None:
    (row,) = _events(raw, "503", "deleted")
    assert str(row["occurred_at"]) == "2026-03-03 11:00:00"


def test_the_last_score_in_the_history_is_the_answer_where_no_rating_was_exported(raw: Connection) -> None:
    rows = raw.rows(
        "select response_id, value, scale_min, scale_max, ticket_id from raw.survey_responses order by ticket_id"
    )
    assert [(row["ticket_id"], row["value"]) for row in rows] == [("501", 1.0), ("502", 0.0)]
    assert {(row["scale_min"], row["scale_max"]) for row in rows} == {(0.0, 1.0)}


def test_an_unanswered_offer_is_an_invitation_and_no_answer(raw: Connection) -> None:
    rows = raw.rows(
        "select ticket_id, responded_at is not null as answered from raw.survey_invitations order by ticket_id"
    )
    assert [(row["ticket_id"], row["answered"]) for row in rows] == [("501", True), ("502", True), ("505", False)]


def test_people_are_agents_bots_or_customers(raw: Connection) -> None:
    rows = raw.rows("select agent_id, team, is_bot from raw.agents order by agent_id")
    assert [(row["agent_id"], row["team"], row["is_bot"]) for row in rows] == [
        ("7001", "First line", False), ("7002", "Billing", False), ("7099", None, True),
    ]  # fmt: skip
    rows = raw.rows("select customer_id, organisation, segment, language from raw.customers order by customer_id")
    assert [(row["organisation"], row["segment"], row["language"]) for row in rows] == [
        ("Sample Works", "Home", "en"),
        (None, "Business", "vi"),
    ]
