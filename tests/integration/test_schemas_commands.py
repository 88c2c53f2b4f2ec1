"""Every command's --json document is what docs/schemas says, on a real small workspace."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from swotlight.main import main
from tests.unit.schemas.reading import troubles

ASKED: dict[str, tuple[str, ...]] = {
    "status": ("status",),
    "query": ("query", "select * from rollups.rollup_contacts_day limit 3"),
    "metric by channel": (
        "metric",
        "service_level",
        "csat",
        "nps",
        "asa_seconds",
        "--grain",
        "month",
        "--by",
        "channel",
    ),
    "metric quantile": ("metric", "first_reply_calendar_minutes_p50", "--grain", "year", "--explain"),
    "metric against its target": ("metric", "service_level", "csat", "--grain", "month", "--against", "target"),
    "metric against last year": (
        *("metric", "offered", "aht_seconds", "--by", "channel", "--from", "2026-09", "--to", "2026-10"),
        *("--against", "last_year"),
    ),
    "metric explained, of two rollups": ("metric", "service_level", "tickets_created", "--explain"),
    "metrics": ("metric",),
    "swot": ("swot",),
    "staffing": ("staffing",),
    "erlang": ("staffing", "erlang", "--calls", "100", "--aht", "180s", "--patience", "5m", "--shrinkage", "0.3"),
    "error of a negative handling time": ("staffing", "erlang", "--calls", "100", "--aht", "-180s"),
    "releases": ("releases", "list"),
    "release": ("releases", "show"),
    "refresh unchanged": ("refresh",),
    "error of an unknown metric": ("metric", "servce_level"),
    "error of a wrong statement": ("query", "select nothing from nowhere"),
    "error of an unknown command": ("relaese",),
    "error of a wrong option": ("status", "--no-such-option"),
}
EXIT = {
    "error of an unknown metric": 2,
    "error of a wrong statement": 2,
    "error of an unknown command": 2,
    "error of a wrong option": 2,
    "error of a negative handling time": 2,
}


def run(capsys: pytest.CaptureFixture[str], workspace: Path, *words: str) -> tuple[int, Any]:
    """The exit code of a command and the one document it printed on stdout."""
    capsys.readouterr()
    code = main(["--workspace", str(workspace), *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("case", ASKED)
def test_a_command_prints_its_document(workspace: Path, capsys: pytest.CaptureFixture[str], case: str) -> None:
    code, document = run(capsys, workspace, *ASKED[case])
    schema = case.split()[0]
    assert troubles(schema, document) == []
    assert code == (EXIT.get(case, 1) if schema == "error" else 0)
    assert document


def test_the_rows_of_every_source_add_up(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, document = run(capsys, workspace, "status")
    for source in document["sources"]:
        parts = ("rows_inserted", "rows_updated", "rows_superseded", "rows_duplicate", "rows_quarantined")
        assert source["rows_read"] == sum(source[part] for part in parts), source["name"]
        assert source["rows_quarantined"] == sum(reason["rows"] for reason in source["quarantine"]), source["name"]


def test_init_inspect_and_add_print_their_documents(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = tmp_path / "calls.csv"
    shutil.copy(
        next(path for path in sorted((workspace / "landing" / "contacts").rglob("*")) if path.is_file()), export
    )
    unknown = tmp_path / "odd.csv"
    unknown.write_text("Ticket No,Opened,Closed,Queue\n1,2026-10-01 08:00,2026-10-01 09:00,Billing\n")
    home = tmp_path / "mine"
    for schema, words in {
        "init": ("init", str(home)),
        "inspect": ("inspect", str(export), str(unknown)),
        "add": ("add", str(export), "--source", "calls"),
    }.items():
        code, document = run(capsys, home, *words)
        assert (code, troubles(schema, document)) == (0, [])


def test_the_truth_of_a_demo_is_its_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "demo"
    code, document = run(capsys, home, "demo", str(home), "--tickets", "1000", "--months", "3")
    assert (code, troubles("demo", document)) == (0, [])
    assert troubles("truth", json.loads((home / "truth.json").read_text("utf-8"))) == []


def test_each_metric_is_explained_by_its_own_sql(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _code, rows = run(capsys, workspace, "metric", "service_level", "tickets_created", "--explain")
    assert [row["metric"] for row in rows] == ["service_level", "tickets_created"]
    assert "rollup_contacts" in rows[0]["sql"] and "rollup_tickets_created" in rows[1]["sql"]


def test_a_month_is_meant_whole_at_either_end(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _code, month = run(capsys, workspace, "metric", "offered", "--from", "2026-10", "--to", "2026-10")
    _code, days = run(capsys, workspace, "metric", "offered", "--from", "2026-10-01", "--to", "2026-10-31")
    assert month == days and month[0]["value"]
