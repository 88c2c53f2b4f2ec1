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
        -- Sums over the people asked, where a score says how many and how far they are apart: Σx and Σx² from mean,
        -- number and standard error.
        {{ sum_of(known_when('value * n', ['n', 'standard_error'])) }} as score_sum,
        {{ sum_of(known_when('n', ['value', 'standard_error']), 'bigint') }} as score_base,
        {{ sum_of('n * value * value + n * (n - 1) * standard_error * standard_error') }} as score_sum_sq,
        max(unit) as unit,
        max(published_on) as published_on
    from indicators
    group by all
)

select * from added
