-- Grain: one row per ticket and promise (first reply, resolution), with the deadline of the target in force when it was
-- made, the one of the last target set before it was kept, and the state by either.
with

targets as (
    select * from {{ ref('int_ticket_targets') }}
),

business_readings as (
    select * from {{ ref('int_business_readings') }}
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
        from {{ ref('fct_tickets') }}
        where first_reply_due_at is not null
        union all
        select
            source,
            ticket_id,
            'resolution' as promise,
            created_at as made_at,
            due_at as stated_due_at
        from {{ ref('fct_tickets') }}
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

-- Where no ticket of a source has a first reply, or none an end, nothing says which promise of one was kept.
told_ends as (
    select distinct
        source,
        'first_reply' as promise
    from {{ ref('fct_tickets') }}
    where first_replied_at is not null
    union all
    select distinct
        source,
        'resolution' as promise
    from {{ ref('fct_tickets') }}
    where last_solved_at is not null
),

placed as (
    select
        promises.*,
        told_ends.source is not null as is_end_told,
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
    -- Named here and not above: what is asked several times is kept in memory as a whole.
    inner join {{ ref('fct_tickets') }} as tickets
        on promises.source = tickets.source and promises.ticket_id = tickets.ticket_id
    left join told_ends on promises.source = told_ends.source and promises.promise = told_ends.promise
),

-- The few that were set again have a second target.
later_targets as (
    select
        source,
        ticket_id,
        promise,
        {{ each_of('targets_set') }} as target_set
    from targets
    where times_set > 1
),

-- One set after the promise was kept changes nothing.
set_again as (
    select
        later_targets.source,
        later_targets.ticket_id,
        later_targets.promise,
        max_by(
            later_targets.target_set.target_minutes,  -- noqa: RF01
            {{ event_place('later_targets.target_set.occurred_at', 'later_targets.target_set.event_id') }}
        ) as retargeted_minutes
    from later_targets
    inner join {{ ref('fct_tickets') }} as tickets
        on later_targets.source = tickets.source and later_targets.ticket_id = tickets.ticket_id
    where
        coalesce(
            later_targets.target_set.occurred_at  -- noqa: RF01
            <= case later_targets.promise when 'first_reply' then tickets.first_replied_at else tickets.solved_at end,
            true
        )
    group by later_targets.source, later_targets.ticket_id, later_targets.promise
),

-- Targets run from the ticket's creation, on the schedule it was created under.
started as (
    select
        placed.*,
        coalesce(set_again.retargeted_minutes, placed.target_minutes) as retargeted_minutes,
        case when placed.is_business then {{ business_clock('at_creation', 'placed.created_at') }} end
            as clock_at_creation
    from placed
    left join set_again
        on
            placed.source = set_again.source
            and placed.ticket_id = set_again.ticket_id
            and placed.promise = set_again.promise
    {{ join_business_day('at_creation', 'placed.schedule', 'placed.time_zone', 'placed.created_at') }}
),

-- The clock's reading at the deadline; calendar targets need none.
aimed as (
    select
        *,
        clock_at_creation + target_minutes * 60 as clock_at_due,
        case when retargeted_minutes <> target_minutes then clock_at_creation + retargeted_minutes * 60 end
            as clock_at_retargeted
    from started
),

due as (
    select
        aimed.*,
        case
            when aimed.told_by = 'snapshot' then aimed.stated_due_at
            when aimed.is_business then {{ instant_of_reading('at_due', 'aimed.clock_at_due') }}
            else {{ add_seconds('aimed.created_at', 'aimed.target_minutes * 60') }}
        end as due_at,
        case
            when aimed.is_business then {{ instant_of_reading('at_retargeted', 'aimed.clock_at_retargeted') }}
            when aimed.retargeted_minutes <> aimed.target_minutes
                then {{ add_seconds('aimed.created_at', 'aimed.retargeted_minutes * 60') }}
        end as other_due_at
    from aimed
    {{ join_business_reading('at_due', 'aimed.schedule', 'aimed.time_zone', 'aimed.clock_at_due') }}
    {{ join_business_reading('at_retargeted', 'aimed.schedule', 'aimed.time_zone', 'aimed.clock_at_retargeted') }}
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
            when is_end_told and coalesce(fulfilled_at, judged_at) > due_at then 'breached'
            else 'pending'
        end as state,
        case
            when fulfilled_at <= retargeted_due_at then 'met'
            when is_end_told and coalesce(fulfilled_at, judged_at) > retargeted_due_at then 'breached'
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
