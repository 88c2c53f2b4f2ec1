-- Grain: one row per ticket, its columns kept, with the business seconds from its creation to the instants that matter.
-- It carries the ticket along, so that nobody has to join ten million tickets to themselves.
{%- set moments = {
    'first_reply': 'first_replied_at', 'first_resolution': 'first_solved_at', 'later_resolution': 'solved_later_at'
} %}
with

tickets as (
    select * from {{ ref('int_tickets') }}
),

schedules as (
    select * from {{ ref('int_ticket_schedules') }}
),

business_days as (
    select * from {{ ref('int_business_days') }}
),

own_schedules as (
    select distinct team from {{ source('config', 'business_hours') }}
    where team is not null
),

first_schedules as (
    select * from schedules
    where business_seconds_before = 0
),

-- A ticket that moved began under the schedule of its first team.
scheduled as (
    select
        tickets.*,
        coalesce(first_schedules.schedule, own_schedules.team, '*') as schedule
    from tickets
    left join own_schedules on tickets.team = own_schedules.team
    left join first_schedules
        on
            tickets.source = first_schedules.source
            and tickets.ticket_id = first_schedules.ticket_id
            and tickets.created_at = first_schedules.from_at
            and (first_schedules.to_at is null or tickets.created_at < first_schedules.to_at)
),

-- Most tickets are solved once: an instant that was looked up is not looked up again.
started as (
    select
        scheduled.*,
        case
            when scheduled.first_solved_at is null or scheduled.solved_at <> scheduled.first_solved_at
                then scheduled.solved_at
        end as solved_later_at,
        {{ business_clock('at_creation', 'scheduled.created_at') }} as clock_at_creation
    from scheduled
    {{ join_business_day('at_creation', 'scheduled.schedule', 'scheduled.time_zone', 'scheduled.created_at') }}
),

-- An instant belongs to the schedule that held just then.
-- The layout rule loses its way in loops that end a list of columns.
-- noqa: disable=layout.indent
placed as (
    select
        started.*
        {%- for moment in moments %},
            coalesce({{ moment }}_schedule.schedule, started.schedule) as {{ moment }}_schedule,
            coalesce(
                {{ moment }}_schedule.business_seconds_before - {{ moment }}_schedule.clock_at_start,
                -started.clock_at_creation
            ) as {{ moment }}_offset
        {%- endfor %}
    from started
    {%- for moment, instant in moments.items() %}
        left join schedules as {{ moment }}_schedule
            on
                started.source = {{ moment }}_schedule.source
                and started.ticket_id = {{ moment }}_schedule.ticket_id
                and started.{{ instant }} >= {{ moment }}_schedule.from_at
                and (
                    {{ moment }}_schedule.to_at is null
                    or started.{{ instant }} < {{ moment }}_schedule.to_at
                )
    {%- endfor %}
),

clocked as (
    select
        placed.*
        {%- for moment, instant in moments.items() %},
            placed.{{ moment }}_offset
            + {{ business_clock(moment ~ '_day', 'placed.' ~ instant) }} as {{ moment }}_business_seconds
        {%- endfor %}
    from placed
    {%- for moment, instant in moments.items() %}
        {{ join_business_day(
            moment ~ '_day', 'placed.' ~ moment ~ '_schedule', 'placed.time_zone', 'placed.' ~ instant
        ) }}
    {%- endfor %}
),

final as (
    select
        *,
        case
            when solved_later_at is not null then later_resolution_business_seconds
            when solved_at is not null then first_resolution_business_seconds
        end as full_resolution_business_seconds
    from clocked
)

select * from final
