-- Grain: one row per team that any fact names.
with

used as (
    select
        team,
        1 as tickets,
        0 as contacts
    from {{ ref('fct_tickets') }}
    union all
    select
        team,
        0 as tickets,
        1 as contacts
    from {{ ref('fct_contacts') }}
    union all
    select
        team,
        0 as tickets,
        offered as contacts
    from {{ ref('fct_queue_intervals') }}
    where not is_superseded
    union all
    select
        team,
        0 as tickets,
        0 as contacts
    from {{ ref('dim_agent') }}
),

added as (
    select
        coalesce(team, 'unknown') as team,
        cast(sum(tickets) as bigint) as tickets,
        cast(sum(contacts) as bigint) as contacts
    from used
    group by all
)

select * from added
