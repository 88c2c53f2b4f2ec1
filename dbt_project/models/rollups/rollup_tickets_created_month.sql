-- Grain: one row per month of creation and slice.
with

days as (
    select * from {{ ref('rollup_tickets_created_day') }}
),

added as (
    select
        {{ month_of('created_on') }} as month_on,
        {{ slices(names=['source', 'channel', 'team', 'region', 'topic', 'segment']) }},
        {{ created_ticket_measures() }}
    from days
    group by all
)

select * from added
order by month_on
