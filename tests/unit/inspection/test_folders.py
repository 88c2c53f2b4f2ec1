"""`swotlight inspect` of a folder: its files, as `swotlight add` takes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from swotlight.main import cli
from warehouse.errors import SwotlightError

CALLS = "Datum,Hotline,Angebotene Anrufe,Angenommene Anrufe,Aufgelegt\n" + "".join(
    f"2026-03-{day:02},Service,{100 + day},{90 + day},10\n" for day in range(1, 29)
)
COSTS = "Monat,Kostenart,Betrag EUR\n" + "".join(f"2026-{month:02}-01,Personal,{month}000\n" for month in range(1, 10))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two exports, one of them in a folder of its own, with a paper and a hidden file beside them."""
    (tmp_path / "exports" / "telephone").mkdir(parents=True)
    (tmp_path / "exports" / "costs.csv").write_text(COSTS, "utf-8")
    (tmp_path / "exports" / "telephone" / "calls.csv").write_text(CALLS, "utf-8")
    (tmp_path / "exports" / "README.md").write_text("Exported on Monday.\n", "utf-8")
    (tmp_path / "exports" / ".DS_Store").write_bytes(b"\x00")
    return tmp_path / "exports"


def _inspect(*given: str) -> Result:
    return CliRunner().invoke(cli, ["inspect", *given])


def test_a_folder_is_told_as_its_files_are(folder: Path) -> None:
    files = [str(folder / "costs.csv"), str(folder / "telephone" / "calls.csv")]
    as_json = _inspect("--json", str(folder))
    assert [(one["file"], one["kind"]) for one in json.loads(as_json.output)] == [
        ("costs.csv", "costs"),
        ("calls.csv", "interval_stats"),
    ]
    assert as_json.output == _inspect("--json", *files).output
    assert _inspect(str(folder)).output == _inspect(*files).output


def test_a_file_that_lies_in_a_given_folder_is_told_once(folder: Path) -> None:
    told = json.loads(_inspect("--json", str(folder), str(folder / "costs.csv")).output)
    assert [one["file"] for one in told] == ["costs.csv", "calls.csv"]


def test_a_folder_without_files_is_refused_in_a_sentence(tmp_path: Path) -> None:
    refused = _inspect(str(tmp_path))
    assert isinstance(refused.exception, SwotlightError)
    assert refused.exception.code == "empty_folder"
