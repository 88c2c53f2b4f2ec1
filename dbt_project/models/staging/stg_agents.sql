-- Grain: one row per agent, source and period of validity; names and addresses stay in raw.
with

agents as (
    select * from {{ source('raw', 'agents') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

placed as (
    select
        agents.source,
        agents.agent_id,
        {{ pseudonym('agents.agent_id') }} as agent_key,
        agents.valid_from,
        -- 9999-12-31 is how some systems write 'still'.
        case when agents.valid_to < date '9999-01-01' then agents.valid_to end as valid_to,
        agents.team,
        agents.region,
        agents.shift,
        agents.role_type,
        agents.level,
        agents.tier,
        agents.skills,
        agents.languages,
        agents.fte,
        agents.hired_on,
        case when agents.left_on < date '9999-01-01' then agents.left_on end as left_on,
        agents.leaving_kind,
        agents.leaving_reason,
        coalesce(agents.is_bot, false) as is_bot,
        agents.updated_at,
        {{ as_of('sources') }},
        sources.time_zone
    from agents
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on agents.source = sources.source
)

select * from placed
