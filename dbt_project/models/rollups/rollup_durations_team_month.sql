-- Grain: one row per measure, month, source, channel, team, region and log-bucket: the small form most questions need.
with

days as (
    select * from {{ ref('rollup_durations_day') }}
),

added as (
    select
        measure,
        {{ month_of('counted_on') }} as month_on,
        {{ slices(names=['source', 'channel', 'team', 'region']) }},
        bucket,
        cast(sum(n) as bigint) as n
    from days
    group by all
)

select * from added
