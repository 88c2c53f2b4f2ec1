-- Grain: one row per ticket of a source, newest version.
with

tickets as (
    select * from {{ source('raw', 'tickets') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

placed as (
    select
        tickets.source,
        tickets.ticket_id,
        tickets.created_at,
        tickets.updated_at,
        tickets.status,
        tickets.priority,
        tickets.channel,
        tickets.type,
        tickets.topic,
        tickets.team,
        tickets.agent_id,
        {{ pseudonym('tickets.agent_id') }} as agent_key,
        tickets.customer_id,
        {{ pseudonym('tickets.customer_id') }} as customer_key,
        tickets.region,
        tickets.language,
        tickets.first_replied_at,
        tickets.first_solved_at,
        tickets.solved_at,
        tickets.closed_at,
        tickets.first_reply_due_at,
        tickets.due_at,
        tickets.reopens,
        tickets.reassignments,
        tickets.public_replies,
        coalesce(tickets.is_complaint, false) as is_complaint,
        tickets.reported_sla_state,
        {{ local_day('tickets.created_at', 'sources') }} as created_on,
        {{ as_of('sources') }},
        sources.time_zone
    from tickets
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on tickets.source = sources.source
)

select * from placed
