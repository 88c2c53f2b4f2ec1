-- Grain: one row per month, category and what it was spent on.
with

costs as (
    select * from {{ source('raw', 'costs') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

organisation as (
    select max(currency) as currency from {{ source('config', 'organisation') }}
),

placed as (
    select
        costs.source,
        {{ month_of('costs.month_on') }} as month_on,
        costs.category,
        costs.amount,
        coalesce(costs.currency, organisation.currency) as currency,
        costs.budget,
        costs.item,
        costs.team,
        costs.channel,
        costs.region,
        {{ as_of('sources') }},
        sources.time_zone
    from costs
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on costs.source = sources.source
    cross join organisation
)

select * from placed
