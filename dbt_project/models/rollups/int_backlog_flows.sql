-- Grain: one row per step of a ticket into or out of the backlog, on its local day. A step between facts and rollups;
-- it keeps nothing of its own.
{{ config(materialized='view', schema='intermediate', contract={'enforced': false}) }}
with

single_steps as (
    select * from {{ ref('int_ticket_steps') }}
),

arrivals as (
    select
        {{ slices() }},
        'created' as flow,
        created_on as stepped_on
    from {{ ref('fct_tickets') }}
    -- Nobody says where the others stand.
    where is_open is not null
),

departures as (
    select
        {{ slices() }},
        left_backlog_by as flow,
        left_backlog_on as stepped_on
    from {{ ref('fct_tickets') }}
    where left_backlog_on is not null
),

-- The few that came back have their steps in their events.
returned as (
    select
        {{ slices('tickets') }},
        tickets.time_zone,
        single_steps.flow,
        single_steps.stepped_at
    from {{ ref('fct_tickets') }} as tickets
    inner join single_steps on tickets.source = single_steps.source and tickets.ticket_id = single_steps.ticket_id
    where tickets.has_returned
),

steps as (
    select * from arrivals
    union all
    select * from departures
    union all
    select
        {{ slices() }},
        flow,
        {{ local_day('stepped_at', 'returned') }} as stepped_on
    from returned
)

select * from steps
