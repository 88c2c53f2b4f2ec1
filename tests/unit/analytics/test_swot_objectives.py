"""Objectives: every change is on record, nobody closes one by hand, and none is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics.swot.objectives import Objectives
from analytics.swot.progress import KEEP_TEST, TEST, way_made
from warehouse.errors import SwotlightError, UsageError

NOON = "2026-11-02T12:00:00Z"
LATER = "2026-12-01T09:00:00Z"


def adopted(store: Objectives, **more: Any) -> int:
    told = {"metric": "csat", "owner": "Head of care", "goal_from": 0.88, "goal_to": 0.9, "due": "2027-03-31"}
    return store.add({**told, **more}, by="ann", at=NOON).id


@pytest.fixture
def store(tmp_path: Path) -> Objectives:
    return Objectives(tmp_path / "state" / "objectives.sqlite")


def test_nothing_is_there_before_the_first_and_no_file_is_made_by_looking(store: Objectives, tmp_path: Path) -> None:
    assert store.all() == [] and not (tmp_path / "state").exists()


def test_an_objective_states_its_test_when_it_is_adopted(store: Objectives) -> None:
    goal = store.get(adopted(store))
    assert (goal.state, goal.test, goal.due, goal.adopted_by) == ("open", TEST, date(2027, 3, 31), "ann")
    assert store.get(adopted(store, goal_to=0.88)).test == KEEP_TEST


def test_every_change_is_recorded_with_who_when_and_why(store: Objectives) -> None:
    number = adopted(store)
    store.change(number, {"goal_to": 0.91, "owner": "Head of care"}, by="bob", at=LATER, reason="better plan")
    changes = store.changes(number)
    assert [c["field"] for c in changes] == ["adopted", "goal_to"], "an owner who stays is no change"
    assert changes[1] == {
        "at": LATER,
        "by": "bob",
        "field": "goal_to",
        "old": "0.9",
        "new": "0.91",
        "reason": "better plan",
    }
    assert store.get(number).changed_by == "bob"


def test_nobody_closes_an_objective_by_hand(store: Objectives) -> None:
    number = adopted(store)
    with pytest.raises(UsageError, match="closes only when its pre-stated test passes"):
        store.change(number, {"state": "closed"}, by="bob", at=LATER)
    with pytest.raises(UsageError, match="metric of an objective stays"):
        store.change(number, {"metric": "nps"}, by="bob", at=LATER)
    assert store.close_passed({number: "0.93 in 2027-03"}, at=LATER) == [number]
    assert store.get(number).state == "closed" and store.changes(number)[-1]["by"] == "refresh"
    assert store.close_passed({number: "again"}, at=LATER) == [], "once is enough"
    with pytest.raises(SwotlightError, match="is closed; adopt a new one"):
        store.change(number, {"owner": "x"}, by="bob", at=LATER)


def test_giving_up_needs_a_reason_and_stays_on_record(store: Objectives) -> None:
    number = adopted(store)
    with pytest.raises(UsageError, match="Say why"):
        store.drop(number, by="bob", at=LATER, reason=" ")
    assert store.drop(number, by="bob", at=LATER, reason="budget cut").state == "dropped"
    assert store.changes(number)[-1]["reason"] == "budget cut"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"owner": ""}, "needs an owner"),
        ({"goal_to": None}, "needs a number to go to"),
        ({"due": "March"}, "no day such as 2027-03-31"),
    ],
    ids=["no owner", "no goal", "no day"],
)
def test_an_objective_that_says_too_little_is_refused(store: Objectives, more: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        adopted(store, **more)
    assert store.all() == []


def test_a_number_nobody_has_is_named_with_those_that_are(store: Objectives) -> None:
    adopted(store)
    with pytest.raises(UsageError, match="There is no objective 9; there is: 1"):
        store.get(9)


@pytest.mark.parametrize(
    ("value", "start", "goal", "told"),
    [
        (13.817003629123, 13.81700363, 13.0, "0.0"),
        (0.886208283098, 0.8862082831, 0.93, "0.0"),
        (0.05, 0.06, 0.04, "0.5"),
        (0.07, 0.06, 0.04, "-0.5"),
        (27.0, 26.78, 26.78, "None"),
    ],
    ids=["digits that are not kept", "below them", "half way", "away from it", "a level held"],
)
def test_progress_is_the_share_of_the_way_and_nought_at_the_start(
    value: float, start: float, goal: float, told: str
) -> None:
    assert str(way_made(value, start, goal)) == told
