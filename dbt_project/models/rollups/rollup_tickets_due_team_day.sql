-- Grain: one row per local day of the deadline, source, channel, team, region and promise: the small form most
-- questions need.
with

days as (
    select * from {{ ref('rollup_tickets_due_day') }}
),

added as (
    select
        due_on,
        {{ slices(names=['source', 'channel', 'team', 'region']) }},
        promise,
        {{ due_promise_measures() }}
    from days
    group by all
)

select * from added
order by due_on
