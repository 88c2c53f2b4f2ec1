"""Lists of those who were asked, with their answers in the same rows: both the asking and the answer count."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.inspection.test_rules import day, inspected, loaded


def _rows(*scores: int) -> list[str]:
    """Sixty people who were asked, of whom every third answered; one column a score."""
    return [
        f"I{n:04},C{n:03},{day(n)},"
        + ",".join([day(n + 2), *map(str, scores)] if n % 3 == 0 else ["" for _ in range(1 + len(scores))])
        for n in range(60)
    ]


@pytest.mark.parametrize(
    ("headings", "scores", "told"),
    [
        ("invitation_id,customer_id,sent_at,responded_at,score", (9,), {"nps"}),
        ("survey_id,customer_id,sent_at,responded_at,csat_score,nps_score", (4, 9), {"csat", "nps"}),
    ],
    ids=["one_score", "two_scores"],
)
def test_the_asking_and_the_answer_count_both(
    tmp_path: Path, headings: str, scores: tuple[int, ...], told: set[str]
) -> None:
    rows = [*_rows(*scores), *(row.replace("I00", "J00") for row in _rows(*(1 for _ in scores)))]
    rows += [
        f"Z{n},C{n},{day(n)},{day(n + 1)}," + ",".join([*(f"{1 + n % 5}" for _ in scores[1:]), f"{n}"])
        for n in range(11)
    ]
    found = inspected(tmp_path, headings, *rows)
    answers = loaded(tmp_path, found, "survey_responses")
    assert {row["instrument"] for row in answers} == told
    given = [row for row in answers if row["instrument"] == "nps"]
    assert (len(given), all(row["responded_at"] for row in given)) == (51, True)


def test_who_was_asked_and_gave_no_answer_is_an_invitation(tmp_path: Path) -> None:
    rows = [*_rows(4, 9), *(row.replace("I00", "J00") for row in _rows(2, 3))]
    rows += [f"Z{n},C{n},{day(n)},{day(n + 1)},{1 + n % 5},{n}" for n in range(11)]
    found = inspected(tmp_path, "survey_id,customer_id,sent_at,responded_at,csat_score,nps_score", *rows)
    asked = loaded(tmp_path, found, "survey_invitations")
    assert (len(asked), sum(row["responded_at"] is not None for row in asked)) == (131, 51)
    assert all(row["invited_at"] < row["responded_at"] for row in asked if row["responded_at"])
