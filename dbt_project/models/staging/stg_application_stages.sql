-- Grain: one row per application and stage entered.
with

application_stages as (
    select * from {{ source('raw', 'application_stages') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

placed as (
    select
        application_stages.source,
        application_stages.application_id,
        application_stages.stage,
        application_stages.entered_at,
        application_stages.left_at,
        application_stages.outcome,
        {{ local_day('application_stages.entered_at', 'sources') }} as entered_on,
        {{ local_day('application_stages.left_at', 'sources') }} as left_on,
        {{ as_of('sources') }},
        sources.time_zone
    from application_stages
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on application_stages.source = sources.source
)

select * from placed
