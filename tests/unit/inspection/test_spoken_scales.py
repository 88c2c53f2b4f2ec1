"""Ratings in words, with words for none, and scales whose words say which end is the good one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.inspection.spoken_scales import good_end
from tests.unit.inspection.test_rules import day, inspected, loaded


@pytest.mark.parametrize(
    ("heading", "said", "none"),
    [
        ("满意度评价", ("不满意", "一般", "满意"), "未评价"),
        ("Happiness Rating", ("Bad", "Okay", "Good"), ""),
        ("Rating", ("Unhappy", "Neutral", "Happy"), "Not rated"),
        ("Rating", ("Not Good", "Okay", "Great"), ""),
        ("Đánh giá", ("Không hài lòng", "Bình thường", "Hài lòng"), "Chưa đánh giá"),
    ],
    ids=["zh", "good", "happy", "great", "vi"],
)
def test_three_words_of_praise_are_the_satisfaction_and_not_rated_is_nothing(
    tmp_path: Path, heading: str, said: tuple[str, ...], none: str
) -> None:
    bad, middle, good = said
    given = (good, good, middle, bad, none)
    rows = [f"T{n:04},{day(n)},{day(n + 1)},Closed,High,{given[n % 5]}" for n in range(50)]
    found = inspected(tmp_path, f"Ticket ID,Created,Closed,Status,Priority,{heading}", *rows)
    answers = loaded(tmp_path, found, "survey_responses")
    assert {row["instrument"] for row in answers} == {"csat"}
    # The two upper steps of five are satisfied.
    assert (len(answers), sum(row["value"] >= row["scale_max"] - 1 for row in answers)) == (40, 20)


def test_numbers_beside_not_rated_are_ratings(tmp_path: Path) -> None:
    rows = [f"F{n:04},T{n:04},{day(n)},{('5', '4', '2', '未评分')[n % 4]},好" for n in range(40)]
    found = inspected(tmp_path, "评价编号,工单编号,评价时间,满意度评分,评价内容", *rows)
    answers = [row["value"] for row in loaded(tmp_path, found, "survey_responses") if row["value"] is not None]
    assert (len(answers), sum(answers)) == (30, 110)


@pytest.mark.parametrize(
    ("heading", "end"),
    [
        ("Customer effort (1 = very low effort, 7 = very high effort)", 1),
        ("Effort (1-7, 7 = very easy)", 7),
        ("Aufwand (1 = sehr einfach, 5 = sehr schwierig)", 1),
        ("It was easy (1 = strongly agree, 7 = strongly disagree)", 1),
        ("Satisfaction (1 = very dissatisfied)", 7),
        ("满意度（1=非常满意，7=非常不满意）", 1),
        ("Customer effort (1-7)", None),
    ],
)
def test_the_words_of_a_scale_say_which_end_is_the_good_one(heading: str, end: int | None) -> None:
    high = 5 if "5" in heading else 7
    assert good_end(heading, 1, high) == end


def test_little_effort_is_a_high_ces_whichever_end_it_stands_at(tmp_path: Path) -> None:
    head = 'Response ID,Date,"Customer effort (1 = very low effort, 7 = very high effort)"'
    found = inspected(tmp_path, head, *(f"R{n:03},{day(n)},{(1, 2, 2, 6)[n % 4]}" for n in range(40)))
    answers = loaded(tmp_path, found, "survey_responses")
    assert {(row["instrument"], row["scale_min"], row["scale_max"]) for row in answers} == {("ces", 1, 7)}
    assert sum(row["value"] for row in answers) == 10 * (7 + 6 + 6 + 2)


def test_effort_of_which_no_end_is_told_is_to_be_looked_at(tmp_path: Path) -> None:
    rows = [f"R{n:03},{day(n)},{1 + n % 7}" for n in range(40)]
    found = inspected(tmp_path, "Response ID,Date,Customer effort (1-7)", *rows)
    assert any("much effort or little" in one for one in found.problems)
