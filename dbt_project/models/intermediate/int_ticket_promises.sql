-- Grain: one row per ticket and promise, with the deadline of the target in force when it was made and of the last one
-- before it was kept.
with

tickets as (
    select * from {{ ref('int_tickets') }}
),

events as (
    select
        source,
        ticket_id,
        {{ event_order('event_id') }} as event_order,
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

targets as (
    select
        source,
        ticket_id,
        promise,
        min(occurred_at) as made_at,
        min_by(target_minutes, {{ pair('occurred_at', 'event_order') }}) as target_minutes,
        min_by(is_business, {{ pair('occurred_at', 'event_order') }}) as is_business,
        -- A target set after the promise was kept changes nothing.
        coalesce(
            max_by(target_minutes, {{ pair('occurred_at', 'event_order') }}) filter (
                where coalesce(occurred_at <= fulfilled_at, true)
            ),
            min_by(target_minutes, {{ pair('occurred_at', 'event_order') }})
        ) as retargeted_minutes,
        max(created_at) as created_at
    from kept
    group by source, ticket_id, promise
),

-- Targets run from the ticket's creation, on the schedule it was created under.
started as (
    select
        targets.*,
        schedules.schedule,
        schedules.time_zone,
        schedules.clock_at_start
    from targets
    left join schedules
        on
            targets.source = schedules.source
            and targets.ticket_id = schedules.ticket_id
            and targets.created_at = schedules.from_at
),

-- The few that were re-targeted have a second deadline.
deadlines as (
    select
        source,
        ticket_id,
        promise,
        'made' as variant,
        created_at,
        target_minutes as minutes,
        is_business,
        schedule,
        time_zone,
        clock_at_start
    from started
    union all
    select
        source,
        ticket_id,
        promise,
        'retargeted' as variant,
        created_at,
        retargeted_minutes as minutes,
        is_business,
        schedule,
        time_zone,
        clock_at_start
    from started
    where retargeted_minutes <> target_minutes
),

business_due as (
    select
        deadlines.source,
        deadlines.ticket_id,
        deadlines.promise,
        deadlines.variant,
        {{ add_seconds(
            'calendar.opens_at', 'deadlines.clock_at_start + deadlines.minutes * 60 - calendar.open_seconds_before'
        ) }}
            as due_at
    from deadlines
    {{ asof_left_join() }} calendar
        on
            deadlines.schedule = calendar.schedule
            and deadlines.time_zone = calendar.time_zone
            and deadlines.clock_at_start + deadlines.minutes * 60 > calendar.open_seconds_before
    where deadlines.is_business
),

due as (
    select * from business_due
    union all
    select
        source,
        ticket_id,
        promise,
        variant,
        {{ add_seconds('created_at', 'minutes * 60') }} as due_at
    from deadlines
    where not is_business
),

promised as (
    select
        targets.source,
        targets.ticket_id,
        targets.promise,
        targets.made_at,
        targets.target_minutes,
        targets.is_business,
        due.due_at,
        coalesce(retargeted.due_at, due.due_at) as retargeted_due_at
    from targets
    inner join due
        on
            targets.source = due.source
            and targets.ticket_id = due.ticket_id
            and targets.promise = due.promise
            and due.variant = 'made'
    left join due as retargeted
        on
            targets.source = retargeted.source
            and targets.ticket_id = retargeted.ticket_id
            and targets.promise = retargeted.promise
            and retargeted.variant = 'retargeted'
),

from_snapshot as (
    select
        source,
        ticket_id,
        'first_reply' as promise,
        created_at as made_at,
        first_reply_due_at as due_at
    from tickets
    where first_reply_due_at is not null
    union all
    select
        source,
        ticket_id,
        'resolution' as promise,
        created_at as made_at,
        due_at
    from tickets
    where due_at is not null
),

-- A promise told by events is not taken from the snapshot again.
complete as (
    select
        source,
        ticket_id,
        promise,
        made_at,
        'events' as told_by,
        target_minutes,
        is_business,
        due_at,
        retargeted_due_at
    from promised
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
        on
            from_snapshot.source = targets.source
            and from_snapshot.ticket_id = targets.ticket_id
            and from_snapshot.promise = targets.promise
    where targets.ticket_id is null
)

select * from complete
