-- Grain: one row per ticket whose customer came back on the same topic inside the days that count after it was last
-- solved, by ticket or by contact.
with

states as (
    select
        source,
        ticket_id,
        last_solved_at
    from {{ ref('int_ticket_states') }}
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
        coalesce(topic, 'unknown') as topic,
        created_at as requested_at
    -- Named twice and not above: what is asked several times is kept in memory as a whole.
    from {{ ref('stg_tickets') }}
    where customer_id is not null
    union all
    select
        customer_id,
        topic,
        arrived_at as requested_at
    from contacts
),

solved as (
    select
        tickets.source,
        tickets.ticket_id,
        tickets.customer_id,
        coalesce(tickets.topic, 'unknown') as topic,
        {{ last_solved_at('tickets', 'states') }} as last_solved_at
    from {{ ref('stg_tickets') }} as tickets
    -- Left: without events the snapshot tells.
    left join states on tickets.source = states.source and tickets.ticket_id = states.ticket_id
    where tickets.customer_id is not null
),

repeated as (
    select
        solved.source,
        solved.ticket_id
    from solved
    {{ semi_join() }} requests
        on
            solved.customer_id = requests.customer_id
            and solved.topic = requests.topic
            and solved.last_solved_at < requests.requested_at
            and requests.requested_at <= {{ add_seconds('solved.last_solved_at', var('repeat_days') ~ ' * 86400') }}
)

select * from repeated
