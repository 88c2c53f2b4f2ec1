"""What dbt parsed is kept per installation: parsed once, again when a model changes, never half."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration import dbt_parsing
from orchestration.dbt_parsing import MANIFEST, PARSED, SEMANTIC_MANIFEST, parsed_project


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


def test_a_second_workspace_does_not_parse_again(project: Path, tmp_path: Path) -> None:
    parse = Parser()
    first = parsed_project(tmp_path / "one", parse)
    second = parsed_project(tmp_path / "two", parse)
    assert (first, parse.times) == (second, 1)
    assert first.is_relative_to(project)


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


def test_an_installation_that_may_not_be_written_leaves_it_to_the_workspace(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dbt_parsing, "_may_write", lambda place: False)
    parse = Parser()
    kept = parsed_project(tmp_path / "workspace", parse)
    assert kept.is_relative_to(tmp_path / "workspace")
    assert parsed_project(tmp_path / "workspace", parse) == kept
    assert parse.times == 1


def test_a_parse_that_fails_leaves_nothing_behind(project: Path, tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / MANIFEST).write_text("half", "utf-8")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        parsed_project(tmp_path / "one", fail)
    assert list((project / "target").iterdir()) == []
