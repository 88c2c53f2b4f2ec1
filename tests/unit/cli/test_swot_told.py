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
