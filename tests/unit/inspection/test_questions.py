"""A wide survey of several questions, each with a scale of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.inspection.questions import told_scale
from tests.unit.inspection.test_rules import inspected, loaded

HEAD = (
    "Response ID,Date Submitted,How likely is it that you would recommend us to a friend? (0-10),"
    '"Overall, how satisfied were you with our support? (1-5)",'
    '"The company made it easy for me to handle my issue. (1 = strongly disagree, 7 = strongly agree)",'
    "Was your issue resolved in one contact?,What is your favourite colour?"
)


@pytest.mark.parametrize(
    ("name", "scale"),
    [
        ("How was it? (1-5)", (1, 5)),
        ("It was easy [1 = strongly disagree, 7 = strongly agree]", (1, 7)),
        ("Rate us (0 to 10)", (0, 10)),
        ("Revenue (2024)", None),
        ("Waits (10-20 minutes)", None),
    ],
)
def test_a_scale_in_brackets_is_read(name: str, scale: tuple[float, float] | None) -> None:
    assert told_scale(name) == scale


def test_every_question_of_a_survey_becomes_a_row(tmp_path: Path) -> None:
    colours = ("red", "green", "a kind of blue")
    rows = [
        f"R{n:04},{1 + n % 28:02}/05/2026 10:{n % 60:02},{n % 11},{2 + n % 4},{2 + n % 6},"
        f"{('Yes', 'No')[n % 2]},{colours[n % 3]}"
        for n in range(120)
    ]
    found = inspected(tmp_path, HEAD, *rows)
    assert found.kind == "survey_responses"
    assert any("favourite colour" in problem for problem in found.problems)
    answers = [row for row in loaded(tmp_path, found, "survey_responses") if row["response_id"] == "R0004"]
    told = {row["instrument"]: (row["value"], row["scale_min"], row["scale_max"]) for row in answers}
    assert told == {"nps": (4, 0, 10), "csat": (2, 1, 5), "ces": (6, 1, 7), "fcr": (1, 0, 1)}


@pytest.mark.parametrize(
    ("heading", "instrument"),
    [
        ("Zufriedenheit (1-5)", "csat"),
        ("Satisfaction (1-5)", "csat"),
        ("满意度 (1-5)", "csat"),
        ("Satisfaction with the waiting time (1-5)", "other"),
    ],
    ids=["de", "en", "zh", "of_one_thing"],
)
def test_the_word_for_satisfaction_beside_a_scale_is_the_satisfaction(
    tmp_path: Path, heading: str, instrument: str
) -> None:
    rows = [f"{n},2026-05-{1 + n % 28:02},{n % 11},{1 + n % 5},ok" for n in range(60)]
    found = inspected(tmp_path, f"Lfd. Nr.,Datum,Weiterempfehlung (0-10),{heading},Anmerkung", *rows)
    told = {row["item_text"]: row["instrument"] for row in loaded(tmp_path, found, "survey_responses")}
    assert told == {"Weiterempfehlung (0-10)": "nps", heading: instrument}


def test_a_form_in_japanese_is_read(tmp_path: Path) -> None:
    liked = ("とても満足", "満足", "どちらともいえない", "不満", "とても不満")
    agreed = ("非常にそう思う", "そう思う", "どちらでもない", "そう思わない", "全くそう思わない")
    rows = [
        f"2026/0{3 + n % 3}/{1 + n % 28:02} 10:{n % 60:02}:11,{liked[n % 5]},{n % 11},{agreed[n % 5]},"
        for n in range(120)
    ]
    head = (
        "タイムスタンプ,今回のサポート対応にどの程度満足されましたか？,"
        "当社のサービスを友人や同僚に薦める可能性はどのくらいありますか？,問題を簡単に解決することができた,ご意見・ご要望"
    )
    found = inspected(tmp_path, head, *rows)
    made = loaded(tmp_path, found, "survey_responses")
    told = {kind: [row["value"] for row in made if row["instrument"] == kind] for kind in ("csat", "nps", "ces")}
    assert [len(values) for values in told.values()] == [120, 120, 120] and len(made) == 360
    assert (sum(told["csat"]), sum(told["ces"])) == (24 * 15, 24 * 15)
    first = min(row["responded_at"] for row in made)
    assert {row["value"] for row in made if row["responded_at"] == first} == {0, 5}, "0 of 10, and the best words"
