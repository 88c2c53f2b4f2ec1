"""What moved, and which of data, definition or the world did it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analytics.swot.history import Move, Standing, moves

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
WAIT = Standing("r1", SEPTEMBER, "organisation", None, "waiting", "strength", 2, 26.0, "target", 180.0, "abc|5")


def moved(now: Standing, before: Standing = WAIT, retold: float | None = None) -> Move:
    told = {} if retold is None else {before.key: retold}
    return moves([now], [before], told)[0]


def test_a_new_month_with_other_figures_is_the_world() -> None:
    found = moved(replace(WAIT, period=OCTOBER, rank=1, value=25.0))
    assert (found.change, found.cause) == ("rank", "world")


def test_a_month_that_reads_otherwise_today_is_the_data() -> None:
    found = moved(replace(WAIT, period=OCTOBER, quadrant="watch", rank=None, value=25.0), retold=27.0)
    assert (found.change, found.cause) == ("left", "data")


def test_the_same_month_with_another_figure_is_the_data() -> None:
    assert moved(replace(WAIT, quadrant="weakness", value=200.0)).cause == "data"


def test_a_new_target_or_weight_is_the_definition() -> None:
    found = moved(replace(WAIT, quadrant="weakness", definition="abc|9"))
    assert (found.change, found.cause) == ("quadrant", "definition")


def test_a_rank_that_only_others_pushed_down_is_not_called_corrected_data() -> None:
    other = replace(WAIT, factor="errors", rank=1)
    found = moves([replace(WAIT, rank=3), other], [WAIT])
    assert (found[0].change, found[0].cause) == ("rank", "definition")
    assert (found[1].change, found[1].cause) == ("first", None)


def test_a_check_that_withdraws_and_gives_back_is_the_data() -> None:
    gone = replace(WAIT, quadrant="withdrawn", rank=None, value=None)
    assert moved(gone).change == "left" and moved(gone).cause == "data"
    back = moves([WAIT], [gone])[0]
    assert (back.change, back.cause) == ("entered", "data")


def test_what_is_no_longer_judged_is_named_once() -> None:
    found = moves([], [WAIT, replace(WAIT, factor="old", quadrant="watch")])
    assert [(m.now.factor, m.change, m.cause) for m in found] == [("waiting", "gone", "definition")]


def test_nothing_moved_is_no_news() -> None:
    assert moved(WAIT).change == "none"
