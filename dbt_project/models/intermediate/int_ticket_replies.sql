-- Grain: one row per ticket that has messages: its public replies by a person, and how long the customer waited for the
-- next ones.
-- A table: worked out beside everything else a ticket is made of, it would double the memory that takes.
{{ config(materialized='table', database=scratch_database()) }}

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
        messages.event_id,
        messages.occurred_at,
        messages.is_standard_answer,
        -- A message of a person of ours that the customer could see. The text a ticket was created with is no reply to
        -- it.
        messages.event_type = 'reply'
        and coalesce(messages.is_public, true)
        and not coalesce(agents.is_bot, false)
        and (
            coalesce(messages.actor_role = 'agent', false)
            or (
                messages.actor_role is null
                and agents.agent_id is not null
                and messages.actor_id is distinct from tickets.customer_id
            )
        )
        and messages.occurred_at > tickets.created_at as is_human_reply,
        messages.event_type = 'reply'
        and messages.occurred_at > tickets.created_at
        and (
            coalesce(messages.actor_role = 'customer', false)
            or coalesce(messages.actor_role is null and messages.actor_id = tickets.customer_id, false)
        ) as is_from_customer
    from messages
    inner join tickets on messages.source = tickets.source and messages.ticket_id = tickets.ticket_id
    -- Left: an actor who is no known agent is judged by the role the source gives.
    left join agents on messages.actor_id = agents.agent_id
),

replied as (
    select
        source,
        ticket_id,
        min(occurred_at) filter (where is_human_reply) as first_replied_at,
        count(*) filter (where is_human_reply) as public_replies,
        -- Told of all replies of a ticket or of none: which of some were standard is no share.
        case
            when bool_and(is_standard_answer is not null) filter (where is_human_reply)
                then count(*) filter (where is_human_reply and is_standard_answer)
        end as standard_replies,
        min(occurred_at) filter (where is_human_reply and is_standard_answer) as first_standard_at
    from judged
    group by source, ticket_id
),

-- Further replies are asked of tickets whose customer wrote at all.
discussed as (
    select distinct
        source,
        ticket_id
    from judged
    where is_from_customer
),

-- Only who speaks after whom matters: a customer who writes three times waits from the first.
sequenced as (
    select
        judged.*,
        lag(judged.is_human_reply) over turns as was_human_reply,
        coalesce(bool_or(judged.is_human_reply) over (turns rows between unbounded preceding and 1 preceding), false)
            as is_replied_before,
        {{ seconds_between("timestamp '2000-01-01 00:00:00'", 'judged.occurred_at') }} as occurred_seconds
    from judged
    {{ semi_join() }} discussed on judged.source = discussed.source and judged.ticket_id = discussed.ticket_id
    where judged.is_human_reply or judged.is_from_customer
    window turns as (
        partition by judged.source, judged.ticket_id
        order by judged.occurred_at, {{ event_order('judged.event_id') }}
    )
),

turned as (
    select
        *,
        not is_human_reply and coalesce(was_human_reply, false) as is_question,
        is_human_reply and not was_human_reply and is_replied_before as is_answer
    from sequenced
),

answered as (
    select
        source,
        ticket_id,
        count(*) filter (where is_question) as questions,
        count(*) filter (where is_answer) as answers,
        {{ exact_sum('case when is_question then occurred_seconds end', 'seconds') }} as asked_seconds,
        {{ exact_sum('case when is_answer then occurred_seconds end', 'seconds') }} as answered_seconds,
        max(occurred_seconds) filter (where is_question) as last_asked_seconds
    from turned
    group by source, ticket_id
),

-- Question and answer take turns, so the waits are the answers' instants less the questions'; a last question without
-- an answer is pending and in no sum.
final as (
    select
        replied.source,
        replied.ticket_id,
        replied.first_replied_at,
        replied.public_replies,
        replied.standard_replies,
        case
            when replied.standard_replies is not null
                then coalesce(replied.first_standard_at = replied.first_replied_at, false)
        end as is_first_reply_standard,
        coalesce(answered.answers, 0) as next_replies,
        coalesce(answered.questions > answered.answers, false) as is_next_reply_pending,
        case
            when answered.answers > 0 then (
                answered.answered_seconds - answered.asked_seconds
                + case when answered.questions > answered.answers then answered.last_asked_seconds else 0 end
            ) / 60.0
        end as next_reply_minutes
    from replied
    -- Left: most customers have nothing more to ask.
    left join answered on replied.source = answered.source and replied.ticket_id = answered.ticket_id
)

select * from final
