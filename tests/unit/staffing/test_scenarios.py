"""Saved what-if settings: kept by name, replaced by name, forgotten by name; nonsense is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.staffing.scenarios import LONGEST_NAME, MOST, Scenario, Scenarios
from warehouse.errors import SwotlightError, UsageError

AT = "2026-11-22T20:00:00Z"


def test_a_scenario_is_kept_with_who_and_when_and_replaced_by_its_name(tmp_path: Path) -> None:
    kept = Scenarios(tmp_path / "state" / "scenarios.sqlite")
    assert kept.all() == []
    kept.save("  Busy   winter ", "?volume=10", by="Ana", at=AT)
    kept.save("A quiet one", "?volume=-5", by="Ana", at=AT)
    kept.save("Busy winter", "?volume=20", by="Bui", at=AT)
    assert kept.all() == [
        Scenario("A quiet one", "?volume=-5", AT, "Ana"),
        Scenario("Busy winter", "?volume=20", AT, "Bui"),
    ]
    kept.remove("A quiet one")
    assert [one.name for one in kept.all()] == ["Busy winter"]


@pytest.mark.parametrize("name", ["", "   ", "x" * (LONGEST_NAME + 1), "a\x00b"], ids=["empty", "blank", "long", "nul"])
def test_a_name_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        Scenarios(tmp_path / "s.sqlite").save(name, "?volume=1", by="Ana", at=AT)


def test_what_is_not_there_cannot_be_removed_and_there_is_an_end_to_saving(tmp_path: Path) -> None:
    kept = Scenarios(tmp_path / "s.sqlite")
    with pytest.raises(UsageError, match="no scenario"):
        kept.remove("Winter")
    for number in range(MOST):
        kept.save(f"s{number}", "?volume=1", by="Ana", at=AT)
    with pytest.raises(UsageError, match="remove one first"):
        kept.save("one more", "?volume=1", by="Ana", at=AT)
    # One of the same name is no further one.
    kept.save("s0", "?volume=2", by="Ana", at=AT)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "s.sqlite").write_text("hello " * 400)
    with pytest.raises(SwotlightError, match="cannot be opened"):
        Scenarios(tmp_path / "s.sqlite").all()
