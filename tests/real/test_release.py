"""All the real folders in one released file: the published figures come back by the names of the metrics."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.metrics import MetricRequest, ask
from tests.real.conftest import make_workspace
from warehouse.releases import Release, ReleaseReader

pytestmark = [pytest.mark.real, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def real_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release that a refresh makes of all the folders."""
    from orchestration.refresh import refresh

    settings = make_workspace(Path(tmp_path_factory.mktemp("released")) / "workspace")
    refresh(settings)
    return ReleaseReader(settings).current()


def _one(release: Release, metric: str, source: str) -> tuple[float | None, float | None, float | None]:
    (row,) = ask(release, MetricRequest(metrics=(metric,), where=(("source", source),)))
    return row.value, row.numerator, row.denominator


def test_calls_of_the_year(real_release: Release) -> None:
    assert _one(real_release, "offered", "nhs111")[0] == 14_039_579
    assert _one(real_release, "answered", "nhs111")[0] == 13_009_408
    value, abandoned, _ = _one(real_release, "abandonment_rate", "nhs111")
    assert (abandoned, value) == (440_988, pytest.approx(0.03141, abs=5e-6))
    assert _one(real_release, "service_level_f2", "nhs111")[0] == pytest.approx(0.87812, abs=5e-6)


def test_the_main_service_level_is_null_where_short_abandons_are_unknown(real_release: Release) -> None:
    assert _one(real_release, "service_level", "nhs111")[0] is None


def test_requests_of_the_city(real_release: Release) -> None:
    assert _one(real_release, "tickets_created", "boston311")[0] == 24_068
    assert _one(real_release, "backlog", "boston311")[0] == 4_160


def test_the_net_promoter_score_and_its_interval(real_release: Release) -> None:
    (row,) = ask(real_release, MetricRequest(metrics=("nps",), where=(("source", "sfo_airport"),)))
    assert row.n == 2_746
    assert row.value == pytest.approx(39.84, abs=0.005)
    assert row.low is not None and row.high is not None
    # The published half-width of 2.61 is unadjusted; ours adds ¾, 1½ and ¾ answers.
    assert (row.high - row.low) / 2 == pytest.approx(2.61, abs=0.02)


def test_overall_satisfaction_speaks_of_one_question(real_release: Release) -> None:
    _, satisfied, answered = _one(real_release, "csat", "sfo_airport")
    assert answered == 2_919 + 2_688
    assert satisfied is not None and 0 < satisfied < answered


def test_openings_are_counted_once_a_job(real_release: Release) -> None:
    assert _one(real_release, "openings", "nyc_jobs")[0] == 4_890


def test_no_address_or_name_of_a_person_is_in_the_release(real_release: Release) -> None:
    columns = real_release.rows(
        "select table_schema, table_name, column_name from information_schema.columns where data_type = 'VARCHAR'"
    )
    for one in columns:
        column, table = f'"{one["column_name"]}"', f'{one["table_schema"]}."{one["table_name"]}"'
        found = real_release.scalar(
            f"select count(*) from {table} where {column} like '%@email.com' or {column} like 'Arthur Agent%'"
        )
        assert found == 0, f"{table}.{column}"
