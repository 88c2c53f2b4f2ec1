-- Grain: one row per inbound contact whose customer is known, with the customer's next contact.
with

contacts as (
    select * from {{ ref('stg_contacts') }}
),

followed as (
    select
        source,
        contact_id,
        lead(arrived_at) over (partition by customer_id order by arrived_at, source, contact_id) as next_contact_at
    from contacts
    where customer_id is not null and direction = 'inbound'
)

select * from followed
