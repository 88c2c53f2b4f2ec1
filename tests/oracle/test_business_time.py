"""Business minutes from raw rows to the fact, against a count minute by minute: five zones, both changes of the clocks,
hours that change while tickets are open, and a team in a zone of its own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.integration.dbt_story import HOLIDAYS, ZONES, config, source
from tests.integration.dbt_tiny import run_dbt, write_database
from warehouse.store import Connection, connect

CHANGED_ON = date(2026, 3, 18)
TEAM_ZONE = "Asia/Ho_Chi_Minh"
TEAM_FROM, TEAM_TO = date(2025, 10, 20), date(2026, 4, 1)
FOREVER = (date(1900, 1, 1), date(9999, 12, 31))
# Weekdays, hours, the days they hold.
EVERYBODY = [
    (range(1, 6), (540, 750), (FOREVER[0], CHANGED_ON - timedelta(days=1))),
    (range(1, 6), (780, 1020), (FOREVER[0], CHANGED_ON - timedelta(days=1))),
    (range(1, 8), (600, 960), (CHANGED_ON, FOREVER[1])),
]
TEAM = [(range(5, 8), (0, 1440), (TEAM_FROM, TEAM_TO)), (range(1, 5), (480, 485), (TEAM_FROM, TEAM_TO))]
BEGINNINGS = [datetime(2025, 10, 18), datetime(2025, 10, 25), datetime(2025, 11, 1), datetime(2026, 3, 6),
              datetime(2026, 3, 16), datetime(2026, 3, 28), datetime(2026, 4, 3)]  # fmt: skip


def hour_rows() -> list[dict[str, Any]]:
    rows = []
    for team, zone, spans in ((None, None, EVERYBODY), ("Hanoi", TEAM_ZONE, TEAM)):
        for weekdays, (opens, closes), (begins, ends) in spans:
            for weekday in weekdays:
                row = {"team": team, "weekday": weekday, "opens_minute": opens, "closes_minute": closes}
                held = {"valid_from": None if begins == FOREVER[0] else begins}
                rows.append({**row, **held, "valid_to": None if ends == FOREVER[1] else ends, "time_zone": zone})
    return rows


def tickets(count: int = 40) -> list[dict[str, Any]]:
    dice = random.Random(11)
    rows = []
    for zone in ZONES:
        for number in range(count):
            begin = dice.choice(BEGINNINGS) + timedelta(minutes=dice.randrange(5000))
            row = {"source": zone, "ticket_id": f"{zone}-{number}", "created_at": begin, "status": "solved"}
            solved = begin + timedelta(minutes=dice.randrange(1, 9000))
            rows.append({**row, "solved_at": solved, "team": dice.choice(["Hanoi", "Lisbon"])})
    return rows


def counted(begin: datetime, end: datetime, zone: str, team: str) -> int:
    """Open minutes one by one, by the wall clock of whoever's hours hold on that day."""
    count, at = 0, begin.replace(tzinfo=UTC)
    own, all_others = ZoneInfo(TEAM_ZONE), ZoneInfo(zone)
    while at < end.replace(tzinfo=UTC):
        local = at.astimezone(own)
        spans, is_own = TEAM, team == "Hanoi" and TEAM_FROM <= local.date() <= TEAM_TO
        if not is_own:
            local, spans = at.astimezone(all_others), EVERYBODY
            # A day of the team's own hours is theirs in their zone alone.
            if team == "Hanoi" and TEAM_FROM <= local.date() <= TEAM_TO:
                spans = []
        minute = local.hour * 60 + local.minute
        count += local.date() not in HOLIDAYS and any(
            local.isoweekday() in days and opens <= minute < closes and begins <= local.date() <= ends
            for days, (opens, closes), (begins, ends) in spans
        )
        at += timedelta(minutes=1)
    return count


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    folder = tmp_path_factory.mktemp("business-time")
    rows = config("Europe/Berlin") | {"config.business_hours": hour_rows(), "raw.tickets": tickets()}
    rows["ingest.sources"] = [source(zone, zone) for zone in ZONES]
    write_database(folder / "warehouse.duckdb", rows)
    assert run_dbt(folder / "warehouse.duckdb", folder / "target", "run", "--select", "+fct_tickets") == []
    with connect(folder / "warehouse.duckdb", read_only=True) as con:
        yield con


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("team", ["Hanoi", "Lisbon"])
def test_business_minutes_are_those_of_a_count_minute_by_minute(built: Connection, zone: str, team: str) -> None:
    rows = built.rows(
        "select created_at, solved_at, full_resolution_business_minutes as minutes "
        "from marts.fct_tickets where source = ? and team = ?",
        [zone, team],
    )
    assert len(rows) > 10
    for row in rows:
        assert row["minutes"] == counted(row["created_at"], row["solved_at"], zone, team), row


def test_hours_changed_under_some_of_them(built: Connection) -> None:
    open_then = built.scalar(
        "select count(*) from marts.fct_tickets where created_at < ? and solved_at > ?", [CHANGED_ON, CHANGED_ON]
    )
    assert open_then > 5
