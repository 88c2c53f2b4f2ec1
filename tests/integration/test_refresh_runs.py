"""A refresh of the small company: what it leaves, what it does when nothing or something changed, what stops it."""

from __future__ import annotations

import json
import math
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration.refresh import refresh
from warehouse.errors import SwotlightError
from warehouse.releases import Release, ReleaseReader, list_releases, rollback
from warehouse.settings import Settings, load_settings
from warehouse.store import connect


def settings_of(workspace: Path) -> Settings:
    return load_settings(workspace)


def test_the_release_holds_marts_metrics_swot_and_the_books(workspace: Path) -> None:
    release = ReleaseReader(settings_of(workspace)).current()
    tables = {row["t"] for row in release.rows("select schema_name || '.' || table_name as t from duckdb_tables()")}
    wanted = (
        "marts.fct_tickets marts.fct_contacts rollups.rollup_contacts_month metrics.catalogue swot.items quality.checks"
    )
    assert set(wanted.split()) <= tables
    assert {table.split(".")[0] for table in tables} == {"marts", "rollups", "metrics", "quality", "swot", "reference"}
    assert release.scalar("select count(*) from marts.fct_tickets") > 0


def test_every_source_row_is_accounted_for(workspace: Path) -> None:
    release = ReleaseReader(settings_of(workspace)).current()
    broken = release.rows(
        "select name from quality.files where rows_read <> "
        "rows_inserted + rows_updated + rows_superseded + rows_duplicate + rows_quarantined"
    )
    assert broken == []


def test_no_secret_leaves_the_build(workspace: Path) -> None:
    settings = settings_of(workspace)
    content = ReleaseReader(settings).current().path.read_bytes()
    assert settings.paths.pseudonym_key.read_text().strip().encode() not in content
    with connect(settings.paths.build_db, read_only=True) as con:
        emails = con.rows("select distinct email from raw.agents where email is not null limit 50")
    assert emails, "the demo has agents with addresses"
    assert not [row["email"] for row in emails if row["email"].encode() in content]


def test_an_unchanged_refresh_makes_no_release_and_imports_nothing_heavy(own_workspace: Path) -> None:
    refresh(settings_of(own_workspace))
    script = (
        "import sys, json; from pathlib import Path; from warehouse.settings import load_settings; "
        "from orchestration.refresh import refresh; result = refresh(load_settings(Path(sys.argv[1]))); "
        "heavy = [n for n in ('dagster', 'dbt', 'great_expectations') if n in sys.modules]; "
        "print(json.dumps([result.unchanged, result.release, heavy, result.seconds]))"
    )
    before = [info.name for info in list_releases(settings_of(own_workspace))]
    done = subprocess.run(
        [sys.executable, "-c", script, str(own_workspace)], capture_output=True, text=True, check=True
    )
    unchanged, release, heavy, seconds = json.loads(done.stdout)
    assert (unchanged, release, heavy) == (True, before[0], [])
    assert seconds < 2.0
    assert [info.name for info in list_releases(settings_of(own_workspace))] == before


def test_a_full_rebuild_gives_the_same_figures_and_a_rollback_is_not_undone(own_workspace: Path) -> None:
    settings = settings_of(own_workspace)
    before = ReleaseReader(settings).current()
    assert refresh(settings, full=True).release != before.name
    after = ReleaseReader(settings).current()
    tables = [name for name in before.info.tables if name.startswith(("marts.", "rollups."))]
    assert [name for name in tables if not is_same(figures(after, name), figures(before, name))] == []
    judged = [name for name in before.info.tables if name.startswith("swot.")]
    assert len(judged) >= 7
    every = "select * from {} order by all"
    assert [n for n in judged if before.rows(every.format(n)) != after.rows(every.format(n))] == []
    rollback(settings, before.name)
    assert refresh(settings).release == before.name


def is_same(some: dict[str, float], others: dict[str, float]) -> bool:
    """Equal to nine digits; what has no value in one has none in the other."""
    return some == pytest.approx(others, rel=1e-9, nan_ok=True)


def figures(release: Release, table: str) -> dict[str, float]:
    """Rows and column sums of a table; sums of floating numbers depend on their order in the last digits."""
    types = release.rows(f"select column_name, column_type from (describe {table})")
    sums = [f'sum("{row["column_name"]}")' for row in types if row["column_type"] in ("BIGINT", "INTEGER", "DOUBLE")]
    row = release.rows(f"select {', '.join(['count(*)', *sums])} from {table}")[0]
    return {name: math.nan if value is None else float(value) for name, value in row.items()}


