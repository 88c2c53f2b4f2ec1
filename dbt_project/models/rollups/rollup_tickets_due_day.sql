-- Grain: one row per promise under the local day on which it fell due, slice and priority: numbers that add up over
-- anything.
{{ config(materialized='view') }}

with

promises as (
    select * from {{ ref('fct_ticket_promises') }}
),

measured as (
    select
        due_on,
        {{ known_slices() }},
        coalesce(priority, 'unknown') as priority,
        promise,
        {{ one_where('is_due') }} as promises_due,
        {{ one_where('is_met') }} as promises_met,
        {{ one_where('is_retargeted_due') }} as promises_due_retargeted,
        {{ one_where('is_retargeted_met') }} as promises_met_retargeted,
        {{ one_where("state = 'pending'") }} as promises_pending
    from promises
)

select * from measured
