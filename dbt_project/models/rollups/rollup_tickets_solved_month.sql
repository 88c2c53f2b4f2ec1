-- Grain: one row per month of the last solution and slice.
with

days as (
    select * from {{ ref('rollup_tickets_solved_day') }}
),

added as (
    select
        {{ month_of('solved_on') }} as month_on,
        {{ slices(names=['source', 'channel', 'team', 'region', 'topic', 'segment']) }},
        {{ solved_ticket_measures() }}
    from days
    group by all
)

select * from added
order by month_on
