-- Grain: one row per month, source, team, channel, region, category and currency, as booked.
with

costs as (
    select * from {{ ref('stg_costs') }}
),

added as (
    select
        month_on,
        {{ known_slices(names=['source', 'channel', 'team', 'region']) }},
        category,
        coalesce(currency, 'unknown') as currency,
        {{ sum_of('amount') }} as amount,
        {{ sum_of('budget') }} as budget,
        -- Spent where something was planned: only these stand against the budget.
        {{ sum_of(known_when('amount', ['budget'])) }} as amount_budgeted
    from costs
    group by all
)

select * from added
