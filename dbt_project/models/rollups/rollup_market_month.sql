-- Grain: one row per month, indicator, subject, segment and place: the mean of the latest vintages in the month.
with

indicators as (
    select * from {{ ref('fct_market_indicators') }}
    where is_latest and value is not null
),

added as (
    select
        {{ month_of('period_on') }} as month_on,
        source,
        indicator,
        subject,
        coalesce(segment, 'all') as segment,
        coalesce(region, 'all') as region,
        cast(avg(value) as double) as value,
        {{ sum_of('value') }} as value_sum,
        cast(count(*) as bigint) as periods,
        {{ sum_of('n', 'bigint') }} as n,
        cast(avg(standard_error) as double) as standard_error,
        max(unit) as unit,
        max(published_on) as published_on
    from indicators
    group by all
)

select * from added
