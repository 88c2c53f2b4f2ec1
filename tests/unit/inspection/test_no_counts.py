"""Intervals of which no figure is a count of contacts are not added, even when somebody says what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.adding import add_files
from tests.unit.inspection.test_rules import day
from warehouse.errors import SwotlightError
from warehouse.settings import load_settings
from warehouse.workspace import init_workspace


@pytest.mark.parametrize("counts", ["", ",Calls offered"], ids=["none", "one"])
def test_intervals_without_any_count_are_refused(tmp_path: Path, counts: str) -> None:
    path = tmp_path / "raport.csv"
    rows = [f"{day(n, '%Y-%m-%d')},Pomoc,{20 + n % 9},{300 + n}{f',{40 + n}' if counts else ''}" for n in range(60)]
    head = f"Date,Queue,Average speed of answer (s),Average handle time (s){counts}"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    settings = load_settings(init_workspace(tmp_path / "w"))
    if counts:
        assert add_files(settings, [path], kind="interval_stats").kind == "interval_stats"
        return
    with pytest.raises(SwotlightError, match="Nothing was found for offered"):
        add_files(settings, [path], kind="interval_stats")
