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
        "from raw.applications order by 1"
    )
    assert [(row["status"], row["requisition_id"], row["source_channel"]) for row in rows] == [
        ("hired", "r1", "Referral"),
        ("rejected", "r1", "sourced"),
        ("active", None, "applied"),
    ]
    assert (rows[0]["is_accepted"], str(rows[0]["accepted_on"]), rows[0]["stage"]) == (True, "2026-04-16", "Interview")
    assert rows[1]["rejection_reason"] == "Missing language"
    assert load_sample("lever").scalar("select count(*) from raw.application_stages") == 2


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
        "select response_id, instrument, value, comment from raw.survey_responses order by response_id, instrument"
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
    assert con.rows("select rows_read, rows_inserted, rows_quarantined from ingest.files") == [
        {"rows_read": 2, "rows_inserted": 2, "rows_quarantined": 0}
    ]
