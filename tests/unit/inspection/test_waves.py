"""Repeated surveys that name their wave and no day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.inspection.test_rules import inspected, loaded


@pytest.mark.parametrize(
    ("heading", "waves", "days"),
    [
        ("year", ("2019", "2021", "2023"), {"2019-01-01", "2021-01-01", "2023-01-01"}),
        ("Survey wave", ("Spring 2019", "Spring 2021"), {"2019-01-01", "2021-01-01"}),
        ("Survey wave", ("2023 Q1", "Q4 2023", "3Q 2024"), {"2023-01-01", "2023-10-01", "2024-07-01"}),
    ],
    ids=["years", "named", "quarters"],
)
def test_the_wave_dates_the_answers_where_nothing_else_does(
    tmp_path: Path, heading: str, waves: tuple[str, ...], days: set[str]
) -> None:
    rows = [f"R{n:04},{waves[n % len(waves)]},{n % 11},{1 + n % 5}" for n in range(90)]
    found = inspected(tmp_path, f"respondent_id,{heading},nps,csat", *rows)
    answers = loaded(tmp_path, found, "survey_responses")
    assert {f"{row['responded_at']:%F}" for row in answers} == days
    assert {row["wave"] for row in answers} == set(waves)
    assert any("counted on the first day" in one for one in found.problems)


def test_waves_without_a_year_date_nothing(tmp_path: Path) -> None:
    rows = [f"R{n:04},Wave {1 + n % 2},{n % 11},{1 + n % 5}" for n in range(90)]
    found = inspected(tmp_path, "respondent_id,Survey wave,nps,csat", *rows)
    assert {row["responded_at"] for row in loaded(tmp_path, found, "survey_responses")} == {None}
