"""The measure of `inspect` itself: what counts as right, and that files set aside are right more often than not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.inspecting import COLUMNS_RIGHT, FILES_RIGHT, Case, Judged, cases, judge


@pytest.fixture(scope="module")
def unseen() -> list[Judged]:
    """Every file of the set that was set aside, inspected and loaded by its proposal."""
    return [judge(case) for case in cases("held out")]


def test_files_set_aside_are_right_more_often_than_not(unseen: list[Judged]) -> None:
    assert sum(one.is_right for one in unseen) > FILES_RIGHT * len(unseen) > 0
    columns = sum(one.columns for one in unseen)
    assert columns - sum(len(one.wrong) for one in unseen) > COLUMNS_RIGHT * columns


def test_one_wrong_column_makes_a_file_wrong(unseen: list[Judged]) -> None:
    right = next(one for one in unseen if one.is_right)
    asked = next(name for name, answers in right.case.columns.items() if answers != [None])
    other = Case(right.case.name, right.case.path, right.case.kind, {**right.case.columns, asked: [None]}, {})
    judged = judge(other)
    assert list(judged.wrong) == [asked]
    assert not judged.is_right


def test_a_map_that_loses_rows_is_not_right(unseen: list[Judged]) -> None:
    right = next(one for one in unseen if one.is_right)
    assert not replace(right, refused="3 rows are quarantined").is_right


def test_a_column_that_is_not_named_belongs_nowhere(unseen: list[Judged]) -> None:
    case = unseen[0].case
    assert case.wanted("a column of no truth") == [None]
