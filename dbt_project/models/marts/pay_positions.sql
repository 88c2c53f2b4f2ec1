-- Grain: one row per role, city and currency that we posted in the last two years: our pay beside that of the market.
{%- set least = 5 %}
with

postings as (
    select
        is_own,
        coalesce(city, 'unknown') as city,
        coalesce(role_type, 'unknown') as role_type,
        coalesce(level, 'unknown') as level,
        coalesce(tier, 'unknown') as tier,
        coalesce(currency, 'unknown') as currency,
        annual_pay,
        coalesce(posted_on, opened_on) as published_on
    from {{ ref('fct_postings') }}
    where annual_pay is not null
),

recent as (
    select
        *,
        max(published_on) over () as until_on
    from postings
),

added as (
    select
        city,
        role_type,
        level,
        tier,
        currency,
        max(until_on) as until_on,
        {{ count_where('is_own') }} as own_postings,
        cast(avg(annual_pay) filter (where is_own) as double) as own_pay,
        {{ count_where('not is_own') }} as market_postings,
        cast(percentile_cont(0.25) within group (order by annual_pay) filter (where not is_own) as double)
            as market_pay_p25,
        cast(percentile_cont(0.5) within group (order by annual_pay) filter (where not is_own) as double)
            as market_pay_p50,
        cast(percentile_cont(0.75) within group (order by annual_pay) filter (where not is_own) as double)
            as market_pay_p75
    from recent
    where published_on > {{ add_days('until_on', -730) }}
    group by city, role_type, level, tier, currency
),

-- Nothing here knows a rate of exchange: pay is compared inside one currency only.
final as (
    select
        city,
        role_type,
        level,
        tier,
        currency,
        until_on,
        own_postings,
        own_pay,
        market_postings,
        case when market_postings >= {{ least }} then market_pay_p25 end as market_pay_p25,
        case when market_postings >= {{ least }} then market_pay_p50 end as market_pay_p50,
        case when market_postings >= {{ least }} then market_pay_p75 end as market_pay_p75,
        case when market_postings >= {{ least }} then (own_pay - market_pay_p50) / nullif(market_pay_p50, 0) end as gap,
        case
            when market_postings = 0 then 'no market postings'
            when market_postings < {{ least }} then 'too few market postings'
            when own_pay < market_pay_p25 then 'below'
            when own_pay > market_pay_p75 then 'above'
            else 'inside'
        end as standing
    from added
    where own_postings > 0
)

select * from final
