"""A view is written anew for its release; it shows what the build's own shows."""

from __future__ import annotations

from pathlib import Path

from warehouse.releases import Release
from warehouse.settings import load_settings
from warehouse.store import connect


def test_views_of_a_release_show_what_those_of_the_build_show(workspace: Path, release: Release) -> None:
    with connect(None) as con:
        con.execute(f"attach '{release.info.path}' as released (read_only)")
        con.execute(f"attach '{load_settings(workspace).paths.build_db}' as build (read_only)")
        views = con.rows(
            "select schema_name || '.' || view_name as name, sql from duckdb_views() "
            "where database_name = 'released' and not internal"
        )
        assert {"rollups.rollup_contacts_day", "rollups.rollup_durations_day"} <= {view["name"] for view in views}
        for view in views:
            both = (f"from released.{view['name']}", f"from build.{view['name']}")
            for one, other in (both, both[::-1]):
                assert con.scalar(f"select count(*) from ({one} except all {other})") == 0, view["name"]
            assert con.scalar(f"select count(*) {both[0]}") > 0, view["name"]
            assert " with " not in view["sql"].lower(), view["name"]
