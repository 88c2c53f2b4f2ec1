-- Grain: one row per complete month, region and segment: the yearly spend of the customers there at its start, and of
-- those lost in it.
with

organisation as (
    select max(currency) as currency from {{ source('config', 'organisation') }}
),

-- Only customers whose spend is known, in the organisation's currency.
customers as (
    select
        coalesce(customers.region, 'unknown') as region,
        coalesce(customers.segment, 'unknown') as segment,
        customers.spend,
        coalesce({{ month_of('customers.customer_since_on') }}, date '1900-01-01') as joined_month_on,
        {{ month_of('customers.churned_on') }} as churned_month_on,
        cast(customers.as_of as date) as as_of_on
    from {{ ref('int_customers_current') }} as customers
    cross join organisation
    where
        customers.spend > 0
        and coalesce(customers.currency, organisation.currency) is not distinct from organisation.currency
),

span as (
    select
        min(churned_month_on) as first_on,
        cast({{ month_of(add_days('max(as_of_on)', 1)) }} - interval 1 month as date) as last_on
    from customers
),

-- A customer counts from the month after joining to the month of leaving, both included.
changes as (
    select
        region,
        segment,
        cast(joined_month_on + interval 1 month as date) as month_on,
        sum(spend) as spend,
        count(*) as people
    from customers
    group by region, segment, joined_month_on
    union all
    select
        region,
        segment,
        cast(churned_month_on + interval 1 month as date) as month_on,
        -sum(spend) as spend,
        -count(*) as people
    from customers
    where churned_month_on is not null and churned_month_on > joined_month_on
    group by region, segment, churned_month_on
),

lost as (
    select
        region,
        segment,
        churned_month_on as month_on,
        sum(spend) as spend,
        count(*) as people
    from customers
    where churned_month_on is not null and churned_month_on > joined_month_on
    group by region, segment, churned_month_on
),

days as (
    select month_on from changes
    union
    select month_on from lost
),

slices as (
    select distinct
        region,
        segment
    from changes
),

months as (
    select
        slices.region,
        slices.segment,
        days.month_on
    from slices
    cross join days
),

joined as (
    select
        months.region,
        months.segment,
        months.month_on,
        coalesce(sum(changes.spend), 0) as change,
        coalesce(sum(changes.people), 0) as people_change
    from months
    left join changes
        on
            months.region = changes.region
            and months.segment = changes.segment
            and months.month_on = changes.month_on
    group by months.region, months.segment, months.month_on
),

running as (
    select
        region,
        segment,
        month_on,
        sum(change) over (partition by region, segment order by month_on) as spend_at_start,
        sum(people_change) over (partition by region, segment order by month_on) as customers_at_start
    from joined
),

final as (
    select
        running.month_on,
        running.region,
        running.segment,
        cast(running.customers_at_start as bigint) as customers_at_start,
        cast(running.spend_at_start as double) as spend_at_start,
        cast(coalesce(lost.people, 0) as bigint) as customers_lost,
        cast(coalesce(lost.spend, 0) as double) as spend_lost,
        cast(running.spend_at_start - coalesce(lost.spend, 0) as double) as spend_retained
    from running
    cross join span
    left join lost
        on
            running.region = lost.region and running.segment = lost.segment and running.month_on = lost.month_on
    -- Losses are known since the first one was recorded.
    where running.month_on between span.first_on and span.last_on
)

select * from final
