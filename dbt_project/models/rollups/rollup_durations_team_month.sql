-- Grain: one row per measure, month, source, channel, team, region and log-bucket: the small form of large companies.
-- A histogram is smaller than its facts only when many durations share a bucket. Below a million of them it stays
-- empty, and quantiles are read from the durations themselves, which is faster than a table of the same length.
with

days as (
    select * from {{ ref('rollup_durations_day') }}
    where (
        (select count(*) from {{ ref('fct_tickets') }}) + (select count(*) from {{ ref('fct_contacts') }})
    ) >= {{ var('histogram_from_rows') }}
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
order by measure, month_on
