"""The text of a view loses its steps and gives the same rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from warehouse.flat_queries import flat_query
from warehouse.store import Connection, connect

QUERIES = {
    "steps asked once": "with a as (select * from s.t), b as (select x + 1 as y from a) select * from b where y > 2",
    "a table asked twice": "with a as (select * from s.t) select x from a union all select -x from a",
    "a step asked by another and by the end": (
        "with a as (select x, count(*) as n from s.t group by x), b as (select sum(n) as n from a) "
        "select a.x, a.n / b.n as share from a cross join b"
    ),
    "a step inside that has the name of one outside": (
        "with a as (select 7 as x) select * from (with a as (select x from s.t) select x from a) union all from a"
    ),
    "a name of columns": "with a(y) as (select x from s.t) select y from a",
    "a step that asks for itself": (
        "with recursive a as (select 1 as x union all select x + 1 from a where x < 4) select x from a"
    ),
    "columns left out": "with a as (select * exclude (z) from s.t) select * from a",
    "rows left out": "with a as (select * from s.t where z = 'b') select * from a as mine where mine.x > 1",
    "the first rows": "with a as (select * from s.t order by x desc limit 2) select * from a",
}


@pytest.fixture
def con() -> Iterator[Connection]:
    with connect(None) as con:
        con.execute("create schema s")
        con.execute("create table s.t as select i % 4 as x, substr('abc', 1 + i % 3, 1) as z from range(11) as r(i)")
        yield con


@pytest.mark.parametrize("query", QUERIES)
def test_a_flat_query_gives_the_same_rows(con: Connection, query: str) -> None:
    before, after = con.rows(QUERIES[query]), con.rows(flat_query(con, QUERIES[query]))
    assert sorted(map(str, after)) == sorted(map(str, before)) and before


def test_steps_that_are_asked_once_or_hand_a_table_on_are_gone(con: Connection) -> None:
    assert flat_query(con, QUERIES["steps asked once"]) == (
        "SELECT * FROM (SELECT (x + 1) AS y FROM s.t AS a) AS b WHERE (y > 2)"
    )
    assert "with" not in flat_query(con, QUERIES["a table asked twice"]).lower()


def test_what_cannot_be_parsed_stays_as_it_is(con: Connection) -> None:
    assert flat_query(con, "select from where") == "select from where"
