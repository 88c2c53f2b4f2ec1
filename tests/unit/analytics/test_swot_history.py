"""What moved, and which of data, definition or the world did it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from analytics.swot import moving
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


def test_a_target_that_was_not_told_for_want_of_data_is_no_new_target() -> None:
    thin = replace(WAIT, quadrant="insufficient", rank=None, value=None, definition="abc||lower|target|5|0.1|400|")
    enough = replace(WAIT, quadrant="watch", rank=None, period=date(2026, 10, 1),
                     definition="abc||lower|target|5|0.1|400|60")  # fmt: skip
    assert [(m.change, m.cause) for m in moves([enough], [thin], {})] == [("quadrant", "world")]
    # Another weight is one all the same, and so is another target where both were told.
    heavier = replace(enough, definition="abc||lower|target|5|0.2|400|60")
    assert moves([heavier], [thin], {})[0].cause == "definition"
    assert moves([enough], [replace(thin, definition="abc||lower|target|5|0.1|400|90")], {})[0].cause == "definition"


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


def test_only_what_data_or_world_may_have_moved_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """One stayed, one has a new target, one was corrected, one moved: two are looked up, and told apart."""
    before = [replace(WAIT, factor=name) for name in ("stayed", "target", "corrected", "moved")]
    now = [replace(one, period=OCTOBER) for one in before]
    now[1] = replace(now[1], rank=3, definition="abc|9")
    now[2], now[3] = replace(now[2], rank=1), replace(now[3], rank=4)
    asked: list[str] = []

    def retell(_db: Any, standings: list[Standing], *_more: Any) -> dict[tuple, float | None]:
        asked.extend(one.factor for one in standings)
        return {one.key: 30.0 if one.factor == "corrected" else one.value for one in standings}

    monkeypatch.setattr(moving, "retell", retell)
    monkeypatch.setattr(moving, "Frozen", lambda db: SimpleNamespace(catalogue={}))
    monkeypatch.setattr(moving, "_windows", lambda db: {})
    found = {move.now.factor: (move.change, move.cause) for move in moving._between(None, now, before)}
    assert asked == ["corrected", "moved"]
    assert found == {
        "stayed": ("none", None), "target": ("rank", "definition"), "corrected": ("rank", "data"),
        "moved": ("rank", "world"),
    }  # fmt: skip
