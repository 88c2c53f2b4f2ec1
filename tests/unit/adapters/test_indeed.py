"""Indeed Hiring Lab: series with their edition."""

from __future__ import annotations

from tests.unit.adapters.conftest import LoadSample


def test_an_index_keeps_the_edition_it_was_published_in(load_sample: LoadSample) -> None:
    rows = load_sample("indeed_hiring_lab").rows(
        "select indicator, segment, region, value, published_on from raw.market_indicators "
        "where indicator like '%job_postings%' order by indicator, period_on"
    )
    assert [(row["indicator"], row["value"]) for row in rows] == [
        ("job_postings_index", 125.0), ("job_postings_index", 131.2),
        ("new_job_postings_index", 98.4), ("new_job_postings_index", None),
    ]  # fmt: skip
    assert {str(row["published_on"]) for row in rows} == {"2026-01-02"}


def test_wages_are_monthly_with_their_observations(load_sample: LoadSample) -> None:
    rows = load_sample("indeed_hiring_lab").rows(
        "select period_on, value, n from raw.market_indicators "
        "where indicator = 'posted_wage_growth' order by period_on"
    )
    assert [(str(row["period_on"]), row["value"], row["n"]) for row in rows] == [
        ("2026-01-01", 0.031, 1200),
        ("2026-02-01", 0.029, 1180),
    ]
