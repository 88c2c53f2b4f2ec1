-- Grain: one row per agent and course attended.
with

training as (
    select * from {{ source('raw', 'training') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

placed as (
    select
        training.source,
        training.training_id,
        training.agent_id,
        {{ pseudonym('training.agent_id') }} as agent_key,
        training.trained_on,
        training.hours,
        training.course,
        training.topic,
        training.passed,
        training.hours_needed,
        training.plan,
        {{ as_of('sources') }},
        sources.time_zone
    from training
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on training.source = sources.source
)

select * from placed
