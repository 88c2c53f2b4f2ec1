-- Grain: one row per check of one ticket or contact.
with

quality_checks as (
    select * from {{ source('raw', 'quality_checks') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

placed as (
    select
        quality_checks.source,
        quality_checks.check_id,
        quality_checks.checked_at,
        quality_checks.passed,
        quality_checks.score,
        quality_checks.agent_id,
        {{ pseudonym('quality_checks.agent_id') }} as agent_key,
        quality_checks.team,
        quality_checks.channel,
        quality_checks.ticket_id,
        quality_checks.contact_id,
        quality_checks.error_kind,
        {{ local_day('quality_checks.checked_at', 'sources') }} as checked_on,
        {{ as_of('sources') }},
        sources.time_zone
    from quality_checks
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on quality_checks.source = sources.source
)

select * from placed
