-- Grain: one row per stretch of a ticket's life under one schedule, of the tickets that passed between teams, with the
-- business seconds it had before the stretch. All others live under their team's schedule from first to last.
-- A table: mostly a small or an empty one, which the joins to it can only know when it is written.
{{ config(materialized='table') }}

with

tickets as (
    select
        source,
        ticket_id,
        created_at,
        time_zone
    from {{ ref('stg_tickets') }}
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

business_days as (
    select * from {{ ref('int_business_days') }}
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
        source,
        ticket_id,
        coalesce(
            min_by(from_value, {{ event_place('occurred_at', 'event_id') }}),
            min_by(to_value, {{ event_place('occurred_at', 'event_id') }})
        )
            as first_team
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
        moved_tickets.first_team as team
    from moved_tickets
    inner join tickets on moved_tickets.source = tickets.source and moved_tickets.ticket_id = tickets.ticket_id
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
        coalesce(own_schedules.team, '*') as schedule,
        lead(held.from_at) over (
            partition by held.source, held.ticket_id order by held.from_at, {{ event_order('held.event_id') }}
        ) as to_at
    from held
    -- Left: a team without hours of its own keeps everybody's.
    left join own_schedules on held.team = own_schedules.team
),

clocked as (
    select
        scheduled.*,
        {{ business_clock('at_start', 'scheduled.from_at') }} as clock_at_start,
        {{ business_clock('at_end', 'scheduled.to_at') }} as clock_at_end
    from scheduled
    {{ join_business_day('at_start', 'scheduled.schedule', 'scheduled.time_zone', 'scheduled.from_at') }}
    {{ join_business_day('at_end', 'scheduled.schedule', 'scheduled.time_zone', 'scheduled.to_at') }}
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
            order by from_at, {{ event_order('event_id') }} rows between unbounded preceding and 1 preceding
        ), 0) as business_seconds_before
    from clocked
)

select * from accumulated
