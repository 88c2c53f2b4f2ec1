"""A withdrawn metric is blank in SQL too, and takes nothing away from the metrics that stand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from warehouse.releases import ReleaseReader, publish
from warehouse.settings import Settings
from warehouse.store import connect

DAY = [{"table": "rollups.contacts_day"}]
SURVEYS = [{"table": "rollups.surveys_day"}]
DURATIONS = [{"table": "rollups.durations_day"}]
FILLS = [{"table": "rollups.fills"}]


def summed(column: str, rollups: list[dict[str, str]], condition: str | None = None) -> dict[str, Any]:
    return {"sql": f"sum({column})", "rollups": rollups, "filter": condition}


def ratio(name: str, above: dict[str, Any], below: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "components": {"a": above, "b": below}, "numerator": "a", "denominator": "b", "n": "b"}


CATALOGUE = [
    ratio("service_level", summed("in_time", DAY), summed("answered", DAY)),
    ratio("asa_seconds", summed("wait_seconds", DAY), summed("answered", DAY)),
    ratio("answered", summed("answered", DAY), summed("answered", DAY)),
    ratio("csat", summed("good", SURVEYS, "(instrument = 'csat')"), summed("n", SURVEYS, "(instrument = 'csat')")),
    ratio("effort", summed("good", SURVEYS, "(instrument = 'ces')"), summed("n", SURVEYS, "(instrument = 'ces')")),
    {"name": "wait_p50", "components": {}, "quantile": {"measure": "wait", "q": 0.5, "rollups": DURATIONS}},
    {"name": "wait_p90", "components": {}, "quantile": {"measure": "wait", "q": 0.9, "rollups": DURATIONS}},
    {"name": "reply_p50", "components": {}, "quantile": {"measure": "reply", "q": 0.5, "rollups": DURATIONS}},
    {"name": "fill_p50", "components": {}, "quantile": {"measure": None, "q": 0.5, "survival": True, "rollups": FILLS}},
]


@pytest.fixture
def release_without(settings: Settings) -> Any:
    """Publishes with some metrics withdrawn and gives the release."""
    with connect(settings.paths.build_db) as con:
        con.execute("create table rollups.contacts_day as select 8 as in_time, 10 as answered, 50.0 as wait_seconds")
        con.execute(
            "create table rollups.surveys_day as from (values ('csat', 4, 5), ('ces', 3, 6)) t(instrument, good, n)"
        )
        con.execute(
            "create table rollups.durations_day as from (values ('wait', 1, 7), ('reply', 2, 9)) t(measure, bucket, n)"
        )
        con.execute("create table rollups.fills as select 30 as days, 4 as filled, 1 as censored")
        con.execute("create table metrics.catalogue (metric varchar, definition json)")
        for one in CATALOGUE:
            con.execute("insert into metrics.catalogue values (?, ?)", [one["name"], json.dumps(one)])
        con.execute("create table quality.withdrawn (metric varchar, check_name varchar, reason varchar)")

    def release(*metrics: str) -> Any:
        with connect(settings.paths.build_db) as con:
            for metric in metrics:
                con.execute("insert into quality.withdrawn (metric, check_name, reason) values (?, 'c', 'r')", [metric])
        publish(settings, run="r", as_of=datetime(2026, 11, 1, tzinfo=UTC), manifest={})
        return ReleaseReader(settings).current()

    return release


def test_nothing_is_blank_when_nothing_is_withdrawn(release_without: Any) -> None:
    assert release_without().rows("from rollups.contacts_day") == [{"in_time": 8, "answered": 10, "wait_seconds": 50}]


def test_the_numerator_of_a_withdrawn_metric_is_blank_and_its_neighbours_stand(release_without: Any) -> None:
    rows = release_without("service_level").rows("from rollups.contacts_day")
    assert rows == [{"in_time": None, "answered": 10, "wait_seconds": 50}]


def test_a_measure_that_a_standing_metric_needs_is_kept(release_without: Any) -> None:
    rows = release_without("answered").rows("from rollups.contacts_day")
    assert rows == [{"in_time": 8, "answered": 10, "wait_seconds": 50}]


def test_only_the_rows_of_the_withdrawn_instrument_are_blank(release_without: Any) -> None:
    rows = release_without("csat").rows("from rollups.surveys_day order by instrument")
    assert [(row["instrument"], row["good"], row["n"]) for row in rows] == [("ces", 3, 6), ("csat", None, 5)]


def test_only_the_rows_of_the_source_that_failed_are_blank(release_without: Any, settings: Settings) -> None:
    with connect(settings.paths.build_db) as con:
        con.execute(
            "create or replace table rollups.contacts_day as "
            "from (values ('good', 8, 10, 50.0), ('bad', 8, 10, 50.0)) t(source, in_time, answered, wait_seconds)"
        )
        con.execute("alter table quality.withdrawn add column source varchar default 'bad'")
    rows = release_without("service_level").rows("select source, in_time from rollups.contacts_day order by source")
    assert rows == [{"source": "bad", "in_time": None}, {"source": "good", "in_time": 8}]


def test_a_histogram_is_blank_only_when_all_its_quantiles_are_withdrawn(release_without: Any) -> None:
    assert release_without("wait_p50").scalar("select n from rollups.durations_day where measure = 'wait'") == 7
    release = release_without("wait_p90")
    assert release.scalar("select n from rollups.durations_day where measure = 'wait'") is None
    assert release.scalar("select n from rollups.durations_day where measure = 'reply'") == 9


def test_a_survival_rollup_stands_until_its_own_metric_is_withdrawn(release_without: Any) -> None:
    assert release_without("csat").rows("from rollups.fills") == [{"days": 30, "filled": 4, "censored": 1}]
    assert release_without("fill_p50").rows("from rollups.fills") == [{"days": 30, "filled": None, "censored": None}]


def test_a_blanked_measure_keeps_its_type(release_without: Any) -> None:
    sql = "select typeof(in_time) from rollups.contacts_day"
    assert release_without("service_level").scalar(sql) == "INTEGER"
