-- Grain: one row per coded statement; its wording stays in raw.
with

statements as (
    select * from {{ source('raw', 'statements') }}
),

sources as (
    select * from {{ ref('stg_sources') }}
),

placed as (
    select
        statements.source,
        statements.statement_id,
        statements.stated_at,
        statements.audience,
        statements.kind,
        statements.theme,
        statements.factor,
        coalesce(statements.mentions, 1) as mentions,
        statements.team,
        statements.region,
        {{ local_day('statements.stated_at', 'sources') }} as stated_on,
        {{ as_of('sources') }},
        sources.time_zone
    from statements
    -- Left: a row is kept even when its source is not accounted for; the accounting check says so.
    left join sources on statements.source = sources.source
)

select * from placed
