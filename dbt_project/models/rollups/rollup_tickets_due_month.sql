-- Grain: one row per month of the deadline, source, channel, team, region, priority and promise.
with

days as (
    select * from {{ ref('rollup_tickets_due_day') }}
),

added as (
    select
        {{ month_of('due_on') }} as month_on,
        {{ slices(names=['source', 'channel', 'team', 'region']) }},
        priority,
        promise,
        {{ due_promise_measures() }}
    from days
    group by all
)

select * from added
order by month_on
