-- Grain: one row per agent, day, state and channel.
with

agent_time as (
    select * from {{ source('raw', 'agent_time') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

placed as (
    select
        agent_time.source,
        agent_time.agent_id,
        {{ pseudonym('agent_time.agent_id') }} as agent_key,
        agent_time.worked_on,
        agent_time.state,
        agent_time.channel,
        agent_time.seconds,
        coalesce(agent_time.is_paid, true) as is_paid,
        agent_time.scheduled_seconds,
        agent_time.adherent_seconds,
        {{ as_of('sources') }},
        sources.time_zone
    from agent_time
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on agent_time.source = sources.source
)

select * from placed
