-- Grain: one row per indicator, subject, segment, place, period and vintage.
with

market_indicators as (
    select * from {{ source('raw', 'market_indicators') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

placed as (
    select
        market_indicators.source,
        market_indicators.indicator,
        market_indicators.period_on,
        market_indicators.value,
        coalesce(market_indicators.subject, 'market') as subject,
        market_indicators.segment,
        market_indicators.region,
        market_indicators.unit,
        market_indicators.n,
        market_indicators.standard_error,
        market_indicators.effective_on,
        market_indicators.until_on,
        coalesce(market_indicators.published_on, {{ local_day('sources.as_of', 'sources') }}) as published_on,
        {{ as_of('sources') }},
        sources.time_zone
    from market_indicators
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on market_indicators.source = sources.source
)

select * from placed
