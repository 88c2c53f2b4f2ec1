-- Grain: one row per ticket under its local day of creation, slice and priority: numbers that add up over anything.
-- By the day and seven slices nearly every ticket is a group of its own, so a table of sums would be as large as the
-- facts; the smaller rollups are tables.
{{ config(materialized='view') }}

with

tickets as (
    select * from {{ ref('fct_tickets') }}
),

measured as (
    select
        created_on,
        {{ known_slices() }},
        coalesce(priority, 'unknown') as priority,
        cast(1 as bigint) as tickets_created,
        {{ one_where('is_deleted') }} as tickets_deleted,
        {{ one_where('is_resolution_due') }} as resolution_cohort,
        {{ one_where('is_resolved_in_time') }} as resolved_in_30_days,
        {{ one_where('first_replied_at is not null') }} as replied,
        {{ one_where('first_replied_at is null and is_open') }} as pending_reply,
        {{ one_where('is_complaint') }} as complaints,
        {{ one_where('is_complaint_due') }} as complaints_due_24h,
        {{ one_where('is_complaint_solved_in_time') }} as complaints_solved_24h,
        reassignments,
        {{ one_where('reassignments is not null') }} as reassignments_base,
        team_changes as hops,
        {{ one_where('team_changes is not null') }} as hops_base,
        public_replies as touches,
        {{ one_where('public_replies is not null') }} as touches_base,
        next_replies,
        next_reply_minutes,
        {{ one_where('is_next_reply_pending') }} as next_replies_pending,
        requester_wait_minutes,
        agent_work_minutes,
        agent_wait_minutes,
        on_hold_minutes,
        {{ one_where('requester_wait_minutes is not null') }} as status_time_base
    from tickets
)

select * from measured
