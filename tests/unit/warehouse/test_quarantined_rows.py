"""Raw rows beside a release: some of every reason, for the owner alone, gone with the release."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from warehouse.quarantined_rows import LONGEST_TEXT, ROWS_A_REASON, extract_path, read_extract, write_extract
from warehouse.settings import Paths
from warehouse.store import connect


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A workspace's places with a quarantine of two reasons, one of them long."""
    with connect(tmp_path / "build.duckdb") as con:
        con.execute("create schema ingest")
        con.execute(
            "create table ingest.quarantine as select 'calls' as source, 'f1' as file_id, 'a.csv' as file, i as line, "
            "'negative_duration' as reason, 'wait_seconds' as field, repeat('x', 3000) as raw_text from range(200) t(i)"
            " union all select 'calls', 'f1', 'a.csv', 900, 'null_key', 'contact_id', ',Jane Roe'"
        )
        (tmp_path / "build" / "quarantined").mkdir(parents=True)
        (tmp_path / "build" / "quarantined" / "gone.jsonl").write_text("", encoding="utf-8")
        write_extract(con, Paths(tmp_path), "new", ["kept"])
    return Paths(tmp_path)


def test_some_rows_of_every_reason_are_kept_and_long_ones_cut(paths: Paths) -> None:
    rows = read_extract(paths, "new") or []
    found = [sum(row["reason"] == reason for row in rows) for reason in ("negative_duration", "null_key")]
    assert found == [ROWS_A_REASON, 1]
    assert max(len(row["raw_text"]) for row in rows) == LONGEST_TEXT


def test_only_the_owner_may_read_it(paths: Paths) -> None:
    assert stat.S_IMODE(extract_path(paths, "new").stat().st_mode) == 0o600


def test_the_rows_of_a_release_that_is_gone_are_gone(paths: Paths) -> None:
    assert read_extract(paths, "gone") is None
