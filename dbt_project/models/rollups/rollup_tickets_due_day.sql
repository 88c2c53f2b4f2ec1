-- Grain: one row per local day on which promises fell due, slice, priority and promise.
with

promises as (
    select * from {{ ref('fct_ticket_promises') }}
),

added as (
    select
        due_on,
        {{ known_slices() }},
        coalesce(priority, 'unknown') as priority,
        promise,
        {{ count_where('is_due') }} as promises_due,
        {{ count_where('is_met') }} as promises_met,
        {{ count_where('is_retargeted_due') }} as promises_due_retargeted,
        {{ count_where('is_retargeted_met') }} as promises_met_retargeted,
        {{ count_where("state = 'pending'") }} as promises_pending
    from promises
    group by all
)

select * from added
