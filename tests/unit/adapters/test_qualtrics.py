"""Qualtrics: what its tables become."""

from __future__ import annotations

import pytest

from tests.unit.adapters.conftest import LoadSample
from warehouse.store import Connection


@pytest.fixture
def raw(load_sample: LoadSample) -> Connection:
    return load_sample("qualtrics")


def test_the_export_tag_says_what_a_question_measures(raw: Connection) -> None:
    rows = raw.rows(
        "select item_id, instrument, dimension, role, value, scale_min, scale_max "
        "from raw.survey_responses where response_id = 'R_1' order by item_id, role"
    )
    told = {(row["item_id"], row["role"]): row for row in rows}
    assert told["csat_overall", "perception"]["instrument"] == "csat"
    assert (told["csat_overall", "perception"]["scale_min"], told["csat_overall", "perception"]["scale_max"]) == (
        1.0,
        5.0,
    )
    reliability = [told["servqual_reliability_1", role] for role in ("expectation", "perception")]
    assert [(row["dimension"], row["value"]) for row in reliability] == [("reliability", 6.0), ("reliability", 5.0)]


def test_a_question_of_the_nps_kind_is_one_without_a_tag(raw: Connection) -> None:
    rows = raw.rows(
        "select value, scale_min, scale_max from raw.survey_responses where instrument = 'nps' order by value"
    )
    assert [(row["value"], row["scale_min"], row["scale_max"]) for row in rows] == [(4.0, 0.0, 10.0), (9.0, 0.0, 10.0)]


def test_employees_are_asked_by_enps(raw: Connection) -> None:
    assert raw.rows("select audience, team, value from raw.survey_responses where instrument = 'enps'") == [
        {"audience": "employee", "team": "First line", "value": 8.0}
    ]


def test_embedded_data_says_what_a_response_is_about(raw: Connection) -> None:
    assert raw.rows(
        "select distinct ticket_id, channel, customer_id from raw.survey_responses where response_id = 'R_1'"
    ) == [{"ticket_id": "501", "channel": "email", "customer_id": "9001"}]


def test_words_without_a_number_are_a_comment(raw: Connection) -> None:
    assert raw.rows("select comment, value, answer from raw.survey_responses where item_id = 'QID3'") == [
        {"comment": "Nothing", "value": None, "answer": None}
    ]


def test_everybody_who_was_sent_a_link_was_invited(raw: Connection) -> None:
    rows = raw.rows(
        "select survey_id, responded_at is not null as answered from raw.survey_invitations order by invitation_id"
    )
    assert [(row["survey_id"], row["answered"]) for row in rows] == [("SV_1", True), ("SV_1", False)]
