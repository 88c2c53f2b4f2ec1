-- Grain: one row per indicator, subject, segment, place, period and vintage.
with

indicators as (
    select * from {{ ref('stg_market_indicators') }}
),

final as (
    select
        source,
        indicator,
        subject,
        segment,
        region,
        period_on,
        value,
        unit,
        n,
        standard_error,
        published_on,
        -- The latest vintage counts unless an earlier one is asked for.
        row_number() over (
            partition by source, indicator, subject, segment, region, period_on order by published_on desc nulls last
        ) = 1 as is_latest,
        -- As known on a day: published by then, and not yet superseded.
        lead(published_on) over (
            partition by source, indicator, subject, segment, region, period_on order by published_on
        ) as superseded_on,
        effective_on,
        until_on,
        {{ as_of() }}
    from indicators
)

select * from final
