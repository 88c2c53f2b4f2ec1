"""Views of a judged board: nothing they leave out or turn round changes where an item stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from dashboards.components.boards import quadrant
from dashboards.components.chain import chain_row
from dashboards.components.markup import render
from dashboards.components.movements import movements
from dashboards.components.standings import standings_part
from dashboards.figures.series import Goal, Point
from dashboards.figures.swot_changes import would_change
from dashboards.figures.swot_marks import mark_of, moved_words
from dashboards.figures.swot_sentences import finding
from dashboards.figures.swot_words import chain_sentence, move_sentence
from dashboards.filters import Filters, Period
from dashboards.pages.swot_drawer import _title as drawn_title
from dashboards.pages.swot_tows import each_inside_first
from dashboards.queries.objectives import proposal_of
from dashboards.queries.swot import QUADRANTS, Board, SwotItem, history
from dashboards.queries.swot_views import comparators, narrowed, pairings, themes, worst

OCTOBER = Period.of_month(date(2026, 10, 1))


def comparison(name: str, verdict: str, value: float, against: float, **more: Any) -> dict[str, Any]:
    told = {"value": value, "comparator_value": against, "difference": value - against, "low": None, "high": None}
    window = {"window_from": "2026-10-01", "window_to": "2026-10-31"}
    return {"comparator": name, "verdict": verdict, "n": 900, "p_adjusted": 0.01, **told, **window, **more}


def item(factor: str, quadrant: str, theme: str, compared: list[dict[str, Any]], **more: Any) -> SwotItem:
    lead = compared[0]
    told = {
        "factor": factor, "quadrant": quadrant, "rank": 1, "theme": theme, "metric": "csat", "unit": "ratio",
        "direction": "higher", "swd": 0.02, "score": 0.3, "comparisons": compared, "value": lead["value"],
        "sentence_key": f"satisfaction.{lead['comparator']}.below",
        "slots": {"value": lead["value"], "gap": 0.1, "unit": "ratio", "currency": "", "label": "CSAT", "tail": None,
                  "comparator_from": "2025-10-01", "comparator_months": 1},
        **{k: lead[k] for k in ("comparator", "comparator_value", "difference", "low", "high", "n", "p_adjusted")},
        **more,
    }  # fmt: skip
    return SwotItem(told)


WAIT = item("satisfaction", "weakness", "customer_value",
            [comparison("target", "worse", 0.82, 0.9), comparison("previous", "worse", 0.82, 0.85)])  # fmt: skip
COST = item("cost", "strength", "cost", [comparison("peer", "better", 0.5, 0.4)])
EYED = item("nps", "watch", "cost", [comparison("target", "none", 0.3, 0.31)])


def board(*items: SwotItem, value: str | None = None) -> Board:
    grouped = {name: [i for i in items if i.quadrant == name] for name in QUADRANTS}
    watch = [i for i in items if i.quadrant == "watch"]
    lacking = [{"factor": "training", "missing": "n = 3"}]
    return Board(date(2026, 10, 1), "channel" if value else "organisation", value, grouped, [], watch, lacking, [],
                 2.5, {}, 100)  # fmt: skip


READING: Any = SimpleNamespace(
    table=lambda sql, params=(): [{"factor": "training", "theme": "people"}],
    kept=lambda key, make: make(),
)


def asked(**extras: str) -> Filters:
    return Filters(OCTOBER, extras=tuple(sorted(extras.items())))


def test_a_theme_keeps_its_items_and_its_gaps_in_the_evidence() -> None:
    whole = board(WAIT, COST, EYED)
    assert themes(whole) == ["cost", "customer_value"]
    held = narrowed(READING, whole, asked(theme="cost"))
    assert held.items["strength"] == [COST] and not held.items["weakness"] and held.watch == [EYED]
    assert held.insufficient == []
    assert held.tested == whole.tested, "a view does not change the family"


def test_an_unknown_theme_or_comparator_leaves_the_board_as_it_is() -> None:
    whole = board(WAIT, COST, EYED)
    assert narrowed(READING, whole, asked(theme="colour", against="moon")) == whole


def test_against_one_comparator_an_item_keeps_its_place_and_tells_that_comparison() -> None:
    whole = board(WAIT, COST, EYED)
    assert comparators(whole) == ["target", "peer", "previous"]
    held = narrowed(READING, whole, asked(against="previous"))
    (seen,) = held.items["weakness"]
    assert (seen.quadrant, seen.rank, seen.comparator_value) == ("weakness", 1, 0.85)
    assert "3.0 points below October 2025" in finding(held, seen)
    assert not held.items["strength"] and not held.watch


def test_an_item_is_not_shown_against_what_did_not_put_it_there() -> None:
    other = item(
        "x", "weakness", "cost", [comparison("target", "worse", 0.8, 0.9), comparison("peer", "better", 0.8, 0.7)]
    )
    assert not narrowed(READING, board(other, COST), asked(against="peer")).items["weakness"]


def test_two_boards_are_paired_by_factor_those_that_differ_first() -> None:
    there = item("satisfaction", "strength", "customer_value", [comparison("target", "better", 0.95, 0.9)])
    found = pairings(board(WAIT, COST), board(there, COST, value="chat"))
    assert [(p.factor, p.here and p.here.quadrant, p.there and p.there.quadrant) for p in found] == [
        ("satisfaction", "weakness", "strength"),
        ("cost", "strength", "strength"),
    ]


def test_where_it_is_worst_lists_only_what_is_worse_than_the_whole() -> None:
    rows = [
        {"entity_dimension": "team", "entity": name, "value": value, "value_low": None, "value_high": None, "n": 50.0}
        for name, value in (("A", 0.95), ("B", 0.70), ("C", 0.81))
    ]
    reading: Any = SimpleNamespace(table=lambda sql, params=(): rows, kept=lambda key, make: make())
    assert [cut.value for cut in worst(reading, board(WAIT), WAIT)] == ["B", "C"]
    lower = item("satisfaction", "weakness", "cost", [comparison("target", "worse", 0.82, 0.9)], direction="lower")
    assert [cut.value for cut in worst(reading, board(lower), lower)] == ["A"]


def test_parts_of_an_entity_are_those_of_the_days_it_was_judged_by() -> None:
    asked: list[dict[str, Any]] = []

    def ask(_names: Any, **more: Any) -> list[Any]:
        asked.append(more)
        part = {"value": 0.7, "low": 0.6, "high": 0.8, "n": 50.0}
        return [SimpleNamespace(dimensions={more["by"][0]: "B"}, **part)] if more["by"] == ("team",) else []

    reading: Any = SimpleNamespace(ask=ask, knows=lambda _name, _by: True, kept=lambda _key, make: make())
    assert [cut.value for cut in worst(reading, board(WAIT, value="chat"), WAIT)] == ["B"]
    assert {(one["start"], one["end"]) for one in asked} == {(date(2026, 10, 1), date(2026, 10, 31))}


@pytest.mark.parametrize(("quadrant", "goal"), [("weakness", 0.9), ("watch", 0.82)])
def test_an_item_proposes_the_way_back_to_its_target_else_to_hold(quadrant: str, goal: float) -> None:
    verdict = "worse" if quadrant == "weakness" else "none"
    found = proposal_of(board(), item("x", quadrant, "cost", [comparison("target", verdict, 0.82, 0.9)]))
    assert found is not None and found["goal_to"] == goal


def test_a_pair_of_the_item_is_what_it_proposes() -> None:
    pair = {"inside_factor": "satisfaction", "pair": "WT:satisfaction:rivals", "goal_to": 0.9}
    whole = board(WAIT)
    whole.tows.append(pair)
    assert proposal_of(whole, WAIT) is pair


def test_what_repeats_an_objective_stands_behind_the_first_pair_of_every_inside_item() -> None:
    found = [{"inside_factor": name, "outside_factor": rival} for name, rival in ("ax", "ay", "bx", "az", "by", "cx")]
    placed = [pair["inside_factor"] + pair["outside_factor"] for pair in each_inside_first(found)]
    assert placed == ["ax", "bx", "cx", "ay", "az", "by"]


def move(factor: str, change: str, rank: int | None = None, before: int | None = None, **more: Any) -> dict[str, Any]:
    told = {"quadrant": "weakness", "before_quadrant": "weakness", "before_period": "2026-09-01", **more}
    return {"factor": factor, "change": change, "rank": rank, "before_rank": before, "cause": "world", **told}


@pytest.mark.parametrize(
    ("told", "sign", "said"),
    [
        (move("a", "rank", 1, 3), "↑2", "was Weakness 3"),
        (move("a", "rank", 3, 2), "↓1", "was Weakness 2"),
        (move("a", "quadrant", 1, 2, before_quadrant="strength"), "↔", "was Strength 2"),
        (move("a", "entered", 1, before_quadrant="watch"), "new", "New on the board; was Watch"),
        (None, "", ""),
    ],
    ids=["risen", "fallen", "other side", "entered", "stayed"],
)
def test_the_mark_before_a_rank_says_what_the_item_did(told: dict[str, Any] | None, sign: str, said: str) -> None:
    assert mark_of(told) == (sign, said)


def test_the_lede_counts_who_came_and_went_since_which_month() -> None:
    came = [
        move("a", "entered", 1),
        move("b", "entered", 2),
        move("c", "left"),
        move("d", "gone"),
        move("e", "rank", 1, 2),
    ]
    moved = replace(board(WAIT), moved=came)
    assert moved_words(moved) == "Since September 2026: 2 entered, 2 left and 1 changed rank."
    assert moved_words(moved, "August 2026").startswith("Since August 2026:")
    assert moved_words(board(WAIT)) == ""


def test_a_board_shows_its_moves_and_an_unmoved_one_none() -> None:
    drawn = [
        render(quadrant(made, "weakness", asked(), "/swot", None, "EUR"))
        for made in (board(WAIT), replace(board(WAIT), moved=[move("satisfaction", "rank", 1, 3)]))
    ]
    assert "moved" not in drawn[0]
    assert 'title="Was Weakness 3"' in drawn[1] and ">↑2</span>1</span>" in drawn[1]


@pytest.mark.parametrize(
    ("quadrant", "comparator", "says"),
    [
        ("weakness", "target", "reaches up to **88.0"),
        ("threat", "trend", "changes by less than **\u22122.0"),
        ("watch", "target", "its whole interval is more than **2.0"),
        ("contested", "target", "comparators agree"),
    ],
)
def test_every_item_says_what_would_change_it(quadrant: str, comparator: str, says: str) -> None:
    one = item("satisfaction", quadrant, "customer_value", [comparison(comparator, "worse", 0.82, 0.9)])
    assert says in would_change(one, "ratio", "EUR")


def test_the_chain_leads_to_the_items_of_its_stages() -> None:
    waits = item(
        "waiting", "weakness", "service_quality", [comparison("target", "worse", 0.8, 0.9)], chain_stage="wait"
    )
    stages = [
        {"stage": "contact", "watch": 2},
        {"stage": "wait", "watch": 0, "is_weakest": True, "cost": 0.02, "low": 0.01, "high": 0.03, "entities": 9},
    ]
    drawn = render(chain_row(replace(board(waits), chain=stages), asked(), "/swot"))
    assert drawn.index("Contact") < drawn.index("Wait") and "item=waiting" in drawn
    assert 'class="is-weakest"' in drawn and "2 on watch" in drawn and "2.0 points (1.0 to 3.0)" in drawn


def test_a_chain_of_which_nothing_is_measured_is_not_called_strong() -> None:
    nothing = {"missing": "no factor of this stage is measured", "missing_key": "no_stage", "missing_slots": "{}"}
    stages = [{"stage": stage, **nothing} for stage in ("contact", "wait")]
    assert chain_sentence(stages) == "No stage of the chain can be judged: none of their factors is measured."
    assert chain_sentence([*stages, {"stage": "resolution"}]) == "No stage of the chain is weak beyond chance."


def test_history_marks_a_month_by_its_rank_and_names_a_new_quadrant() -> None:
    months = [
        {"period": date(2026, month, 1), "quadrant": quadrant, "rank": rank}
        for month, quadrant, rank in ((8, "weakness", 2), (9, "weakness", 1), (10, "watch", None))
    ]
    drawn = render(standings_part(months))
    assert drawn.count("<li>") == 3 and 'title="Weakness 1"' in drawn
    assert drawn.count(">Weakness<") == 1 and drawn.count(">Watch<") == 1


MOVES = [
    {"factor": "nps", "change": "quadrant", "cause": "world", "quadrant": "watch", "rank": None, "value": 0.3,
     "before_period": "2026-09-01", "before_quadrant": "insufficient", "before_rank": None, "before_value": None},
    {"factor": "satisfaction", "change": "entered", "cause": "data", "quadrant": "weakness", "rank": 1, "value": 0.82,
     "before_period": "2026-09-01", "before_quadrant": "watch", "before_rank": None, "before_value": 0.9},
    {"factor": "struck", "change": "gone", "cause": "definition", "quadrant": None, "rank": None, "value": None,
     "before_period": "2026-09-01", "before_quadrant": "threat", "before_rank": 2, "before_value": 4.0},
]  # fmt: skip


def test_what_moved_tells_from_where_to_where_its_figures_and_its_cause() -> None:
    shown = render(movements(replace(board(WAIT, EYED), moved=MOVES), Filters(OCTOBER), "/swot", "EUR"))
    entered, gone, beside = shown.split("<li>")[1:]
    assert "82.0" in entered and "90.0" in entered and "The data were corrected." in entered
    assert "badge-mark weakness" in entered and "item=satisfaction" in entered
    # What is judged no more has no evidence to open, and no figure in a unit nobody knows.
    assert "The catalogue has it no more." in gone
    assert "<a" not in gone and "4.0" not in gone and "badge-mark threat" in gone
    # From insufficient to watch is a move beside the board: it comes last, and without a figure before.
    assert "no data → " in beside


def test_what_a_check_took_away_or_gave_back_is_told_with_the_check() -> None:
    waits = {"cause": "data", "check": "contact_waits_are_plausible"}
    away = move("waiting", "left", None, quadrant="withdrawn", before_quadrant="weakness", **waits)
    assert "A check failed: Waits of contacts are plausible." in move_sentence(away)
    back = move("waiting", "entered", 1, quadrant="weakness", before_quadrant="withdrawn", **waits)
    assert "The check holds again: Waits of contacts are plausible." in move_sentence(back)
    assert "corrected" not in move_sentence(away) + move_sentence(back)
    # An earlier version did not keep which check it was.
    assert "A check failed." in move_sentence({**away, "check": None})
    assert "holds again" in move_sentence({**back, "check": None})


def test_what_is_new_in_the_catalogue_is_told_with_its_one_figure() -> None:
    new = move("satisfaction", "entered", 1, cause="definition", quadrant="weakness", value=0.82,
               before_quadrant=None, before_value=None)  # fmt: skip
    shown = render(movements(replace(board(WAIT, EYED), moved=[new]), Filters(OCTOBER), "/swot", "EUR"))
    assert "entered as Weakness 1; it was not judged before." in shown and "no data" not in shown
    assert "The catalogue did not have it before." in shown and "82.0" in shown and "badge-mark none" in shown
    assert mark_of(new) == ("new", "New on the board")
    # Of what was judged elsewhere the data are new: it had no figure.
    data = {**new, "cause": "data"}
    shown = render(movements(replace(board(WAIT, EYED), moved=[data]), Filters(OCTOBER), "/swot", "EUR"))
    assert "There were no data for it before, or too few." in shown and "no data → " in shown


def test_only_moves_on_the_board_are_counted_as_changes_of_side() -> None:
    assert moved_words(replace(board(WAIT, EYED), moved=MOVES)) == "Since September 2026: 1 entered and 1 left."


def test_an_item_told_of_an_earlier_month_is_drawn_until_there() -> None:
    asked: list[dict[str, Any]] = []
    reading = SimpleNamespace(ask=lambda _names, **more: asked.append(more) or [])
    slow = item("resolution", "watch", "quality", [comparison("previous", "none", 8.6, 10.5)])
    slow.told["comparisons"][0]["window_to"] = "2026-09-30"
    history(reading, board(slow), slow)  # type: ignore[arg-type]
    history(reading, board(WAIT), WAIT)  # type: ignore[arg-type]
    assert [(one["start"], one["end"]) for one in asked] == [
        (date(2024, 10, 1), date(2026, 9, 30)),
        (date(2024, 11, 1), date(2026, 10, 31)),
    ]


def test_a_month_off_its_target_is_no_finding_of_an_item_on_watch() -> None:
    known = [Point(date(2026, month, 1), value) for month, value in ((8, -0.01), (9, 0.02), (10, 0.01))]
    goal, reading = Goal(0.0, False, "Target 0"), SimpleNamespace(currency="EUR")
    found = item("waiting", "watch", "quality", [comparison("target", "none", 0.01, 0.0)])
    assert drawn_title(reading, found, goal, known) == "The last 3 months"  # type: ignore[arg-type]
    hurts = item("waiting", "weakness", "quality", [comparison("target", "worse", 0.01, 0.0)])
    assert drawn_title(reading, hurts, goal, known) == "Off target since September 2026"  # type: ignore[arg-type]
