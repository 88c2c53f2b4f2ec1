"""Any month can be asked for: one that no refresh judged is judged when it is asked for, and nothing is kept of it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from analytics.swot import build, items
from analytics.swot.asking import items_of
from tests.unit.analytics.test_swot import AS_OF, fill, swot
from warehouse.errors import UsageError
from warehouse.store import Connection

__all__ = ["swot"]


def test_an_earlier_month_is_judged_when_it_is_asked_for_and_not_kept(swot: Connection) -> None:
    fill(swot, level=0.12)
    build(swot, AS_OF)
    release = SimpleNamespace(rows=swot.rows, as_of=AS_OF, name="r1")
    before = items_of(release, None, "2025-10")
    assert before["period"] == "2025-10-01" and before["release"] == "r1"
    assert "service_level" in {i["factor"] for i in before["watch"]}, "at target a year ago"
    assert items_of(release, "channel=chat", "2025-10")["entity"] == {"dimension": "channel", "value": "chat"}
    assert swot.rows("select distinct period::varchar as p from swot.items") == [{"p": "2026-10-01"}]


def test_the_kept_month_is_read_and_a_later_one_refused(swot: Connection) -> None:
    fill(swot)
    build(swot, AS_OF)
    release = SimpleNamespace(rows=swot.rows, as_of=AS_OF, name=None)
    assert items_of(release, None, "2026-10") == items(swot, None, "2026-10") == items_of(release, None, None)
    with pytest.raises(UsageError, match="There is no SWOT of 2027-01"):
        items_of(release, None, "2027-01")


def test_the_refusal_says_which_months_can_be_asked_for(swot: Connection) -> None:
    fill(swot)
    build(swot, AS_OF)
    # Costs of long ago are kept by month; what is judged by days began later.
    swot.execute("insert into rollups.rollup_costs_month (month_on, amount) values (date '2016-02-01', 3)")
    release = SimpleNamespace(rows=swot.rows, as_of=AS_OF, name=None)
    with pytest.raises(UsageError, match="any month from 2025-10 to 2026-10 can be asked for"):
        items_of(release, None, "2027-01")
