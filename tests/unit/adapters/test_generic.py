"""The generic adapters: a file in our own column names needs no map."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.contracts import load_contracts
from ingestion.generic import generic_adapter
from ingestion.inspection import inspect_file
from ingestion.maps import Adapter


@pytest.mark.parametrize("table", list(load_contracts()))
def test_a_file_in_our_own_names_is_recognised(table: str, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(",".join(load_contracts()[table].columns) + "\n", encoding="utf-8")
    found = inspect_file(path)
    assert (found.adapter, found.kind) == (f"generic_{table}", table)


@pytest.mark.parametrize("table", list(load_contracts()))
def test_it_is_a_valid_map(table: str) -> None:
    assert Adapter.model_validate(generic_adapter(load_contracts()[table])).kinds() == [table]


def test_one_of_our_names_among_foreign_ones_is_not_enough(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("customer_id,gate,flight,destination,seat\n1,B4,LH1,Hue,12A\n", encoding="utf-8")
    assert inspect_file(path).adapter is None
