-- Grain: one row per target that was set for a ticket's first reply or resolution.
with

events as (
    select
        source,
        ticket_id,
        event_id,
        occurred_at,
        case
            when field in ('first_reply_time', 'first_reply') then 'first_reply'
            when field in ('resolution_time', 'resolution', 'full_resolution_time') then 'resolution'
        end as promise,
        try_cast(to_value as double) as target_minutes,
        is_business
    from {{ ref('stg_ticket_events') }}
    where event_type = 'promise'
),

known as (
    select * from events
    where promise is not null and target_minutes is not null
)

select * from known