def test_new_rows_make_a_new_release_that_readers_see(own_workspace: Path) -> None:
    settings = settings_of(own_workspace)
    reader = ReleaseReader(settings)
    before = reader.current().scalar("select count(*) from marts.fct_contacts")
    newest = sorted((own_workspace / "landing" / "contacts").glob("*.csv"))[-1]
    header, *rows = newest.read_text("utf-8").splitlines()
    place = header.split(",").index("contact_id")
    copied = rows[-1].split(",")
    copied[place] = "one-more"
    (newest.parent / "late.csv").write_text(f"{header}\n{','.join(copied)}\n", "utf-8")
    result = refresh(settings)
    assert not result.unchanged
    assert reader.current().scalar("select count(*) from marts.fct_contacts") == before + 1


def test_a_file_that_is_no_table_stops_the_refresh_and_the_old_release_stays(own_workspace: Path) -> None:
    settings = settings_of(own_workspace)
    before = ReleaseReader(settings).current().name
    (own_workspace / "landing" / "contacts" / "oops.csv").write_text("<!doctype html><html><body>Log in</body></html>")
    with pytest.raises(SwotlightError) as caught:
        refresh(settings)
    assert "oops.csv" in f"{caught.value.message} {caught.value.file}"
    assert ReleaseReader(settings).current().name == before
    assert open_incidents(settings) == {"run:wrong_content:oops.csv"}
    (own_workspace / "landing" / "contacts" / "oops.csv").unlink()
    refresh(settings)
    assert open_incidents(settings) == set()


def test_a_blocking_check_stops_the_release_and_someone_is_told(
    own_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from expectations import results, run
    from orchestration import auditing

    settings = settings_of(own_workspace)
    before = ReleaseReader(settings).current().name

    def fail_one(*arguments: object, **options: object) -> list[results.CheckResult]:
        found = run.run_checks(*arguments, **options)  # type: ignore[arg-type]
        first = next((r for r in found if r.severity == "block"), None)
        return [
            results.CheckResult(r.name, r.stage, r.table, r.severity, r.passed and r is not first, r.detail, r.metrics)
            for r in found
        ]

    monkeypatch.setattr(auditing, "run_checks", fail_one)
    with pytest.raises(SwotlightError) as caught:
        refresh(settings, full=True)
    assert (caught.value.code, caught.value.exit_code) == ("blocked", 1)
    assert ReleaseReader(settings).current().name == before
    assert "release" in open_incidents(settings)


def open_incidents(settings: Settings) -> set[str]:
    with closing(sqlite3.connect(settings.paths.incidents)) as store:
        return {row[0] for row in store.execute("select key from incidents where resolved_at is null")}


def test_an_unknown_source_to_select_lists_the_nearest(workspace: Path) -> None:
    with pytest.raises(SwotlightError, match="zendek") as caught:
        refresh(settings_of(workspace), select=["zendek"])
    assert caught.value.exit_code == 2
    assert "zendesk" in (caught.value.hint or "")


def test_a_live_source_is_judged_at_the_instant_asked_for(own_workspace: Path) -> None:
    config = own_workspace / "swotlight.yml"
    config.write_text(config.read_text("utf-8").replace("archive: true", "archive: false"), "utf-8")
    instant = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    result = refresh(settings_of(own_workspace), as_of=instant)
    assert result.as_of == instant
    assert {source["as_of"] for source in result.sources} == {"2026-11-20T08:00:00Z"}
    assert any(source["stale"] for source in result.sources)
    assert refresh(settings_of(own_workspace), as_of=instant).unchanged


def test_dagster_knows_the_run_and_its_checks(workspace: Path) -> None:
    import dagster as dg

    from orchestration.dagster_storage import dagster_home

    settings = settings_of(workspace)
    dagster_home(settings)
    with dg.DagsterInstance.get() as instance:
        runs = instance.get_runs(limit=1)
        assert runs[0].status == dg.DagsterRunStatus.SUCCESS
        assert instance.get_latest_materialization_event(dg.AssetKey(["marts", "fct_tickets"])) is not None


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "told to end"])
def test_a_refresh_that_is_stopped_says_so_and_releases_nothing(own_workspace: Path, sign: signal.Signals) -> None:
    before = ReleaseReader(settings_of(own_workspace)).current().name
    command = [sys.executable, "-m", "swotlight.main", "--workspace", str(own_workspace), "refresh", "--full"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    log = own_workspace / "logs" / "dbt" / "dbt.log"
    began = log.stat().st_size
    try:
        for _attempt in range(1200):
            if log.stat().st_size > began or run.poll() is not None:
                break
            time.sleep(0.1)
        run.send_signal(sign)
        said, _none = run.communicate(timeout=120)
    finally:
        run.kill()
    assert run.returncode == 1, said
    assert "Stopped." in said and "Traceback" not in said and "nanobind" not in said
    assert ReleaseReader(settings_of(own_workspace)).current().name == before
