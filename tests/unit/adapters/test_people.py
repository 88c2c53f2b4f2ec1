"""Lever, Workday, SurveyMonkey: what their tables become."""

from __future__ import annotations

from tests.unit.adapters.conftest import LoadSample


def test_a_lever_posting_has_the_openings_of_its_requisition(load_sample: LoadSample) -> None:
    rows = load_sample("lever").rows(
        "select posting_id, requisition_id, openings, status, pay_low, pay_high, pay_period "
        "from raw.job_postings order by 1"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("p1", "r1", 3, "open", 24000.0, 30000.0, "year"),
        ("requisition/r2", "r2", 1, "filled", 32000.0, 40000.0, "year"),
    ]


def test_a_lever_opportunity_is_an_application(load_sample: LoadSample) -> None:
    rows = load_sample("lever").rows(
        "select application_id, requisition_id, status, stage, source_channel, is_accepted, "
        "accepted_on, rejection_reason "
        "from raw.applications where application_id like 'o%' order by 1"
    )
    assert [(row["status"], row["requisition_id"], row["source_channel"]) for row in rows] == [
        ("hired", "r1", "Referral"),
        ("rejected", "r1", "sourced"),
        ("active", None, "applied"),
    ]
    assert (rows[0]["is_accepted"], str(rows[0]["accepted_on"]), rows[0]["stage"]) == (True, "2026-04-16", "Interview")
    assert rows[1]["rejection_reason"] == "Missing language"
    assert load_sample("lever").scalar("select count(*) from raw.application_stages where application_id = 'o1'") == 2


def test_levers_own_interface_gives_the_same(load_sample: LoadSample) -> None:
    con = load_sample("lever")
    rows = con.rows(
        "select application_id, requisition_id, status, stage, source_channel, cast(applied_at as date) as applied, "
        "offered_on, decided_on, is_accepted, accepted_on, rejected_at from raw.applications "
        "where application_id like 'p%' order by 1"
    )
    # An offer that was denied its approval was never made; one that was sent counts from the day it was sent.
    assert [tuple(None if v is None else str(v) for v in row.values()) for row in rows] == [
        ("p10", "r1", "active", "Screening", "applied", "2026-03-21", None, None, None, None, None),
        ("p9", "r1", "hired", "Interview", "LinkedIn", "2026-03-20", "2026-04-12", "2026-04-16", "True", "2026-04-16",
         None),
    ]  # fmt: skip
    moves = con.rows(
        "select application_id, stage, entered_at from raw.application_stages where application_id like 'p%'"
    )
    assert sorted((row["application_id"], row["stage"], str(row["entered_at"])) for row in moves) == [
        ("p10", "Screening", "2026-03-21 10:00:00"),
        ("p9", "Interview", "2026-03-30 10:00:00"),
        ("p9", "Screening", "2026-03-20 10:00:00"),
    ]


def test_workdays_workers_are_agents_with_the_way_they_left(load_sample: LoadSample) -> None:
    rows = load_sample("workday").rows(
        "select agent_id, name, team, region, level, role_type, fte, left_on, leaving_kind from raw.agents "
        "where agent_id <> 'w3' order by 1"
    )
    assert [(row["name"], row["team"], row["region"], row["level"], row["fte"]) for row in rows] == [
        ("Ada Sample", "First line", "Berlin", "agent", 1.0),
        (None, None, "Hanoi", "supervisor", 0.5),
    ]
    assert [(str(row["left_on"]), row["leaving_kind"]) for row in rows] == [("None", None), ("2026-02-28", "voluntary")]


def test_a_worker_who_changed_has_a_row_a_period(load_sample: LoadSample) -> None:
    rows = load_sample("workday").rows(
        "select valid_from, valid_to, region, fte from raw.agents where agent_id = 'w3' order by valid_from"
    )
    assert [(str(row["valid_from"]), str(row["valid_to"]), row["region"], row["fte"]) for row in rows] == [
        ("2024-01-01", "2025-03-31", "Berlin", 0.5),
        ("2025-04-01", "9999-12-31", "Hanoi", 1.0),
    ]


def test_surveymonkeys_questions_become_rows(load_sample: LoadSample) -> None:
    rows = load_sample("surveymonkey").rows(
        "select response_id, instrument, value, comment from raw.survey_responses "
        "where response_id like '70%' order by response_id, instrument"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("7001", "csat", 5.0, None),
        ("7001", "nps", 9.0, None),
        ("7001", "other", None, "Nothing"),
        ("7002", "csat", 2.0, None),
        ("7002", "nps", 4.0, None),
    ]


def test_surveymonkeys_second_header_row_is_no_respondent(load_sample: LoadSample) -> None:
    con = load_sample("surveymonkey")
    assert con.rows("select name, rows_read as r, rows_inserted as i from ingest.files order by name") == [
        {"name": "condensed.csv", "r": 2, "i": 2},
        {"name": "earlier.csv", "r": 1, "i": 1},
        {"name": "responses.csv", "r": 2, "i": 2},
        {"name": "words.csv", "r": 2, "i": 2},
    ]


def test_surveymonkeys_ratings_in_words_are_values(load_sample: LoadSample) -> None:
    rows = load_sample("surveymonkey").rows(
        "select response_id, instrument, value, answer, comment from raw.survey_responses "
        "where response_id like '71%' order by response_id, instrument, value desc, answer, comment"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("7101", "csat", 5.0, "Very satisfied", None),
        ("7101", "csat", 4.0, "Satisfied", None),
        ("7101", "csat", 3.0, "Neither satisfied nor dissatisfied", None),
        ("7101", "nps", 9.0, "9", None),
        # What both respondents say alike is a choice, what one says is a comment.
        ("7101", "other", None, "By phone", None),
        ("7101", "other", None, None, "Nice"),
        ("7102", "csat", 2.0, "Dissatisfied", None),
        ("7102", "csat", 1.0, "Very dissatisfied", None),
        ("7102", "nps", 3.0, "3", None),
        ("7102", "other", None, "By phone", None),
        ("7102", "other", None, "N/A", None),
    ]


def test_surveymonkeys_condensed_and_earlier_exports_are_read(load_sample: LoadSample) -> None:
    rows = load_sample("surveymonkey").rows(
        "select response_id, survey_id, instrument, value, cast(responded_at as varchar) as at "
        "from raw.survey_responses where response_id similar to '7[23].*' order by response_id, instrument"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("7201", "63", "csat", 4.0, "2026-03-23 00:00:00"),
        ("7201", "63", "nps", 8.0, "2026-03-23 00:00:00"),
        ("7202", "63", "csat", 3.0, "2026-03-23 00:00:00"),
        ("7202", "63", "nps", 7.0, "2026-03-23 00:00:00"),
        ("7301", "64", "csat", 5.0, "2026-03-24 08:05:00"),
    ]
    assert "Sample" not in str(load_sample("surveymonkey").rows("from raw.survey_responses"))
