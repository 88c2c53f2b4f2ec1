-- Grain: one row per ticket and stretch of its life under one schedule, with the business seconds it had before the
-- stretch.
with

tickets as (
    select
        source,
        ticket_id,
        team,
        created_at,
        time_zone
    from {{ ref('int_tickets') }}
),

team_events as (
    select
        source,
        ticket_id,
        event_id,
        occurred_at,
        from_value,
        to_value
    from {{ ref('stg_ticket_events') }}
    where event_type = 'team' and to_value is not null
),

calendar as (
    select * from {{ ref('int_business_calendar') }}
),

own_schedules as (
    select distinct team from {{ source('config', 'business_hours') }}
    where team is not null
),

-- Only where teams have hours of their own can a change of team change the clock.
relevant_events as (
    select team_events.*
    from team_events
    where exists (select 1 from own_schedules)
),

moved_tickets as (
    select
        relevant_events.source,
        relevant_events.ticket_id,
        coalesce(
            min_by(relevant_events.from_value, relevant_events.occurred_at),
            min_by(relevant_events.to_value, relevant_events.occurred_at)
        )
            as first_team
    from relevant_events
    group by relevant_events.source, relevant_events.ticket_id
),

held as (
    select
        tickets.source,
        tickets.ticket_id,
        tickets.time_zone,
        tickets.created_at as from_at,
        cast(-1 as bigint) as event_order,
        coalesce(moved_tickets.first_team, tickets.team) as team,
        moved_tickets.ticket_id is not null as has_moved
    from tickets
    left join moved_tickets on tickets.source = moved_tickets.source and tickets.ticket_id = moved_tickets.ticket_id
    union all
    select
        tickets.source,
        tickets.ticket_id,
        tickets.time_zone,
        relevant_events.occurred_at as from_at,
        {{ event_order('relevant_events.event_id') }} as event_order,
        relevant_events.to_value as team,
        true as has_moved
    from relevant_events
    inner join tickets on relevant_events.source = tickets.source and relevant_events.ticket_id = tickets.ticket_id
    where relevant_events.occurred_at > tickets.created_at
),

scheduled as (
    select
        held.source,
        held.ticket_id,
        held.time_zone,
        held.from_at,
        held.event_order,
        held.has_moved,
        coalesce(own_schedules.team, '*') as schedule
    from held
    -- Left: a team without hours of its own keeps everybody's.
    left join own_schedules on held.team = own_schedules.team
),

started as (
    select
        scheduled.*,
        calendar.open_seconds_before
        + greatest({{ seconds_between('calendar.opens_at', 'least(scheduled.from_at, calendar.closes_at)') }}, 0)
            as clock_at_start
    from scheduled
    {{ asof_left_join() }} calendar
        on
            scheduled.schedule = calendar.schedule
            and scheduled.time_zone = calendar.time_zone
            and scheduled.from_at >= calendar.opens_at
),

-- The few that moved are worked out stretch by stretch; all others have one.
spans as (
    select
        source,
        ticket_id,
        schedule,
        time_zone,
        from_at,
        event_order,
        clock_at_start,
        lead(from_at) over (partition by source, ticket_id order by from_at, event_order) as to_at
    from started
    where has_moved
),

ended as (
    select
        spans.*,
        calendar.open_seconds_before
        + greatest({{ seconds_between('calendar.opens_at', 'least(spans.to_at, calendar.closes_at)') }}, 0)
            as clock_at_end
    from spans
    {{ asof_left_join() }} calendar
        on
            spans.schedule = calendar.schedule
            and spans.time_zone = calendar.time_zone
            and spans.to_at >= calendar.opens_at
),

accumulated as (
    select
        source,
        ticket_id,
        schedule,
        time_zone,
        from_at,
        to_at,
        clock_at_start,
        coalesce(sum(clock_at_end - clock_at_start) over (
            partition by source, ticket_id
            order by from_at, event_order rows between unbounded preceding and 1 preceding
        ), 0) as business_seconds_before
    from ended
    union all
    select
        source,
        ticket_id,
        schedule,
        time_zone,
        from_at,
        cast(null as timestamp) as to_at,
        clock_at_start,
        cast(0 as double) as business_seconds_before
    from started
    where not has_moved
)

select * from accumulated
