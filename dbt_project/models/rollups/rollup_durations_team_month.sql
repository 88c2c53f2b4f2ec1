-- Grain: one row per measure, month, source, channel, team, region and log-bucket: the small form of large companies.
-- A histogram is smaller than its facts only when many durations share a bucket. Below a million of them it stays
-- empty, and quantiles are read from the durations themselves, which is faster than a table of the same length.
with

sizes as (
    select (select count(*) from {{ ref('fct_tickets') }}) + (select count(*) from {{ ref('fct_contacts') }}) as facts
),

-- Measure by measure: their names are long, and grouping by them would cost a third more. The durations are named here
-- and not above, where all of them would be kept in memory at once.
added as (
    {%- for measure in ['wait_seconds'] + ticket_duration_measures() %}
        select
            '{{ measure }}' as measure,
            {{ month_of('counted_on') }} as month_on,
            {{ slices(names=['source', 'channel', 'team', 'region']) }},
            bucket,
            cast(sum(n) as bigint) as n
        from {{ ref('rollup_durations_day') }}
        where measure = '{{ measure }}' and (select facts from sizes) >= {{ var('histogram_from_rows') }}
        group by month_on, source, channel, team, region, bucket
        {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from added
order by measure, month_on
