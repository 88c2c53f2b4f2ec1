-- Grain: one row per ticket that has status events: what they add up to.
-- A table, because tickets, repeats and the backlog all ask it and the sequence behind it is dear.
{{ config(materialized='table') }}

with

changes as (
    select * from {{ ref('int_ticket_status_changes') }}
),

tickets as (
    select
        source,
        ticket_id,
        created_at,
        as_of
    from {{ ref('stg_tickets') }}
),

timed as (
    select
        changes.*,
        tickets.created_at,
        {{ add_seconds('tickets.created_at', var('resolution_cohort_days') ~ ' * 86400') }} as cohort_due_at,
        {{ minutes_between(
            'changes.occurred_at', 'coalesce(changes.ended_at, greatest(tickets.as_of, changes.occurred_at))'
        ) }}
            as minutes
    from changes
    -- Inner: events of a ticket that is not there have no creation to be measured from.
    inner join tickets on changes.source = tickets.source and changes.ticket_id = tickets.ticket_id
),

added as (
    select
        source,
        ticket_id,
        max(status) filter (where ended_at is null) as last_status,
        max(state) filter (where ended_at is null) as last_state,
        min(occurred_at) filter (where is_solve) as first_solved_at,
        max(occurred_at) filter (where is_solve) as last_solved_at,
        max(occurred_at) filter (where status = 'closed') as closed_at,
        max(occurred_at) filter (where state = 'gone') as removed_at,
        count(*) filter (where is_reopen) as reopens,
        count(*) filter (where is_reopen or is_restore or is_removal) as returns,
        -- The state on the cohort's due day does not change any more, whatever happens later.
        coalesce(
            bool_or(
                state = 'solved' and occurred_at <= cohort_due_at and (ended_at is null or ended_at > cohort_due_at)
            ),
            false
        ) as is_solved_at_cohort_due,
        sum(minutes) filter (where status = 'new') as new_minutes,
        sum(minutes) filter (where status = 'open') as open_minutes,
        sum(minutes) filter (where status = 'pending') as pending_minutes,
        sum(minutes) filter (where status = 'on_hold') as on_hold_minutes,
        -- Before the first change the ticket stood in the state that change came from.
        max(previous_status) filter (where is_first) as first_status,
        greatest({{ minutes_between('min(created_at)', 'min(occurred_at)') }}, 0) as first_status_minutes
    from timed
    group by source, ticket_id
),

final as (
    select
        source,
        ticket_id,
        last_status,
        last_state,
        first_solved_at,
        last_solved_at,
        closed_at,
        removed_at,
        reopens,
        returns > 0 as has_returned,
        is_solved_at_cohort_due,
        new_minutes,
        open_minutes,
        pending_minutes,
        on_hold_minutes,
        first_status,
        first_status_minutes
    from added
)

select * from final
