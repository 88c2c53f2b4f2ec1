-- Grain: one row per person of tickets, agent or customer, with the pseudonym. A hash is dear: each person is hashed
-- once, and not with every ticket.
with

agents as (
    select distinct agent_id as person_id from {{ ref('stg_tickets') }}
    where agent_id is not null
),

customers as (
    select distinct customer_id as person_id from {{ ref('stg_tickets') }}
    where customer_id is not null
),

named as (
    select
        'agent' as kind,
        person_id,
        {{ pseudonym('person_id') }} as person_key
    from agents
    union all
    select
        'customer' as kind,
        person_id,
        {{ pseudonym('person_id') }} as person_key
    from customers
)

select * from named
