"""What the report cannot know: a failed check is told by its name in the language of the report."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from dashboards.filters import Filters, Period
from dashboards.language import speaking
from dashboards.report.model import Text
from dashboards.report.sections import board, method
from dashboards.report.slide_cross import _SETTINGS

FAILED = {"check_name": "market_series_go_on", "detail": "44 rows broke it.", "passed": False, "metrics": []}


def _limits(monkeypatch: pytest.MonkeyPatch, language: str) -> list[str]:
    known = SimpleNamespace(withheld=lambda _language: [], failed=[FAILED], stale=[], sources=[])
    monkeypatch.setattr(method, "about", lambda _reading: known)
    reading: Any = None
    with speaking(language):
        return method._limits(reading)


def test_a_failed_check_is_told_with_what_it_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _limits(monkeypatch, "en")[0].endswith("failed. 44 rows broke it.")


@pytest.mark.parametrize("language", ["zh", "vi"])
def test_another_language_keeps_no_english_words_of_it(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    (said, *_) = _limits(monkeypatch, language)
    assert "broke" not in said and "market" not in said.lower() and "check" not in said


def test_a_report_whose_month_was_not_judged_says_which_month_its_swot_is_of() -> None:
    newest: Any = SimpleNamespace(period=date(2025, 5, 1))
    (said,) = board._not_judged(newest, Filters(Period.of_month(date(2016, 3, 1))))
    assert isinstance(said, Text)
    assert said.text == "March 2016 has not been judged; this is May 2025."
    assert board._not_judged(newest, Filters(Period.of_month(date(2025, 5, 1)))) == []


def test_nothing_on_a_slide_is_smaller_than_ten_points() -> None:
    assert min(min(sizes.finding, sizes.evidence, sizes.name) for sizes in _SETTINGS) >= 10
