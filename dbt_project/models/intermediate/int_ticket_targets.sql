-- Grain: one row per promise a ticket's events tell of: the target in force when it was made, and how often it was set.
with

events as (
    select * from {{ ref('int_ticket_target_changes') }}
),

added as (
    select
        source,
        ticket_id,
        promise,
        count(*) as times_set,
        min(occurred_at) as made_at,
        min_by(target_minutes, {{ event_place('occurred_at', 'event_id') }}) as target_minutes,
        min_by(is_business, {{ event_place('occurred_at', 'event_id') }}) as is_business
    from events
    group by source, ticket_id, promise
)

select * from added
