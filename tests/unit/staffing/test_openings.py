"""Vacancies as they stood on a day: two posts of one are one, filled later they are open, with no day they are not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analytics.staffing.inputs import _SQL
from warehouse.store import connect

DAY = date(2026, 3, 2)
COLUMNS = "requisition_id varchar, team varchar, opened_on date, closed_on date, filled_on date, status varchar, "
COLUMNS += "openings_counted bigint, is_own boolean"
OPEN, LATER, BEFORE = date(2026, 2, 1), date(2026, 4, 1), date(2026, 2, 20)


def postings(*rows: tuple[Any, ...]) -> list[dict[str, Any]]:
    """What is read of (requisition, opened, closed, filled, status, openings)."""
    with connect(None) as con:
        con.execute("create schema marts")
        con.execute(f"create table marts.fct_postings ({COLUMNS})")
        for name, opened, closed, filled, status, openings in rows:
            con.execute(
                "insert into marts.fct_postings values (?, 'North', ?, ?, ?, ?, ?, true)",
                [name, opened, closed, filled, status, openings],
            )
        return con.rows(_SQL["postings"], [DAY, DAY])


def test_openings_posted_on_two_platforms_are_counted_once() -> None:
    told = postings(("1", OPEN, None, None, "open", 0), ("1", OPEN, None, None, "open", 2))
    assert [(row["requisition_id"], int(row["openings"]), row["closed_on"]) for row in told] == [("1", 2, None)]


def test_what_was_closed_later_was_open_and_what_was_opened_later_was_not_known() -> None:
    told = postings(("1", OPEN, LATER, LATER, "filled", 1), ("2", LATER, None, None, "open", 1))
    assert [(row["requisition_id"], row["closed_on"]) for row in told] == [("1", None)]


@pytest.mark.parametrize(("filled", "closed"), [(BEFORE, BEFORE), (None, OPEN), (LATER, None)])
def test_a_requisition_that_is_closed_without_a_day_is_not_open(filled: date | None, closed: date | None) -> None:
    # Its closing day lay before its opening day and was not believed.
    assert postings(("1", OPEN, None, filled, "filled", 1))[0]["closed_on"] == closed
