"""Qualtrics as people export it: three header rows, in CSV and in a workbook."""

from __future__ import annotations

import csv
from html import escape
from pathlib import Path

import pytest

from ingestion.inspection.report import inspect_file
from ingestion.load import load_sources
from tests.unit.adapters.conftest import AS_OF, LoadSample
from tests.unit.ingestion.workbooks import xlsx
from warehouse.settings import load_settings, package_path
from warehouse.store import Connection, connect
from warehouse.workspace import init_workspace

SAMPLE = package_path("seeds/samples") / "qualtrics_export" / "post_contact.csv"
ANSWERS = (
    "select right(response_id, 1) as who, value, scale_min, scale_max from raw.survey_responses "
    "where item_id = '{item}' order by response_id"
)


@pytest.fixture
def raw(load_sample: LoadSample) -> Connection:
    return load_sample("qualtrics/export")


def _answers(con: Connection, item: str) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in con.rows(ANSWERS.format(item=item))]


def test_previews_and_spam_are_no_answers_and_unfinished_ones_count_as_far_as_they_go(raw: Connection) -> None:
    assert _answers(raw, "Q1") == [("1", 10, 0, 10), ("2", 6, 0, 10), ("3", 8, 0, 10), ("6", 9, 0, 10)]
    assert raw.scalar("select count(*) from raw.survey_responses where response_id = 'R_3'") == 1


def test_words_stand_on_the_ladder_of_their_question(raw: Connection) -> None:
    assert _answers(raw, "Q2") == [("1", 5, 1, 5), ("2", 2, 1, 5), ("6", 3, 1, 5)]
    assert _answers(raw, "Q3") == [("1", 5, 1, 5), ("2", 4, 1, 5), ("6", 1, 1, 5)]
    # Extremely, moderately and slightly: seven rungs.
    assert _answers(raw, "Q4") == [("1", 7, 1, 7), ("2", 3, 1, 7), ("6", 6, 1, 7)]


def test_the_wording_says_what_a_question_measures(raw: Connection) -> None:
    rows = raw.rows("select distinct item_id, instrument, item_text from raw.survey_responses order by item_id")
    assert [(row["item_id"], row["instrument"]) for row in rows] == [
        ("Q1", "nps"),
        ("Q2", "csat"),
        ("Q3", "ces"),
        ("Q4", "ces"),
        ("Q5", "other"),
    ]
    assert rows[1]["item_text"] == "Overall, how satisfied were you with the support you received?"


def test_groups_of_scores_are_no_question_and_free_words_a_comment(raw: Connection) -> None:
    assert raw.rows(
        "select comment, answer, value from raw.survey_responses where item_id = 'Q5' order by comment"
    ) == [
        {"comment": "Great", "answer": None, "value": None},
        {"comment": "Slow, but kind", "answer": None, "value": None},
    ]


def test_embedded_data_says_what_an_answer_is_about(raw: Connection) -> None:
    assert raw.rows("select distinct ticket_id, team, channel from raw.survey_responses where response_id = 'R_6'") == [
        {"ticket_id": "504", "team": "Billing", "channel": None}
    ]


def test_the_file_s_own_zone_is_told(raw: Connection) -> None:
    told = raw.rows("select message from ingest.problems where code = 'own_zone'")
    assert len(told) == 1 and "America/Denver" in told[0]["message"]
    assert inspect_file(SAMPLE).rows == 6


def test_a_workbook_gives_the_same_rows(raw: Connection, tmp_path: Path) -> None:
    with SAMPLE.open(encoding="utf-8-sig", newline="") as handle:
        book = xlsx({"Sheet0": [[escape(cell, quote=False) for cell in line] for line in csv.reader(handle)]})
    workspace = init_workspace(tmp_path / "workspace")
    (workspace / "landing" / "sample").mkdir(parents=True)
    (workspace / "landing" / "sample" / "post_contact.xlsx").write_bytes(book)
    (workspace / "swotlight.yml").write_text("sources:\n  sample: {}\n", encoding="utf-8")
    columns = "response_id, item_id, instrument, value, comment, item_text, responded_at"
    with connect(None) as con:
        assert load_sources(con, load_settings(workspace), as_of=AS_OF).errors == []
        assert con.rows("from ingest.quarantine") == []
        found = con.rows(f"select {columns} from raw.survey_responses order by all")
    assert found == raw.rows(f"select {columns} from raw.survey_responses order by all")


@pytest.mark.parametrize("kept", [1, 2])
def test_header_rows_that_were_taken_out_are_not_missed(tmp_path: Path, kept: int) -> None:
    with SAMPLE.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    workspace = init_workspace(tmp_path / "workspace")
    (workspace / "landing" / "sample").mkdir(parents=True)
    with (workspace / "landing" / "sample" / "answers.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([*rows[:kept], *rows[3:]])
    (workspace / "swotlight.yml").write_text("sources:\n  sample: {}\n", encoding="utf-8")
    with connect(None) as con:
        assert load_sources(con, load_settings(workspace), as_of=AS_OF).errors == []
        assert con.rows("from ingest.quarantine") == []
        assert [row[1] for row in _answers(con, "Q1")] == [10, 6, 8, 9]
        assert [row[1] for row in _answers(con, "Q2")] == [5, 2, 3]
        instrument = con.scalar("select distinct instrument from raw.survey_responses where item_id = 'Q2'")
    assert instrument == ("csat" if kept == 2 else "other")
