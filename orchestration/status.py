"""What a release says of itself: sources with their accounting and freshness, checks, withdrawn metrics.

Read from schema ``quality`` of the release; imports neither Dagster nor Great Expectations.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from warehouse.release_files import iso
from warehouse.releases import Release

_COUNTS = ("rows_read", "rows_inserted", "rows_updated", "rows_superseded", "rows_duplicate", "rows_quarantined")


def status(release: Release) -> dict[str, Any]:
    """The document of `swotlight status --json`."""
    return {
        "release": release.name,
        "built_at": iso(release.built_at),
        "as_of": iso(release.as_of),
        "run": release.info.run,
        "sources": source_rows(release),
        "checks": check_rows(release),
    }


def source_rows(release: Release) -> list[dict[str, Any]]:
    """One object per source: files, rows by what became of them, freshness."""
    quarantine: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in release.rows(
        "select source, reason, sum(rows)::bigint as rows from quality.quarantine "
        "group by all order by source, rows desc, reason"
    ):
        quarantine[row["source"]].append({"reason": row["reason"], "rows": row["rows"]})
    return [
        {
            "name": row["source"],
            "kind": row["kind"],
            "files": row["files"],
            **{count: row[count] for count in _COUNTS},
            "quarantine": quarantine[row["source"]],
            "newest_record_at": iso(row["newest_record_at"]) if row["newest_record_at"] else None,
            "as_of": iso(row["as_of"]) if row["as_of"] else None,
            "stale": bool(row["is_stale"]),
        }
        for row in release.rows("select * from quality.sources order by source")
    ]


def check_rows(release: Release) -> list[dict[str, Any]]:
    """One object per check, failed ones first."""
    rows = release.rows(
        "select check_name as name, severity, passed, detail, metrics from quality.checks order by passed, check_name"
    )
    return [{**row, "metrics": list(row["metrics"] or [])} for row in rows]


def withdrawn_metrics(release: Release) -> list[str]:
    """The metrics that are released without a value."""
    return [row["metric"] for row in release.rows("select distinct metric from quality.withdrawn order by metric")]
