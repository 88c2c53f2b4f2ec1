-- Grain: one row per ticket and promise, with the deadline of the target in force when it was made and of the last one before it was kept.
with

tickets as (
    select * from {{ ref('int_tickets') }}
),

events as (
    select
        source,
        ticket_id,
        event_id,
        occurred_at,
        case
            when field in ('first_reply_time', 'first_reply') then 'first_reply'
            when field in ('resolution_time', 'resolution', 'full_resolution_time') then 'resolution'
        end as promise,
        try_cast(to_value as double) as target_minutes,
        is_business
    from {{ ref('stg_ticket_events') }}
    where event_type = 'promise'
),

schedules as (
    select * from {{ ref('int_ticket_schedules') }}
    where business_seconds_before = 0
),

calendar as (
    select * from {{ ref('int_business_calendar') }}
),

kept as (
    select
        events.*,
        tickets.created_at,
        case events.promise when 'first_reply' then tickets.first_replied_at else tickets.solved_at end as fulfilled_at
    from events
    inner join tickets on events.source = tickets.source and events.ticket_id = tickets.ticket_id
    where events.promise is not null and events.target_minutes is not null
),

ranked as (
    select
        *,
        row_number() over (partition by source, ticket_id, promise order by occurred_at, length(event_id), event_id) as from_first,
        row_number() over (
            partition by source, ticket_id, promise
            -- A target set after the promise was kept changes nothing.
            order by coalesce(occurred_at <= fulfilled_at, true) desc, occurred_at desc, length(event_id) desc, event_id desc
        ) as from_last
    from kept
),

targets as (
    select
        source,
        ticket_id,
        promise,
        min(occurred_at) as made_at,
        max(target_minutes) filter (where from_first = 1) as target_minutes,
        bool_or(is_business) filter (where from_first = 1) as is_business,
        max(target_minutes) filter (where from_last = 1) as retargeted_minutes,
        bool_or(is_business) filter (where from_last = 1) as is_retargeted_business,
        max(created_at) as created_at
    from ranked
    group by source, ticket_id, promise
),

-- Targets run from the ticket's creation, on the schedule it was created under.
started as (
    select
        targets.*,
        schedules.schedule,
        schedules.time_zone,
        schedules.clock_at_start + targets.target_minutes * 60 as clock_when_due,
        schedules.clock_at_start + targets.retargeted_minutes * 60 as clock_when_retargeted_due
    from targets
    left join schedules
        on targets.source = schedules.source and targets.ticket_id = schedules.ticket_id and targets.created_at = schedules.from_at
),

due as (
    select
        started.*,
        case
            when started.is_business
                then {{ add_seconds('calendar.opens_at', 'started.clock_when_due - calendar.open_seconds_before') }}
            else {{ add_seconds('started.created_at', 'started.target_minutes * 60') }}
        end as due_at
    from started
    {{ asof_left_join() }} calendar
        on started.schedule = calendar.schedule
        and started.time_zone = calendar.time_zone
        and started.clock_when_due > calendar.open_seconds_before
),

retargeted as (
    select
        due.*,
        case
            when due.is_retargeted_business
                then {{ add_seconds('calendar.opens_at', 'due.clock_when_retargeted_due - calendar.open_seconds_before') }}
            else {{ add_seconds('due.created_at', 'due.retargeted_minutes * 60') }}
        end as retargeted_due_at
    from due
    {{ asof_left_join() }} calendar
        on due.schedule = calendar.schedule
        and due.time_zone = calendar.time_zone
        and due.clock_when_retargeted_due > calendar.open_seconds_before
),

from_snapshot as (
    select source, ticket_id, 'first_reply' as promise, created_at as made_at, first_reply_due_at as due_at
    from tickets
    where first_reply_due_at is not null
    union all
    select source, ticket_id, 'resolution' as promise, created_at as made_at, due_at
    from tickets
    where due_at is not null
),

-- A promise told by events is not taken from the snapshot again.
complete as (
    select
        source, ticket_id, promise, made_at, 'events' as told_by, target_minutes, is_business, due_at, retargeted_due_at
    from retargeted
    where due_at is not null
    union all
    select
        from_snapshot.source,
        from_snapshot.ticket_id,
        from_snapshot.promise,
        from_snapshot.made_at,
        'snapshot' as told_by,
        cast(null as double) as target_minutes,
        cast(null as boolean) as is_business,
        from_snapshot.due_at,
        from_snapshot.due_at as retargeted_due_at
    from from_snapshot
    left join targets
        on from_snapshot.source = targets.source
        and from_snapshot.ticket_id = targets.ticket_id
        and from_snapshot.promise = targets.promise
    where targets.ticket_id is null
)

select * from complete
