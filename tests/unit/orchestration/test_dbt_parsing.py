"""What dbt parsed is kept: parsed once, again when a model changes, never half."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration import dbt_parsing
from orchestration.dbt_parsing import MANIFEST, PARSED, SEMANTIC_MANIFEST, parse_ahead, parsed_project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "installation" / "dbt_project"
    folder.mkdir(parents=True)
    monkeypatch.setattr(dbt_parsing, "package_path", lambda name: folder)
    monkeypatch.setattr(dbt_parsing, "project_fingerprint", lambda: (folder / "model.sql").read_text("utf-8"))
    (folder / "model.sql").write_text("select 1", "utf-8")
    return folder


class Parser:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self, folder: Path) -> None:
        self.times += 1
        for name in (MANIFEST, SEMANTIC_MANIFEST, PARSED):
            (folder / name).write_text(f"parsed {self.times}", "utf-8")


def test_what_was_parsed_ahead_serves_every_workspace(project: Path, tmp_path: Path) -> None:
    parse = Parser()
    ahead = parse_ahead(parse)
    assert [parsed_project(tmp_path / name, parse) for name in ("one", "two")] == [ahead, ahead]
    assert parse_ahead(parse) == ahead
    assert parse.times == 1


def test_a_refresh_writes_nothing_outside_its_workspace(project: Path, tmp_path: Path) -> None:
    parse = Parser()
    kept = parsed_project(tmp_path / "workspace", parse)
    assert kept.is_relative_to(tmp_path / "workspace")
    assert parsed_project(tmp_path / "workspace", parse) == kept
    assert parse.times == 1
    assert [path.name for path in project.iterdir()] == ["model.sql"]


def test_a_changed_model_is_parsed_again(project: Path, tmp_path: Path) -> None:
    parse = Parser()
    first = parsed_project(tmp_path / "one", parse)
    (project / "model.sql").write_text("select 2", "utf-8")
    second = parsed_project(tmp_path / "one", parse)
    assert first != second
    assert (second / MANIFEST).read_text("utf-8") == "parsed 2"


def test_a_model_saved_while_parsing_does_not_get_the_manifest_of_its_predecessor(
    project: Path, tmp_path: Path
) -> None:
    parse = Parser()

    def parse_and_save(folder: Path) -> None:
        parse(folder)
        if parse.times == 1:
            (project / "model.sql").write_text("select 2", "utf-8")

    kept = parsed_project(tmp_path / "one", parse_and_save)
    assert (kept / MANIFEST).read_text("utf-8") == "parsed 2"


def test_a_parse_that_fails_leaves_nothing_behind(project: Path, tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / MANIFEST).write_text("half", "utf-8")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        parsed_project(tmp_path / "one", fail)
    assert list((tmp_path / "one").iterdir()) == []
