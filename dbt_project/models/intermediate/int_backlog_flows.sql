-- Grain: one row per step of a ticket into or out of the backlog.
with

tickets as (
    select * from {{ ref('int_tickets') }}
),

changes as (
    select source, ticket_id, occurred_at, is_solve, is_reopen, is_restore, is_removal
    from {{ ref('int_ticket_status_changes') }}
    where is_solve or is_reopen or is_restore or is_removal
),

tickets_with_removal as (
    select distinct source, ticket_id from changes
    where is_removal
),

arrivals as (
    select source, ticket_id, created_at as stepped_at, 'created' as flow from tickets
),

told_by_events as (
    select
        tickets.source,
        tickets.ticket_id,
        changes.occurred_at as stepped_at,
        case when changes.is_solve then 'solved' when changes.is_removal then 'deleted' else 'reopened' end as flow
    from changes
    inner join tickets on changes.source = tickets.source and changes.ticket_id = tickets.ticket_id
),

-- A ticket whose state is known but not its day leaves on the day it was last heard of.
told_by_snapshot as (
    select
        source,
        ticket_id,
        coalesce(solved_at, closed_at, updated_at, {{ as_of() }}) as stepped_at,
        'solved' as flow
    from tickets
    where not has_status_events and state = 'solved'
),

-- Deleted says only the snapshot: it was open until then, unless its events had solved it before.
removed_by_snapshot as (
    select
        tickets.source,
        tickets.ticket_id,
        tickets.deleted_at as stepped_at,
        'deleted' as flow
    from tickets
    left join tickets_with_removal
        on tickets.source = tickets_with_removal.source and tickets.ticket_id = tickets_with_removal.ticket_id
    where
        tickets.state = 'gone'
        and tickets_with_removal.ticket_id is null
        and (not tickets.has_status_events or tickets.last_event_state = 'unsolved')
),

steps as (
    select * from arrivals
    union all
    select * from told_by_events
    union all
    select * from told_by_snapshot
    union all
    select * from removed_by_snapshot
),

placed as (
    select
        steps.source,
        steps.ticket_id,
        {{ slices('tickets', ['channel', 'team', 'region', 'topic', 'segment']) }},
        tickets.priority,
        steps.flow,
        {{ local_day('steps.stepped_at', 'tickets') }} as stepped_on
    from steps
    inner join tickets on steps.source = tickets.source and steps.ticket_id = tickets.ticket_id
)

select * from placed
