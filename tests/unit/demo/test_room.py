"""A company that the disk cannot hold is refused before anything of it is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from demo import room
from demo.company import build_company
from warehouse.errors import SwotlightError


def test_a_company_too_large_for_the_disk_says_what_it_needs_and_what_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(50e9, 10e9, 40e9))
    with pytest.raises(SwotlightError) as error:
        build_company(tmp_path / "demo", tickets=100_000_000)
    assert error.value.code == "disk_full"
    assert error.value.message.startswith(
        "A company of 100,000,000 tickets needs about 195.0 GB for its exports and 118.0 GB for a refresh; the disk of"
    )
    assert "has 40.0 GB left" in error.value.message
    assert error.value.hint == "Ask for fewer: up to about 12,779,000 fit. Nothing was written."
    assert not (tmp_path / "demo").exists()


def test_one_that_fits_is_made(tmp_path: Path) -> None:
    room.refuse_small_disk(tmp_path / "not" / "there", 1_000)
