-- Grain: one row per month whose labour costs and paid hours are known: what an hour of our people costs, how much more
-- than a year ago, and how much faster the market's wages grew.
with

spent as (
    select
        month_on,
        labour_amount
    from {{ ref('rollup_unit_costs_month') }}
    where labour_amount > 0
),

worked as (
    select
        {{ month_of('worked_on') }} as month_on,
        sum(paid_seconds) / 3600.0 as paid_hours
    from {{ ref('rollup_agent_time_day') }}
    group by {{ month_of('worked_on') }}
),

-- Published as a growth over a year; several places or sectors by their mean, as the factor wage_growth takes them.
market as (
    select
        month_on,
        avg(value) as market_growth
    from {{ ref('rollup_market_month') }}
    where indicator = 'wage_growth' and subject = 'market'
    group by month_on
),

hourly as (
    select
        spent.month_on,
        spent.labour_amount,
        worked.paid_hours,
        spent.labour_amount / nullif(worked.paid_hours, 0) as labour_per_hour
    from spent
    inner join worked on spent.month_on = worked.month_on
    where worked.paid_hours > 0
),

compared as (
    select
        hourly.*,
        round(hourly.labour_per_hour / nullif(earlier.labour_per_hour, 0) - 1, 9) as own_growth,
        round(market.market_growth, 9) as market_growth
    from hourly
    -- Left: the first year has none before it, and a market may be silent.
    left join hourly as earlier on hourly.month_on = cast(earlier.month_on + interval 12 month as date)
    left join market on hourly.month_on = market.month_on
),

final as (
    select
        month_on,
        cast(labour_amount as double) as labour_amount,
        cast(paid_hours as double) as paid_hours,
        cast(own_growth as double) as own_growth,
        cast(market_growth as double) as market_growth,
        cast(round(market_growth - own_growth, 9) as double) as growth_gap,
        cast(case when market_growth - own_growth is not null then 1 end as bigint) as months_compared
    from compared
)

select * from final
