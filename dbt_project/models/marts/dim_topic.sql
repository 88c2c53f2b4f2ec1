-- Grain: one row per topic that any fact names.
with

used as (
    select
        topic,
        1 as tickets,
        0 as contacts
    from {{ ref('fct_tickets') }}
    union all
    select
        topic,
        0 as tickets,
        1 as contacts
    from {{ ref('fct_contacts') }}
    union all
    select
        topic,
        0 as tickets,
        offered as contacts
    from {{ ref('fct_queue_intervals') }}
    where not is_superseded
),

added as (
    select
        coalesce(topic, 'unknown') as topic,
        cast(sum(tickets) as bigint) as tickets,
        cast(sum(contacts) as bigint) as contacts
    from used
    group by all
)

select * from added
