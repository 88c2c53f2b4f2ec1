-- Grain: one row per dated event of the world outside: a rule, a standard, a programme of support, a newcomer.
with

indicators as (
    select * from {{ ref('fct_market_indicators') }}
    where is_latest and indicator in ('rule', 'standard', 'support_programme', 'entrant')
),

dated as (
    select
        *,
        coalesce(effective_on, period_on) as holds_from,
        cast({{ as_of() }} as date) as as_of_on
    from indicators
),

final as (
    select
        source,
        indicator as kind,
        coalesce(segment, 'unnamed') as event,
        coalesce(region, 'all') as region,
        period_on as announced_on,
        holds_from,
        until_on,
        value,
        unit,
        published_on,
        case
            when until_on < as_of_on then 'over'
            when holds_from > as_of_on then 'announced'
            else 'in force'
        end as state,
        cast({{ days_between('as_of_on', 'holds_from') }} as bigint) as days_until
    from dated
)

select * from final
