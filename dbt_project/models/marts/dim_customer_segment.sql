-- Grain: one row per customer segment, with the customers in it.
with

customers as (
    select * from {{ ref('int_customers_current') }}
),

added as (
    select
        coalesce(segment, 'unknown') as segment,
        cast(count(*) as bigint) as customers,
        {{ count_where('is_business') }} as business_customers,
        {{ count_where('churned_on is not null') }} as churned_customers
    from customers
    group by all
)

select * from added
