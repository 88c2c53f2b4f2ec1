"""What `swotlight swot` prints: five of a quadrant, the rest on request, and what moved from where to where."""

from __future__ import annotations

from typing import Any

import pytest

from swotlight.commands.swot import _print_document


def document(count: int = 0, **moved: Any) -> dict[str, Any]:
    items = [
        {"quadrant": "threat", "rank": place + 1, "factor": f"factor_{place}", "n": 100, "p_adjusted": 0.01,
         "sentence": "It **grows**."}
        for place in range(count)
    ]  # fmt: skip
    return {
        "period": "2026-10-01", "entity": {"dimension": "organisation", "value": None}, "release": "r", "items": items,
        "insufficient": [], "withdrawn": [], "chain": [], "tows": [], "moved": [moved] if moved else [],
    }  # fmt: skip


@pytest.mark.parametrize(("count", "last"), [(5, None), (6, "and 1 more: --json"), (9, "and 4 more: --json")])
def test_a_quadrant_prints_five_and_how_many_more_there_are(
    count: int, last: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    _print_document(document(count))
    out = capsys.readouterr().out
    assert out.count("It grows.") == 5 and "factor_4" in out and "factor_5" not in out
    assert ("more: --json" in out) == (last is not None) and (last or "") in out


@pytest.mark.parametrize(
    ("change", "before", "now", "line"),
    [
        ("rank", ("threat", 3), ("threat", 2), "moved: wage_growth rank 3 → 2 (threat), world"),
        ("quadrant", ("threat", 3), ("opportunity", 1), "moved: wage_growth quadrant (threat → opportunity), world"),
        ("gone", ("threat", 3), (None, None), "moved: wage_growth gone (threat → not judged), world"),
        ("entered", (None, None), ("threat", 1), "moved: wage_growth entered (not judged → threat), world"),
    ],
    ids=["rank", "quadrant", "gone", "entered"],
)
def test_what_moved_says_from_where_to_where(
    change: str,
    before: tuple[str | None, int | None],
    now: tuple[str | None, int | None],
    line: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    row: dict[str, Any] = {"factor": "wage_growth", "change": change, "cause": "world", "before_quadrant": before[0],
           "before_rank": before[1], "quadrant": now[0], "rank": now[1]}  # fmt: skip
    _print_document(document(**row))
    assert line in capsys.readouterr().out.splitlines()


def pair(kind: str, number: int) -> dict[str, Any]:
    slots = {"unit": "ratio", "currency": "", "from": 0.048, "to": 0.036, "due": "2027-04-30",
             "labels": {"en": "Abandonment rate"}, "inside": "abandonment", "outside": "wage_growth"}  # fmt: skip
    return {"kind": kind, "inside_factor": "abandonment", "outside_factor": "wage_growth", "slots": slots,
            "pair": f"{kind}:{number}"}  # fmt: skip


def test_every_kind_of_pair_is_told_in_words_and_what_is_to_be_mended_comes_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _print_document({**document(), "tows": [pair("ST", n) for n in range(7)] + [pair("WT", 0)]})
    lines = capsys.readouterr().out.splitlines()
    assert lines.index("Weaknesses under threat (WT)") < lines.index("Strengths against threats (ST)")
    told = (
        "Mend abandonment before the threat of wage growth bites: move abandonment rate from 4.8\u202f% to 3.6\u202f%"
    )
    assert f"  {told} by 2027-04-30. (WT:0)" in lines
    assert any(line.endswith("(ST:4)") for line in lines) and not any("(ST:5)" in line for line in lines)
    assert "  and 2 more: --json" in lines


def test_what_is_contested_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    item = {
        "rank": None,
        "factor": "waiting",
        "n": 9,
        "p_adjusted": 0.01,
        "sentence": "It is **60 s**. But: 5 s above.",
    }
    _print_document({**document(), "contested": [item], "watch": [{"factor": "errors"}]})
    out = capsys.readouterr().out
    assert "Contested\n" in out and "It is 60 s. But: 5 s above." in out and "Watch: errors" in out
