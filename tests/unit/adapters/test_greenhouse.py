"""Greenhouse: what its tables become."""

from __future__ import annotations

import pytest

from tests.unit.adapters.conftest import LoadSample
from warehouse.store import Connection


@pytest.fixture
def raw(load_sample: LoadSample) -> Connection:
    return load_sample("greenhouse")


def test_posts_share_their_requisition_and_a_job_without_one_is_a_posting(raw: Connection) -> None:
    rows = raw.rows(
        "select posting_id, requisition_id, audience, openings, status, filled_on "
        "from raw.job_postings order by posting_id"
    )
    told = ("posting_id", "requisition_id", "audience", "openings", "status")
    assert [tuple(row[name] for name in told) for row in rows] == [
        ("51", "41", "external", 2, "open"), ("52", "41", "internal", 2, "open"), ("job/42", "42", None, 1, "filled"),
    ]  # fmt: skip
    assert [str(row["filled_on"]) for row in rows] == ["None", "None", "2026-04-20"]


def test_pay_keeps_its_period_and_currency(raw: Connection) -> None:
    (row,) = raw.rows(
        "select pay_low, pay_high, pay_period, currency, level from raw.job_postings where posting_id = '51'"
    )
    assert row == {"pay_low": 24000.0, "pay_high": 30000.0, "pay_period": "year", "currency": "EUR", "level": "agent"}


def test_the_last_version_of_an_offer_is_the_offer(raw: Connection) -> None:
    (row,) = raw.rows(
        "select offered_on, decided_on, is_accepted, accepted_on, started_on, requisition_id, source_channel "
        " from raw.applications where application_id = '71'"
    )
    assert [str(row[name]) for name in ("offered_on", "decided_on", "accepted_on", "started_on")] == [
        "2026-04-12",
        "2026-04-16",
        "2026-04-16",
        "2026-05-04",
    ]
    assert (row["is_accepted"], row["requisition_id"], row["source_channel"]) == (True, "41", "Referral")


def test_a_rejection_keeps_its_reason(raw: Connection) -> None:
    (row,) = raw.rows(
        "select status, rejection_reason, candidate_name from raw.applications where application_id = '72'"
    )
    assert row == {"status": "rejected", "rejection_reason": "Missing language", "candidate_name": "Finn Sample"}


def test_stages_carry_their_names(raw: Connection) -> None:
    rows = raw.rows("select stage, outcome from raw.application_stages where application_id = '71' order by entered_at")
    assert [(row["stage"], row["outcome"]) for row in rows] == [
        ("Screening", None),
        ("Interview", None),
        ("hired", "passed"),
    ]
