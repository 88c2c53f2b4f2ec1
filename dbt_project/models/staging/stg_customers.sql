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
        coalesce(
            customers.age_band,
            case
                -- A year that nobody living was born in is a code for not known.
                when coalesce(year({{ as_of('sources') }}) - customers.birth_year not between 0 and 120, true) then null
                when year({{ as_of('sources') }}) - customers.birth_year < 18 then 'under 18'
                when year({{ as_of('sources') }}) - customers.birth_year < 28 then '18-27'
                when year({{ as_of('sources') }}) - customers.birth_year < 38 then '28-37'
                when year({{ as_of('sources') }}) - customers.birth_year < 48 then '38-47'
                when year({{ as_of('sources') }}) - customers.birth_year < 58 then '48-57'
                when year({{ as_of('sources') }}) - customers.birth_year < 68 then '58-67'
                else '68+'
            end
        ) as age_band,
        customers.gender,
        customers.language,
        customers.is_business,
        customers.industry,
        customers.company_size,
        customers.spend,
        customers.currency,
        customers.customer_since_on,
        customers.last_purchase_on,
        customers.churned_on,
        customers.updated_at,
        {{ as_of('sources') }},
        sources.time_zone
    from customers
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on customers.source = sources.source
)

select * from placed
