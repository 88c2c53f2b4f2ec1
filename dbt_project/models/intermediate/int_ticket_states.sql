-- Grain: one row per ticket that has status events: what they add up to.
-- A table, because tickets, repeats and the backlog all ask it and the sequence behind it is dear.
{{ config(materialized='table', database=scratch_database()) }}

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

-- How long each state lasted, and the one before the first change: until then the ticket stood in the state that change
-- came from.
timed as (
    select
        changes.*,
        {{ add_seconds('tickets.created_at', var('resolution_cohort_days') ~ ' * 86400') }} as cohort_due_at,
        {{ minutes_between(
            'changes.occurred_at', 'coalesce(changes.ended_at, greatest(tickets.as_of, changes.occurred_at))'
        ) }}
            as minutes,
        case
            when changes.is_first
                then greatest({{ minutes_between('tickets.created_at', 'changes.occurred_at') }}, 0)
            else 0
        end as minutes_before
    from changes
    -- Inner: events of a ticket that is not there have no creation to be measured from.
    inner join tickets on changes.source = tickets.source and changes.ticket_id = tickets.ticket_id
),

added as (
    select
        source,
        ticket_id,
        max(status) filter (where ended_at is null) as last_status,
        min(occurred_at) filter (where is_solve) as first_solved_at,
        max(occurred_at) filter (where is_solve) as last_solved_at,
        max(occurred_at) filter (where status = 'closed') as closed_at,
        max(occurred_at) filter (where state = 'gone') as removed_at,
        sum(case when is_reopen then 1 else 0 end) as reopens,
        bool_or(is_reopen or is_restore or is_removal) as has_returned,
        -- The state on the cohort's due day does not change any more, whatever happens later.
        bool_or(state = 'solved' and occurred_at <= cohort_due_at and (ended_at is null or ended_at > cohort_due_at))
            as is_solved_at_cohort_due,
        -- In whole milliseconds, so that the order in which the engine adds them leaves no trace.
        {{ exact_sum(minutes_in(['new', 'open']), 'minutes') }} as agent_work_minutes,
        {{ exact_sum(minutes_in(['pending']), 'minutes') }} as agent_wait_minutes,
        {{ exact_sum(minutes_in(['on_hold']), 'minutes') }} as on_hold_minutes
    from timed
    group by source, ticket_id
),

final as (
    select
        source,
        ticket_id,
        last_status,
        {{ state_of('last_status') }} as last_state,
        first_solved_at,
        last_solved_at,
        closed_at,
        removed_at,
        cast(reopens as bigint) as reopens,
        coalesce(has_returned, false) as has_returned,
        coalesce(is_solved_at_cohort_due, false) as is_solved_at_cohort_due,
        agent_work_minutes + on_hold_minutes as requester_wait_minutes,
        agent_work_minutes,
        agent_wait_minutes,
        on_hold_minutes
    from added
)

select * from final
