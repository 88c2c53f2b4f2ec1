-- Grain: one row per local day of creation, source, channel, team and region: the small form most questions need.
with

days as (
    select * from {{ ref('rollup_tickets_created_day') }}
),

added as (
    select
        created_on,
        {{ slices(names=['source', 'channel', 'team', 'region']) }},
        {{ created_ticket_measures() }}
    from days
    group by all
)

select * from added
order by created_on
