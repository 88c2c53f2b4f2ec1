-- Grain: one row per ticket: business seconds from its creation to the instants that matter.
with

tickets as (
    select
        source,
        ticket_id,
        first_replied_at,
        first_solved_at,
        solved_at
    from {{ ref('int_tickets') }}
),

schedules as (
    select * from {{ ref('int_ticket_schedules') }}
),

calendar as (
    select * from {{ ref('int_business_calendar') }}
),

moments as (
    select 'first_reply' as moment
    union all
    select 'first_solved' as moment
    union all
    select 'solved' as moment
),

instants as (
    select
        tickets.source,
        tickets.ticket_id,
        moments.moment,
        case moments.moment
            when 'first_reply' then tickets.first_replied_at
            when 'first_solved' then tickets.first_solved_at
            else tickets.solved_at
        end as happened_at
    from tickets
    cross join moments
),

-- An instant belongs to the schedule that held just then.
placed as (
    select
        instants.source,
        instants.ticket_id,
        instants.moment,
        instants.happened_at,
        schedules.schedule,
        schedules.time_zone,
        schedules.clock_at_start,
        schedules.business_seconds_before
    from instants
    inner join schedules
        on
            instants.source = schedules.source
            and instants.ticket_id = schedules.ticket_id
            and instants.happened_at >= schedules.from_at
            and (schedules.to_at is null or instants.happened_at < schedules.to_at)
),

clocked as (
    select
        placed.source,
        placed.ticket_id,
        placed.moment,
        placed.business_seconds_before - placed.clock_at_start
        + calendar.open_seconds_before
        + greatest({{ seconds_between('calendar.opens_at', 'least(placed.happened_at, calendar.closes_at)') }}, 0)
            as business_seconds
    from placed
    {{ asof_left_join() }} calendar
        on
            placed.schedule = calendar.schedule
            and placed.time_zone = calendar.time_zone
            and placed.happened_at >= calendar.opens_at
),

side_by_side as (
    select
        source,
        ticket_id,
        max(business_seconds) filter (where moment = 'first_reply') as first_reply_business_seconds,
        max(business_seconds) filter (where moment = 'first_solved') as first_resolution_business_seconds,
        max(business_seconds) filter (where moment = 'solved') as full_resolution_business_seconds
    from clocked
    group by source, ticket_id
)

select * from side_by_side
