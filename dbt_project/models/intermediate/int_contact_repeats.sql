-- Grain: one row per inbound contact that automation ended, of a known customer, with the customer's next contact.
with

contacts as (
    select * from {{ ref('stg_contacts') }}
    where customer_id is not null and direction = 'inbound'
),

-- Nobody else's return is asked for.
customers as (
    select distinct customer_id from contacts
    where outcome = 'contained'
),

theirs as (
    select
        contacts.source,
        contacts.contact_id,
        contacts.customer_id,
        contacts.arrived_at,
        contacts.outcome
    from contacts
    inner join customers on contacts.customer_id = customers.customer_id
),

followed as (
    select
        source,
        contact_id,
        outcome,
        lead(arrived_at) over (partition by customer_id order by arrived_at, contact_id) as next_contact_at
    from theirs
),

ended_by_automation as (
    select
        source,
        contact_id,
        next_contact_at
    from followed
    where outcome = 'contained'
)

select * from ended_by_automation
