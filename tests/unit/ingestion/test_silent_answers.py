"""Answers without a time are in no metric; that is said by the load and before it."""

from __future__ import annotations

from pathlib import Path

from ingestion.silent_answers import UNTIMED
from tests.unit.ingestion.conftest import Box
from tests.unit.inspection.test_rules import day, inspected

MAP = (
    "shapes:\n  s:\n    table: survey_responses\n    fields:\n      response_id: {from: id}\n"
    "      item_id: {value: q}\n      value: {from: score}\n"
)
ROWS = "id,score,given\n1,9,2026-01-01\n2,10,2026-01-02\n"


def test_a_load_says_that_its_answers_are_in_no_metric(box: Box) -> None:
    box.map(MAP)
    box.put("a.csv", ROWS)
    box.load()
    assert box.problems()["no_time_of_answer"] == (
        "2 answers of box have no time of answer, and are in no metric. Give its map a column for `responded_at`."
    )


def test_answers_with_a_time_need_no_word(box: Box) -> None:
    box.map(MAP + "      responded_at: {from: given}\n")
    box.put("a.csv", ROWS)
    box.load()
    assert "no_time_of_answer" not in box.problems()


def test_inspect_says_it_before(tmp_path: Path) -> None:
    head = "Respondent ID,How likely are you to recommend us? (0-10),Why?"
    assert UNTIMED in inspected(tmp_path, head, *(f"R{n},{n % 11},since it was so {n}" for n in range(40))).problems
    timed = inspected(tmp_path, f"{head},Date", *(f"R{n},{n % 11},so {n},{day(n)}" for n in range(40)), name="b.csv")
    assert UNTIMED not in timed.problems
