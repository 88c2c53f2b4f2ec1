-- Grain: one row per ticket and promise (first reply, resolution), with the deadline of the target in force when it was
-- made, the one of the last target set before it was kept, and the state by either.
with

tickets as (
    select * from {{ ref('fct_tickets') }}
),

targets as (
    select * from {{ ref('int_ticket_targets') }}
),

target_changes as (
    select * from {{ ref('int_ticket_target_changes') }}
),

calendar as (
    select * from {{ ref('int_business_calendar') }}
    where closes_at > opens_at
),

business_days as (
    select * from {{ ref('int_business_days') }}
),

told_by_events as (
    select
        targets.source,
        targets.ticket_id,
        targets.promise,
        'events' as told_by,
        targets.times_set,
        targets.made_at,
        targets.target_minutes,
        targets.is_business,
        cast(null as timestamp) as stated_due_at
    from targets
),

-- A promise told by events is not taken from the snapshot again.
told_by_snapshot as (
    select
        stated.source,
        stated.ticket_id,
        stated.promise,
        'snapshot' as told_by,
        1 as times_set,
        stated.made_at,
        cast(null as double) as target_minutes,
        cast(null as boolean) as is_business,
        stated.stated_due_at
    from (
        select
            source,
            ticket_id,
            'first_reply' as promise,
            created_at as made_at,
            first_reply_due_at as stated_due_at
        from tickets
        where first_reply_due_at is not null
        union all
        select
            source,
            ticket_id,
            'resolution' as promise,
            created_at as made_at,
            due_at as stated_due_at
        from tickets
        where due_at is not null
    ) as stated
    left join targets
        on
            stated.source = targets.source
            and stated.ticket_id = targets.ticket_id
            and stated.promise = targets.promise
    where targets.ticket_id is null
),

promises as (
    select * from told_by_events
    union all
    select * from told_by_snapshot
),

placed as (
    select
        promises.*,
        {{ slices('tickets', ['channel', 'team', 'region', 'topic', 'segment']) }},
        tickets.priority,
        tickets.reported_sla_state,
        tickets.created_at,
        tickets.schedule,
        tickets.time_zone,
        case promises.promise when 'first_reply' then tickets.first_replied_at else tickets.solved_at end
            as fulfilled_at,
        -- Nobody waits for a reply to a ticket that was deleted.
        least({{ as_of('tickets') }}, coalesce(tickets.deleted_at, {{ as_of('tickets') }})) as judged_at,
        {{ as_of('tickets') }}
    from promises
    inner join tickets on promises.source = tickets.source and promises.ticket_id = tickets.ticket_id
),

-- The few that were set again have a second target. One set after the promise was kept changes nothing.
retargeted as (
    select
        placed.source,
        placed.ticket_id,
        placed.promise,
        max_by(
            target_changes.target_minutes, {{ event_place('target_changes.occurred_at', 'target_changes.event_id') }}
        ) as retargeted_minutes
    from placed
    inner join target_changes
        on
            placed.source = target_changes.source
            and placed.ticket_id = target_changes.ticket_id
            and placed.promise = target_changes.promise
    where
        placed.times_set > 1
        and coalesce(target_changes.occurred_at <= placed.fulfilled_at, true)
    group by placed.source, placed.ticket_id, placed.promise
),

-- Targets run from the ticket's creation, on the schedule it was created under.
started as (
    select
        placed.*,
        coalesce(retargeted.retargeted_minutes, placed.target_minutes) as retargeted_minutes,
        {{ business_clock('at_creation', 'placed.created_at') }} as clock_at_creation
    from placed
    left join retargeted
        on
            placed.source = retargeted.source
            and placed.ticket_id = retargeted.ticket_id
            and placed.promise = retargeted.promise
    {{ join_business_day('at_creation', 'placed.schedule', 'placed.time_zone', 'placed.created_at') }}
),

-- The clock's reading at the deadline; calendar targets need none.
aimed as (
    select
        *,
        case when is_business then clock_at_creation + target_minutes * 60 end as clock_at_due,
        case
            when is_business and retargeted_minutes <> target_minutes
                then clock_at_creation + retargeted_minutes * 60
        end as clock_at_retargeted
    from started
),

clocked as (
    select
        aimed.*,
        {{ add_seconds('calendar.opens_at', 'aimed.clock_at_due - calendar.open_seconds_before') }} as business_due_at
    from aimed
    {{ asof_left_join() }} calendar
        on
            aimed.schedule = calendar.schedule
            and aimed.time_zone = calendar.time_zone
            and aimed.clock_at_due > calendar.open_seconds_before
),

clocked_again as (
    select
        source,
        ticket_id,
        promise,
        business_retargeted_at
    from (
        select
            again.source,
            again.ticket_id,
            again.promise,
            {{ add_seconds('calendar.opens_at', 'again.clock_at_retargeted - calendar.open_seconds_before') }}
                as business_retargeted_at
        from (
            select * from aimed
            where clock_at_retargeted is not null
        ) as again
        {{ asof_left_join() }} calendar
            on
                again.schedule = calendar.schedule
                and again.time_zone = calendar.time_zone
                and again.clock_at_retargeted > calendar.open_seconds_before
    ) as found
),

due as (
    select
        clocked.*,
        coalesce(
            clocked.stated_due_at,
            case
                when clocked.is_business then clocked.business_due_at
                else {{ add_seconds('clocked.created_at', 'clocked.target_minutes * 60') }}
            end
        ) as due_at,
        case
            when clocked.is_business then clocked_again.business_retargeted_at
            when clocked.retargeted_minutes <> clocked.target_minutes
                then {{ add_seconds('clocked.created_at', 'clocked.retargeted_minutes * 60') }}
        end as other_due_at
    from clocked
    -- Left: hardly any promise is set again.
    left join clocked_again
        on
            clocked.source = clocked_again.source
            and clocked.ticket_id = clocked_again.ticket_id
            and clocked.promise = clocked_again.promise
),

dated as (
    select
        *,
        coalesce(other_due_at, due_at) as retargeted_due_at,
        {{ local_day('due_at') }} as due_on
    from due
    where due_at is not null
),

judged as (
    select
        *,
        case
            when fulfilled_at <= due_at then 'met'
            -- Silence past the deadline is already a breach.
            when coalesce(fulfilled_at, judged_at) > due_at then 'breached'
            else 'pending'
        end as state,
        case
            when fulfilled_at <= retargeted_due_at then 'met'
            when coalesce(fulfilled_at, judged_at) > retargeted_due_at then 'breached'
            else 'pending'
        end as retargeted_state
    from dated
),

final as (
    select
        source,
        ticket_id,
        promise,
        {{ slices(names=['channel', 'team', 'region', 'topic', 'segment']) }},
        priority,
        told_by,
        made_at,
        target_minutes,
        is_business,
        due_at,
        due_on,
        fulfilled_at,
        state,
        -- Kept early is kept, but it counts on its due day like all others, and not before.
        due_at <= {{ as_of() }} and state <> 'pending' as is_due,
        due_at <= {{ as_of() }} and state = 'met' as is_met,
        retargeted_due_at,
        retargeted_state,
        retargeted_due_at <= {{ as_of() }} and retargeted_state <> 'pending' as is_retargeted_due,
        retargeted_due_at <= {{ as_of() }} and retargeted_state = 'met' as is_retargeted_met,
        reported_sla_state,
        {{ as_of() }}
    from judged
)

select * from final
