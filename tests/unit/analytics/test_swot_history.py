"""What moved, and which of data, definition or the world did it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from analytics.swot import moving
from analytics.swot.history import Catalogues, Months, Move, Standing, moves, retell
from analytics.swot.model import Measure

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
    assert [(m.change, m.cause) for m in moves([enough], [thin], {})] == [("quadrant", "data")]
    # Another weight is one all the same, and so is another target where both were told.
    heavier = replace(enough, definition="abc||lower|target|5|0.2|400|60")
    assert moves([heavier], [thin], {})[0].cause == "definition"
    assert moves([enough], [replace(thin, definition="abc||lower|target|5|0.1|400|90")], {})[0].cause == "definition"


def test_a_rank_that_only_others_pushed_down_is_not_called_corrected_data() -> None:
    other = replace(WAIT, factor="errors", rank=1)
    found = moves([replace(WAIT, rank=3), other], [WAIT])
    assert (found[0].change, found[0].cause) == ("rank", "definition")
    assert (found[1].change, found[1].cause) == ("entered", "definition")


def test_a_first_judgement_is_no_news() -> None:
    assert [(m.change, m.cause, m.before) for m in moves([WAIT], [])] == [("first", None, None)]
    # Nor is a team's that nobody judged before, whatever stood on the organisation's board.
    team = replace(WAIT, entity_dimension="team", entity="Lisbon Chat")
    assert [m.change for m in moves([WAIT, team], [replace(WAIT, period=SEPTEMBER)])] == ["none", "first"]


def test_a_factor_that_is_new_in_the_catalogue_enters_by_definition() -> None:
    errors = replace(WAIT, factor="errors", rank=1, period=OCTOBER)
    (move,) = (m for m in moves([WAIT, errors], [WAIT]) if m.now.factor == "errors")
    assert (move.change, move.cause) == ("entered", "definition")
    # It is told against a judgement in which it stood nowhere and had no figure.
    assert move.before and (move.before.period, move.before.quadrant, move.before.value) == (SEPTEMBER, None, None)


def test_a_new_factor_that_stands_on_no_board_is_no_news() -> None:
    watch = replace(WAIT, factor="errors", quadrant="watch", rank=None)
    assert [m.change for m in moves([WAIT, watch], [WAIT])] == ["none", "first"]


def test_a_factor_that_others_were_judged_by_enters_by_its_data() -> None:
    team = replace(WAIT, entity_dimension="team", entity="Lisbon Chat")
    waits = replace(team, factor="reopening")
    before = [team, replace(WAIT, factor="reopening", quadrant="watch", rank=None)]
    found = moves([team, waits], before)
    assert [(m.change, m.cause) for m in found if m.now == waits] == [("entered", "data")]
    # Where only the team's standings are looked at, the whole catalogue of both judgements is told beside them.
    known = Catalogues({"waiting", "reopening"}, {"waiting", "reopening"})
    assert moves([team, waits], [team], None, known)[1].cause == "data"
    assert moves([team, waits], [team])[1].cause == "definition"


def test_what_had_too_few_data_before_enters_by_its_data() -> None:
    thin = replace(WAIT, quadrant="insufficient", rank=None, value=None)
    found = moved(replace(WAIT, period=OCTOBER), thin)
    assert (found.change, found.cause) == ("entered", "data")


def test_a_check_that_withdraws_and_gives_back_is_the_data() -> None:
    gone = replace(WAIT, quadrant="withdrawn", rank=None, value=None)
    assert moved(gone).change == "left" and moved(gone).cause == "data"
    back = moves([WAIT], [gone])[0]
    assert (back.change, back.cause) == ("entered", "data")


def test_a_move_by_a_check_is_told_with_the_check_both_ways() -> None:
    gone = replace(WAIT, quadrant="withdrawn", rank=None, value=None, withdrawn_by="waits_are_plausible")
    (away,), (back,) = moving.of_entity(moves([gone], [WAIT])), moving.of_entity(moves([WAIT], [gone]))
    assert (away["cause"], away["quadrant"], away["check"]) == ("data", "withdrawn", "waits_are_plausible")
    assert (back["cause"], back["before_quadrant"], back["check"]) == ("data", "withdrawn", "waits_are_plausible")
    # Another target in the same release did not withdraw it.
    assert moves([replace(gone, definition="abc|9|x")], [WAIT])[0].cause == "data"
    (other,) = moving.of_entity(moves([replace(WAIT, rank=1)], [WAIT]))
    assert other["check"] is None


def test_a_rating_beside_what_matters_is_never_asked_again_as_the_metric_s_value() -> None:
    rated = replace(WAIT, comparator="importance", value=5.49)
    assert retell(None, [rated], {"waiting": (Measure("asa"), Months(1))}, {}) == {}  # type: ignore[arg-type]


def test_what_is_no_longer_judged_is_named_once() -> None:
    found = moves([], [WAIT, replace(WAIT, factor="old", quadrant="watch")])
    assert [(m.now.factor, m.change, m.cause) for m in found] == [("waiting", "gone", "definition")]


def test_what_is_judged_no_more_though_its_factor_stands_has_lost_its_data_or_its_entity() -> None:
    team = replace(WAIT, entity_dimension="team", entity="Lisbon Chat")
    other = replace(team, factor="errors")
    assert [(m.change, m.cause) for m in moves([WAIT, other], [team, other])][-1] == ("gone", "data")
    assert [(m.change, m.cause) for m in moves([WAIT], [WAIT, team])][-1] == ("gone", "world")


def test_nothing_moved_is_no_news() -> None:
    assert moved(WAIT).change == "none"


def test_only_what_data_or_world_may_have_moved_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """One stayed, one has a new target, one was corrected, one moved: two are looked up, and told apart."""
    before = [replace(WAIT, factor=name) for name in ("stayed", "target", "corrected", "moved")]
    now = [replace(one, period=OCTOBER) for one in before]
    now[1] = replace(now[1], rank=3, definition="abc|9")
    now[2], now[3] = replace(now[2], rank=1), replace(now[3], rank=4)
    asked: list[str] = []
    catalogues = Catalogues({one.factor for one in now}, {one.factor for one in before})

    def retell(_db: Any, standings: list[Standing], *_more: Any) -> dict[tuple, float | None]:
        asked.extend(one.factor for one in standings)
        return {one.key: 30.0 if one.factor == "corrected" else one.value for one in standings}

    monkeypatch.setattr(moving, "retell", retell)
    monkeypatch.setattr(moving, "Frozen", lambda db: SimpleNamespace(catalogue={}))
    monkeypatch.setattr(moving, "_windows", lambda db: {})
    found = {move.now.factor: (move.change, move.cause) for move in moving._between(None, now, before, catalogues)}
    assert asked == ["corrected", "moved"]
    assert found == {
        "stayed": ("none", None), "target": ("rank", "definition"), "corrected": ("rank", "data"),
        "moved": ("rank", "world"),
    }  # fmt: skip
