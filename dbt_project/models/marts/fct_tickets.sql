-- Grain: one row per ticket of a source.
with

tickets as (
    select * from {{ ref('int_ticket_business_times') }}
),

repeats as (
    select * from {{ ref('int_ticket_repeats') }}
),

measured as (
    select
        tickets.*,
        {{ local_day('tickets.last_solved_at', 'tickets') }} as solved_on,
        {{ minutes_between('tickets.created_at', 'tickets.first_replied_at') }} as first_reply_calendar_minutes,
        tickets.first_reply_business_seconds / 60.0 as first_reply_business_minutes,
        {{ minutes_between('tickets.created_at', 'tickets.first_solved_at') }} as first_resolution_calendar_minutes,
        tickets.first_resolution_business_seconds / 60.0 as first_resolution_business_minutes,
        {{ minutes_between('tickets.created_at', 'tickets.solved_at') }} as full_resolution_calendar_minutes,
        tickets.full_resolution_business_seconds / 60.0 as full_resolution_business_minutes,
        {{ add_seconds('tickets.last_solved_at', var('repeat_days') ~ ' * 86400') }} as repeat_known_at,
        {{ add_seconds('tickets.created_at', var('complaint_hours') ~ ' * 3600') }} as complaint_due_at,
        repeats.ticket_id is not null as has_repeat
    from tickets
    -- Left: most customers do not come back.
    left join repeats on tickets.source = repeats.source and tickets.ticket_id = repeats.ticket_id
),

dated as (
    select
        *,
        case
            when left_backlog_at = last_solved_at then solved_on
            else {{ local_day('left_backlog_at') }}
        end as left_backlog_on
    from measured
),

final as (
    select
        source,
        ticket_id,
        channel,
        team,
        region,
        topic,
        segment,
        priority,
        type,
        language,
        agent_key,
        customer_key,
        status,
        state = 'unsolved' as is_open,
        state = 'solved' as is_solved,
        state = 'gone' as is_deleted,
        is_complaint,
        case when has_status_events then 'events' else 'snapshot' end as told_by,
        created_at,
        created_on,
        first_replied_at,
        first_solved_at,
        last_solved_at,
        solved_at,
        solved_on,
        closed_at,
        deleted_at,
        cast(first_reply_calendar_minutes as double) as first_reply_calendar_minutes,
        cast(first_reply_business_minutes as double) as first_reply_business_minutes,
        cast(first_resolution_calendar_minutes as double) as first_resolution_calendar_minutes,
        cast(first_resolution_business_minutes as double) as first_resolution_business_minutes,
        cast(full_resolution_calendar_minutes as double) as full_resolution_calendar_minutes,
        cast(full_resolution_business_minutes as double) as full_resolution_business_minutes,
        cast(requester_wait_minutes as double) as requester_wait_minutes,
        cast(agent_work_minutes as double) as agent_work_minutes,
        cast(agent_wait_minutes as double) as agent_wait_minutes,
        cast(on_hold_minutes as double) as on_hold_minutes,
        cast(reopens as bigint) as reopens,
        reopens > 0 as is_reopened,
        cast(reassignments as bigint) as reassignments,
        cast(team_changes as bigint) as team_changes,
        cast(public_replies as bigint) as public_replies,
        cast(standard_replies as bigint) as standard_replies,
        is_first_reply_standard,
        cast(next_replies as bigint) as next_replies,
        cast(next_reply_minutes as double) as next_reply_minutes,
        is_next_reply_pending,
        is_resolution_due,
        is_resolution_due and is_solved_at_cohort_due as is_resolved_in_time,
        customer_key is not null and repeat_known_at is not null and repeat_known_at <= {{ as_of() }} as is_repeat_due,
        customer_key is not null
        and repeat_known_at is not null
        and repeat_known_at > {{ as_of() }} as is_repeat_pending,
        has_repeat as is_repeated,
        is_complaint and complaint_due_at <= {{ as_of() }} as is_complaint_due,
        is_complaint and complaint_due_at <= {{ as_of() }} and coalesce(first_solved_at <= complaint_due_at, false)
            as is_complaint_solved_in_time,
        left_backlog_on,
        left_backlog_by,
        has_returned,
        first_reply_due_at,
        due_at,
        reported_sla_state,
        schedule,
        time_zone,
        {{ as_of() }}
    from dated
)

select * from final
