"""The six ways in which the usual packages count tickets wrong, each on a ticket of its own."""

from __future__ import annotations

from typing import Any

from tests.oracle.mistakes import NAME
from tests.oracle.worlds import World
from warehouse.store import Connection

Built = tuple[Connection, list[World]]


def ticket(built: Built, name: str) -> dict[str, Any]:
    (row,) = built[0].rows("select * from marts.fct_tickets where source = ? and ticket_id = ?", [NAME, name])
    return row


def added(built: Built, rollup: str, columns: str) -> dict[str, Any]:
    (row,) = built[0].rows(f"select {columns} from rollups.{rollup} where source = ?", [NAME])
    return row


def test_mistake_1_an_unreplied_ticket_is_no_reply_below_zero(built: Built) -> None:
    assert ticket(built, "unreplied")["first_reply_calendar_minutes"] is None
    assert ticket(built, "replied")["first_reply_calendar_minutes"] == 40
    fastest = built[0].scalar("select min(first_reply_calendar_minutes) from marts.fct_tickets")
    assert fastest is not None and fastest > 0
    told = added(built, "rollup_tickets_created_team_day", "sum(replied) as replied, sum(pending_reply) as pending")
    assert told == {"replied": 1, "pending": 4}


def test_mistake_2_returns_are_summed_and_not_counted_by_rows(built: Built) -> None:
    told = added(built, "rollup_tickets_solved_team_day", "sum(reopens) as reopens, sum(reopened_tickets) as tickets")
    assert told == {"reopens": 3, "tickets": 2}


def test_mistake_3_a_ticket_solved_once_and_open_now_is_one_reopen_and_not_solves_less_one(built: Built) -> None:
    assert ticket(built, "solved and open now")["reopens"] == 1
    assert ticket(built, "came back twice")["reopens"] == 2


def test_mistake_4_offered_then_bad_then_good_is_a_flip_to_good_and_not_to_bad(built: Built) -> None:
    rows = built[0].rows("select * from marts.fct_ticket_ratings where source = ?", [NAME])
    told = [(r["ticket_id"], r["first_rating"], r["last_rating"], r["bad_to_good"], r["good_to_bad"]) for r in rows]
    assert told == [("won over", "bad", "good", 1, 0)]


def test_mistake_5_a_ticket_solved_without_a_reply_is_zero_touch_and_not_multi_touch(built: Built) -> None:
    assert ticket(built, "solved in silence")["public_replies"] == 0
    told = added(
        built,
        "rollup_tickets_solved_team_day",
        "sum(zero_touch) as zero, sum(one_touch) as one, sum(multi_touch) as multi",
    )
    # None of the three that were solved was ever replied to.
    assert told == {"zero": 3, "one": 0, "multi": 0}


def test_mistake_6_from_a_to_b_to_a_is_two_reassignments_and_not_none(built: Built) -> None:
    assert ticket(built, "to and fro")["reassignments"] == 2
