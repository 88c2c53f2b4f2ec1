"""Greenhouse: what its tables become."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingestion.load import load_sources
from tests.unit.adapters.conftest import AS_OF, LoadSample
from warehouse.settings import load_settings, package_path
from warehouse.store import Connection, connect
from warehouse.workspace import init_workspace


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


def test_a_closing_before_the_opening_is_never_dropped_in_silence(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "workspace")
    folder = workspace / "landing" / "sample"
    shutil.copytree(package_path("seeds/samples/greenhouse"), folder)
    # The opening of one person of job 41, and the whole of job 42, were closed before the day they were opened.
    for name, right, wrong in (
        ("job_opening.csv", "2026-03-02 09:00:00,2026-04-16 09:00:00,71", "2026-03-02 09:00:00,2026-02-16 09:00:00,71"),
        ("job.csv", "2026-03-05 09:00:00,2026-04-20 09:00:00,2026", "2026-03-05 09:00:00,2026-02-20 09:00:00,2026"),
    ):
        text = (folder / name).read_text("utf-8")
        assert right in text
        (folder / name).write_text(text.replace(right, wrong), "utf-8")
    (workspace / "swotlight.yml").write_text("sources:\n  sample: {}\n", encoding="utf-8")
    with connect(tmp_path / "warehouse.duckdb") as con:
        load_sources(con, load_settings(workspace), as_of=AS_OF)
        assert con.rows("select file, reason from ingest.quarantine") == [
            {"file": "job_opening.csv", "reason": "end_before_start"}
        ]
        # The closing stands; the day of opening is not known, which the check requisitions_say_when... tells.
        (row,) = con.rows("select opened_on, closed_on from raw.job_postings where requisition_id = '42'")
        assert (row["opened_on"], str(row["closed_on"])) == (None, "2026-02-20")
