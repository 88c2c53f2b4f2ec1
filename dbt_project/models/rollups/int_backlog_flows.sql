-- Grain: one row per step of a ticket into or out of the backlog, on its local day. A step between facts and rollups; it
-- keeps nothing of its own.
{{ config(materialized='view', schema='intermediate', contract={'enforced': false}) }}
with

tickets as (
    select * from {{ ref('fct_tickets') }}
),

states as (
    select * from {{ ref('int_ticket_states') }}
),

arrivals as (
    select
        {{ slices() }},
        'created' as flow,
        created_on as stepped_on
    from tickets
),

departures as (
    select
        {{ slices() }},
        left_backlog_by as flow,
        left_backlog_on as stepped_on
    from tickets
    where left_backlog_on is not null
),

-- The few that came back have their steps in their events.
returned as (
    select
        {{ slices('tickets') }},
        tickets.time_zone,
        states.solved_ats,
        states.reopened_ats,
        states.removed_ats
    from tickets
    inner join states on tickets.source = states.source and tickets.ticket_id = states.ticket_id
    where tickets.has_returned and states.has_returned
),

told_by_events as (
    {%- for flow, instants in {'solved': 'solved_ats', 'reopened': 'reopened_ats', 'deleted': 'removed_ats'}.items() %}
        select
            {{ slices() }},
            time_zone,
            '{{ flow }}' as flow,
            {{ each_of(instants) }} as stepped_at
        from returned
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

steps as (
    select * from arrivals
    union all
    select * from departures
    union all
    select
        {{ slices() }},
        flow,
        {{ local_day('stepped_at', 'told_by_events') }} as stepped_on
    from told_by_events
)

select * from steps
