"""Adapters know a file by what is in it: a make's samples are recognised under names that say nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ingestion.inspection.recognition import recognise
from ingestion.maps import load_adapters
from ingestion.recognising import adapter_for, shape_of
from warehouse.settings import package_path

SAMPLES = package_path("seeds/samples")
MAKES = sorted({p.parent.name for p in SAMPLES.glob("*/*.csv")} - {"unknown", "unseen"})


def _columns(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as handle:
        return next(row for row in csv.reader(handle) if row)


@pytest.mark.parametrize("make", MAKES)
def test_a_sample_is_recognised_whatever_its_files_are_called(make: str) -> None:
    files = [(path.name, _columns(path)) for path in sorted((SAMPLES / make).glob("*.csv"))]
    renamed = [(f"export_{number}.csv", columns) for number, (_, columns) in enumerate(files)]
    adapter = adapter_for(load_adapters(), renamed)
    assert adapter is not None
    # A second sample of a make has a word more: ``servicenow_list``.
    assert make == adapter.adapter or make.startswith(f"{adapter.adapter}_")
    for (name, columns), (other, _) in zip(files, renamed, strict=True):
        assert shape_of(adapter, other, columns) == shape_of(adapter, name, columns) is not None, name


def test_a_report_without_a_column_that_its_rows_need_is_not_known_by_the_others() -> None:
    # The split and the day stand above the header: nothing that the map of this make could read of them.
    counted = ["Time", "Avg Speed Ans", "ACD Calls", "Avg ACD Time", "Avg ACW Time", "Aban Calls"]
    assert adapter_for(load_adapters(), [("interval.csv", counted)]) is None
    assert recognise(counted) is None
    known = adapter_for(load_adapters(), [("interval.csv", ["Split/Skill", "Date", *counted])])
    assert known is not None and known.adapter == "acd_intervals"
