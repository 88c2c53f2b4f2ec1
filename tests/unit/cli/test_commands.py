"""The front door without a workspace behind it: help, names, errors, exit codes."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest

from alerts.notify import report_run
from swotlight.main import COMMANDS, main
from warehouse.errors import SwotlightError
from warehouse.settings import load_settings
from warehouse.workspace import init_workspace


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, out, _ = call(capsys, name, "--help")
    assert code == 0
    assert f"Usage: swotlight {name}" in out


@pytest.mark.parametrize(
    ("given", "meant"), [("refesh", "refresh"), ("metrics", "metric"), ("statsu", "status"), ("release", "releases")]
)
def test_an_unknown_command_is_told_the_nearest(capsys: pytest.CaptureFixture[str], given: str, meant: str) -> None:
    code, out, err = call(capsys, given)
    assert (code, out) == (2, "")
    assert meant in err


def test_without_a_release_the_status_tells_why_the_last_refresh_stopped(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    settings = load_settings(init_workspace(tmp_path / "w"))
    report_run(settings, run="run-1", error=SwotlightError("calls.csv is cut off in line 7.", code="cut_off"))
    code, _, err = call(capsys, "status", "--workspace", str(tmp_path / "w"))
    assert code == 1 and "There is no release yet" in err and "calls.csv is cut off in line 7." in err


def test_an_error_is_one_document_on_stdout_and_prose_on_stderr(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, err = call(capsys, "status", "--json", "--workspace", str(tmp_path))
    error = json.loads(out)["error"]
    assert code == 2
    assert set(error) == {"code", "message", "file", "line", "key", "hint"}
    assert (error["code"], error["file"]) == ("no_workspace", str(tmp_path / "swotlight.yml"))
    assert "no workspace" in err


def test_wrong_options_are_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "status", "--jsn", "--json")
    assert code == 2
    assert json.loads(out)["error"]["code"] == "usage"


def test_a_broken_configuration_names_line_and_key(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "swotlight.yml").write_text("organisation:\n  timezone: UTC\n")
    code, out, _ = call(capsys, "refresh", "--json", "--workspace", str(tmp_path))
    error = json.loads(out)["error"]
    assert (code, error["line"], error["key"]) == (1, 2, "organisation.timezone")
    assert "time_zone" in error["hint"]


def test_the_workspace_may_stand_before_or_after_the_command(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = str(tmp_path / "ws")
    assert call(capsys, "init", place)[0] == 0
    before = call(capsys, "--workspace", place, "releases", "list", "--json")
    after = call(capsys, "releases", "list", "--json", f"--workspace={place}")
    assert before == after == (0, "[]\n", "")


def test_the_environment_names_the_workspace(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call(capsys, "init", str(tmp_path / "ws"))
    monkeypatch.setenv("SWOTLIGHT_WORKSPACE", str(tmp_path / "ws"))
    assert call(capsys, "releases", "--json")[:2] == (0, "[]\n")


def test_a_workspace_without_a_source_has_nothing_to_refresh(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    call(capsys, "init", str(tmp_path / "ws"))
    code, out, _ = call(capsys, "refresh", "--json", "--workspace", str(tmp_path / "ws"))
    assert (code, json.loads(out)["error"]["code"]) == (1, "no_sources")


def test_before_the_first_release_a_question_is_refused_with_the_way_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    call(capsys, "init", str(tmp_path / "ws"))
    code, out, _ = call(capsys, "query", "select 1", "--json", "--workspace", str(tmp_path / "ws"))
    error = json.loads(out)["error"]
    assert (code, error["code"]) == (1, "no_release")
    assert "swotlight refresh" in error["hint"]


def test_an_unforeseen_fault_is_a_sentence_and_its_trace_is_in_the_log(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from warehouse import releases

    def broken(*_: object) -> None:
        raise ZeroDivisionError("of ours")

    place = tmp_path / "ws"
    call(capsys, "init", str(place))
    monkeypatch.setattr(releases, "list_releases", broken)
    code, out, err = call(capsys, "releases", "list", "--json", "--workspace", str(place))
    assert (code, json.loads(out)["error"]["code"]) == (1, "fault")
    assert "Traceback" not in err
    assert "ZeroDivisionError: of ours" in (place / "logs" / "faults.log").read_text()


def test_a_folder_that_may_not_be_written_is_said_and_is_no_fault_of_ours(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from warehouse import releases

    def refused(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/data/landing/desk")

    place = tmp_path / "ws"
    call(capsys, "init", str(place))
    monkeypatch.setattr(releases, "list_releases", refused)
    code, out, _err = call(capsys, "releases", "list", "--json", "--workspace", str(place))
    error = json.loads(out)["error"]
    assert (code, error["code"], error["file"]) == (1, "permission", "/data/landing/desk")
    assert error["message"] == "/data/landing/desk may not be written; look at its owner and permissions."
    assert not (place / "logs" / "faults.log").exists()


def test_what_people_keep_may_lie_where_nobody_else_may_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from warehouse.state import is_kept

    def refused(_path: Path, **_options: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "exists", refused)
    with pytest.raises(SwotlightError, match=r"objectives\.sqlite may not be opened; look at its owner"):
        is_kept(tmp_path / "objectives.sqlite")


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; from swotlight.main import main; main(['--help']); "
        "heavy = 'duckdb pandas dagster dbt great_expectations dash pydantic yaml rich'.split(); "
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_program_ends_without_a_word_about_its_libraries(tmp_path: Path) -> None:
    """GX's dialect and DuckDB's binding hold on to each other; taken apart at the end, the binding would list them."""
    script = (
        "import sys, atexit, great_expectations, duckdb_engine; from swotlight.main import run; "
        f"sys.argv = ['swotlight', 'init', {str(tmp_path / 'w')!r}]; atexit.register(print, 'tidied'); run()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "leaked" not in done.stderr
    assert done.stdout.rstrip().endswith("tidied")
