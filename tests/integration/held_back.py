"""What really happened in weeks that a plan did not see: read from the company's exports, by formulas of its own."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from demo.story import LIVE_WORK, THRESHOLDS
from warehouse.store import Connection, connect

POOLS = {"voice": ("voice", "callback"), "chat": ("chat", "messaging")}
GOAL, BUSIEST = 0.80, 0.9
# Loads are rounded to the twentieth of an erlang, so that a formula is worked out once for many half-hours.
STEP = 20
FILES = {
    "contact": "contacts/*.csv",
    "spent": "workforce/agent_time_*.csv",
    "agent": "workforce/agents.csv",
    "application": "greenhouse/application.csv",
    "job_application": "greenhouse/job_application.csv",
    "job": "greenhouse/job.csv",
    "ticket": "zendesk/tickets_*.csv",
}
_ARRIVED = "try_cast(replace(replace(arrived_at, 'T', ' '), 'Z', '') as timestamp)"
_CLEAN = f"""
create table contacts as
select channel, outcome, timezone('Europe/Berlin', timezone('UTC', {_ARRIVED})) as came,
    greatest(try_cast(wait_seconds as double), 0) as wait,
    try_cast(talk_seconds as double) + try_cast(hold_seconds as double) + try_cast(wrap_seconds as double) as work
from contact where contact_id is not null and outcome <> 'contained' and {_ARRIVED} is not null
qualify row_number() over (partition by contact_id order by updated_at desc) = 1;
create table hours as
select try_cast(worked_on as date) as day, channel is not null and channel not in ('voice', 'chat', 'messaging',
    'callback') as is_mail, state, cast(seconds as bigint) / 3600 as hours
from (select distinct * from spent)
where state in ('handling', 'available') and cast(seconds as bigint) >= 0 and try_cast(worked_on as date) is not null;
create table tickets as select distinct id, cast(try_cast(created_at as timestamp) as date) as day from ticket;
create table people as
select agent_id, any_value(cast(fte as double)) as fte, min(cast(hired_on as date)) as hired,
    max(cast(left_on as date)) as gone, any_value(try_cast(job.created_at as date)) as opened
