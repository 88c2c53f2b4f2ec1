-- Grain: one row per measure, month, slice and log-bucket.
with

days as (
    select * from {{ ref('rollup_durations_day') }}
),

added as (
    select
        measure,
        {{ month_of('counted_on') }} as month_on,
        {{ slices() }},
        bucket,
        cast(sum(n) as bigint) as n
    from days
    group by all
)

select * from added
