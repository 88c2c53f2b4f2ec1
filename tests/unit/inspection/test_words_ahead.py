"""The recogniser's words taken apart ahead: the same as those taken apart at once, and only while nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingestion import words_ahead
from ingestion.inspection import languages, lexicon_parsing, romance, words


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty place to keep them in."""
    monkeypatch.setattr(lexicon_parsing, "_PLACE", tmp_path / "parsed")
    _forget()
    yield tmp_path / "parsed"
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    for asked in (lexicon_parsing.kept, words.lexicon, words._content, languages.content, romance.content):
        asked.cache_clear()


def test_what_is_kept_is_what_would_be_taken_apart(place: Path) -> None:
    assert not lexicon_parsing.kept()
    at_once = words.parts() | {"languages": languages.content(), "romance": romance.content()}
    words_ahead.main()
    _forget()
    told = lexicon_parsing.kept()
    assert told.keys() == at_once.keys()
    assert words.lexicon().signs == at_once["lexicon"][1]
    assert words.lexicon().values == at_once["lexicon"][2]
    as_sets = [
        {table: {column: set(some) for column, some in own.items()} for table, own in phrases.items()}
        for phrases in (words.lexicon().phrases, at_once["lexicon"][0])
    ]
    assert as_sets[0] == as_sets[1]
    assert (languages.content(), romance.content()) == (at_once["languages"], at_once["romance"])


def test_words_that_changed_since_are_taken_apart_anew(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words_ahead.main()
    monkeypatch.setattr(lexicon_parsing, "_SOURCES", ("lexicon.yml",))
    _forget()
    assert not lexicon_parsing.kept(), "what they depend on is another"
    words_ahead.main()
    assert len(list(place.iterdir())) == 1, "what was kept before is gone"


def test_what_is_kept_in_pieces_is_not_read(place: Path) -> None:
    words_ahead.main()
    (kept,) = place.iterdir()
    kept.write_bytes(kept.read_bytes()[:1000])
    _forget()
    assert not lexicon_parsing.kept() and words.lexicon().phrases
