"""The fingerprint by which an unchanged refresh is decided."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from ingestion.fingerprint import source_fingerprint
from tests.unit.ingestion.conftest import Box


def test_it_changes_with_files_settings_and_maps_and_with_nothing_else(box: Box) -> None:
    box.put("a.csv", "ticket_id,created_at\n1,2026-01-01\n")
    first = source_fingerprint(box.settings())
    assert source_fingerprint(box.settings()) == first
    box.put("a.csv", "ticket_id,created_at\n1,2026-01-01\n")
    assert source_fingerprint(box.settings()) == first
    seen = {first}
    box.put("a.csv", "ticket_id,created_at\n1,2026-01-02\n")
    seen.add(source_fingerprint(box.settings()))
    box.put("b.csv", "ticket_id,created_at\n")
    seen.add(source_fingerprint(box.settings()))
    box.config += "\narchive: true"
    seen.add(source_fingerprint(box.settings()))
    (box.root / "maps" / "x.yml").write_text("shapes: {}")
    seen.add(source_fingerprint(box.settings()))
    assert len(seen) == 5


def test_a_hash_is_made_again_only_when_size_or_time_changed(box: Box) -> None:
    path = box.put("a.csv", "ticket_id,created_at\n1,2026-01-01\n")
    first = source_fingerprint(box.settings())
    path.chmod(0o000)
    assert source_fingerprint(box.settings()) == first


def test_notes_that_are_damaged_only_cost_time(box: Box) -> None:
    box.put("a.csv", "ticket_id,created_at\n")
    first = source_fingerprint(box.settings())
    (box.root / "build" / "digests.json").write_text("{ half")
    assert source_fingerprint(box.settings()) == first


def test_it_needs_no_database() -> None:
    code = "import sys, ingestion.fingerprint; print([m for m in ('duckdb', 'pandas', 'dagster') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]
    )
    assert done.stdout.strip() == "[]"
