-- Grain: one row per step of a ticket into or out of the backlog.
with

tickets as (
    select * from {{ ref('int_tickets') }}
),

arrivals as (
    select
        source,
        ticket_id,
        created_at as stepped_at,
        'created' as flow
    from tickets
),

told_by_events as (
    select
        source,
        ticket_id,
        {{ each_of('solved_ats') }} as stepped_at,
        'solved' as flow
    from tickets
    union all
    select
        source,
        ticket_id,
        {{ each_of('reopened_ats') }} as stepped_at,
        'reopened' as flow
    from tickets
    union all
    select
        source,
        ticket_id,
        {{ each_of('removed_ats') }} as stepped_at,
        'deleted' as flow
    from tickets
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
        source,
        ticket_id,
        deleted_at as stepped_at,
        'deleted' as flow
    from tickets
    where state = 'gone' and (not has_status_events or last_event_state = 'unsolved')
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
