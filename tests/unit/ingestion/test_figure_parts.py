"""A queue and interval that a file gives in several lines: the lines are parts of one figure."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.ingestion.conftest import Box
from tests.unit.ingestion.test_accounting import counts

HEAD = (
    "queue,channel,interval_start_at,interval_end_at,team,offered,answered,abandoned,answered_in_threshold,"
    "threshold_seconds,wait_seconds\n"
)
AT_EIGHT = "Help,voice,2026-03-02 08:00,2026-03-02 09:00,First line,"
FIGURES = "offered, answered, abandoned, answered_in_threshold, threshold_seconds, wait_seconds"


@pytest.fixture
def figures(box: Box) -> Box:
    box.config = "adapter: generic_interval_stats"
    return box


def told(box: Box) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in box.rows("interval_stats", FIGURES)]


def test_two_lines_of_one_queue_and_interval_are_added_up(figures: Box) -> None:
    # The threshold was changed at half past: 41 calls before and 4 after, 30 and 4 of them answered in time.
    figures.put("a.csv", HEAD + AT_EIGHT + "41,39,2,30,20,390\n" + AT_EIGHT + "4,4,0,4,30,20\n")
    figures.load()
    assert told(figures) == [(45, 43, 2, 34, 30.0, 410.0)]
    assert counts(figures.files()[0]) == (2, 0, 0, 0, 0)
    assert figures.values("team", "interval_stats") == ["First line"]


def test_a_line_that_stands_twice_in_a_file_is_a_duplicate(figures: Box) -> None:
    figures.put("a.csv", HEAD + 2 * (AT_EIGHT + "41,39,2,30,20,390\n"))
    figures.load()
    assert told(figures) == [(41, 39, 2, 30, 20.0, 390.0)]
    assert counts(figures.files()[0]) == (1, 0, 0, 1, 0)


def test_the_lines_of_a_later_file_take_the_place_of_all_the_former_ones(figures: Box) -> None:
    figures.put("a.csv", HEAD + AT_EIGHT + "41,39,2,30,20,390\n" + AT_EIGHT + "4,4,0,4,30,20\n")
    figures.put("b.csv", HEAD + AT_EIGHT + "46,44,2,35,20,400\n")
    figures.load()
    assert told(figures) == [(46, 44, 2, 35, 20.0, 400.0)]
    assert [counts(file) for file in figures.files()] == [(1, 0, 1, 0, 0), (0, 1, 0, 0, 0)]


def test_a_later_file_may_split_what_was_one_line(figures: Box) -> None:
    figures.put("a.csv", HEAD + AT_EIGHT + "41,39,2,30,20,390\n")
    figures.put("b.csv", HEAD + AT_EIGHT + "41,39,2,30,20,390\n" + AT_EIGHT + "4,4,0,4,30,20\n")
    figures.load()
    assert told(figures) == [(45, 43, 2, 34, 30.0, 410.0)]
    assert [counts(file) for file in figures.files()] == [(1, 0, 0, 0, 0), (1, 1, 0, 0, 0)]


def test_the_same_lines_again_in_another_order_change_nothing(figures: Box) -> None:
    lines = [AT_EIGHT + "41,39,2,30,20,390\n", AT_EIGHT + "4,4,0,4,30,20\n"]
    figures.put("a.csv", HEAD + "".join(lines))
    figures.put("b.csv", HEAD + "".join(reversed(lines)))
    figures.load()
    assert told(figures) == [(45, 43, 2, 34, 30.0, 410.0)]
    assert [counts(file) for file in figures.files()] == [(2, 0, 0, 0, 0), (0, 0, 0, 2, 0)]


def test_lines_with_a_date_of_change_are_versions_and_not_parts(figures: Box) -> None:
    head = HEAD.strip() + ",updated_at\n"
    older, newer = "41,39,2,30,20,390,2026-03-03\n", "45,43,2,34,20,410,2026-03-04\n"
    figures.put("a.csv", head + AT_EIGHT + newer + AT_EIGHT + older)
    figures.load()
    assert told(figures) == [(45, 43, 2, 34, 20.0, 410.0)]
    assert counts(figures.files()[0]) == (1, 0, 1, 0, 0)


def test_other_tables_keep_the_later_of_two_rows(box: Box) -> None:
    box.put("a.csv", "ticket_id,created_at,status\n1,2026-01-01,open\n1,2026-01-01,solved\n")
    box.load()
    assert box.values("status") == ["solved"]


line = st.tuples(st.integers(8, 9), st.integers(1, 3))
exports = st.lists(st.lists(line, max_size=5), min_size=1, max_size=3)


@given(exports)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_accounting_adds_up_and_repeated_files_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[tuple[int, int]]]
) -> None:
    wanted: dict[int, int] = {}
    seen: set[tuple[int, frozenset[int]]] = set()
    for lines in files:
        for hour in {hour for hour, _ in lines}:
            told = frozenset(answered for at, answered in lines if at == hour)
            wanted[hour] = wanted[hour] if (hour, told) in seen else sum(told)
            seen.add((hour, told))
    for order in ((*range(len(files)),), (*range(len(files)), 0)):
        box = Box(tmp_path_factory.mktemp("box"))
        box.config = "adapter: generic_interval_stats"
        for place, number in enumerate(order):
            rows = (f"q,voice,2026-03-02 {hour:02}:00,{answered}\n" for hour, answered in files[number])
            box.put(f"{place}.csv", "queue,channel,interval_start_at,answered\n" + "".join(rows))
        box.load()
        for file, number in itertools.zip_longest(box.files(), order):
            assert sum(counts(file)) == file["rows_read"] == len(files[number])
        found = box.rows("interval_stats", "interval_start_at, answered")
        box.con.close()
        assert {row["interval_start_at"].hour: row["answered"] for row in found} == wanted


def test_words_that_become_one_state_are_all_time_of_it(box: Box) -> None:
    # Half an hour of break and half an hour of lunch are an hour, however alike their lines are once they are read.
    box.map(
        "shapes: {x: {table: agent_time, fields: {agent_id: {from: a}, worked_on: {from: d}, "
        "state: {from: s, values: {lunch: break}}, seconds: {from: t}}}}"
    )
    lines = "x,2026-03-02,Break,1800\nx,2026-03-02,Lunch,1800\nx,2026-03-02,Lunch,1800\n"
    box.put("a.csv", "a,d,s,t\n" + lines)
    box.put("b.csv", "a,d,s,t\n" + lines)
    box.load()
    assert sum(box.values("seconds", "agent_time")) == 3600.0
    assert [counts(file) for file in box.files()] == [(2, 0, 0, 1, 0), (0, 0, 0, 3, 0)]
    assert "said" not in str(box.problems())


def test_lines_that_differ_in_a_column_nobody_reads_are_parts_and_a_line_number_is_none(figures: Box) -> None:
    # Two sites answered five calls each, and the second line of the first stands twice.
    head = "no,site,queue,channel,interval_start_at,answered\n"
    figures.put("a.csv", head + "1,A,q,voice,2026-03-02 08:00,5\n2,B,q,voice,2026-03-02 08:00,5\n" * 2)
    figures.put("b.csv", head + "3,B,q,voice,2026-03-02 08:00,5\n9,A,q,voice,2026-03-02 08:00,5\n")
    figures.load()
    assert figures.values("answered", "interval_stats") == [10]
    assert [counts(file) for file in figures.files()] == [(2, 0, 0, 2, 0), (0, 0, 0, 2, 0)]
    assert figures.problems()["added_up"] == (
        "2 lines of interval_stats have the same queue, channel, interval_start_at as another of their file; "
        "they are added up to 1."
    )


def test_two_costs_of_a_month_are_both_spent(box: Box) -> None:
    box.config = "adapter: generic_costs"
    box.put("a.csv", "month_on,category,amount,item\n2026-03-01,training,100,Course\n2026-03-01,training,40,Course\n")
    box.load()
    assert sum(box.values("amount", "costs")) == 140.0
