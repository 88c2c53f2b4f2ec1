-- Grain: one row per ticket that was ever solved and whose customer is known, with the next request on the same topic
-- after it.
with

tickets as (
    select
        source,
        ticket_id,
        customer_id,
        coalesce(topic, 'unknown') as topic,
        created_at,
        last_solved_at
    from {{ ref('int_tickets') }}
    where customer_id is not null
),

contacts as (
    select
        customer_id,
        coalesce(topic, 'unknown') as topic,
        arrived_at
    from {{ ref('stg_contacts') }}
    where customer_id is not null and direction = 'inbound'
),

requests as (
    select
        customer_id,
        topic,
        created_at as requested_at
    from tickets
    union all
    select
        customer_id,
        topic,
        arrived_at as requested_at
    from contacts
),

solved as (
    select
        source,
        ticket_id,
        customer_id,
        topic,
        last_solved_at
    from tickets
    where last_solved_at is not null
),

followed as (
    select
        solved.source,
        solved.ticket_id,
        requests.requested_at as next_request_at
    from solved
    {{ asof_left_join() }} requests
        on
            solved.customer_id = requests.customer_id
            and solved.topic = requests.topic
            and solved.last_solved_at < requests.requested_at
)

select * from followed
