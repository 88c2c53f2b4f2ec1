"""What the report cannot know: a failed check is told by its name in the language of the report."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dashboards.language import speaking
from dashboards.report.sections import method

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
