"""A survey of those who work here is never taken for one of customers: its answers leave only as suppressed figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.inspection.test_rules import inspected, loaded

STAFF = (
    "I am proud to work here,My manager cares about me,I have the tools I need,Recommend us as a place to work (0-10)"
)
GUESTS = (
    "The staff were polite,My question was understood,The answer was quick,How likely are you to recommend us (0-10)"
)


def _rows(people: int = 60) -> list[str]:
    return [f"{n},2026-03-{n % 28 + 1:02},{n % 5 + 1},{n % 4 + 2},{5 - n % 5},{n % 11}" for n in range(people)]


def test_questions_of_ones_own_work_make_a_staff_survey(tmp_path: Path) -> None:
    found = inspected(tmp_path, f"Respondent ID,Submitted,{STAFF}", *_rows())
    rows = loaded(tmp_path, found, "survey_responses")
    assert {row["audience"] for row in rows} == {"employee"}
    assert {row["instrument"] for row in rows} == {"employee", "enps"}


def test_questions_of_how_one_was_served_are_customers(tmp_path: Path) -> None:
    found = inspected(tmp_path, f"Respondent ID,Submitted,{GUESTS}", *_rows())
    rows = loaded(tmp_path, found, "survey_responses")
    assert {row["audience"] for row in rows} == {None}
    assert {row["instrument"] for row in rows} == {"other", "nps"}


@pytest.mark.parametrize(
    "asked",
    [
        "Mein Vorgesetzter hört zu",
        "我的上级支持我",
        "Quản lý của tôi hỗ trợ tôi",
        "Mi jefe me escucha",
        "My line manager listens",
    ],
    ids=["de", "zh", "vi", "es", "en"],
)
def test_one_question_of_ones_own_manager_is_enough(tmp_path: Path, asked: str) -> None:
    found = inspected(tmp_path, f"Respondent ID,Submitted,{asked},Tools,Pay,Recommend us (0-10)", *_rows())
    assert found.proposed_map is not None and "audience: {value: employee" in found.proposed_map
