"""``ask`` against an oracle in plain Python on random small data sets: sums first, division last, nothing invented."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.metrics import GRAINS, MetricRequest, ask, write_catalogue
from analytics.metrics.periods import first_of
from tests.unit.analytics.conftest import MONTHLY, TABLES
from tests.unit.analytics.semantics import manifest
from warehouse.store import Connection, connect

FIRST = date(2025, 12, 20)
METRICS = ("offered", "service_level", "asa_seconds")


@dataclass(frozen=True)
class Row:
    """A row of the rollup of contacts."""

    day: date
    channel: str
    team: str
    answered: int
    abandoned: int
    good: int
    base: int | None
    waited: int


days = st.integers(0, 45).map(lambda n: FIRST + timedelta(days=n))
rows = st.builds(
    Row,
    days,
    st.sampled_from(["voice", "chat", "it's"]),
    st.sampled_from(["A", "B"]),
    st.integers(0, 20),
    st.integers(0, 5),
    st.integers(0, 20),
    st.one_of(st.none(), st.integers(0, 25)),
    st.integers(0, 900),
)
requests = st.builds(
    MetricRequest,
    st.just(METRICS),
    st.sampled_from([(), ("channel",), ("team",), ("team", "channel")]),
    st.sampled_from([None, *GRAINS]),
    st.sampled_from([(), (("channel", "chat"),), (("channel", "it's"), ("channel", "voice")), (("team", "A"),)]),
    st.one_of(st.none(), days),
    st.none(),
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with connect(None, threads=1) as con:
        con.execute("create schema rollups")
        for name, columns in TABLES.items():
            con.execute(f"create table rollups.{name} ({columns})")
        con.execute(MONTHLY)
        path: Path = tmp_path_factory.mktemp("oracle") / "semantic_manifest.json"
        path.write_text(json.dumps(manifest()), encoding="utf-8")
        con.execute("insert into rollups.rollup_contacts_day (arrived_on) values ('2020-01-01')")
        write_catalogue(con, path)
        yield con


def oracle(data: list[Row], asked: MetricRequest) -> dict[tuple, dict[str, float | None]]:
    """Every metric per (period, cut): plain sums over the rows that are meant, then one division."""
    meant: dict[tuple, list[Row]] = defaultdict(list)
    if asked.grain is None and not asked.by:
        meant[None, ()] = []
    for row in data:
        wanted = all(
            getattr(row, name) in [v for given_, v in asked.where if given_ == name] for name, _ in asked.where
        )
        if wanted and (asked.start is None or row.day >= asked.start):
            period = first_of(row.day, asked.grain) if asked.grain else None
            meant[period, tuple(getattr(row, name) for name in asked.by)].append(row)
    return {key: _values(mine) for key, mine in meant.items()}


def _values(mine: list[Row]) -> dict[str, float | None]:
    known = [r for r in mine if r.base is not None]
    base, answered = sum(r.base or 0 for r in known), sum(r.answered for r in mine)
    return {
        "offered": sum(r.answered + r.abandoned for r in mine) if mine else None,
        "service_level": sum(r.good for r in known) / base if base else None,
        "asa_seconds": sum(r.waited for r in mine) / answered if answered else None,
    }


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(rows, max_size=12), requests)
def test_every_answer_is_the_oracles(shared: Connection, data: list[Row], asked: MetricRequest) -> None:
    shared.execute("delete from rollups.rollup_contacts_day")
    for row in data:
        # A queue whose short abandons are unknown has neither part of its service level.
        good = None if row.base is None else row.good
        shared.execute(
            "insert into rollups.rollup_contacts_day (arrived_on, channel, team, answered, abandoned, sl_answered, "
            "sl_base, wait_seconds) values (?, ?, ?, ?, ?, ?, ?, ?)",
            [row.day, row.channel, row.team, row.answered, row.abandoned, good, row.base, float(row.waited)],
        )
    expected = oracle(data, asked)
    found: dict[tuple, dict[str, float | None]] = defaultdict(dict)
    for answer in ask(shared, asked):
        found[answer.period, tuple(answer.dimensions.values())][answer.metric] = answer.value
    assert {k: {m: pytest.approx(v) for m, v in values.items()} for k, values in expected.items()} == dict(found)
