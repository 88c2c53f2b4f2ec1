-- Grain: one row per ticket that has messages: its public replies by a person.
with

messages as (
    select * from {{ ref('stg_ticket_events') }}
    where event_type in ('reply', 'note')
),

tickets as (
    select
        source,
        ticket_id,
        created_at,
        customer_id
    from {{ ref('stg_tickets') }}
),

agents as (
    select
        agent_id,
        bool_or(is_bot) as is_bot
    from {{ ref('stg_agents') }}
    group by agent_id
),

judged as (
    select
        messages.source,
        messages.ticket_id,
        messages.occurred_at,
        -- A message of a person of ours that the customer could see. The text a ticket was created with is no reply to
        -- it.
        messages.event_type = 'reply'
        and coalesce(messages.is_public, true)
        and not coalesce(agents.is_bot, false)
        and (
            messages.actor_role = 'agent'
            or (
                messages.actor_role is null
                and agents.agent_id is not null
                and messages.actor_id is distinct from tickets.customer_id
            )
        )
        and messages.occurred_at > tickets.created_at as is_human_reply
    from messages
    inner join tickets on messages.source = tickets.source and messages.ticket_id = tickets.ticket_id
    -- Left: an actor who is no known agent is judged by the role the source gives.
    left join agents on messages.actor_id = agents.agent_id
),

added as (
    select
        source,
        ticket_id,
        min(occurred_at) filter (where is_human_reply) as first_replied_at,
        count(*) filter (where is_human_reply) as public_replies
    from judged
    group by source, ticket_id
)

select * from added
