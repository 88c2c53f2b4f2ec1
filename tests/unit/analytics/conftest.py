"""A small database in memory with rollups, a compiled catalogue and nothing else."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from analytics.metrics import write_catalogue
from tests.unit.analytics.semantics import SLICE, manifest
from warehouse.store import Connection, connect

_SLICE = ", ".join(f"{name} varchar" for name in SLICE)
TABLES = {
    "rollup_contacts_day": f"arrived_on date, {_SLICE}, answered bigint, abandoned bigint, sl_answered bigint, "
    "sl_base bigint, wait_seconds double",
    "rollup_tickets_created_day": f"created_on date, {_SLICE}, tickets bigint, complaints bigint",
    "rollup_surveys_day": f"responded_on date, {_SLICE}, instrument varchar, n bigint, satisfied bigint, "
    "promoters bigint, passives bigint, detractors bigint, value_sum double, value_sq_sum double",
    "rollup_costs_month": "month_on date, team varchar, channel varchar, category varchar, amount double",
    "rollup_headcount_month": "month_on date, team varchar, leavers bigint, heads double",
    "rollup_backlog_day": f"day_on date, {_SLICE}, open_at_end bigint",
    "rollup_durations_day": f"measure varchar, counted_on date, {_SLICE}, bucket integer, n bigint",
    "rollup_fill_durations": f"month_on date, {_SLICE}, days integer, filled bigint, censored bigint",
}
MONTHLY = """
create view rollups.rollup_contacts_month as
select cast(date_trunc('month', arrived_on) as date) as month_on, source, channel,
    sum(answered) as answered, sum(abandoned) as abandoned, sum(sl_answered) as sl_answered, sum(sl_base) as sl_base,
    sum(wait_seconds) as wait_seconds
from rollups.rollup_contacts_day
group by all
"""
Put = Callable[..., None]


def bucket(value: float) -> int:
    """The log bucket of a duration, as the rollups hold it."""
    return math.ceil(math.log(value) / math.log(1.02)) if value > 0 else -1000


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    """Empty rollups with their catalogue."""
    with connect(None, threads=1) as con:
        con.execute("create schema rollups")
        con.execute("create schema quality")
        con.execute("create table quality.withdrawn (metric varchar, check_name varchar, reason varchar)")
        for name, columns in TABLES.items():
            con.execute(f"create table rollups.{name} ({columns})")
        con.execute(MONTHLY)
        path = tmp_path / "semantic_manifest.json"
        path.write_text(json.dumps(manifest()), encoding="utf-8")
        write_catalogue(con, path)
        yield con


@pytest.fixture
def put(db: Connection) -> Put:
    """Adds a row to a rollup: ``put("contacts_day", arrived_on="2026-03-01", channel="chat", answered=3)``."""

    def add(table: str, **values: Any) -> None:
        columns = ", ".join(values)
        marks = ", ".join("?" for _ in values)
        db.execute(f"insert into rollups.rollup_{table} ({columns}) values ({marks})", list(values.values()))

    return add
