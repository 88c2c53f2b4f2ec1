-- Grain: one row per month and series: its growth, its season taken out, and its level with a common month at 100.
{{ config(schema='marts') }}
{%- set series = 'source, indicator, subject, segment, region' %}
with

values_by_month as (
    select * from {{ ref('int_market_series') }}
),

vintages as (
    select
        source,
        indicator,
        subject,
        coalesce(segment, 'all') as segment,
        coalesce(region, 'all') as region,
        {{ month_of('period_on') }} as month_on,
        cast(count(*) - count(*) filter (where is_latest) as bigint) as revisions,
        avg(value) filter (where is_latest) as latest_value,
        -- What was said first, of the periods that were corrected since.
        min_by(value, published_on) as first_value
    from {{ ref('fct_market_indicators') }}
    where value is not null
    group by all
    having count(*) > count(*) filter (where is_latest)
),

-- Our own last complete month sets the clock; where we have none, or ended two years before the market did, the newest
-- month of the market: an axis that only we reach is no common one.
ends as (
    select
        max(month_on) filter (where source = 'own') as own_until_on,
        max(month_on) filter (where source <> 'own') as market_until_on,
        min(month_on) filter (where indicator = 'own_contacts') as own_since_on
    from values_by_month
),

clock as (
    select
        case
            when own_until_on < market_until_on - interval 24 month then market_until_on
            else coalesce(own_until_on, market_until_on)
        end as newest_on,
        own_since_on
    from ends
),

common as (
    select greatest(cast(newest_on - interval 24 month as date), coalesce(own_since_on, date '1900-01-01')) as base_on
    from clock
),

placed as (
    select
        values_by_month.*,
        common.base_on,
        max(value) over (
            partition by {{ series }} order by month_on
            range between interval 1 month preceding and interval 1 month preceding
        ) as value_month_before,
        max(value) over (
            partition by {{ series }} order by month_on
            range between interval 12 month preceding and interval 12 month preceding
        ) as value_year_before,
        avg(value) over (
            partition by {{ series }} order by month_on
            range between interval 6 month preceding and interval 5 month following
        ) as early_mean,
        avg(value) over (
            partition by {{ series }} order by month_on
            range between interval 5 month preceding and interval 6 month following
        ) as late_mean,
        count(*) over (
            partition by {{ series }} order by month_on
            range between interval 6 month preceding and interval 6 month following
        ) as months_around,
        min(value) over (partition by {{ series }}) as least_value,
        max(month_on) over (partition by {{ series }}) as series_until_on,
        max(month_on) over (partition by source, indicator, region) as indicator_until_on,
        -- A quarterly or yearly figure stands for the months after it: at most eleven.
        max_by(value, month_on) filter (
            where month_on <= common.base_on and month_on > common.base_on - interval 12 month
        ) over (partition by {{ series }}) as base_value
    from values_by_month
    cross join common
),

-- The season by the ratio to a centred moving average of twelve months (2 × 12), its median per calendar month; a plain
-- method that needs three years, no model.
ratios as (
    select
        source,
        indicator,
        subject,
        segment,
        region,
        extract(month from month_on) as calendar_month,
        median(value / nullif((early_mean + late_mean) / 2, 0)) as factor,
        count(*) as years
    from placed
    where months_around = 13 and least_value > 0
    group by source, indicator, subject, segment, region, extract(month from month_on)
),

factors as (
    select
        *,
        factor / nullif(avg(factor) over (partition by {{ series }}), 0) as season,
        count(*) over (partition by {{ series }}) = 12 and min(years) over (partition by {{ series }}) >= 2 as is_known
    from ratios
),

final as (
    select
        placed.month_on,
        placed.source,
        placed.indicator,
        placed.subject,
        placed.segment,
        placed.region,
        placed.unit,
        cast(placed.value as double) as value,
        placed.n,
        placed.published_on,
        coalesce(vintages.revisions, 0) as revisions,
        cast(vintages.first_value as double) as first_value,
        cast(case when vintages.first_value > 0 then vintages.latest_value / vintages.first_value - 1 end as double)
            as revised_by,
        cast(placed.value_month_before as double) as value_month_before,
        cast(case when placed.value_month_before > 0 then placed.value / placed.value_month_before - 1 end as double)
            as growth_month,
        cast(placed.value_year_before as double) as value_year_before,
        cast(case when placed.value_year_before > 0 then placed.value / placed.value_year_before - 1 end as double)
            as growth_year,
        case
            when placed.value_year_before is null then 'no value a year before'
            when placed.value_year_before = 0 then 'base is zero'
            when placed.value_year_before < 0 then 'base is negative'
            else 'known'
        end as growth_state,
        cast(case when factors.is_known then placed.value / nullif(factors.season, 0) end as double)
            as seasonally_adjusted,
        case
            when factors.is_known then 'ratio to moving average'
            when placed.least_value <= 0 then 'not above zero'
            else 'under three years'
        end as adjustment,
        placed.base_on,
        cast(case when placed.base_value > 0 then 100 * placed.value / placed.base_value end as double) as index_value,
        case
            when placed.base_value is null then 'no value in the base month'
            when placed.base_value <= 0 then 'base is zero'
            else 'known'
        end as index_state,
        placed.month_on = placed.series_until_on as is_newest,
        -- Others of the indicator went on in its region: this one was given up or renamed.
        placed.series_until_on < placed.indicator_until_on - interval 3 month as is_gone
    from placed
    left join factors
        on
            placed.source = factors.source
            and placed.indicator = factors.indicator
            and placed.subject = factors.subject
            and placed.segment = factors.segment
            and placed.region = factors.region
            and extract(month from placed.month_on) = factors.calendar_month
    left join vintages
        on
            placed.source = vintages.source
            and placed.indicator = vintages.indicator
            and placed.subject = vintages.subject
            and placed.segment = vintages.segment
            and placed.region = vintages.region
            and placed.month_on = vintages.month_on
)

select * from final
