"""One small company for the tests of the generator: half a year, 6,000 tickets, read back from its own exports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from demo.company import build_company
from warehouse.store import Connection, connect


class Exported:
    """A company's exports as tables, all text but what the test casts."""

    def __init__(self, folder: Path, truth: dict[str, Any]) -> None:
        self.folder, self.truth = folder, truth
        self.con: Connection = connect(None)
        for pattern in (
            "contacts",
            "ticket_field_history",
            "ticket_comments",
            "tickets",
            "satisfaction_ratings",
            "ticket_audits",
            "agent_time",
        ):
            self.load(pattern)
        for name in (
            "agents",
            "training",
            "quality_checks",
            "costs",
            "job_opening",
            "application",
            "offer",
            "customers",
        ):
            self.load(name)
        self.con.execute(CLEAN)

    def load(self, name: str) -> None:
        files = [str(path) for path in sorted((self.folder / "landing").rglob(f"{name}*.csv")) if self.fits(path, name)]
        listed = ", ".join(f"'{file}'" for file in files)
        self.con.execute(f"create table raw_{name} as select distinct * from read_csv([{listed}], all_varchar = true)")

    @staticmethod
    def fits(path: Path, name: str) -> bool:
        return path.stem == name or (path.stem.startswith(name + "_20") and "corrected" not in path.stem)

    def one(self, sql: str) -> Any:
        return self.con.scalar(sql)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        return self.con.rows(sql)


CLEAN = """
create table contacts as
select contact_id, channel, outcome, team, agent_id, customer_id, ticket_id, topic, met_automation = 'true' as met,
    try_cast(replace(replace(arrived_at, 'T', ' '), 'Z', '') as timestamp) as arrived,
    try_cast(wait_seconds as integer) as wait, try_cast(talk_seconds as integer) as talk,
    try_cast(hold_seconds as integer) as hold, try_cast(wrap_seconds as integer) as wrap
from raw_contacts
where contact_id is not null and try_cast(replace(replace(arrived_at, 'T', ' '), 'Z', '') as timestamp) is not null
    and coalesce(try_cast(wait_seconds as integer), 0) >= 0;
create table tickets as
select * replace (cast(created_at as timestamp) as created_at) from raw_tickets
where id is not null and try_cast(created_at as timestamp) is not null;
create table comments as
select *, try_cast(created as timestamp) as said, cast(user_id as bigint) as speaker from raw_ticket_comments
where try_cast(created as timestamp) is not null;
create table history as select *, cast(updated as timestamp) as changed from raw_ticket_field_history;
create table agent_time as
select agent_id, try_cast(worked_on as date) as day, state, channel, cast(seconds as bigint) as seconds
from raw_agent_time where try_cast(worked_on as date) is not null and cast(seconds as bigint) >= 0;
"""


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Exported]:
    """Builds a company with the given options and reads its exports back."""

    def build(**options: Any) -> Exported:
        folder = tmp_path_factory.mktemp("demo") / "company"
        return Exported(folder, build_company(folder, **{"tickets": 6_000, "months": 6} | options))

    return build


@pytest.fixture(scope="session")
def company(make: Callable[..., Exported]) -> Exported:
    """The default story at a small size; read only."""
    return make()


@pytest.fixture(scope="session")
def calm(make: Callable[..., Exported]) -> Exported:
    """A company in which nothing is planted, large enough for its shares to be seen."""
    return make(tickets=40_000, effects="none")
