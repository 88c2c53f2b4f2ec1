"""Tickets worked out from their events, for sources that export a log of changes and no table of tickets.

The first event makes the ticket, the last status, priority, team … is the one it has; ties go by the event's number.
A team or a channel that stands in every row, with no change of its own, is the ticket's too.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.contracts import load_contracts
from warehouse.store import Connection, quote_name, quote_text

_LAST = {
    "status": "status",
    "priority": "priority",
    "channel": "channel",
    "topic": "topic",
    "team": "team",
    "agent": "agent_id",
}
_SOLVED = "('solved', 'closed')"
# What a row of the log may say beside the change it is about.
_BESIDE = ("channel", "team")


def derived_table(source: str) -> str:
    """The landed table of derived tickets, quoted."""
    return f"land.{quote_name(f'{source}__derived_tickets')}"


def derive_tickets(con: Connection, source: str, event_selects: list[str], listed: Sequence[str] = ()) -> str:
    """Make the table of derived tickets of a source; the select that feeds them to ``raw.tickets``.

    Tickets that a list of the source gives (``listed`` are its selects) are not made again.
    """
    events = "\nunion all\n".join(event_selects)
    table = derived_table(source)
    known = " union all ".join(f"select ticket_id from {select}" for select in listed)
    others = f" where ticket_id not in (select ticket_id from ({known}) where ticket_id is not null)" if known else ""
    con.execute(f"create or replace table {table} as select * from ({_tickets_sql(events)}){others}")
    return _select(source, table)


def _tickets_sql(events: str) -> str:
    last = ",\n        ".join(
        f"max_by(to_value, place) filter (event_type = '{event}' and to_value is not null) as last_{event}"
        for event in _LAST
    )
    beside = ",\n        ".join(f"max_by({one}, place) filter ({one} is not null) as {one}_beside" for one in _BESIDE)
    person = "coalesce(actor_role, 'agent') = 'agent'"
    return f"""
with events as ({events}),
known as (select * from events where ticket_id is not null and occurred_at is not null),
placed as (
    select *, row_number() over (partition by ticket_id order by occurred_at, event_id) as place,
        event_type = 'status' and to_value in {_SOLVED} as solves,
        event_type = 'status' and to_value not in {_SOLVED} as opens,
        coalesce(is_public, true) and event_type = 'reply' and {person} as replies
    from known
),
states as (
    select *,
        last_value(case when solves then true when opens then false end ignore nulls) over before_it as was_solved,
        last_value(case when event_type = 'agent' then to_value end ignore nulls) over before_it as former_agent
    from placed
    window before_it as (partition by ticket_id order by place rows between unbounded preceding and 1 preceding)
),
gathered as (
    select ticket_id,
        coalesce(min(occurred_at) filter (event_type = 'created'), min(occurred_at)) as created_at,
        max(occurred_at) as updated_at,
        {last},
        {beside},
        bool_or(event_type = 'deleted') as is_deleted,
        max_by(actor_id, -place) filter (actor_role = 'customer') as customer_id,
        min(occurred_at) filter (replies) as first_replied_at,
        min(occurred_at) filter (solves) as first_solved_at,
        max(occurred_at) filter (solves and not coalesce(was_solved, false)) as last_solved_at,
        max(occurred_at) filter (event_type = 'status' and to_value = 'closed') as last_closed_at,
        min(occurred_at + to_minutes(cast(try_cast(to_value as double) as bigint))) filter (
            event_type = 'promise' and field = 'first_reply_time' and not coalesce(is_business, false)
        ) as first_reply_due_at,
        min(occurred_at + to_minutes(cast(try_cast(to_value as double) as bigint))) filter (
            event_type = 'promise' and field = 'resolution_time' and not coalesce(is_business, false)
        ) as due_at,
        count_if(opens and was_solved) as reopens,
        count_if(event_type = 'agent' and to_value <> former_agent) as reassignments,
        count_if(replies) as public_replies,
        min_by(_file_id, place) as _file_id, cast(null as bigint) as _line
    from states group by ticket_id
)
select ticket_id, created_at, updated_at,
    case when is_deleted then 'deleted' else coalesce(last_status, 'new') end as status,
    last_priority as priority, coalesce(last_channel, channel_beside) as channel, last_topic as topic,
    coalesce(last_team, team_beside) as team,
    last_agent as agent_id, customer_id, first_replied_at, first_solved_at,
    case when last_status in {_SOLVED} then last_solved_at end as solved_at,
    case when last_status = 'closed' then last_closed_at end as closed_at,
    first_reply_due_at, due_at, reopens, reassignments, public_replies, _file_id, _line
from gathered"""


def _select(source: str, table: str) -> str:
    made = {
        "ticket_id", "created_at", "updated_at", "status", "priority", "channel", "topic", "team", "agent_id",
        "customer_id", "first_replied_at", "first_solved_at", "solved_at", "closed_at", "first_reply_due_at", "due_at",
        "reopens", "reassignments", "public_replies",
    }  # fmt: skip
    columns = ", ".join(
        f"cast({quote_name(name) if name in made else 'null'} as {column.sql_type}) as {quote_name(name)}"
        for name, column in load_contracts()["tickets"].columns.items()
    )
    return f"(select {quote_text(source)} as source, {columns}, _file_id, _line from {table})"
