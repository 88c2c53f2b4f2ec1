-- Grain: one row per ticket and stretch of its life under one schedule, with the business seconds it had before the stretch.
with

tickets as (
    select source, ticket_id, team, created_at, time_zone from {{ ref('int_tickets') }}
),

team_events as (
    select source, ticket_id, event_id, occurred_at, from_value, to_value
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

first_events as (
    select
        source,
        ticket_id,
        coalesce(min_by(from_value, occurred_at), min_by(to_value, occurred_at)) as first_team
    from relevant_events
    group by source, ticket_id
),

held as (
    select
        tickets.source,
        tickets.ticket_id,
        tickets.time_zone,
        tickets.created_at as from_at,
        '' as event_id,
        coalesce(first_events.first_team, tickets.team) as team
    from tickets
    left join first_events on tickets.source = first_events.source and tickets.ticket_id = first_events.ticket_id
    union all
    select
        tickets.source,
        tickets.ticket_id,
        tickets.time_zone,
        relevant_events.occurred_at as from_at,
        relevant_events.event_id,
        relevant_events.to_value as team
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
        held.event_id,
        coalesce(own_schedules.team, '*') as schedule
    from held
    -- Left: a team without hours of its own keeps everybody's.
    left join own_schedules on held.team = own_schedules.team
),

spans as (
    select
        *,
        lead(from_at) over (partition by source, ticket_id order by from_at, length(event_id), event_id) as to_at
    from scheduled
),

started as (
    select
        spans.*,
        calendar.open_seconds_before
        + greatest({{ seconds_between('calendar.opens_at', 'least(spans.from_at, calendar.closes_at)') }}, 0) as clock_at_start
    from spans
    {{ asof_left_join() }} calendar
        on spans.schedule = calendar.schedule and spans.time_zone = calendar.time_zone and spans.from_at >= calendar.opens_at
),

ended as (
    select
        started.*,
        calendar.open_seconds_before
        + greatest({{ seconds_between('calendar.opens_at', 'least(started.to_at, calendar.closes_at)') }}, 0) as clock_at_end
    from started
    {{ asof_left_join() }} calendar
        on started.schedule = calendar.schedule and started.time_zone = calendar.time_zone and started.to_at >= calendar.opens_at
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
            partition by source, ticket_id order by from_at, to_at nulls last rows between unbounded preceding and 1 preceding
        ), 0) as business_seconds_before
    from ended
)

select * from accumulated
