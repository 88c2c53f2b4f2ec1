-- Grain: one row per change or message of a ticket.
with

ticket_events as (
    select * from {{ source('raw', 'ticket_events') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

placed as (
    select
        ticket_events.source,
        ticket_events.ticket_id,
        ticket_events.event_id,
        ticket_events.occurred_at,
        ticket_events.event_type,
        ticket_events.field,
        ticket_events.from_value,
        ticket_events.to_value,
        ticket_events.actor_id,
        ticket_events.actor_role,
        ticket_events.is_public,
        coalesce(ticket_events.is_business, false) as is_business,
        ticket_events.is_standard_answer,
        {{ as_of('sources') }},
        sources.time_zone
    from ticket_events
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on ticket_events.source = sources.source
)

select * from placed
