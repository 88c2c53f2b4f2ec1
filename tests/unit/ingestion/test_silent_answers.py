"""Answers without a time are in no metric; that is said by the load and before it."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from ingestion.silent_answers import UNTIMED
from tests.unit.ingestion.conftest import Box
from tests.unit.inspection.test_rules import day, inspected
from warehouse.store import Connection

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


WIDE = (
    "shapes: {a: {key: [nr], fields: {nr: id}}}\ntables:\n  - table: survey_responses\n    from: a\n%s"
    "    unpivot: {columns: {Q1: {item: one, scale: [1, 5]}, Q2: {item: two, scale: [1, 5]}}}\n"
    "    columns: {response_id: nr, item_id: item.item, value: item.value}\n"
)


@pytest.mark.parametrize("where", ["", "    where: item.value > 3\n", "    where: a.nr <> '3'\n"])
def test_the_answers_of_a_wide_survey_are_counted_as_they_are_loaded(box: Box, where: str) -> None:
    box.map(WIDE % where)
    box.put("a.csv", "nr,Q1,Q2\n1,5,4\n2,,2\n3,,\n4,4,1\n")
    box.load()
    said = f"{len(box.rows('survey_responses'))} answers of box have no time of answer"
    assert box.problems()["no_time_of_answer"].startswith(said)


def test_how_many_answers_lack_a_time_is_asked_without_what_they_say(box: Box) -> None:
    box.map(WIDE % "")
    box.put("a.csv", "nr,Q1,Q2\n1,5,4\n")
    with patch.object(Connection, "scalar", autospec=True, side_effect=Connection.scalar) as asked:
        box.load()
    counts = [call.args[1] for call in asked.call_args_list if call.args[1].startswith("select count(*) from (with")]
    assert len(counts) == 1 and "scale_max" not in counts[0].partition("unnest")[2]


def test_inspect_says_it_before(tmp_path: Path) -> None:
    head = "Respondent ID,How likely are you to recommend us? (0-10),Why?"
    assert UNTIMED in inspected(tmp_path, head, *(f"R{n},{n % 11},since it was so {n}" for n in range(40))).problems
    timed = inspected(tmp_path, f"{head},Date", *(f"R{n},{n % 11},so {n},{day(n)}" for n in range(40)), name="b.csv")
    assert UNTIMED not in timed.problems
