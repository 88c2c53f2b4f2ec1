-- Grain: one row per customer of a source; names and addresses stay in raw.
with

customers as (
    select * from {{ source('raw', 'customers') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

placed as (
    select
        customers.source,
        customers.customer_id,
        {{ pseudonym('customers.customer_id') }} as customer_key,
        customers.segment,
        customers.region,
        customers.country,
        customers.age_band,
        customers.gender,
        customers.language,
        customers.is_business,
        customers.industry,
        customers.company_size,
        customers.spend,
        customers.currency,
        customers.customer_since_on,
        customers.churned_on,
        customers.updated_at,
        {{ as_of('sources') }},
        sources.time_zone
    from customers
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on customers.source = sources.source
)

select * from placed