from agent left join application on custom_employee_id = agent_id
left join job_application on application_id = application.id left join job on job.id = job_id
group by agent_id;
"""


@cache
def servers_needed(load: float, work: float, patience: float, within: float) -> int:
    """Erlang A by its chain of states: the fewest that answer four in five in time and are not busier than allowed."""
    servers = max(int(load * 0.8), 1)
    while not _suffices(servers, load, work, patience, within):
        servers += 1
    return servers


def _suffices(servers: int, load: float, work: float, patience: float, within: float) -> bool:
    states = [1.0]
    for k in range(1, servers + 1):
        states.append(states[-1] * load / k)
    free, queue = states[:-1], [states[-1]]
    while queue[-1] > 1e-12 * sum(states):
        queue.append(queue[-1] * (load / work) / (servers / work + len(queue) / patience))
    whole = sum(free) + sum(queue)
    busy = sum(k * share for k, share in enumerate(free)) + servers * sum(queue)
    if busy / whole / servers > BUSIEST:
        return False
    # Who waits moves up one place whenever somebody is done or hangs up, and must not have hung up meanwhile.
    places, answered, steps = [share / whole for share in queue], sum(free) / whole, 200
    for step in range(steps):
        out = [
            share * (1 - math.exp(-(servers / work + place / patience) * within / steps))
            for place, share in enumerate(places)
        ]
        answered += out[0] * math.exp(-step / steps * within / patience)
        places = [share - left + more for share, left, more in zip(places, out, [*out[1:], 0.0], strict=True)]
    return answered >= GOAL


@dataclass(frozen=True)
class Week:
    """One week as it was: hours that live contacts asked for by pool, hours on tickets, hours of a full-time person."""

    live: dict[str, float]
    mail: float
    each: float
    people: float


class Exports:
    """The exports of a company as tables."""

    def __init__(self, landing: Path) -> None:
        self.con: Connection = connect(None)
        for name, pattern in FILES.items():
            self.con.execute(
                f"create table {name} as select * from read_csv('{landing / pattern}', all_varchar = true, "
                "union_by_name = true)"
            )
        self.con.execute(_CLEAN)

    def weeks(self, first: date, count: int) -> list[Week]:
        """What happened in so many weeks from a Monday on; ``people`` are those there, or wanted, on that day."""
        last = first + timedelta(weeks=count)
        queues = self._queues(first, last)
        # How long an item took: all time on tickets over all that came in these weeks.
        item = self._sum("hours", "sum(hours)", first, last, "is_mail and state = 'handling'") / self._sum(
            "tickets", "count(*)", first, last
        )
        made = []
        for monday in (first + timedelta(weeks=week) for week in range(count)):
            sunday = monday + timedelta(weeks=1)
            live = {pool: self._live(pool, monday, queues) for pool in POOLS}
            each = self._sum("hours", "sum(hours)", monday, sunday) / self._employed(monday)
            mail = item * self._sum("tickets", "count(*)", monday, sunday)
            made.append(Week(live, mail, each, self._at_work(monday, first)))
        return made

    def _sum(self, table: str, what: str, first: date, last: date, where: str = "true") -> float:
        return float(
            self.con.scalar(f"select {what} from {table} where day >= ? and day < ? and {where}", [first, last])
        )

    def _queues(self, first: date, last: date) -> dict[str, dict[str, float]]:
        rows = self.con.rows(
            "select channel, count(*) as calls, avg(work) filter (outcome = 'answered') as work, sum(wait) as wait, "
            "count(*) filter (outcome = 'abandoned') as lost from contacts where came >= ? and came < ? group by all",
            [first, last],
        )
        return {
            str(row["channel"]): {key: float(row[key]) for key in ("calls", "work", "wait", "lost")} for row in rows
        }

    def _live(self, pool: str, monday: date, queues: dict[str, dict[str, float]]) -> float:
        """Hours of people that the week's contacts of a pool asked for, half-hour by half-hour."""
        own = {name: queues[name] for name in POOLS[pool]}
        calls = sum(one["calls"] for one in own.values())
        work = sum(one["calls"] * one["work"] for one in own.values()) / calls
        patience = sum(one["wait"] for one in own.values()) / sum(one["lost"] for one in own.values())
        within = sum(one["calls"] * THRESHOLDS[name] for name, one in own.items()) / calls
        spent = sum(one["calls"] * one["work"] / _at_once(name) for name, one in own.items()) / calls
        people = 0
        for row in self._half_hours(pool, monday):
            load = max(round(float(row["seconds"]) / 1800 * STEP), 1) / STEP
            servers = servers_needed(load, round(work), round(patience), round(within))
            people += math.ceil(servers * spent / work - 1e-9)
        return people / 2

    def _half_hours(self, pool: str, monday: date) -> list[dict[str, Any]]:
        names = ", ".join(f"'{name}'" for name in POOLS[pool])
        return self.con.rows(
            "with week as (select *, avg(work) filter (outcome = 'answered') over (partition by channel) as usual "
            f"from contacts where came >= ? and came < ? and channel in ({names})) "
            "select sum(usual) as seconds from week group by cast(epoch(came) as bigint) // 1800",
            [monday, monday + timedelta(weeks=1)],
        )

    def _employed(self, monday: date) -> float:
        """Full-time people on the books in the week, by its days."""
        days = (
            "range(0, 7) as d(k) where hired <= ?::date + k::integer and (gone is null or gone > ?::date + k::integer)"
        )
        return float(self.con.scalar(f"select sum(fte) / 7 from people, {days}", [monday, monday]))

    def _at_work(self, monday: date, known: date) -> float:
        """Full-time people there all week, new ones by what they do, without those whose opening nobody knew of."""
        rows = self.con.rows(
            "select fte, hired from people where hired <= ? and (gone is null or gone >= ?) "
            "and (opened is null or opened < ?)",
            [monday + timedelta(days=3), monday + timedelta(weeks=1), known],
        )
        return sum(float(row["fte"]) * _pace((monday + timedelta(days=3) - row["hired"]).days) for row in rows)


def _at_once(channel: str) -> float:
    """Contacts that one person has at once, as the story says: several talked to, one wrapped up."""
    work = LIVE_WORK[channel]
    talk = work.talk + work.hold * work.hold_share
    return (talk + work.wrap) / (talk / work.concurrency + work.wrap)


def _pace(days: int) -> float:
    """What a new person does, as planted: a third slower at first, like the others after seventy days."""
    return 1 / (1 + 0.33 * min(max(1 - days / 70, 0.0), 1.0))
