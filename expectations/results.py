"""Results of checks, and the one function that writes them into schema ``quality`` of the database being built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from expectations.catalogue import Check
from warehouse.settings import utc_now
from warehouse.store import Connection

_TABLES = """
create schema if not exists quality;
create table if not exists quality.checks (
    run varchar, check_name varchar, stage varchar, table_name varchar, severity varchar, passed boolean,
    detail varchar, metrics varchar[], observed varchar, expected varchar, checked_at timestamp
);
alter table quality.checks add column if not exists sources varchar[];
create table if not exists quality.withdrawn (metric varchar, check_name varchar, reason varchar, source varchar);
"""

# Ingestion's books without anything a person wrote: quality.quarantine has counts, never the raw text.
_BOOKS = {
    "sources": "select * from ingest.sources",
    "files": "select * from ingest.files",
    "quarantine": "select source, file, reason, field, count(*) as rows from ingest.quarantine group by all",
    # One row a column that a source's files ever had: since when, in how many of them, and whether it is gone.
    "schema_history": """
        with seen as (
            select h.source, h.shape, h.column_name, min(h.first_seen) as first_seen,
                count(distinct f.file_id) as files,
                min_by(h.name, f.position) as first_file, max_by(h.name, f.position) as last_file,
                min(f.position) as first_position, max(f.position) as last_position
            from ingest.schema_history as h
            left join ingest.files as f on f.source = h.source and f.name = h.name
            where h.shape is not null
            group by all
        ),
        shapes as (
            select source, shape, min(position) as first_position, max(position) as last_position, count(*) as files
            from ingest.files where shape is not null group by all
        )
        select seen.source, seen.shape, column_name, first_seen, first_file, last_file, seen.files,
            shapes.files as files_of_shape, seen.first_position > shapes.first_position as is_new,
            coalesce(seen.last_position < shapes.last_position, true) as is_gone
        from seen join shapes using (source, shape)""",
}


@dataclass(frozen=True)
class CheckResult:
    """What came of one check. ``detail`` is a sentence without personal data; ``observed`` is null when it passed.

    ``sources`` are those in which it failed; none where it does not judge them one by one.
    """

    name: str
    stage: str
    table: str
    severity: str
    passed: bool
    detail: str
    metrics: tuple[str, ...] = ()
    observed: str | None = None
    expected: str | None = None
    sources: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, check: Check, *, passed: bool, detail: str, observed: str | None = None, sources: tuple[str, ...] = ()
    ) -> CheckResult:
        """The result of a check of the catalogue."""
        return cls(
            name=check.name,
            stage=check.stage,
            table=check.table,
            severity=check.severity,
            passed=passed,
            detail=detail,
            metrics=check.metrics,
            observed=observed,
            expected=check.about,
            sources=sources,
        )

    def to_dict(self) -> dict[str, object]:
        """The ``checks`` entry of ``refresh --json`` and ``status --json``."""
        return {
            "name": self.name,
            "severity": self.severity,
            "passed": self.passed,
            "detail": self.detail,
            "metrics": list(self.metrics),
        }


def blocking(results: Sequence[CheckResult]) -> list[CheckResult]:
    """The failed checks that forbid a release."""
    return [result for result in results if not result.passed and result.severity == "block"]


def withdrawn(results: Sequence[CheckResult]) -> dict[str, CheckResult]:
    """Metric → the failed check of severity ``withdraw`` that takes it away (the first of several)."""
    taken: dict[str, CheckResult] = {}
    for result in results:
        if not result.passed and result.severity == "withdraw":
            for metric in result.metrics:
                taken.setdefault(metric, result)
    return taken


def write_results(
    con: Connection, run: str, results: Sequence[CheckResult], checked_at: datetime | None = None
) -> None:
    """Write ``quality.checks``, ``.withdrawn``, ``.sources``, ``.files``, ``.quarantine`` and ``.schema_history``.

    May be called after each stage of one run: results of the same stage are replaced, those of other runs dropped.
    Instants are naive UTC. A metric is withdrawn once a source (null: every one), by the
    first failed check it rests on.
    """
    instant = (checked_at or utc_now()).astimezone(UTC).replace(tzinfo=None)
    con.execute(_TABLES)
    stages = sorted({result.stage for result in results})
    con.execute("delete from quality.checks where run <> ? or list_contains(?::varchar[], stage)", [run, stages])
    rows = [
        [
            run,
            r.name,
            r.stage,
            r.table,
            r.severity,
            r.passed,
            r.detail,
            list(r.metrics),
            r.observed,
            r.expected,
            instant,
            list(r.sources),
        ]
        for r in results
    ]
    if rows:
        con.raw.executemany("insert into quality.checks values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    con.execute("""
        create or replace table quality.withdrawn as
        with failed as (
            select unnest(metrics) as metric, check_name, detail, sources
            from quality.checks where not passed and severity = 'withdraw'
        ),
        by_source as (
            select metric, check_name, detail,
                unnest(case when len(coalesce(sources, [])) = 0 then [null] else sources end) as source
            from failed
        )
        select metric, min(check_name) as check_name, min_by(detail, check_name) as reason, source
        from by_source group by metric, source
    """)
    _copy_books(con)


def _copy_books(con: Connection) -> None:
    present = {
        row["table_name"] for row in con.rows("select table_name from duckdb_tables() where schema_name = 'ingest'")
    }
    for name, query in _BOOKS.items():
        if name in present:
            con.execute(f"create or replace table quality.{name} as {query}")
