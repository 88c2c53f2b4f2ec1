-- Grain: one row per local day of creation, slice and priority.
with

tickets as (
    select * from {{ ref('fct_tickets') }}
),

added as (
    select
        created_on,
        {{ known_slices() }},
        coalesce(priority, 'unknown') as priority,
        cast(count(*) as bigint) as tickets_created,
        {{ count_where('is_deleted') }} as tickets_deleted,
        {{ count_where('is_resolution_due') }} as resolution_cohort,
        {{ count_where('is_resolved_in_time') }} as resolved_in_30_days,
        {{ count_where('first_replied_at is not null') }} as replied,
        {{ count_where('first_replied_at is null and is_open') }} as pending_reply,
        {{ count_where('is_complaint') }} as complaints,
        {{ count_where('is_complaint_due') }} as complaints_due_24h,
        {{ count_where('is_complaint_solved_in_time') }} as complaints_solved_24h,
        {{ sum_of('reassignments', 'bigint') }} as reassignments,
        {{ count_where('reassignments is not null') }} as reassignments_base,
        {{ sum_of('public_replies', 'bigint') }} as touches,
        {{ count_where('public_replies is not null') }} as touches_base,
        {{ sum_of('requester_wait_minutes') }} as requester_wait_minutes,
        {{ sum_of('agent_work_minutes') }} as agent_work_minutes,
        {{ sum_of('agent_wait_minutes') }} as agent_wait_minutes,
        {{ count_where('requester_wait_minutes is not null') }} as status_time_base
    from tickets
    group by all
)

select * from added
