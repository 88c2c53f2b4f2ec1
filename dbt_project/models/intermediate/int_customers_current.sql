-- Grain: one row per customer of the organisation: the newest row of any source.
with

customers as (
    select * from {{ ref('stg_customers') }}
),

newest as (
    select *
    from customers
    qualify row_number() over (
        partition by customer_id
        -- A row that knows the segment says more than one that does not.
        order by (segment is not null) desc, updated_at desc nulls last, source asc
    ) = 1
)

select * from newest
