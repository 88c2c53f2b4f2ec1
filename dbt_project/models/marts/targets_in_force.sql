-- Grain: one row per metric, entity and period of validity: the user's rows over the shipped ones.
{{ config(alias='targets') }}
with

shipped as (
    select * from {{ ref('targets') }}
),

own as (
    select * from {{ ref('stg_own_targets') }}
),

replaced as (
    select distinct
        metric,
        entity_dimension,
        entity
    from own
),

-- The user's first row of a metric and entity takes the place of all shipped ones.
kept as (
    select shipped.*
    from shipped
    left join replaced
        on
            shipped.metric = replaced.metric
            and shipped.entity_dimension = replaced.entity_dimension
            and shipped.entity is not distinct from replaced.entity
    where replaced.metric is null
),

together as (
    select
        *,
        'workspace' as defined_in
    from own
    union all
    select
        *,
        'shipped' as defined_in
    from kept
)

select * from together
