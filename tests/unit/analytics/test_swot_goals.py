"""What a goal may be: in its metric's unit, no worse than where it begins, of a pair nobody has adopted yet."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from analytics.swot.adopting import changed, checked, from_pair
from analytics.swot.goals import KEEP_TEST, TEST
from analytics.swot.objectives import Objectives
from warehouse.errors import UsageError

AS_OF = date(2026, 11, 1)
NOON = "2026-11-02T12:00:00Z"


def metric(name: str, unit: str, interval: str = "none", direction: str = "higher") -> Any:
    return SimpleNamespace(name=name, unit=unit, interval=interval, direction=direction)


CSAT = metric("csat", "ratio", "wilson")
WAIT = metric("asa_seconds", "seconds", "t", "lower")


def terms(start: float, goal: float, **more: Any) -> dict[str, Any]:
    told = {"metric": "csat", "owner": "Head of care", "goal_from": start, "goal_to": goal, "due": "2027-03-31"}
    return {**told, **more}


@pytest.mark.parametrize(
    ("of", "start", "goal", "says", "hint"),
    [
        (CSAT, 0.88, 92.0, "92 cannot be the goal of csat, which is told in shares from 0 to 1", "Write 0.92 for 92 %"),
        (CSAT, 0.88, 1.5, "in shares from 0 to 1", "Write 0.015"),
        (metric("nps", "points", "nps"), 30.0, 140.0, "in points from -100 to 100", None),
        (WAIT, 26.8, -1.0, "in seconds from 0 up", None),
        (metric("occupancy", "ratio"), 0.8, 85.0, "in shares from -1 to 5", "Write 0.85"),
    ],
    ids=["per cent", "beyond all", "nps", "less than no time", "a ratio that is no share of things"],
)
def test_a_goal_outside_the_unit_of_its_metric_is_refused(
    of: Any, start: float, goal: float, says: str, hint: str | None
) -> None:
    with pytest.raises(UsageError, match=says) as refused:
        checked(terms(start, goal), of, AS_OF)
    assert hint is None if refused.value.hint is None else str(hint) in refused.value.hint


def test_a_gap_may_lie_below_nought() -> None:
    gap = metric("servqual_gap_assurance", "score", "t")
    assert checked(terms(-0.4, -0.1), gap, AS_OF)["goal_to"] == -0.1
    spread = metric("training_error_gap", "ratio", direction="lower")
    assert checked(terms(0.01, -0.005), spread, AS_OF)["goal_to"] == -0.005


@pytest.mark.parametrize(("of", "start", "goal"), [(CSAT, 0.886, 0.5), (WAIT, 26.8, 30.0)], ids=["higher", "lower"])
def test_a_goal_worse_than_today_is_refused_unless_it_is_said_to_be_held(of: Any, start: float, goal: float) -> None:
    with pytest.raises(UsageError, match="is worse than that") as refused:
        checked(terms(start, goal), of, AS_OF)
    assert refused.value.hint is not None and f"--from {goal:g} --to {goal:g}" in refused.value.hint
    assert checked(terms(goal, goal), of, AS_OF)["goal_to"] == goal


def test_a_value_as_a_form_rounds_it_is_held_as_it_is() -> None:
    # 88.6 % for 0.886208: a goal below where it begins would pass when satisfaction falls.
    assert checked(terms(0.886208, 0.886), CSAT, AS_OF)["goal_to"] == 0.886208
    assert checked(terms(0.886208, 0.887), CSAT, AS_OF)["goal_to"] == 0.887


def test_what_is_neither_better_nor_worse_may_go_either_way() -> None:
    offered = metric("offered", "count", direction="none")
    assert checked(terms(1_000, 900), offered, AS_OF)["goal_to"] == 900


@pytest.fixture
def store(tmp_path: Path) -> Objectives:
    return Objectives(tmp_path / "state" / "objectives.sqlite")


def test_a_pair_is_adopted_once_until_its_objective_is_given_up(store: Objectives) -> None:
    first = store.add(terms(0.88, 0.9, pair="WO:organisation:csat:demand"), by="ann", at=NOON)
    with pytest.raises(UsageError, match=rf"already adopted as objective {first.id}, which is open"):
        store.add(terms(0.88, 0.9, pair="WO:organisation:csat:demand"), by="bob", at=NOON)
    assert len(store.all()) == 1
    store.drop(first.id, by="ann", at=NOON, reason="budget cut")
    assert store.add(terms(0.88, 0.9, pair="WO:organisation:csat:demand"), by="bob", at=NOON).id == 2
    assert store.add(terms(0.88, 0.9), by="bob", at=NOON).id == 3, "what is made by hand is of no pair"


def test_another_goal_has_its_test_stated_anew_on_record(store: Objectives) -> None:
    held = store.add(terms(26.78, 26.78, metric="asa_seconds"), by="ann", at=NOON)
    assert held.test == KEEP_TEST
    after = store.change(held.id, changed({"goal_to": 20.0}, held, WAIT, AS_OF), by="bob", at=NOON, reason="faster")
    assert (after.goal_to, after.test) == (20.0, TEST)
    told = {c["field"]: (c["old"], c["new"], c["reason"]) for c in store.changes(held.id)}
    assert told["goal_to"] == ("26.78", "20.0", "faster") and told["test"] == (KEEP_TEST, TEST, "faster")
    later = store.change(held.id, {"owner": "Head of floor"}, by="bob", at=NOON)
    assert later.test == TEST and sum(c["field"] == "test" for c in store.changes(held.id)) == 1


def test_a_change_is_refused_like_a_new_goal(store: Objectives) -> None:
    goal = store.add(terms(0.88, 0.9), by="ann", at=NOON)
    for to, says in ((0.5, "is worse than that"), (95.0, "cannot be the goal")):
        with pytest.raises(UsageError, match=says):
            changed({"goal_to": to}, goal, CSAT, AS_OF)
    with pytest.raises(UsageError, match="has gone"):
        changed({"due": "2026-10-01"}, goal, CSAT, AS_OF)
    assert changed({"owner": "Head of floor"}, goal, CSAT, date(2028, 1, 1)) == {"owner": "Head of floor"}


def test_a_pair_that_does_not_exist_names_the_three_nearest() -> None:
    known = [f"ST:organisation:{name}:wage_growth" for name in ("waiting", "errors", "budget", "strain", "turnover")]

    class Release:
        def rows(self, sql: str, _parameters: Any = None) -> list[dict[str, Any]]:
            return [] if "where" in sql else [{"pair": pair} for pair in known]

    with pytest.raises(UsageError, match="There is no pair 'nosuch'") as refused:
        from_pair(Release(), "nosuch")
    hint = str(refused.value.hint)
    assert sum(pair in hint for pair in known) == 3 and "`swotlight swot --json` lists them all" in hint
    assert refused.value.code == "unknown_pair"
